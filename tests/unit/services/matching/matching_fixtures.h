// SPDX-License-Identifier: GPL-3.0-or-later
// Parts that several tests of matching share: the shipped model and taxonomies, and small builders.
#pragma once

#include <gtest/gtest.h>

#include <fstream>
#include <memory>
#include <sstream>
#include <string>

#include "common/taxonomy/taxonomy_set.h"
#include "services/matching/matcher.h"
#include "services/matching/model.h"
#include "services/matching/parameters.h"
#include "services/matching/query_terms.h"
#include "services/matching/term_counts.h"
#include "tests/support/paths.h"
#include "tests/unit/services/matching/memory_peers.h"

namespace duijie::matching::testing {

inline std::string ReadSourceFile(const std::string& path) {
  std::ifstream in(duijie::testing::SourceFile("") + path);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

inline std::string ShippedModelJson() { return ReadSourceFile("data/models/linear-2.json"); }

inline std::shared_ptr<const RankingModel> ShippedModel() {
  // Never freed: its trees must not outlive main (see booster.h).
  static const auto& model = *new auto(*RankingModel::Parse(ShippedModelJson(), "linear-2.json"));
  return model;
}

inline std::shared_ptr<const ModelSet> ShippedModels() {
  static const auto& models = *new auto(*ModelSet::Load(duijie::testing::SourceFile("data/models")));
  return models;
}

inline std::shared_ptr<const NeedBoilerplate> SharedBoilerplate() {
  static const auto table =
      *NeedBoilerplate::Load(duijie::testing::SourceFile("data/semantics/need_boilerplate.tsv"));
  return table;
}

inline const TaxonomySet& Taxonomies() {
  static const auto set = *TaxonomySet::Load(duijie::testing::SourceFile("data/taxonomies"));
  return *set;
}

inline std::shared_ptr<const indicator::NameTable> SharedNames() {
  static const std::shared_ptr<const indicator::NameTable> table =
      *indicator::NameTable::Load(duijie::testing::SourceFile("data/indicators/names.tsv"));
  return table;
}

inline Matcher::Knowledge SharedKnowledge() {
  static const std::shared_ptr<const TaxonomySet> taxonomies =
      *TaxonomySet::Load(duijie::testing::SourceFile("data/taxonomies"));
  const std::string data = duijie::testing::SourceFile("data");
  static const std::shared_ptr<const Thesaurus> thesaurus = *Thesaurus::Load(data + "/thesaurus");
  static const std::shared_ptr<const WordVectors> vectors = *WordVectors::Load(data + "/semantics/words.vec");
  Matcher::Knowledge knowledge;
  knowledge.analyzer = SharedTestAnalyzer();
  knowledge.taxonomies = taxonomies;
  knowledge.boilerplate = SharedBoilerplate();
  knowledge.thesaurus = thesaurus;
  knowledge.vectors = vectors;
  knowledge.names = SharedNames();
  return knowledge;
}

inline v1::MatchParameters CompleteOn(const std::string& day) {
  v1::MatchParameters parameters;
  parameters.set_as_of(day);
  return *CompleteParameters(parameters, *ShippedModels(), 0);
}

inline WeightedTerm Gram(const std::string& text, double idf, double gram, double title_gram,
                         uint32_t in_title) {
  WeightedTerm out;
  out.term.text = text;
  out.term.kind = internal::v1::TERM_KIND_BIGRAM;
  out.term.counts[kTitle] = in_title;
  out.idf = idf;
  out.gram = gram;
  out.title_gram = title_gram;
  return out;
}

inline WeightedTerm Word(const std::string& text, double weight) {
  WeightedTerm out;
  out.term.text = text;
  out.term.kind = internal::v1::TERM_KIND_WORD;
  out.term.counts[kTitle] = 1;
  out.word = weight;
  return out;
}

inline void AddCount(internal::v1::Candidate* candidate, uint32_t term, uint32_t title, uint32_t keywords,
                     uint32_t body) {
  AddTermCount({term, title, keywords, body}, candidate);
}

}  // namespace duijie::matching::testing
