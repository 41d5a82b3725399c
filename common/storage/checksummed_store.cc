// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/storage/checksummed_store.h"

#include "common/storage/value_envelope.h"

namespace duijie {
namespace {

class ChecksummedIterator final : public Iterator {
 public:
  explicit ChecksummedIterator(std::unique_ptr<Iterator> inner) : inner_(std::move(inner)) { Verify(); }

  bool Valid() const override { return valid_; }
  void Seek(std::string_view key) override {
    inner_->Seek(key);
    Verify();
  }
  void SeekToLast() override {
    inner_->SeekToLast();
    Verify();
  }
  void Next() override {
    inner_->Next();
    Verify();
  }
  std::string_view key() const override { return inner_->key(); }
  std::string_view value() const override { return payload_; }
  Status status() const override { return status_; }

 private:
  void Verify() {
    valid_ = inner_->Valid();
    if (!valid_) {
      status_ = inner_->status();
      return;
    }
    auto payload = OpenValue(inner_->key(), inner_->value());
    valid_ = payload.ok();
    status_ = payload.status();
    if (valid_) payload_ = *payload;
  }

  std::unique_ptr<Iterator> inner_;
  std::string_view payload_;
  bool valid_ = false;
  Status status_;
};

class ChecksummedStore final : public KvStore {
 public:
  ChecksummedStore(KvStore* inner, std::unique_ptr<KvStore> owned)
      : owned_(std::move(owned)), inner_(inner) {}

  StatusOr<std::optional<std::string>> Get(std::string_view key, const Snapshot* snapshot) const override {
    DUIJIE_ASSIGN_OR_RETURN(std::optional<std::string> sealed, inner_->Get(key, snapshot));
    if (!sealed) return std::optional<std::string>();
    DUIJIE_ASSIGN_OR_RETURN(const std::string_view payload, OpenValue(key, *sealed));
    return std::optional<std::string>(payload);
  }

  Status Write(const WriteBatch& batch) override {
    DUIJIE_RETURN_IF_ERROR(batch.Check());
    WriteBatch sealed;
    for (const auto& op : batch.operations()) {
      if (op.value) {
        sealed.Put(op.key, SealValue(op.key, *op.value));
      } else {
        sealed.Delete(op.key);
      }
    }
    return inner_->Write(sealed);
  }

  std::unique_ptr<Iterator> Scan(std::string_view begin, std::string_view end,
                                 const Snapshot* snapshot) const override {
    return std::make_unique<ChecksummedIterator>(inner_->Scan(begin, end, snapshot));
  }

  std::unique_ptr<Snapshot> GetSnapshot() const override { return inner_->GetSnapshot(); }
  Status Backup(const std::string& folder) override { return inner_->Backup(folder); }
  KvStats Stats() const override { return inner_->Stats(); }

 private:
  std::unique_ptr<KvStore> owned_;
  KvStore* inner_;
};

}  // namespace

std::unique_ptr<KvStore> NewChecksummedStore(std::unique_ptr<KvStore> store) {
  KvStore* inner = store.get();
  return std::make_unique<ChecksummedStore>(inner, std::move(store));
}

std::unique_ptr<KvStore> NewChecksummedStore(KvStore* store) {
  return std::make_unique<ChecksummedStore>(store, nullptr);
}

}  // namespace duijie
