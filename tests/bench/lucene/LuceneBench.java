// SPDX-License-Identifier: GPL-3.0-or-later
// The peer of candidate search: Lucene 8 with BM25 on the very tokens and queries of the product, one thread.
//
//   LuceneBench index FOLDER TOKENS           a document a line: its tokens, separated by spaces
//   LuceneBench search FOLDER QUERIES LIMIT WARM_UP_ROUNDS
//                                             a query a line: token<TAB>weight pairs separated by spaces;
//                                             one pass is measured, after the rounds that warm the JVM
//
// Prints one JSON object. Lucene's defaults stand: BM25 (k1 1.2, b 0.75), block-max pruning, no forced merge.
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.analysis.core.WhitespaceAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.Version;

public final class LuceneBench {
  private static final String FIELD = "text";
  private static final double RAM_BUFFER_MIB = 256;

  private LuceneBench() {}

  public static void main(String[] args) throws IOException {
    if (args.length == 3 && args[0].equals("index")) {
      index(Paths.get(args[1]), Paths.get(args[2]));
    } else if (args.length == 5 && args[0].equals("search")) {
      search(Paths.get(args[1]), Paths.get(args[2]), Integer.parseInt(args[3]), Integer.parseInt(args[4]));
    } else {
      System.err.println("usage: LuceneBench index FOLDER TOKENS | search FOLDER QUERIES LIMIT WARM_UP_ROUNDS");
      System.exit(2);
    }
  }

  private static void index(Path folder, Path tokens) throws IOException {
    long began = System.nanoTime();
    long documents = 0;
    IndexWriterConfig config = new IndexWriterConfig(new WhitespaceAnalyzer());
    config.setOpenMode(IndexWriterConfig.OpenMode.CREATE);
    config.setRAMBufferSizeMB(RAM_BUFFER_MIB);
    try (FSDirectory directory = FSDirectory.open(folder);
        IndexWriter writer = new IndexWriter(directory, config);
        BufferedReader lines = Files.newBufferedReader(tokens, StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        Document document = new Document();
        document.add(new TextField(FIELD, line, Field.Store.NO));
        writer.addDocument(document);
        ++documents;
      }
      writer.commit();
    }
    double seconds = (System.nanoTime() - began) / 1e9;
    System.out.printf("{\"version\":\"%s\",\"documents\":%d,\"seconds\":%.3f,\"bytes\":%d}%n", Version.LATEST,
        documents, seconds, bytesIn(folder));
  }

  private static long bytesIn(Path folder) throws IOException {
    long bytes = 0;
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        bytes += Files.size(file);
      }
    }
    return bytes;
  }

  private static List<Query> readQueries(Path path) throws IOException {
    List<Query> queries = new ArrayList<>();
    for (String line : Files.readAllLines(path, StandardCharsets.UTF_8)) {
      BooleanQuery.Builder builder = new BooleanQuery.Builder();
      for (String pair : line.split(" ")) {
        String[] parts = pair.split("\t");
        Query term = new TermQuery(new Term(FIELD, parts[0]));
        builder.add(new BoostQuery(term, Float.parseFloat(parts[1])), BooleanClause.Occur.SHOULD);
      }
      queries.add(builder.build());
    }
    return queries;
  }

  private static void search(Path folder, Path path, int limit, int warmUpRounds) throws IOException {
    List<Query> queries = readQueries(path);
    long[] nanos = new long[queries.size()];
    long hits = 0;
    long cpu = 0;
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    try (FSDirectory directory = FSDirectory.open(folder);
        DirectoryReader reader = DirectoryReader.open(directory)) {
      IndexSearcher searcher = new IndexSearcher(reader);
      searcher.setQueryCache(null);
      for (int round = 0; round <= warmUpRounds; ++round) {
        hits = 0;
        long cpuBegan = threads.getCurrentThreadCpuTime();
        for (int i = 0; i < nanos.length; ++i) {
          long began = System.nanoTime();
          hits += searcher.search(queries.get(i), limit).scoreDocs.length;
          nanos[i] = System.nanoTime() - began;
        }
        cpu = threads.getCurrentThreadCpuTime() - cpuBegan;
      }
    }
    StringBuilder list = new StringBuilder();
    for (long one : nanos) {
      list.append(list.length() == 0 ? "" : ",").append(one);
    }
    System.out.printf("{\"version\":\"%s\",\"queries\":%d,\"hits\":%d,\"cpu_nanoseconds\":%d,\"nanoseconds\":[%s]}%n",
        Version.LATEST, nanos.length, hits, cpu, list);
  }
}
