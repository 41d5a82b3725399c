// SPDX-License-Identifier: GPL-3.0-or-later
// The files of a visit's record; see visits.h.
#include <algorithm>

#include "common/auth/crypto.h"
#include "common/auth/digest.h"
#include "services/mining/visits/visit_checks.h"
#include "services/mining/visits/visits.h"

namespace duijie::mining {
namespace {

constexpr char kAttachmentsPart[] = "/attachments/";

// "visits/{id}/attachments/{n}" → the visit and n.
std::optional<std::pair<std::string, std::string>> SplitAttachmentName(const std::string& name) {
  const size_t at = name.find(kAttachmentsPart);
  if (at == std::string::npos) return std::nullopt;
  return std::pair{name.substr(0, at), name.substr(at + sizeof(kAttachmentsPart) - 1)};
}

}  // namespace

StatusOr<v1::CreateVisitAttachmentResponse> Visits::Attach(
    const rpc::CallContext& call, const v1::CreateVisitAttachmentRequest& request) const {
  const WriteRequest write = DescribeRequest(call.principal().key_id(), "CreateVisitAttachment", request);
  const std::lock_guard<std::mutex> lock(context_.write_mutex);
  DUIJIE_ASSIGN_OR_RETURN(v1::Visit visit, VisibleVisit(context_, call.principal(), request.parent()));
  v1::CreateVisitAttachmentResponse response;
  DUIJIE_ASSIGN_OR_RETURN(auto answer, context_.store().AnswerOf<v1::Visit>(write));
  if (!answer) {
    Violations wrong;
    CheckAttachment(request.attachment(), request.content(), &wrong);
    if (!wrong.empty()) return InvalidFields(wrong);
    if (visit.state() == v1::VISIT_STATE_CANCELLED) return VisitCancelled();
    if (visit.attachments_size() >= kMaxAttachments) {
      return Error(StatusCode::kResourceExhausted, "TOO_LARGE", "每次走访最多 10 个附件");
    }
    const UnixMicros now = context_.store().Now();
    const std::string id = context_.store().NewId();
    internal::v1::StoredVisitAttachment stored;
    stored.set_name(context_.tables.attachments.NameOf(id));
    stored.set_visit(visit.name());
    stored.set_content(request.content());
    v1::VisitAttachment& attachment = *visit.add_attachments();
    attachment.set_name(visit.name() + kAttachmentsPart + id);
    attachment.set_file_name(request.attachment().file_name());
    attachment.set_media_type(request.attachment().media_type());
    attachment.set_size(static_cast<int64_t>(request.content().size()));
    attachment.set_sha256(crypto::ToHex(crypto::Sha256(request.content())));
    *attachment.mutable_create_time() = TimestampOf(now);
    DUIJIE_ASSIGN_OR_RETURN(answer, Stored(call, write, std::move(visit),
                                           {context_.tables.attachments.Create(std::move(stored), now)}));
  }
  *response.mutable_visit() = *std::move(answer);
  return response;
}

StatusOr<std::string> Visits::ReadAttachment(const rpc::CallContext& call,
                                             const v1::GetVisitAttachmentRequest& request) const {
  const auto parts = SplitAttachmentName(request.name());
  if (!parts) return NoSuchResource();
  DUIJIE_RETURN_IF_ERROR(VisibleVisit(context_, call.principal(), parts->first).status());
  DUIJIE_ASSIGN_OR_RETURN(internal::v1::StoredVisitAttachment stored,
                          context_.tables.attachments.GetById(parts->second));
  if (stored.visit() != parts->first) return NoSuchResource();
  return std::move(*stored.mutable_content());
}

StatusOr<v1::DeleteVisitAttachmentResponse> Visits::Detach(
    const rpc::CallContext& call, const v1::DeleteVisitAttachmentRequest& request) const {
  const auto parts = SplitAttachmentName(request.name());
  if (!parts) return NoSuchResource();
  const WriteRequest write = DescribeRequest(call.principal().key_id(), "DeleteVisitAttachment", request);
  const std::lock_guard<std::mutex> lock(context_.write_mutex);
  DUIJIE_ASSIGN_OR_RETURN(v1::Visit visit, VisibleVisit(context_, call.principal(), parts->first));
  v1::DeleteVisitAttachmentResponse response;
  DUIJIE_ASSIGN_OR_RETURN(auto answer, context_.store().AnswerOf<v1::Visit>(write));
  if (!answer) {
    auto& attachments = *visit.mutable_attachments();
    const auto found = std::find_if(attachments.begin(), attachments.end(), [&](const auto& attachment) {
      return attachment.name() == request.name();
    });
    if (found == attachments.end()) return NoSuchResource();
    attachments.erase(found);
    DUIJIE_ASSIGN_OR_RETURN(const auto stored, context_.tables.attachments.GetById(parts->second));
    DUIJIE_ASSIGN_OR_RETURN(
        answer, Stored(call, write, std::move(visit), {context_.tables.attachments.Delete(stored)}));
  }
  *response.mutable_visit() = *std::move(answer);
  return response;
}

}  // namespace duijie::mining
