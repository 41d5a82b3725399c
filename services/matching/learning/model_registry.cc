// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/matching/learning/model_registry.h"

#include <algorithm>
#include <tuple>

#include "common/base/calendar.h"
#include "common/base/proto_time.h"
#include "common/log/log.h"
#include "services/matching/learning/model_cards.h"

namespace duijie::matching {
namespace {

using internal::v1::StoredModel;
using internal::v1::StoredService;

Status NoSuchModel() { return Error(StatusCode::kNotFound, "MODEL_MISSING", "没有这个版本的模型"); }

Status BadState(const std::string& message) {
  return Error(StatusCode::kFailedPrecondition, "MODEL_STATE", message);
}

Status NotBetter(const std::string& message) {
  return Error(StatusCode::kFailedPrecondition, "MODEL_NOT_BETTER", message);
}

// Without the version, and without the repetitions that leaves.
StoredService Without(const StoredService& service, const std::string& version) {
  StoredService left;
  for (const std::string& one : service.versions()) {
    const bool repeats = !left.versions().empty() && *left.versions().rbegin() == one;
    if (one != version && !repeats) left.add_versions(one);
  }
  return left;
}

}  // namespace

StatusOr<std::unique_ptr<ModelRegistry>> ModelRegistry::Open(ModelStore& store, ModelSet& models,
                                                             const Clock& clock) {
  std::unique_ptr<ModelRegistry> registry(new ModelRegistry(store, models, clock));
  DUIJIE_ASSIGN_OR_RETURN(const std::vector<StoredModel> stored, store.Models());
  DUIJIE_ASSIGN_OR_RETURN(registry->service_, store.Service());
  for (const StoredModel& one : stored) {
    const std::string& version = one.model().version();
    StatusOr<std::shared_ptr<const RankingModel>> model = RankingModel::Make(one.model(), version);
    if (!model.ok()) log::Warn("model_not_usable", {{"version", version}, {"error", model.status()}});
    registry->trained_[version] = {one, model.ok() ? *std::move(model) : nullptr};
  }
  registry->Serve();
  return registry;
}

void ModelRegistry::Serve(const std::string& without) const {
  ModelSet::Models usable;
  for (const auto& [version, entry] : trained_) {
    if (entry.model != nullptr && version != without) usable.push_back(entry.model);
  }
  models_.Serve(usable, service_.versions().empty() ? "" : *service_.versions().rbegin());
}

std::string ModelRegistry::NewVersion() const {
  std::string day = FormatDay(DayInChina(clock_.Now()));
  day.erase(std::remove(day.begin(), day.end(), '-'), day.end());
  for (int number = 1;; ++number) {
    std::string version = "learned-" + day + "-" + std::to_string(number);
    if (!trained_.contains(version) && models_.Find(version) == nullptr) return version;
  }
}

StatusOr<v1::ModelCard> ModelRegistry::Propose(internal::v1::RankingModel model,
                                               const std::string& compared_with, const std::string& creator) {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (trained_.size() >= kMaxTrainedModels) {
    return Error(StatusCode::kResourceExhausted, "TOO_LARGE", "训练出的模型已有200个，请先删除不用的");
  }
  model.set_version(NewVersion());
  *model.mutable_card()->mutable_create_time() = TimestampOf(clock_.Now());
  model.mutable_card()->set_creator(creator);
  DUIJIE_ASSIGN_OR_RETURN(auto usable, RankingModel::Make(model, model.version()));
  Entry entry;
  *entry.stored.mutable_model() = std::move(model);
  entry.stored.set_compared_with(compared_with);
  entry.model = std::move(usable);
  DUIJIE_RETURN_IF_ERROR(store_.Put(entry.stored));
  const std::string version = entry.stored.model().version();
  trained_[version] = std::move(entry);
  Serve();
  return Find(version);
}

bool ModelRegistry::WasInService(const std::string& version) const {
  return std::find(service_.versions().begin(), service_.versions().end(), version) !=
         service_.versions().end();
}

v1::ModelCard ModelRegistry::CardOf(const StoredModel& stored, bool shipped) const {
  v1::ModelCard card = MakeCard(stored.model());
  card.set_shipped(shipped);
  if (stored.has_promote_time()) *card.mutable_promote_time() = stored.promote_time();
  card.set_promoter(stored.promoter());
  const std::string& version = stored.model().version();
  const bool in_service = models_.Find("")->version() == version;
  const bool retired = shipped || stored.has_promote_time() || WasInService(version);
  card.set_state(in_service ? v1::MODEL_STATE_IN_SERVICE
                            : (retired ? v1::MODEL_STATE_RETIRED : v1::MODEL_STATE_PROPOSED));
  return card;
}

StatusOr<v1::ModelCard> ModelRegistry::Find(const std::string& version) const {
  if (const auto found = trained_.find(version); found != trained_.end())
    return CardOf(found->second.stored, false);
  const std::shared_ptr<const RankingModel> shipped = models_.Find(version);
  if (shipped == nullptr) return NoSuchModel();
  StoredModel stored;
  *stored.mutable_model() = shipped->proto();
  return CardOf(stored, true);
}

StatusOr<v1::ModelCard> ModelRegistry::Get(const std::string& version) const {
  const std::lock_guard<std::mutex> lock(mutex_);
  return Find(version.empty() ? models_.Find("")->version() : version);
}

std::vector<v1::ModelCard> ModelRegistry::List() const {
  const std::lock_guard<std::mutex> lock(mutex_);
  std::vector<v1::ModelCard> cards;
  for (const auto& [version, entry] : trained_) cards.push_back(CardOf(entry.stored, false));
  const auto age = [](const v1::ModelCard& card) {
    return std::make_tuple(-card.create_time().seconds(), -card.create_time().nanos(),
                           std::string_view(card.version()));
  };
  std::sort(cards.begin(), cards.end(),
            [&](const v1::ModelCard& a, const v1::ModelCard& b) { return age(a) < age(b); });
  for (const auto& shipped : models_.Shipped()) {
    if (trained_.contains(shipped->version())) continue;
    StoredModel stored;
    *stored.mutable_model() = shipped->proto();
    cards.push_back(CardOf(stored, true));
  }
  return cards;
}

Status ModelRegistry::CheckBetter(const Entry& entry) const {
  const std::string& compared = entry.stored.compared_with();
  if (compared != models_.Find("")->version()) {
    return NotBetter("它训练时对照的是 " + compared + "，不是现在在用的模型；请重新训练，或用 --force");
  }
  if (!(entry.stored.model().card().evaluation().gain().low() > 0)) {
    return NotBetter("检验没有表明它比在用的模型好（增益的95%区间须在0以上）；确要启用请用 --force");
  }
  return OkStatus();
}

StatusOr<v1::ModelCard> ModelRegistry::Promote(const std::string& version, bool force,
                                               const std::string& promoter) {
  const std::lock_guard<std::mutex> lock(mutex_);
  DUIJIE_ASSIGN_OR_RETURN(const v1::ModelCard card, Find(version));
  if (card.state() == v1::MODEL_STATE_IN_SERVICE) return BadState("这个模型已经在用");
  StoredService service = service_;
  service.add_versions(version);
  const auto found = trained_.find(version);
  if (found == trained_.end()) {  // shipped: nothing was measured against the one in service
    if (!force) return NotBetter("随软件提供的模型没有与在用模型对照过；确要启用请用 --force");
    DUIJIE_RETURN_IF_ERROR(store_.SetService(service));
  } else {
    Entry& entry = found->second;
    if (entry.model == nullptr) return BadState("这个模型是旧版软件训练的，已不能使用，请重新训练");
    if (!force) DUIJIE_RETURN_IF_ERROR(CheckBetter(entry));
    StoredModel promoted = entry.stored;
    *promoted.mutable_promote_time() = TimestampOf(clock_.Now());
    promoted.set_promoter(promoter);
    DUIJIE_RETURN_IF_ERROR(store_.Promote(promoted, service));
    entry.stored = std::move(promoted);
  }
  service_ = std::move(service);
  Serve();
  return Find(version);
}

StatusOr<v1::ModelCard> ModelRegistry::Rollback() {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (service_.versions().empty()) return BadState("没有更早的在用模型可以退回");
  StoredService service = service_;
  service.mutable_versions()->RemoveLast();
  DUIJIE_RETURN_IF_ERROR(store_.SetService(service));
  service_ = std::move(service);
  Serve();
  return Find(models_.Find("")->version());
}

Status ModelRegistry::Delete(const std::string& version, const IsNamed& is_named) {
  const std::lock_guard<std::mutex> lock(mutex_);
  DUIJIE_ASSIGN_OR_RETURN(const v1::ModelCard card, Find(version));
  if (card.shipped()) return BadState("随软件提供的模型不能删除");
  if (card.state() == v1::MODEL_STATE_IN_SERVICE) return BadState("在用的模型不能删除，请先退回");
  Serve(version);
  const StatusOr<bool> named = is_named(version);
  const StoredService left = Without(service_, version);
  Status status = named.status();
  if (status.ok() && *named) status = BadState("有匹配任务用过这个模型，不能删除");
  if (status.ok()) status = store_.Delete(version, left);
  if (status.ok()) {
    trained_.erase(version);
    service_ = left;
  }
  Serve();
  return status;
}

}  // namespace duijie::matching
