// SPDX-License-Identifier: GPL-3.0-or-later
// Campaigns above a world in memory, worked on by an engine that the test steps.
#pragma once

#include "services/push/campaigns/campaign_engine.h"
#include "services/push/campaigns/campaigns.h"
#include "tests/unit/services/push/memory_world.h"

namespace duijie::push::testing {

class CampaignWorld : public MemoryWorld {
 public:
  CampaignWorld() { Rebuild(); }

  // New objects over the same store, as after a restart.
  void Rebuild() {
    engine.reset();
    campaign_store = std::make_unique<CampaignStore>(*store);
    engine = std::make_unique<CampaignEngine>(*campaign_store, peers, *pushes);
    campaigns = std::make_unique<Campaigns>(*campaign_store, peers, [] {});
  }

  StatusOr<v1::Campaign> Create(const v1::CampaignRule& rule,
                                const rpc::CallContext& call = AsAdmin()) const {
    v1::CreateCampaignRequest request;
    request.mutable_campaign()->set_title("秋季推送");
    *request.mutable_campaign()->mutable_rule() = rule;
    DUIJIE_ASSIGN_OR_RETURN(auto response, campaigns->Create(call, request));
    return response.campaign();
  }
  // Asks for a preview and works it out.
  StatusOr<v1::Campaign> Preview(const std::string& name, const rpc::CallContext& call = AsAdmin(),
                                 int64_t snapshot = 0) const {
    v1::PreviewCampaignRequest request;
    request.set_name(name);
    request.set_snapshot_revision(snapshot);
    DUIJIE_RETURN_IF_ERROR(campaigns->Preview(call, request).status());
    Work();
    return Get(name, call);
  }
  StatusOr<v1::Campaign> Approve(const std::string& name, const rpc::CallContext& call = AsAdmin()) const {
    v1::ApproveCampaignRequest request;
    request.set_name(name);
    DUIJIE_ASSIGN_OR_RETURN(auto response, campaigns->Approve(call, request));
    return response.campaign();
  }
  StatusOr<v1::Campaign> Get(const std::string& name, const rpc::CallContext& call = AsAdmin()) const {
    v1::GetCampaignRequest request;
    request.set_name(name);
    DUIJIE_ASSIGN_OR_RETURN(auto response, campaigns->Get(call, request));
    return response.campaign();
  }
  // All pages.
  std::vector<v1::CampaignLine> Lines(const std::string& name,
                                      v1::CampaignLineState state = v1::CAMPAIGN_LINE_STATE_UNSPECIFIED,
                                      const rpc::CallContext& call = AsAdmin()) const {
    std::vector<v1::CampaignLine> lines;
    v1::ListCampaignLinesRequest request;
    request.set_campaign(name);
    request.set_state(state);
    request.set_page_size(2);
    do {
      const auto page = campaigns->ListLines(call, request);
      EXPECT_TRUE(page.ok()) << page.status();
      if (!page.ok()) break;
      lines.insert(lines.end(), page->lines().begin(), page->lines().end());
      request.set_page_token(page->next_page_token());
    } while (!request.page_token().empty());
    return lines;
  }
  void Work() const {
    while (engine->WorkOnce()) {
    }
  }

  std::unique_ptr<CampaignStore> campaign_store;
  std::unique_ptr<CampaignEngine> engine;
  std::unique_ptr<Campaigns> campaigns;
};

}  // namespace duijie::push::testing
