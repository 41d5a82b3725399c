// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/quality/baselines/run_files.h"

#include <algorithm>
#include <cstdio>
#include <fstream>

namespace duijie::baselines {
namespace {

struct Scored {
  double score;
  const std::string* id;
};

std::string Lines(const std::string& need, std::vector<Scored> ranked, size_t depth,
                  const std::string& system) {
  std::sort(ranked.begin(), ranked.end(), [](const Scored& a, const Scored& b) {
    return a.score != b.score ? a.score > b.score : *a.id < *b.id;
  });
  std::string lines;
  for (size_t i = 0; i < std::min(depth, ranked.size()); ++i) {
    char score[48];
    std::snprintf(score, sizeof(score), "%.9f", ranked[i].score);
    lines += need + " Q0 " + *ranked[i].id + " " + std::to_string(i + 1) + " " + score + " " + system + "\n";
  }
  return lines;
}

Status Write(const std::string& path, const std::string& text) {
  std::ofstream file(path, std::ios::binary);
  file << text;
  file.flush();
  return file ? OkStatus() : Error(StatusCode::kUnavailable, "CANNOT_WRITE", path);
}

std::string TextLines(const std::vector<TextRecord>& records) {
  std::string lines;
  for (const TextRecord& record : records) {
    std::string text = record.Text();
    std::replace_if(
        text.begin(), text.end(), [](char c) { return c == '\t' || c == '\n' || c == '\r'; }, ' ');
    lines += record.id + "\t" + text + "\n";
  }
  return lines;
}

}  // namespace

Status WriteRuns(const Corpus& corpus, const std::string& system, int depth, const std::string& folder,
                 Ranker* ranker) {
  std::string pool;
  std::string full;
  for (const TextRecord& need : corpus.needs) {
    const std::vector<double> scores = ranker->Scores(need);
    const auto& judged = corpus.judgements.at(need.id);
    std::vector<Scored> of_pool;
    std::vector<Scored> of_all;
    for (size_t i = 0; i < scores.size(); ++i) {
      const std::string& id = corpus.achievements[i].id;
      if (judged.count(id) > 0) of_pool.push_back({scores[i], &id});
      if (scores[i] > 0) of_all.push_back({scores[i], &id});
    }
    pool += Lines(need.id, of_pool, of_pool.size(), system);
    full += Lines(need.id, of_all, static_cast<size_t>(depth), system);
  }
  DUIJIE_RETURN_IF_ERROR(Write(folder + "/" + system + ".pool.trec", pool));
  return Write(folder + "/" + system + ".full.trec", full);
}

Status WriteTexts(const Corpus& corpus, const std::string& folder) {
  DUIJIE_RETURN_IF_ERROR(Write(folder + "/needs.tsv", TextLines(corpus.needs)));
  return Write(folder + "/achievements.tsv", TextLines(corpus.achievements));
}

}  // namespace duijie::baselines
