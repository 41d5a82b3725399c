// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/catalog/import_template.h"

#include <filesystem>
#include <vector>

#include "common/tabular/csv_writer.h"
#include "common/tabular/xlsx_writer.h"
#include "services/catalog/catalog_keys.h"
#include "services/catalog/cell_codec.h"
#include "services/catalog/column_table.h"
#include "services/catalog/enum_names.h"
#include "services/catalog/field_checks.h"
#include "services/catalog/record_table.h"

namespace duijie::catalog {
namespace {

std::vector<const Column*> TemplateColumns(v1::Collection collection) {
  std::vector<const Column*> columns;
  for (const Column& column : ColumnsOf(collection)) {
    if (column.kind != CellKind::kRecordName && column.kind != CellKind::kState) columns.push_back(&column);
  }
  return columns;
}

std::vector<TableCell> Example(const std::vector<const Column*>& columns) {
  std::vector<TableCell> cells;
  for (const Column* column : columns) {
    cells.push_back(column->example.empty() ? TableCell() : TableCell::Text(std::string(column->example)));
  }
  return cells;
}

std::string Join(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : "、") + name;
  return text;
}

const google::protobuf::EnumDescriptor* EnumOf(const Column& column, v1::Collection collection) {
  const AnyRecord record = NewRecord(collection);
  const auto* field = ProtoOf(record).GetDescriptor()->FindFieldByName(std::string(column.field));
  return field == nullptr ? nullptr : field->enum_type();
}

std::string HowToFill(const Column& column, v1::Collection collection) {
  switch (column.kind) {
    case CellKind::kTextList:
      return "多项以；分开";
    case CellKind::kDate:
      return "日期，如 2026-01-05、2026/1/5、2026年1月5日";
    case CellKind::kFetchedAt:
      return "时间，如 2026-01-05 12:30:00";
    case CellKind::kMoney:
      return "数，单位万元";
    case CellKind::kCount:
      return "整数";
    case CellKind::kMaturity:
      return "1 到 9，见“代码表”";
    case CellKind::kBool:
      return "是、否";
    case CellKind::kEnum:
      return Join(ChineseNames(EnumOf(column, collection)));
    case CellKind::kEnumList:
      return Join(ChineseNames(EnumOf(column, collection))) + "；多项以；分开";
    case CellKind::kRegion:
    case CellKind::kPark:
      return "代码或名称，见“代码表”";
    case CellKind::kRegionList:
    case CellKind::kIndustryList:
    case CellKind::kFieldList:
      return "代码或名称，见“代码表”；多项以；分开";
    case CellKind::kIndicators:
      return "名称≥数值单位@条件，多项以；分开；也可用 ≤ > < = ≈，区间写作 名称=低~高单位";
    case CellKind::kProperties:
      return "类型:编号:法律状态:到期日，多项以；分开；类型：" +
             Join(ChineseNames(v1::IntellectualPropertyKind_descriptor()));
    case CellKind::kCertificates:
      return "类型:编号:发证日期:有效期至，多项以；分开";
    case CellKind::kEnterpriseCreditCode:
      return "已导入企业的统一社会信用代码";
    case CellKind::kSourceLibrary:
      return "来源库代码，a-z、0-9、._-";
    case CellKind::kOtherProvenances:
      return "来源库:外部编号，多项以；分开";
    default:
      return "文字";
  }
}

TableCell Text(std::string text) { return TableCell::Text(std::move(text)); }

Status WriteCodes(XlsxWriter* writer, const TaxonomySet& taxonomies) {
  DUIJIE_ASSIGN_OR_RETURN(const XlsxSheetId sheet,
                          writer->AddSheet("代码表", {{"代码表"}, {"代码"}, {"名称", 40}, {"上级"}}));
  auto write = [&](const std::string& table, const Taxonomy& taxonomy) -> Status {
    for (const auto& entry : taxonomy.entries()) {
      DUIJIE_RETURN_IF_ERROR(
          writer->WriteRow(sheet, {Text(table), Text(entry.code), Text(entry.name), Text(entry.parent)}));
    }
    return OkStatus();
  };
  for (const Park& park : taxonomies.parks) {
    DUIJIE_RETURN_IF_ERROR(
        writer->WriteRow(sheet, {Text("园区"), Text(park.code), Text(park.name), Text(park.region_code)}));
  }
  for (const MaturityLevel& level : taxonomies.maturity) {
    DUIJIE_RETURN_IF_ERROR(writer->WriteRow(
        sheet, {Text("技术成熟度"), Text(std::to_string(level.level)), Text(level.name), Text(level.stage)}));
  }
  DUIJIE_RETURN_IF_ERROR(write("地区", taxonomies.regions));
  DUIJIE_RETURN_IF_ERROR(write("技术领域", taxonomies.fields));
  return write("行业", taxonomies.industries);
}

Status WriteWorkbook(const std::string& path, v1::Collection collection, const CatalogParts& parts) {
  XlsxOptions options;
  options.created = parts.clock.Now();
  DUIJIE_ASSIGN_OR_RETURN(auto writer, XlsxWriter::Create(path, options));
  const auto columns = TemplateColumns(collection);
  std::vector<XlsxColumn> headings;
  for (const Column* column : columns) {
    headings.emplace_back();
    headings.back().heading = column->heading;
  }
  DUIJIE_ASSIGN_OR_RETURN(const XlsxSheetId data, writer->AddSheet("数据", headings));
  DUIJIE_RETURN_IF_ERROR(writer->WriteRow(data, Example(columns)));
  DUIJIE_ASSIGN_OR_RETURN(
      const XlsxSheetId help,
      writer->AddSheet("填写说明", {{"栏目", 24}, {"字段名", 28}, {"填写方式", 80, true}}));
  for (const Column* column : columns) {
    DUIJIE_RETURN_IF_ERROR(writer->WriteRow(
        help, {Text(std::string(column->heading)), Text(std::string(column->field)),
               Text((column->field == "title" ? "必填；" : "") + HowToFill(*column, collection))}));
  }
  DUIJIE_RETURN_IF_ERROR(WriteCodes(writer.get(), parts.taxonomies));
  return writer->Close();
}

Status WriteCsv(v1::Collection collection, std::string* content) {
  CsvWriter writer(content, CsvOptions());
  const auto columns = TemplateColumns(collection);
  std::vector<TableCell> headings;
  for (const Column* column : columns) headings.push_back(Text(std::string(column->heading)));
  DUIJIE_RETURN_IF_ERROR(writer.WriteRow(headings));
  return writer.WriteRow(Example(columns));
}

void AddEntry(const std::string& code, const std::string& parent, int level, const std::string& name,
              v1::GetTaxonomyResponse* response) {
  auto* entry = response->add_entries();
  entry->set_code(code);
  entry->set_parent(parent);
  entry->set_level(level);
  entry->set_name(name);
}

void AddEntries(const Taxonomy& taxonomy, v1::GetTaxonomyResponse* response) {
  for (const auto& e : taxonomy.entries()) AddEntry(e.code, e.parent, e.level, e.name, response);
}

}  // namespace

StatusOr<v1::GetImportTemplateResponse> MakeImportTemplate(const v1::GetImportTemplateRequest& request,
                                                           const CatalogParts& parts,
                                                           const std::string& temp_folder) {
  Violations violations;
  CheckEnum("collection", request.collection(), v1::Collection_descriptor(), true, &violations);
  CheckEnum("format", request.format(), v1::TableFormat_descriptor(), false, &violations);
  if (request.format() == v1::TABLE_FORMAT_JSONL) {
    violations.push_back({"format", "UNKNOWN_VALUE", "模板只有 CSV 和 XLSX 两种"});
  }
  if (!violations.empty()) return InvalidFields(violations);
  v1::GetImportTemplateResponse response;
  const std::string stem = std::string(CollectionName(request.collection())) + "-template";
  if (request.format() == v1::TABLE_FORMAT_CSV) {
    DUIJIE_RETURN_IF_ERROR(WriteCsv(request.collection(), response.mutable_content()));
    response.set_file_name(stem + ".csv");
    return response;
  }
  const std::string path = temp_folder + "/template-" + parts.ids.NewId(parts.clock.Now()) + ".xlsx";
  Status written = WriteWorkbook(path, request.collection(), parts);
  if (written.ok()) {
    written = SendFile(path, [&](std::string_view bytes) {
      response.mutable_content()->append(bytes);
      return OkStatus();
    });
  }
  std::error_code ignored;
  std::filesystem::remove(path, ignored);
  DUIJIE_RETURN_IF_ERROR(written);
  response.set_file_name(stem + ".xlsx");
  return response;
}

StatusOr<v1::GetTaxonomyResponse> ReadTaxonomy(const v1::GetTaxonomyRequest& request,
                                               const TaxonomySet& taxonomies) {
  v1::GetTaxonomyResponse response;
  switch (request.kind()) {
    case v1::TAXONOMY_KIND_REGIONS:
      AddEntries(taxonomies.regions, &response);
      break;
    case v1::TAXONOMY_KIND_INDUSTRIES:
      AddEntries(taxonomies.industries, &response);
      break;
    case v1::TAXONOMY_KIND_FIELDS:
      AddEntries(taxonomies.fields, &response);
      break;
    case v1::TAXONOMY_KIND_PARKS:
      for (const Park& park : taxonomies.parks) AddEntry(park.code, "", 1, park.name, &response);
      break;
    case v1::TAXONOMY_KIND_MATURITY_LEVELS:
      for (const MaturityLevel& l : taxonomies.maturity)
        AddEntry(std::to_string(l.level), "", 1, l.name, &response);
      break;
    default:
      return InvalidField("kind", "REQUIRED", "必填");
  }
  return response;
}

}  // namespace duijie::catalog
