// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/matching/learning/model_registry.h"

#include <gtest/gtest.h>

#include "common/storage/memory_store.h"
#include "services/matching/learning/trainer_weights.h"
#include "tests/support/paths.h"
#include "tests/support/status_matchers.h"
#include "tests/unit/services/matching/learning/training_fixtures.h"

namespace duijie::matching {
namespace {

using duijie::testing::IsOk;
using duijie::testing::StatusIs;

class ModelRegistryTest : public ::testing::Test {
 protected:
  ModelRegistryTest() { Reopen(); }

  // As after a restart: only the store stays.
  void Reopen() {
    registry_.reset();
    models_ = *ModelSet::Load(duijie::testing::SourceFile("data/models"));
    store_ = *ModelStore::Open(kv_.get());
    registry_ = *ModelRegistry::Open(*store_, *models_, clock_);
  }

  // A proposed model with this lower end of its gain.
  std::string Propose(double gain_low) {
    internal::v1::RankingModel model =
        WithWeights(*testing::StartModel(), TextWeightsOf(*testing::StartModel()));
    model.mutable_card()->mutable_evaluation()->mutable_gain()->set_low(gain_low);
    return registry_->Propose(std::move(model), models_->Find("")->version(), "key-admin")->version();
  }
  Status Promote(const std::string& version, bool force = false) {
    return registry_->Promote(version, force, "key-admin").status();
  }
  v1::ModelState StateOf(const std::string& version) { return registry_->Get(version)->state(); }
  std::string InService() { return models_->Find("")->version(); }
  Status Delete(const std::string& version, bool named = false) {
    return registry_->Delete(version, [&](const std::string&) -> StatusOr<bool> {
      EXPECT_EQ(models_->Find(version), nullptr) << "a match could still name it";
      return named;
    });
  }

  std::unique_ptr<KvStore> kv_ = NewMemoryStore();
  FakeClock clock_;
  std::shared_ptr<ModelSet> models_;
  std::unique_ptr<ModelStore> store_;
  std::unique_ptr<ModelRegistry> registry_;
};

TEST_F(ModelRegistryTest, AProposedModelCanBeNamedButIsNotInService) {
  const std::string shipped = InService();
  const std::string version = Propose(0.01);
  EXPECT_EQ(StateOf(version), v1::MODEL_STATE_PROPOSED);
  EXPECT_EQ(InService(), shipped);
  EXPECT_NE(models_->Find(version), nullptr);
  EXPECT_EQ(registry_->Get("")->version(), shipped);
  EXPECT_THAT(registry_->Get("none").status(), StatusIs(StatusCode::kNotFound, "MODEL_MISSING"));
}

TEST_F(ModelRegistryTest, PromotesOnlyWhatIsBetterUnlessForced) {
  const std::string worse = Propose(-0.001);
  EXPECT_THAT(Promote(worse), StatusIs(StatusCode::kFailedPrecondition, "MODEL_NOT_BETTER"));
  const std::string same = Propose(0);
  EXPECT_THAT(Promote(same), StatusIs(StatusCode::kFailedPrecondition, "MODEL_NOT_BETTER"));
  const std::string better = Propose(0.001);
  ASSERT_THAT(Promote(better), IsOk());
  EXPECT_EQ(InService(), better);
  EXPECT_EQ(registry_->Get(better)->promoter(), "key-admin");
  EXPECT_TRUE(registry_->Get(better)->has_promote_time());
  EXPECT_THAT(Promote(better), StatusIs(StatusCode::kFailedPrecondition, "MODEL_STATE"));
  EXPECT_THAT(Promote(worse, true), IsOk());
  EXPECT_EQ(InService(), worse);
}

TEST_F(ModelRegistryTest, AGainOverAModelThatIsNoLongerInServiceDoesNotCount) {
  const std::string first = Propose(0.01);
  const std::string second = Propose(0.01);
  ASSERT_THAT(Promote(first), IsOk());
  EXPECT_THAT(Promote(second), StatusIs(StatusCode::kFailedPrecondition, "MODEL_NOT_BETTER"));
  EXPECT_THAT(Promote(second, true), IsOk());
}

TEST_F(ModelRegistryTest, RollsBackToTheOneBeforeAndThenToTheShipped) {
  const std::string shipped = InService();
  const std::string first = Propose(0.01);
  const std::string second = Propose(0.01);
  ASSERT_THAT(Promote(first), IsOk());
  ASSERT_THAT(Promote(second, true), IsOk());
  EXPECT_EQ(StateOf(first), v1::MODEL_STATE_RETIRED);
  EXPECT_EQ(StateOf(shipped), v1::MODEL_STATE_RETIRED);
  ASSERT_OK_AND_ASSIGN(const v1::ModelCard card, registry_->Rollback());
  EXPECT_EQ(card.version(), first);
  EXPECT_EQ(card.state(), v1::MODEL_STATE_IN_SERVICE);
  EXPECT_EQ(StateOf(second), v1::MODEL_STATE_RETIRED);
  ASSERT_THAT(registry_->Rollback().status(), IsOk());
  EXPECT_EQ(InService(), shipped);
  EXPECT_THAT(registry_->Rollback().status(), StatusIs(StatusCode::kFailedPrecondition, "MODEL_STATE"));
}

TEST_F(ModelRegistryTest, ARestartChangesNothing) {
  const std::string first = Propose(0.01);
  const std::string second = Propose(0.01);
  ASSERT_THAT(Promote(first), IsOk());
  Reopen();
  EXPECT_EQ(InService(), first);
  EXPECT_EQ(StateOf(second), v1::MODEL_STATE_PROPOSED);
  EXPECT_NE(Propose(0.01), second);
  ASSERT_THAT(registry_->Rollback().status(), IsOk());
  Reopen();
  EXPECT_EQ(InService(), testing::StartModel()->version());
  EXPECT_EQ(StateOf(first), v1::MODEL_STATE_RETIRED);
}

TEST_F(ModelRegistryTest, AnAlreadyFoundModelStaysUsableWhateverIsServed) {
  const std::string version = Propose(0.01);
  const std::shared_ptr<const RankingModel> held = models_->Find(version);
  ASSERT_THAT(Delete(version), IsOk());
  EXPECT_EQ(held->version(), version);
  EXPECT_EQ(models_->Find(version), nullptr);
}

TEST_F(ModelRegistryTest, DeletesOnlyWhatNothingNeeds) {
  const std::string shipped = InService();
  const std::string first = Propose(0.01);
  const std::string second = Propose(0.01);
  EXPECT_THAT(registry_->Delete(shipped, nullptr), StatusIs(StatusCode::kFailedPrecondition, "MODEL_STATE"));
  ASSERT_THAT(Promote(first), IsOk());
  EXPECT_THAT(registry_->Delete(first, nullptr), StatusIs(StatusCode::kFailedPrecondition, "MODEL_STATE"));
  EXPECT_THAT(Delete(second, true), StatusIs(StatusCode::kFailedPrecondition, "MODEL_STATE"));
  EXPECT_NE(models_->Find(second), nullptr) << "it is served again";
  EXPECT_THAT(Delete(second), IsOk());
  EXPECT_THAT(registry_->Get(second).status(), StatusIs(StatusCode::kNotFound, "MODEL_MISSING"));
  Reopen();
  EXPECT_EQ(models_->Find(second), nullptr);
}

TEST_F(ModelRegistryTest, RollbackSkipsADeletedModel) {
  const std::string first = Propose(0.01);
  const std::string second = Propose(0.01);
  ASSERT_THAT(Promote(first), IsOk());
  ASSERT_THAT(Promote(second, true), IsOk());
  ASSERT_THAT(Delete(first), IsOk());
  ASSERT_OK_AND_ASSIGN(const v1::ModelCard card, registry_->Rollback());
  EXPECT_EQ(card.version(), testing::StartModel()->version());
}

TEST_F(ModelRegistryTest, ListsTrainedOnesLatestFirstThenShippedOnes) {
  const std::string first = Propose(0.01);
  clock_.Advance(std::chrono::seconds(5));
  const std::string second = Propose(0.01);
  const std::vector<v1::ModelCard> cards = registry_->List();
  ASSERT_EQ(cards.size(), 2 + models_->Shipped().size());
  EXPECT_EQ(cards[0].version(), second);
  EXPECT_EQ(cards[1].version(), first);
  EXPECT_FALSE(cards[1].shipped());
  EXPECT_TRUE(cards[2].shipped());
}

TEST_F(ModelRegistryTest, AModelOfAnotherVersionOfTheSoftwareIsKeptButNotServed) {
  const std::string version = Propose(0.01);
  ASSERT_THAT(Promote(version), IsOk());
  auto stored = (*store_->Models())[0];
  stored.mutable_model()->mutable_features(0)->set_name("a_feature_of_old");
  ASSERT_THAT(store_->Put(stored), IsOk());
  Reopen();
  EXPECT_EQ(InService(), testing::StartModel()->version());
  EXPECT_EQ(StateOf(version), v1::MODEL_STATE_RETIRED);
  EXPECT_THAT(Promote(version, true), StatusIs(StatusCode::kFailedPrecondition, "MODEL_STATE"));
}

TEST(ModelStoreTest, RefusesANewerFormat) {
  const std::unique_ptr<KvStore> kv = NewMemoryStore();
  ASSERT_THAT(ModelStore::Open(kv.get()).status(), IsOk());
  WriteBatch batch;
  batch.Put("mf", "2");
  ASSERT_THAT(kv->Write(batch), IsOk());
  EXPECT_THAT(ModelStore::Open(kv.get()).status(),
              StatusIs(StatusCode::kFailedPrecondition, "FORMAT_TOO_NEW"));
}

}  // namespace
}  // namespace duijie::matching
