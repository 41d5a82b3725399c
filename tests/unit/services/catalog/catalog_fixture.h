// SPDX-License-Identifier: GPL-3.0-or-later
// A catalog over a store in memory, with a fake clock and reproducible ids, and the callers that tests need.
#pragma once

#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include "common/storage/memory_store.h"
#include "services/catalog/contact_book.h"
#include "services/catalog/importer.h"
#include "services/catalog/record_reader.h"
#include "services/catalog/record_writer.h"
#include "tests/support/paths.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temp_dir.h"

namespace duijie::catalog {

inline const TaxonomySet& TestTaxonomies() {
  static const auto taxonomies = *TaxonomySet::Load(duijie::testing::SourceFile("data/taxonomies"));
  return *taxonomies;
}

inline Principal Caller(v1::Role role, const std::string& key_id) {
  Principal caller;
  caller.set_role(role);
  caller.set_key_id(key_id);
  return caller;
}
inline Principal Admin() { return Caller(v1::ROLE_ADMIN, "admin"); }
inline Principal Partner() { return Caller(v1::ROLE_PARTNER, "partner"); }
inline Principal StaffOf(const std::string& park) {
  Principal staff = Caller(v1::ROLE_STAFF, "staff-" + park);
  staff.add_park_codes(park);
  return staff;
}
inline Principal EnterpriseUser(const std::string& enterprise) {
  Principal user = Caller(v1::ROLE_ENTERPRISE, "user-of-" + enterprise);
  user.set_enterprise(enterprise);
  return user;
}

inline v1::Achievement SomeAchievement() {
  v1::Achievement achievement;
  achievement.set_title("低温脱氮除磷装置");
  return achievement;
}
inline v1::Need SomeNeed() {
  v1::Need need;
  need.set_title("低温条件下总氮达标");
  need.set_type(v1::NEED_TYPE_TECHNICAL_PROBLEM);
  need.set_enterprise("enterprises/acme");
  need.set_enterprise_name("示例公司");
  need.set_park_code("sjz-gxq");
  need.set_region_code("130108");
  return need;
}

class CatalogTest : public ::testing::Test {
 protected:
  explicit CatalogTest(std::unique_ptr<KvStore> store = NewMemoryStore())
      : store_(std::move(store)), log_(*RecordLog::Open(store_.get())), writer_(Parts()), reader_(Parts()) {}

  CatalogParts Parts() { return {*log_, TestTaxonomies(), clock_, ids_, gate_}; }

  static WriteRequest Request(const std::string& request_id = "", const std::string& fingerprint = "f") {
    return {"admin", "Method", request_id, fingerprint};
  }

  AnyRecord MustCreate(const AnyRecord& record, const std::string& id = "") {
    auto created = writer_.Create(Admin(), Request(), record, id, false);
    EXPECT_THAT(created, testing::IsOk());
    return *created;
  }
  AnyRecord MustPublish(const std::string& name) {
    EXPECT_THAT(writer_.Transition(Admin(), Request(), name, v1::RECORD_STATE_SUBMITTED, "", ""),
                testing::IsOk());
    auto published = writer_.Transition(Admin(), Request(), name, v1::RECORD_STATE_PUBLISHED, "", "");
    EXPECT_THAT(published, testing::IsOk());
    return *published;
  }

  struct Imported {
    Status status;
    v1::ImportSummary summary;
    std::vector<v1::RowReport> reports;
  };
  Imported Import(const std::string& content, v1::ImportHeader header, const Principal& caller = Admin()) {
    const std::string path = folder_.File("table");
    std::ofstream(path, std::ios::binary) << content;
    Imported imported;
    ImportHooks hooks;
    hooks.check_alive = [&] { return alive_; };
    hooks.send = [&](const v1::ImportRecordsResponse& response) {
      for (const auto& report : response.reports()) imported.reports.push_back(report);
      if (response.has_summary()) imported.summary = response.summary();
      return OkStatus();
    };
    imported.status = Importer(Parts()).Run(caller, header, path, content.substr(0, 4096), hooks);
    return imported;
  }

  testing::TempDir folder_;
  Status alive_;
  FakeClock clock_;  // 2023-11-15 in China
  CountingIdMaker ids_;
  WriteGate gate_;
  std::unique_ptr<KvStore> store_;
  std::unique_ptr<RecordLog> log_;
  RecordWriter writer_;
  RecordReader reader_;
};

inline v1::ImportHeader HeaderFor(v1::Collection collection, v1::TableFormat format = v1::TABLE_FORMAT_CSV) {
  v1::ImportHeader header;
  header.set_collection(collection);
  header.set_format(format);
  header.set_source_library("test-lib");
  return header;
}

}  // namespace duijie::catalog
