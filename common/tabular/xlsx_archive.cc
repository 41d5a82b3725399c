// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/tabular/xlsx_archive.h"

#include <zip.h>

#include <algorithm>
#include <cstring>
#include <string_view>

#include "common/tabular/table_error.h"
#include "common/tabular/zip_directory.h"

namespace duijie::tabular {
namespace {

constexpr char kDamaged[] = "文件已损坏，无法作为 .xlsx 打开，请重新保存后再试";

// libzip reads through this: ByteSource behind its callback interface.
struct SourceState {
  explicit SourceState(std::unique_ptr<ByteSource> bytes) : source(std::move(bytes)) {
    zip_error_init(&error);
  }
  ~SourceState() { zip_error_fini(&error); }

  std::unique_ptr<ByteSource> source;
  uint64_t position = 0;
  zip_error_t error;
};

zip_int64_t ReadSource(SourceState* state, void* data, zip_uint64_t length) {
  auto got = state->source->ReadAt(state->position, static_cast<char*>(data), static_cast<size_t>(length));
  if (!got.ok()) {
    zip_error_set(&state->error, ZIP_ER_READ, 0);
    return -1;
  }
  state->position += *got;
  return static_cast<zip_int64_t>(*got);
}

zip_int64_t StatSource(SourceState* state, void* data) {
  auto* stat = static_cast<zip_stat_t*>(data);
  zip_stat_init(stat);
  stat->size = state->source->size();
  stat->valid = ZIP_STAT_SIZE;
  return sizeof(*stat);
}

zip_int64_t SeekSource(SourceState* state, void* data, zip_uint64_t length) {
  const zip_int64_t at =
      zip_source_seek_compute_offset(state->position, state->source->size(), data, length, &state->error);
  if (at < 0) return -1;
  state->position = static_cast<uint64_t>(at);
  return 0;
}

zip_int64_t SourceCallback(void* user, void* data, zip_uint64_t length, zip_source_cmd_t command) {
  auto* state = static_cast<SourceState*>(user);
  switch (command) {
    case ZIP_SOURCE_OPEN:
      state->position = 0;
      return 0;
    case ZIP_SOURCE_READ:
      return ReadSource(state, data, length);
    case ZIP_SOURCE_CLOSE:
      return 0;
    case ZIP_SOURCE_STAT:
      return StatSource(state, data);
    case ZIP_SOURCE_ERROR:
      return zip_error_to_data(&state->error, data, length);
    case ZIP_SOURCE_FREE:
      delete state;
      return 0;
    case ZIP_SOURCE_SEEK:
      return SeekSource(state, data, length);
    case ZIP_SOURCE_TELL:
      return static_cast<zip_int64_t>(state->position);
    case ZIP_SOURCE_SUPPORTS:
      return ZIP_SOURCE_SUPPORTS_SEEKABLE;
    default:
      zip_error_set(&state->error, ZIP_ER_OPNOTSUPP, 0);
      return -1;
  }
}

// What the parts of one archive may still unpack to.
struct Budget {
  uint64_t bytes_left;
  uint64_t max_ratio;
};

struct CloseFile {
  void operator()(zip_file_t* file) const { zip_fclose(file); }
};
struct DiscardArchive {
  void operator()(zip_t* archive) const { zip_discard(archive); }
};

class ZipPart final : public PartStream {
 public:
  ZipPart(zip_file_t* file, uint64_t packed_bytes, Budget* budget)
      : file_(file), packed_bytes_(std::max<uint64_t>(packed_bytes, 1)), budget_(budget) {}

  StatusOr<size_t> Read(char* out, size_t n) override {
    const zip_int64_t got = zip_fread(file_.get(), out, n);
    if (got < 0) return Corrupt(kDamaged);
    const auto bytes = static_cast<uint64_t>(got);
    unpacked_bytes_ += bytes;
    if (bytes > budget_->bytes_left) return TooLarge("工作簿解压后过大，请拆分后再导入");
    budget_->bytes_left -= bytes;
    if (unpacked_bytes_ > XlsxArchive::kRatioFreeBytes &&
        unpacked_bytes_ / packed_bytes_ > budget_->max_ratio) {
      return TooLarge("工作簿的压缩比异常，为安全起见不予读取，请另存为新的 .xlsx 后再试");
    }
    return static_cast<size_t>(bytes);
  }

 private:
  const std::unique_ptr<zip_file_t, CloseFile> file_;
  const uint64_t packed_bytes_;
  uint64_t unpacked_bytes_ = 0;
  Budget* const budget_;
};

class ZipArchive final : public XlsxArchive {
 public:
  ZipArchive(zip_t* archive, const TableLimits& limits)
      : archive_(archive), budget_{limits.max_uncompressed_bytes, limits.max_compression_ratio} {}

  bool Has(const std::string& name) const override {
    return zip_name_locate(archive_.get(), name.c_str(), ZIP_FL_NOCASE) >= 0;
  }

  StatusOr<std::unique_ptr<PartStream>> OpenPart(const std::string& name) override {
    zip_stat_t stat;
    zip_stat_init(&stat);
    if (zip_stat(archive_.get(), name.c_str(), ZIP_FL_NOCASE, &stat) != 0) {
      return Corrupt("工作簿缺少组成部分，请重新保存后再试");
    }
    if ((stat.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 && stat.encryption_method != ZIP_EM_NONE) {
      return Unsupported("文件带有密码，请取消密码后另存为 .xlsx");
    }
    zip_file_t* file = zip_fopen_index(archive_.get(), stat.index, 0);
    if (file == nullptr) return Corrupt(kDamaged);
    return std::unique_ptr<PartStream>(std::make_unique<ZipPart>(file, stat.comp_size, &budget_));
  }

 private:
  const std::unique_ptr<zip_t, DiscardArchive> archive_;
  Budget budget_;
};

}  // namespace

StatusOr<std::unique_ptr<XlsxArchive>> OpenXlsxArchive(std::unique_ptr<ByteSource> source,
                                                       const TableLimits& limits) {
  DUIJIE_RETURN_IF_ERROR(
      CheckZipDirectory(*source, XlsxArchive::kMaxEntries, XlsxArchive::kMaxDirectoryBytes));
  zip_source_t* zip_source =
      zip_source_function_create(SourceCallback, new SourceState(std::move(source)), nullptr);
  if (zip_source == nullptr) return Corrupt(kDamaged);
  zip_t* archive = zip_open_from_source(zip_source, ZIP_RDONLY, nullptr);
  if (archive == nullptr) {
    zip_source_free(zip_source);
    return Corrupt(kDamaged);
  }
  return std::unique_ptr<XlsxArchive>(std::make_unique<ZipArchive>(archive, limits));
}

}  // namespace duijie::tabular
