// SPDX-License-Identifier: GPL-3.0-or-later
// Runs tests/bench/lucene/LuceneBench in a Java of its own.
#pragma once

#include <string>
#include <vector>

namespace duijie::bench {

struct LuceneIndexed {
  double seconds = 0;
  double mib = 0;
};

struct LuceneSearched {
  std::vector<double> milliseconds;  // of each query in file order, after warm-up
  double cpu_milliseconds = 0;       // of the searching thread, per query
};

class Lucene {
 public:
  // `class_path`: compiled LuceneBench and Lucene's jars, joined by ':'. `folder` is for the index, and goes
  // away with its owner. Methods throw std::runtime_error with Java's output if it fails.
  Lucene(std::string class_path, std::string folder)
      : class_path_(std::move(class_path)), folder_(std::move(folder)) {}

  LuceneIndexed Index(const std::string& tokens, size_t documents) const;
  LuceneSearched Search(const std::string& queries, int limit) const;

 private:
  std::string RunJava(const std::vector<std::string>& arguments) const;

  const std::string class_path_;
  const std::string folder_;
};

}  // namespace duijie::bench
