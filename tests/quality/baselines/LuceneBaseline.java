// SPDX-License-Identifier: GPL-3.0-or-later
// Lucene 8 as a baseline: BM25 as it comes (k1 1.2, b 0.75) over one of its own analysers for Chinese.
//
//   LuceneBaseline smartcn|cjk FOLDER QRELS DEPTH
//
// Reads FOLDER/needs.tsv and FOLDER/achievements.tsv as baseline_runs writes them (id, tab, text) and the judgements;
// writes FOLDER/lucene_<analyser>.pool.trec, every judged achievement of each need, and FOLDER/lucene_<analyser>.full.trec,
// the best DEPTH of all. A need is an OR of its terms, each as often as it occurs. What matches no term scores 0.
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.cjk.CJKAnalyzer;
import org.apache.lucene.analysis.cn.smart.SmartChineseAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LogDocMergePolicy;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.util.QueryBuilder;

public final class LuceneBaseline {
  private static final String FIELD = "text";
  private static final int MAX_TERMS = 100_000; // of a query; Lucene's own limit of 1,024 is too low for long needs

  private final String system;
  private final Analyzer analyzer;
  private final List<String[]> achievements;
  private final Map<String, Set<String>> judged;

  private LuceneBaseline(String system, Analyzer analyzer, List<String[]> achievements, Map<String, Set<String>> judged) {
    this.system = system;
    this.analyzer = analyzer;
    this.achievements = achievements;
    this.judged = judged;
  }

  public static void main(String[] args) throws IOException {
    if (args.length != 4 || !(args[0].equals("smartcn") || args[0].equals("cjk"))) {
      System.err.println("usage: LuceneBaseline smartcn|cjk FOLDER QRELS DEPTH");
      System.exit(2);
    }
    BooleanQuery.setMaxClauseCount(MAX_TERMS);
    Path folder = Paths.get(args[1]);
    Analyzer analyzer = args[0].equals("cjk") ? new CJKAnalyzer() : new SmartChineseAnalyzer();
    new LuceneBaseline("lucene_" + args[0], analyzer, readTexts(folder.resolve("achievements.tsv")),
        readJudged(Paths.get(args[2]))).run(folder, readTexts(folder.resolve("needs.tsv")), Integer.parseInt(args[3]));
  }

  private static List<String[]> readTexts(Path path) throws IOException {
    List<String[]> texts = new ArrayList<>();
    for (String line : Files.readAllLines(path, StandardCharsets.UTF_8)) {
      texts.add(line.split("\t", 2));
    }
    return texts;
  }

  private static Map<String, Set<String>> readJudged(Path path) throws IOException {
    Map<String, Set<String>> judged = new HashMap<>();
    List<String> lines = Files.readAllLines(path, StandardCharsets.UTF_8);
    for (String line : lines.subList(1, lines.size())) {
      String[] fields = line.split("\t");
      judged.computeIfAbsent(fields[0], need -> new TreeSet<>()).add(fields[1]);
    }
    return judged;
  }

  private void run(Path folder, List<String[]> needs, int depth) throws IOException {
    try (ByteBuffersDirectory directory = new ByteBuffersDirectory()) {
      index(directory);
      try (DirectoryReader reader = DirectoryReader.open(directory);
          BufferedWriter pool = Files.newBufferedWriter(folder.resolve(system + ".pool.trec"));
          BufferedWriter full = Files.newBufferedWriter(folder.resolve(system + ".full.trec"))) {
        IndexSearcher searcher = new IndexSearcher(reader);
        for (String[] need : needs) {
          rank(searcher, need, depth, pool, full);
        }
      }
    }
  }

  // Documents are numbered in the order of the achievements: one thread, no deletions, segments merged in order.
  private void index(ByteBuffersDirectory directory) throws IOException {
    IndexWriterConfig config = new IndexWriterConfig(analyzer);
    config.setMergePolicy(new LogDocMergePolicy());
    try (IndexWriter writer = new IndexWriter(directory, config)) {
      for (String[] achievement : achievements) {
        Document document = new Document();
        document.add(new TextField(FIELD, achievement[1], Field.Store.NO));
        writer.addDocument(document);
      }
    }
  }

  private void rank(IndexSearcher searcher, String[] need, int depth, BufferedWriter pool, BufferedWriter full)
      throws IOException {
    Map<String, Float> scores = new HashMap<>();
    Query query = new QueryBuilder(analyzer).createBooleanQuery(FIELD, need[1]);
    if (query != null) {
      for (ScoreDoc hit : searcher.search(query, achievements.size()).scoreDocs) {
        scores.put(achievements.get(hit.doc)[0], hit.score);
      }
    }
    write(pool, need[0], new ArrayList<>(judged.get(need[0])), scores, Integer.MAX_VALUE);
    write(full, need[0], new ArrayList<>(scores.keySet()), scores, depth);
  }

  private void write(BufferedWriter out, String need, List<String> ids, Map<String, Float> scores, int depth)
      throws IOException {
    ids.sort(Comparator.comparing((String id) -> -scores.getOrDefault(id, 0f)).thenComparing(id -> id));
    for (int i = 0; i < Math.min(depth, ids.size()); ++i) {
      String id = ids.get(i);
      out.write(String.format(Locale.ROOT, "%s Q0 %s %d %.6f %s%n", need, id, i + 1, scores.getOrDefault(id, 0f), system));
    }
  }
}
