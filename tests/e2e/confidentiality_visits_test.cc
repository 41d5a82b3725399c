// SPDX-License-Identifier: GPL-3.0-or-later
// The same of visits, briefs and ledgers: whoever may not know of a visit learns nothing of it, and nobody's
// brief tells what another enterprise keeps to itself.
#include "duijie/v1/visit_service.grpc.pb.h"
#include "tests/e2e/confidential_need.h"

namespace duijie::testing {
namespace {

using Visits = v1::VisitService::Stub;

class ConfidentialVisitsTest : public ConfidentialityTest {
 protected:
  void SetUp() override {
    ConfidentialityTest::SetUp();
    stub_ = v1::VisitService::NewStub(cluster_.Channel("mining"));
    v1::Enterprise peer;
    peer.set_title("石家庄玄武换热器有限公司");
    peer.set_park_code(kOtherPark);
    peer.add_industry_codes("C291");
    peer_ = Publish(cluster_.Admin(), peer).name();
    v1::Need need;
    need.set_title(std::string(kSecretWord) + "密封圈");
    need.set_type(v1::NEED_TYPE_TECHNICAL_PROBLEM);
    need.set_enterprise(owner_);
    need.set_park_code(kPark);
    need.add_industry_codes("C291");
    need.set_tier(v1::CONFIDENTIALITY_TIER_STAFF_ONLY);
    Publish(cluster_.Admin(), need);
    visit_ = PlantVisit();
  }

  std::string PublishExpert() {
    const Client admin = cluster_.Admin();
    v1::CreateExpertRequest create;
    create.mutable_expert()->set_title("张教授");
    v1::CreateExpertResponse created;
    admin.Call(admin.catalog.get(), &v1::CatalogService::Stub::CreateExpert, create, &created);
    for (const auto state : {v1::RECORD_STATE_SUBMITTED, v1::RECORD_STATE_PUBLISHED}) {
      v1::TransitionExpertRequest request;
      request.set_name(created.expert().name());
      request.set_to(state);
      v1::TransitionExpertResponse response;
      admin.Call(admin.catalog.get(), &v1::CatalogService::Stub::TransitionExpert, request, &response);
    }
    return created.expert().name();
  }

  // At the owner, agreed, with a record that has the secret in it.
  std::string PlantVisit() {
    v1::CreateVisitRequest create;
    create.mutable_visit()->set_enterprise(owner_);
    create.mutable_visit()->add_experts(PublishExpert());
    create.mutable_visit()->set_date("2027-03-02");
    v1::CreateVisitResponse created;
    Must(stub_, &Visits::CreateVisit, create, &created);
    v1::TransitionVisitRequest agree;
    agree.set_name(created.visit().name());
    agree.set_to(v1::VISIT_STATE_AGREED);
    v1::TransitionVisitResponse agreed;
    Must(stub_, &Visits::TransitionVisit, agree, &agreed);
    v1::UpdateVisitRequest record;
    record.mutable_visit()->set_name(created.visit().name());
    record.mutable_visit()->set_findings(std::string(kSecretWord) + "涂层脱落");
    record.mutable_update_mask()->add_paths("findings");
    v1::UpdateVisitResponse recorded;
    Must(stub_, &Visits::UpdateVisit, record, &recorded);
    return created.visit().name();
  }

  // All chunks, or what the refusal says.
  std::string Document(const Client& client, v1::VisitDocumentKind kind, const std::string& name) {
    v1::ExportVisitDocumentRequest request;
    request.set_kind(kind);
    request.set_name(name);
    request.set_year(2027);
    const auto context = client.Context();
    const auto stream = stub_->ExportVisitDocument(context.get(), request);
    std::string bytes;
    v1::ExportVisitDocumentResponse response;
    while (stream->Read(&response)) bytes += response.chunk();
    const grpc::Status status = stream->Finish();
    return bytes + status.error_message() + status.error_details();
  }

  std::unique_ptr<Visits> stub_;
  std::string peer_, visit_;
};
DUIJIE_BOTH_TOPOLOGIES(ConfidentialVisitsTest);

TEST_P(ConfidentialVisitsTest, OutsidersLearnNothingOfAVisit) {
  for (const auto& [who, client] : Outsiders()) {
    v1::GetVisitRequest get;
    get.set_name(visit_);
    v1::GetVisitResponse got;
    const auto hidden = client.Call(stub_.get(), &Visits::GetVisit, get, &got);
    get.set_name("visits/no-such-visit");
    const auto absent = client.Call(stub_.get(), &Visits::GetVisit, get, &got);
    EXPECT_FALSE(hidden.ok()) << who;
    EXPECT_EQ(hidden.error_code(), absent.error_code()) << who << ": hidden and absent must look alike";
    EXPECT_EQ(hidden.error_message(), absent.error_message()) << who;

    v1::ListVisitsResponse listed;
    ExpectNoLeak(Answer(client, stub_.get(), &Visits::ListVisits, v1::ListVisitsRequest(), &listed),
                 who + " ListVisits");
    EXPECT_EQ(listed.visits_size(), 0) << who;
    v1::GetVisitLedgerRequest year;
    year.set_year(2027);
    v1::GetVisitLedgerResponse ledger;
    ExpectNoLeak(Answer(client, stub_.get(), &Visits::GetVisitLedger, year, &ledger),
                 who + " GetVisitLedger");
    EXPECT_EQ(ledger.ledger().entries_size(), 0) << who;
    ExpectNoLeak(Document(client, v1::VISIT_DOCUMENT_KIND_LEDGER, ""), who + " ledger");
    ExpectNoLeak(Document(client, v1::VISIT_DOCUMENT_KIND_RECORD, visit_), who + " record");
    ExpectNoLeak(Document(client, v1::VISIT_DOCUMENT_KIND_BRIEF, visit_), who + " brief of the visit");
    ExpectNoLeak(Document(client, v1::VISIT_DOCUMENT_KIND_BRIEF, peer_), who + " brief of a peer");
  }
}

TEST_P(ConfidentialVisitsTest, NobodysBriefTellsWhatAPeerKeepsToItself) {
  ExpectNoLeak(Document(cluster_.Admin(), v1::VISIT_DOCUMENT_KIND_BRIEF, peer_),
               "the administrator's brief of a peer");
  EXPECT_NE(Document(cluster_.Admin(), v1::VISIT_DOCUMENT_KIND_RECORD, visit_).find(kSecretWord),
            std::string::npos)
      << "the secret is there for those who may know";
}

}  // namespace
}  // namespace duijie::testing
