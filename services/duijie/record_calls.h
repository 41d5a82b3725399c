// SPDX-License-Identifier: GPL-3.0-or-later
// The record methods of CatalogService without their type: commands treat the four kinds of record alike.
#pragma once

#include <google/protobuf/field_mask.pb.h>
#include <google/protobuf/message.h>

#include <memory>
#include <string>
#include <vector>

#include "services/duijie/client.h"

namespace duijie {

using RecordPtr = std::unique_ptr<google::protobuf::Message>;

struct RecordPage {
  std::vector<RecordPtr> records;
  std::string next_page_token;
};

// Every write carries a fresh request_id, so that a retry does not act twice. Not thread-safe.
class RecordCalls {
 public:
  virtual ~RecordCalls() = default;
  virtual RecordPtr NewRecord() const = 0;
  virtual StatusOr<RecordPtr> Get(const std::string& name) = 0;
  virtual StatusOr<RecordPage> List(const v1::RecordFilter& filter, int page_size,
                                    const std::string& page_token) = 0;
  // `record` is of the type of NewRecord, here and in Update.
  virtual StatusOr<RecordPtr> Create(const google::protobuf::Message& record, const std::string& id,
                                     bool validate_only) = 0;
  virtual StatusOr<RecordPtr> Update(const google::protobuf::Message& record,
                                     const google::protobuf::FieldMask& mask) = 0;
  // The catalog revision of the deletion. An empty etag deletes whatever is there, here and in Transition.
  virtual StatusOr<int64_t> Delete(const std::string& name, const std::string& etag) = 0;
  virtual StatusOr<RecordPtr> Transition(const std::string& name, v1::RecordState to,
                                         const std::string& reason, const std::string& etag) = 0;
};

// `client` must outlive the calls.
std::unique_ptr<RecordCalls> MakeRecordCalls(Client& client, v1::Collection collection);

// Chosen by the name, e.g. "needs/ab12". USAGE error if it is no resource name.
StatusOr<std::unique_ptr<RecordCalls>> RecordCallsFor(Client& client, const std::string& name);

}  // namespace duijie
