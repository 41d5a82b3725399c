// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/catalog/importer.h"

#include <chrono>
#include <cstdio>
#include <ctime>

#include "common/storage/rocksdb_store.h"
#include "services/catalog/exporter.h"
#include "services/catalog/import_template.h"
#include "services/catalog/staged_import.h"
#include "services/catalog/stored_record.h"
#include "tests/unit/services/catalog/catalog_fixture.h"

namespace duijie::catalog {
namespace {

using testing::IsOk;
using testing::StatusIs;

class ImporterTest : public CatalogTest {
 protected:
  using CatalogTest::CatalogTest;

  std::vector<AnyRecord> All(v1::Collection collection) {
    std::vector<AnyRecord> records;
    EXPECT_THAT(reader_.ForEach(Admin(), collection, {},
                                [&](AnyRecord record) {
                                  records.push_back(std::move(record));
                                  return OkStatus();
                                }),
                IsOk());
    return records;
  }
  std::string Export(v1::Collection collection, v1::TableFormat format) {
    v1::ExportRecordsRequest request;
    request.set_collection(collection);
    request.set_format(format);
    std::string content;
    EXPECT_THAT(Exporter(Parts(), folder_.path().string())
                    .Run(Admin(), request,
                         [&](const v1::ExportRecordsResponse& response) {
                           EXPECT_LE(response.chunk().size(), kMaxExportChunkBytes);
                           content += response.chunk();
                           return OkStatus();
                         }),
                IsOk());
    return content;
  }
};

constexpr char kTwoGood[] =
    "成果名称,外部编号,技术指标,合作方式,备注\n甲成果,1,强度≥30MPa,许可；转让,x\n乙成果,2,,,y\n";
constexpr char kOneBad[] = "成果名称,外部编号,所在地区\n甲成果,1,石家庄市\n　,2,火星\n丙成果,3,\n";

TEST_F(ImporterTest, StoresGoodRowsAndReportsIgnoredColumns) {
  const auto imported = Import(kTwoGood, HeaderFor(v1::COLLECTION_ACHIEVEMENTS));
  ASSERT_THAT(imported.status, IsOk());
  EXPECT_EQ(imported.summary.rows(), 2);
  EXPECT_EQ(imported.summary.created(), 2);
  EXPECT_TRUE(imported.summary.committed());
  EXPECT_EQ(imported.summary.revision(), 1);  // both in one commit
  ASSERT_EQ(imported.summary.ignored_columns_size(), 1);
  EXPECT_EQ(imported.summary.ignored_columns(0), "备注");
  const auto records = All(v1::COLLECTION_ACHIEVEMENTS);
  ASSERT_EQ(records.size(), 2u);
  const auto& first = std::get<v1::Achievement>(records[0]);
  EXPECT_EQ(first.title(), "甲成果");
  EXPECT_EQ(first.state(), v1::RECORD_STATE_DRAFT);
  EXPECT_EQ(first.indicators_size(), 1);
  EXPECT_EQ(first.cooperation_modes_size(), 2);
  EXPECT_EQ(first.provenances(0).source_library(), "test-lib");
}

TEST_F(ImporterTest, ImportingAgainChangesNothing) {
  Import(kTwoGood, HeaderFor(v1::COLLECTION_ACHIEVEMENTS));
  const auto again = Import(kTwoGood, HeaderFor(v1::COLLECTION_ACHIEVEMENTS));
  EXPECT_EQ(again.summary.unchanged(), 2);
  EXPECT_FALSE(again.summary.committed());
  EXPECT_EQ(log_->CurrentRevision(), 1u);
}

TEST_F(ImporterTest, ImportingAChangedRowUpdatesOnlyItsColumns) {
  Import(kTwoGood, HeaderFor(v1::COLLECTION_ACHIEVEMENTS));
  const auto changed =
      Import("title,external_id\n新甲成果,1\n乙成果,2\n", HeaderFor(v1::COLLECTION_ACHIEVEMENTS));
  EXPECT_EQ(changed.summary.updated(), 1);
  EXPECT_EQ(changed.summary.unchanged(), 1);
  const auto first = std::get<v1::Achievement>(All(v1::COLLECTION_ACHIEVEMENTS)[0]);
  EXPECT_EQ(first.title(), "新甲成果");
  EXPECT_EQ(first.indicators_size(), 1);
}

TEST_F(ImporterTest, AllOrNothingStoresNothingWhenARowIsBad) {
  const auto imported = Import(kOneBad, HeaderFor(v1::COLLECTION_ACHIEVEMENTS));
  ASSERT_THAT(imported.status, IsOk());
  EXPECT_EQ(imported.summary.rejected(), 1);
  EXPECT_FALSE(imported.summary.committed());
  EXPECT_EQ(log_->CurrentRevision(), 0u);
  ASSERT_EQ(imported.reports.size(), 1u);
  EXPECT_EQ(imported.reports[0].row(), 3);
  ASSERT_EQ(imported.reports[0].problems_size(), 2);
  const auto& region = imported.reports[0].problems(0);
  EXPECT_EQ(region.column(), "所在地区");
  EXPECT_EQ(region.value(), "火星");
  EXPECT_EQ(region.rule(), "UNKNOWN_CODE");
  EXPECT_EQ(imported.reports[0].problems(1).rule(), "REQUIRED");
  EXPECT_EQ(imported.reports[0].problems(1).column(), "成果名称");
}

TEST_F(ImporterTest, AMissingColumnIsNamed) {
  const auto imported = Import("外部编号,成果简介\n1,某技术\n", HeaderFor(v1::COLLECTION_ACHIEVEMENTS));
  ASSERT_EQ(imported.reports.size(), 1u);
  ASSERT_EQ(imported.reports[0].problems_size(), 1);
  EXPECT_EQ(imported.reports[0].problems(0).rule(), "REQUIRED");
  EXPECT_EQ(imported.reports[0].problems(0).column(), "成果名称");
  EXPECT_EQ(imported.reports[0].problems(0).message(), "必填；表中没有这一列");
}

TEST_F(ImporterTest, SkipBadStoresTheGoodRows) {
  auto header = HeaderFor(v1::COLLECTION_ACHIEVEMENTS);
  header.set_mode(v1::IMPORT_MODE_SKIP_BAD);
  const auto imported = Import(kOneBad, header);
  EXPECT_EQ(imported.summary.created(), 2);
  EXPECT_EQ(imported.summary.rejected(), 1);
  EXPECT_TRUE(imported.summary.committed());
  EXPECT_EQ(All(v1::COLLECTION_ACHIEVEMENTS).size(), 2u);
}

TEST_F(ImporterTest, ADryRunStoresNothing) {
  auto header = HeaderFor(v1::COLLECTION_ACHIEVEMENTS);
  header.set_dry_run(true);
  const auto imported = Import(kTwoGood, header);
  EXPECT_EQ(imported.summary.created(), 2);
  EXPECT_FALSE(imported.summary.committed());
  EXPECT_EQ(log_->CurrentRevision(), 0u);
}

TEST_F(ImporterTest, DuplicatesWithinAFileAreReported) {
  const auto imported =
      Import("成果名称,外部编号\n甲成果,1\n乙成果,1\n", HeaderFor(v1::COLLECTION_ACHIEVEMENTS));
  ASSERT_EQ(imported.reports.size(), 1u);
  EXPECT_EQ(imported.reports[0].row(), 3);
  EXPECT_EQ(imported.reports[0].problems(0).rule(), "DUPLICATE_IN_FILE");
}

TEST_F(ImporterTest, IdsFromContentMakeRowsWithoutIdsIdempotent) {
  auto header = HeaderFor(v1::COLLECTION_ACHIEVEMENTS, v1::TABLE_FORMAT_JSONL);
  header.set_external_id_from_content(true);
  (*header.mutable_column_mapping())["label"] = "attribute";
  const std::string lines =
      "{\"title\":\"甲成果\",\"abstract\":\"文\",\"label\":3}\n{\"title\":\"乙成果\"}\n{\"title\":\"乙成果\"}"
      "\n";
  const auto first = Import(lines, header);
  ASSERT_THAT(first.status, IsOk());
  EXPECT_EQ(first.summary.created(), 2);
  EXPECT_EQ(first.summary.unchanged(), 1);  // the same content twice is one record
  const auto again = Import(lines, header);
  EXPECT_EQ(again.summary.unchanged(), 3);
  const auto record = std::get<v1::Achievement>(All(v1::COLLECTION_ACHIEVEMENTS)[0]);
  EXPECT_EQ(record.attribute(), "3");
  EXPECT_EQ(record.summary(), "文");
}

TEST_F(ImporterTest, FilesThatCannotBeUnderstoodAreRefused) {
  EXPECT_THAT(Import("甲,乙\n1,2\n", HeaderFor(v1::COLLECTION_ACHIEVEMENTS)).status,
              StatusIs(StatusCode::kInvalidArgument, "INVALID_TABLE"));
  EXPECT_THAT(Import("名称,成果名称\n1,2\n", HeaderFor(v1::COLLECTION_ACHIEVEMENTS)).status,
              StatusIs(StatusCode::kInvalidArgument, "INVALID_TABLE"));
  EXPECT_THAT(Import("PK", HeaderFor(v1::COLLECTION_ACHIEVEMENTS, v1::TABLE_FORMAT_XLSX)).status,
              StatusIs(StatusCode::kInvalidArgument, "INVALID_TABLE"));
  auto header = HeaderFor(v1::COLLECTION_ACHIEVEMENTS);
  (*header.mutable_column_mapping())["x"] = "no_such_column";
  EXPECT_THAT(Import(kTwoGood, header).status, StatusIs(StatusCode::kInvalidArgument, "INVALID_FIELD"));
  EXPECT_THAT(Import(kTwoGood, v1::ImportHeader()).status,
              StatusIs(StatusCode::kInvalidArgument, "INVALID_FIELD"));
}

TEST_F(ImporterTest, OnlyStaffPublishByImport) {
  auto header = HeaderFor(v1::COLLECTION_ACHIEVEMENTS);
  header.set_initial_state(v1::RECORD_STATE_PUBLISHED);
  EXPECT_THAT(Import(kTwoGood, header, EnterpriseUser("enterprises/acme")).status,
              StatusIs(StatusCode::kPermissionDenied, "FORBIDDEN"));
  EXPECT_THAT(Import(kTwoGood, header).status, IsOk());
  EXPECT_EQ(StateOf(All(v1::COLLECTION_ACHIEVEMENTS)[0]), v1::RECORD_STATE_PUBLISHED);
  header.set_initial_state(v1::RECORD_STATE_CLOSED);
  EXPECT_THAT(Import(kTwoGood, header).status, StatusIs(StatusCode::kInvalidArgument, "INVALID_FIELD"));
}

TEST_F(ImporterTest, RowsOutsideTheCallersScopeAreRejected) {
  auto header = HeaderFor(v1::COLLECTION_NEEDS);
  header.set_mode(v1::IMPORT_MODE_SKIP_BAD);
  const auto imported = Import("需求名称,外部编号,所属园区\n甲需求,1,石家庄国家高新区\n乙需求,2,衡水高新区\n",
                               header, StaffOf("hs-gxq"));
  EXPECT_EQ(imported.summary.created(), 1);
  ASSERT_EQ(imported.reports.size(), 1u);
  EXPECT_EQ(imported.reports[0].problems(0).rule(), "FORBIDDEN");
}

TEST_F(ImporterTest, NeedsFindTheirEnterprise) {
  v1::Enterprise enterprise;
  enterprise.set_title("示例水务公司");
  enterprise.set_park_code("hs-gxq");
  enterprise.set_region_code("131100");
  MustCreate(enterprise, "water");
  const auto imported = Import(
      "需求名称,外部编号,企业名称,联系人,联系电话\n甲需求,1,示例水务公司,赵示例,0318-1234567\n乙需求,2,"
      "别家公司,,\n",
      HeaderFor(v1::COLLECTION_NEEDS));
  ASSERT_THAT(imported.status, IsOk());
  const auto records = All(v1::COLLECTION_NEEDS);
  const auto& first = std::get<v1::Need>(records[0]);
  EXPECT_EQ(first.enterprise(), "enterprises/water");
  EXPECT_EQ(first.park_code(), "hs-gxq");
  EXPECT_EQ(std::get<v1::Need>(records[1]).enterprise(), "");
  ContactBook book(Parts(), writer_.requests());
  ASSERT_OK_AND_ASSIGN(Contacts contacts, book.Get(Admin(), first.name()));
  ASSERT_EQ(contacts.size(), 1);
  EXPECT_EQ(contacts[0].person(), "赵示例");
  const auto unknown =
      Import("需求名称,企业统一社会信用代码\n丙需求,91130000000000000X\n", HeaderFor(v1::COLLECTION_NEEDS));
  ASSERT_EQ(unknown.reports.size(), 1u);
  EXPECT_EQ(unknown.reports[0].problems(0).rule(), "ENTERPRISE_NOT_FOUND");
}

TEST_F(ImporterTest, ExportsAreImportedAsUnchanged) {
  v1::Achievement record = SomeAchievement();
  record.set_summary("=1+1\n第二行, \"引号\"");
  record.set_price_min_wan_yuan(12.5);
  auto* provenance = record.add_provenances();
  provenance->set_source_library("lib");
  provenance->set_external_id("a:1；2");
  provenance->mutable_fetched_at()->set_seconds(1'600'000'000);
  provenance = record.add_provenances();
  provenance->set_source_library("lib2");
  provenance->set_external_id("b:1；2");
  MustCreate(record, "a-1");
  MustCreate(SomeAchievement(), "a-2");
  for (const auto format : {v1::TABLE_FORMAT_CSV, v1::TABLE_FORMAT_JSONL, v1::TABLE_FORMAT_XLSX}) {
    const auto imported =
        Import(Export(v1::COLLECTION_ACHIEVEMENTS, format), HeaderFor(v1::COLLECTION_ACHIEVEMENTS, format));
    ASSERT_THAT(imported.status, IsOk());
    EXPECT_EQ(imported.summary.unchanged(), 2)
        << format << imported.summary.DebugString()
        << (imported.reports.empty() ? "" : imported.reports[0].DebugString());
  }
}

TEST_F(ImporterTest, TemplatesCanBeImported) {
  for (int c = 1; c <= v1::Collection_MAX; ++c) {
    for (const auto format : {v1::TABLE_FORMAT_CSV, v1::TABLE_FORMAT_XLSX}) {
      v1::GetImportTemplateRequest request;
      request.set_collection(static_cast<v1::Collection>(c));
      request.set_format(format);
      ASSERT_OK_AND_ASSIGN(auto made, MakeImportTemplate(request, Parts(), folder_.path().string()));
      auto header = HeaderFor(request.collection(), format);
      header.set_dry_run(true);
      const auto imported = Import(made.content(), header);
      ASSERT_THAT(imported.status, IsOk());
      EXPECT_EQ(imported.summary.created(), 1)
          << c << (imported.reports.empty() ? "" : imported.reports[0].DebugString());
      EXPECT_EQ(imported.summary.ignored_columns_size(), 0);
    }
  }
}

std::string ManyRows(int rows) {
  std::string csv = "成果名称,外部编号,成果简介\n";
  for (int i = 0; i < rows; ++i) {
    csv += "成果第" + std::to_string(i) + "号," + std::to_string(i) +
           ",一种用于低温条件的装置，去除率高，能耗低，适合中小规模。\n";
  }
  return csv;
}

TEST_F(ImporterTest, ALargeImportIsStoredAsAWhole) {
  const auto imported = Import(ManyRows(2'500), HeaderFor(v1::COLLECTION_ACHIEVEMENTS));
  ASSERT_THAT(imported.status, IsOk());
  EXPECT_EQ(imported.summary.created(), 2'500);
  EXPECT_GT(log_->CurrentRevision(), 1u);  // staged
  ASSERT_OK_AND_ASSIGN(SidePage notes, log_->ListSides("imports", "", 10));
  EXPECT_TRUE(notes.entries.empty());
}

TEST_F(ImporterTest, ALargeImportThatIsBrokenOffLeavesNothing) {
  Import("成果名称,外部编号\n老名称,7\n", HeaderFor(v1::COLLECTION_ACHIEVEMENTS));
  int asked = 0;
  const std::string path = folder_.File("table");
  std::ofstream(path, std::ios::binary) << ManyRows(2'500);
  ImportHooks hooks;
  hooks.send = [](const v1::ImportRecordsResponse&) { return OkStatus(); };
  hooks.check_alive = [&]() -> Status {  // the first pass asks 6 times; the second one is cut off
    return ++asked < 9 ? OkStatus() : Error(StatusCode::kCancelled, "CALLER_GONE", "gone");
  };
  const auto header = HeaderFor(v1::COLLECTION_ACHIEVEMENTS);
  EXPECT_THAT(Importer(Parts()).Run(Admin(), header, path, "", hooks), StatusIs(StatusCode::kCancelled));
  EXPECT_GT(log_->CurrentRevision(), 2u);  // something had been written
  const auto records = All(v1::COLLECTION_ACHIEVEMENTS);
  ASSERT_EQ(records.size(), 1u);
  EXPECT_EQ(std::get<v1::Achievement>(records[0]).title(), "老名称");
}

TEST_F(ImporterTest, ACrashAmidALargeImportIsUndoneAtTheNextStart) {
  Import("成果名称,外部编号\n老名称,7\n", HeaderFor(v1::COLLECTION_ACHIEVEMENTS));
  const AnyRecord before = All(v1::COLLECTION_ACHIEVEMENTS)[0];
  const std::string id = NameOf(before).substr(std::string("achievements/").size());
  ASSERT_OK_AND_ASSIGN(StagedImport staged, StagedImport::Begin(log_.get(), "import-1"));
  AnyRecord changed = before;
  std::get<v1::Achievement>(changed).set_title("新名称");
  Contacts contacts;
  contacts.Add()->set_person("赵示例");
  ASSERT_THAT(
      staged.Write({WriteOf(changed, id, std::nullopt), WriteOfContacts(NameOf(before), contacts, 0)}),
      IsOk());
  ASSERT_THAT(staged.Write({WriteOf(SomeAchievement(), "new-one", 0)}), IsOk());
  ASSERT_EQ(All(v1::COLLECTION_ACHIEVEMENTS).size(), 2u);

  ASSERT_OK_AND_ASSIGN(size_t undone, StagedImport::RecoverAll(log_.get()));  // what a start does
  EXPECT_EQ(undone, 1u);
  const auto records = All(v1::COLLECTION_ACHIEVEMENTS);
  ASSERT_EQ(records.size(), 1u);
  EXPECT_EQ(std::get<v1::Achievement>(records[0]).title(), "老名称");
  ASSERT_OK_AND_ASSIGN(StoredContacts left, ReadContacts(*log_, NameOf(before)));
  EXPECT_EQ(left.contacts.size(), 0);
  ASSERT_OK_AND_ASSIGN(undone, StagedImport::RecoverAll(log_.get()));
  EXPECT_EQ(undone, 0u);
  // The source is found again by its index.
  EXPECT_EQ(
      Import("成果名称,外部编号\n老名称,7\n", HeaderFor(v1::COLLECTION_ACHIEVEMENTS)).summary.unchanged(), 1);
}

class ImporterOnDiskTest : public ::testing::Test {};

class OnDisk : public ImporterTest {
 public:
  explicit OnDisk(std::unique_ptr<KvStore> store) : ImporterTest(std::move(store)) {}
  void TestBody() override {}
  Imported Load(const std::string& content, const v1::ImportHeader& header) {
    return Import(content, header);
  }
};

TEST_F(ImporterOnDiskTest, WorksOnRocksDb) {
  testing::TempDir folder;
  RocksDbOptions options;
  options.folder = folder.File("records");
  constexpr int kRows = 5'000;
  {
    ASSERT_OK_AND_ASSIGN(auto store, OpenRocksDb(options));
    OnDisk catalog(std::move(store));
    auto header = HeaderFor(v1::COLLECTION_ACHIEVEMENTS);
    header.set_mode(v1::IMPORT_MODE_SKIP_BAD);
    const auto begin = std::chrono::steady_clock::now();
    const std::clock_t cpu_begin = std::clock();
    const auto imported = catalog.Load(ManyRows(kRows), header);
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    ASSERT_THAT(imported.status, IsOk());
    EXPECT_EQ(imported.summary.created(), kRows);
    const double cpu = static_cast<double>(std::clock() - cpu_begin) / CLOCKS_PER_SEC;
    std::printf("import into RocksDB: %.0f records/s, %.0f per second of CPU\n", kRows / seconds,
                kRows / cpu);
  }
  ASSERT_OK_AND_ASSIGN(auto store, OpenRocksDb(options));
  OnDisk catalog(std::move(store));
  EXPECT_EQ(catalog.Load(ManyRows(kRows), HeaderFor(v1::COLLECTION_ACHIEVEMENTS)).summary.unchanged(), kRows);
}

}  // namespace
}  // namespace duijie::catalog
