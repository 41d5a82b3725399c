// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/mining/profile/latent_guesses.h"

#include <algorithm>

#include "common/text/encoding.h"
#include "services/mining/profile/profile_words.h"
#include "services/mining/visits/certificates.h"

namespace duijie::mining {
namespace {

using Words = std::set<std::string>;

constexpr size_t kMostOfOneKind = 8;
constexpr size_t kMostWords = 4;     // shared words that are guesses of their own
constexpr size_t kQuoteShown = 200;  // code points of a visit's findings

v1::LatentEvidence Evidence(v1::LatentBasis basis, const std::string& source, std::string text) {
  v1::LatentEvidence evidence;
  evidence.set_basis(basis);
  evidence.set_source(source);
  evidence.set_text(std::move(text));
  return evidence;
}

bool Includes(const Words& all, const Words& some) {
  return std::includes(all.begin(), all.end(), some.begin(), some.end());
}

// Whether the push failed for a reason that leaves the problem unsolved.
bool LeavesProblem(const v1::Push& push) {
  switch (push.decline_reason()) {
    case v1::DECLINE_REASON_INDICATORS:
    case v1::DECLINE_REASON_IMMATURE:
    case v1::DECLINE_REASON_PRICE:
    case v1::DECLINE_REASON_TERMS:
      return push.state() == v1::PUSH_STATE_DECLINED && push.need().empty() &&
             !push.achievement_title().empty();
    default:
      return false;
  }
}

class Guesser {
 public:
  Guesser(const GuessInput& input, const NoteReader& reader, const PeerProblems::FindWords& find_words)
      : input_(input), reader_(reader), find_words_(find_words) {
    for (const v1::Need& need : input.needs) {
      own_titles_.insert(need.title());
      own_words_.push_back(find_words(need.title() + "\n" + need.description()));
    }
  }

  std::vector<Guess> Run() {
    FromVisits();
    FromPushes();
    FromCertificates();
    FromPublicNeeds();
    FromSharedWords();
    if (guesses_.size() > kMostGuesses) guesses_.resize(kMostGuesses);
    return std::move(guesses_);
  }

 private:
  bool IsSaid(const std::string& text, const Words& words) const {
    if (own_titles_.contains(text)) return true;
    if (words.empty()) return false;
    return std::any_of(own_words_.begin(), own_words_.end(),
                       [&](const Words& own) { return Includes(own, words); });
  }

  // False if the enterprise has said so itself. `text`: what it speaks of.
  bool Add(Guess guess, const std::string& text) {
    Words words = find_words_(text);
    if (IsSaid(text, words)) return false;
    guesses_.push_back(std::move(guess));
    words_.push_back(std::move(words));
    return true;
  }

  void FromVisits() {
    size_t added = 0;
    for (const v1::Visit& visit : input_.visits) {
      const bool held = visit.state() == v1::VISIT_STATE_HELD || visit.state() == v1::VISIT_STATE_SIGNED;
      if (!held || !visit.needs().empty() || visit.findings().empty()) continue;
      for (const v1::NoteReading& reading : reader_.Read(visit.findings())) {
        const bool tells =
            std::any_of(reading.aspects().begin(), reading.aspects().end(),
                        [](const v1::NoteAspect& aspect) { return aspect.kind() == v1::ASPECT_KIND_EFFECT; });
        if (!tells || added == kMostOfOneKind) continue;
        const std::string part(TextIn(visit.findings(), reading.part()));
        Guess guess{"visit:" + visit.name() + ":" + reading.title(), reading.title(), {}};
        guess.evidence.push_back(
            Evidence(v1::LATENT_BASIS_VISIT_FINDING, visit.name(),
                     visit.date() + " 走访发现：" + TruncateCodePoints(part, kQuoteShown)));
        if (Add(std::move(guess), part)) ++added;
      }
    }
  }

  void FromPushes() {
    size_t added = 0;
    for (const v1::Push& push : input_.pushes) {
      if (!LeavesProblem(push) || added == kMostOfOneKind) continue;
      Guess guess{"push:" + push.name(), "成果“" + push.achievement_title() + "”所针对的问题", {}};
      std::string text = "推送未采用，原因：" + std::string(WordFor(push.decline_reason()));
      if (!push.history().empty() && !push.history().rbegin()->text().empty()) {
        text += "；企业说：" + push.history().rbegin()->text();
      }
      guess.evidence.push_back(Evidence(v1::LATENT_BASIS_DECLINED_PUSH, push.name(), std::move(text)));
      if (Add(std::move(guess), push.achievement_title())) ++added;
    }
  }

  void FromCertificates() {
    for (const v1::Certificate& certificate : input_.enterprise.certificates()) {
      const v1::ProfileCertificate marked = MarkedCertificate(certificate, input_.as_of);
      if (!NeedsRenewal(marked)) continue;
      Guess guess{"certificate:" + certificate.kind() + ":" + certificate.valid_until(),
                  certificate.kind() + "的重新认定所需的技术条件",
                  {}};
      guess.evidence.push_back(Evidence(v1::LATENT_BASIS_CERTIFICATE, input_.enterprise.name(),
                                        certificate.kind() + ExpiryText(marked)));
      Add(std::move(guess), "");
    }
  }

  void FromPublicNeeds() {
    size_t added = 0;
    for (const PeerProblem& peer : input_.peers.needs) {
      if (added == kMostOfOneKind) break;
      Guess guess{"need:" + peer.need, "", {}};
      guess.evidence.push_back(Evidence(v1::LATENT_BASIS_PUBLIC_NEED, peer.need, ""));
      if (Add(std::move(guess), peer.text)) ++added;
    }
  }

  void FromSharedWords() {
    const std::string peers = input_.industry.empty() ? "产品相近的 " : "同行业（" + input_.industry + "）";
    size_t added = 0;
    for (const PeerProblem& word : input_.peers.words) {
      v1::LatentEvidence evidence =
          Evidence(v1::LATENT_BASIS_SHARED_WORD, "",
                   peers + std::to_string(word.enterprises) + " 家企业的非公开需求都提到“" + word.text + "”");
      evidence.set_word(word.text);
      evidence.set_enterprises(static_cast<int32_t>(word.enterprises));
      bool supports = false;
      for (size_t i = 0; i < guesses_.size(); ++i) {
        if (!words_[i].contains(word.text) || guesses_[i].evidence.size() == kMostEvidence) continue;
        guesses_[i].evidence.push_back(evidence);
        supports = true;
      }
      if (supports || added == kMostWords || IsSaid(word.text, {word.text})) continue;
      ++added;
      guesses_.push_back({"word:" + word.text, word.text, {std::move(evidence)}});
      words_.push_back({word.text});
    }
  }

  const GuessInput& input_;
  const NoteReader& reader_;
  const PeerProblems::FindWords& find_words_;
  Words own_titles_;
  std::vector<Words> own_words_;
  std::vector<Guess> guesses_;
  std::vector<Words> words_;  // by guess
};

}  // namespace

std::vector<Guess> GuessNeeds(const GuessInput& input, const NoteReader& reader,
                              const PeerProblems::FindWords& find_words) {
  return Guesser(input, reader, find_words).Run();
}

}  // namespace duijie::mining
