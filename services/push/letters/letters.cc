// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/push/letters/letters.h"

#include "common/documents/docx.h"
#include "common/resources/record_access.h"
#include "common/text/encoding.h"
#include "services/push/delivery/push_access.h"
#include "services/push/delivery/push_records.h"
#include "services/push/letters/letter_page.h"

namespace duijie::push {
namespace {

constexpr char kHtmlType[] = "text/html; charset=utf-8";
constexpr char kDocxType[] = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

Status CheckRequest(const v1::ExportPushLetterRequest& request) {
  if (!request.enterprise().starts_with("enterprises/")) {
    return InvalidField("enterprise", "BAD_NAME", "应为 enterprises/{id}");
  }
  if (CountCodePoints(request.sender()) > kMaxSenderCodePoints) {
    return InvalidField("sender", "TOO_LONG", "落款最多 200 字");
  }
  return OkStatus();
}

}  // namespace

// What the caller may see of the enterprise's pushes, as far as the enterprise may see it too.
StatusOr<std::vector<v1::Push>> Letters::PushesFor(const rpc::CallContext& call,
                                                   const v1::ExportPushLetterRequest& request) const {
  v1::ListPushesRequest list;
  list.set_enterprise(request.enterprise());
  list.set_campaign(request.campaign());
  list.set_page_size(kMaxLetterPushes);
  DUIJIE_ASSIGN_OR_RETURN(const v1::ListPushesResponse found, desk_.List(call, list));
  std::vector<v1::Push> pushes(found.pushes().begin(), found.pushes().end());
  std::erase_if(pushes, [](const v1::Push& push) {
    return push.state() == v1::PUSH_STATE_WITHHELD || push.achievement_hidden();
  });
  if (pushes.empty()) return pushes;
  DUIJIE_ASSIGN_OR_RETURN(const PushRecords records, PushRecords::ReadAchievements(peers_, call, pushes));
  const Principal reader = EnterprisePrincipal(request.enterprise());
  std::erase_if(pushes, [&](const v1::Push& push) {
    const v1::Achievement* achievement = records.Of(push).achievement;
    return achievement == nullptr || VisibilityOf(reader, AccessOf(*achievement)) == Visibility::kNone;
  });
  return pushes;
}

StatusOr<v1::ExportPushLetterResponse> Letters::Export(const rpc::CallContext& call,
                                                       const v1::ExportPushLetterRequest& request) const {
  DUIJIE_RETURN_IF_ERROR(CheckRequest(request));
  Letter letter;
  DUIJIE_ASSIGN_OR_RETURN(letter.pushes, PushesFor(call, request));
  if (letter.pushes.empty()) return NoSuchResource();
  internal::v1::ReadRecordsRequest read;
  read.add_names(request.enterprise());
  DUIJIE_ASSIGN_OR_RETURN(const auto records, peers_.read_records(call, read));
  letter.enterprise_title = records.records(0).enterprise().title();
  letter.sender = request.sender();
  letter.written = store_.Now();
  v1::ExportPushLetterResponse response;
  for (const v1::Push& push : letter.pushes) response.add_pushes(push.name());
  const bool word = request.format() == v1::LETTER_FORMAT_DOCX;
  response.set_media_type(word ? kDocxType : kHtmlType);
  std::string page = LetterPage(letter);
  if (word) {
    DUIJIE_ASSIGN_OR_RETURN(*response.mutable_content(), HtmlToDocx(page, letter.written));
  } else {
    response.set_content(std::move(page));
  }
  return response;
}

}  // namespace duijie::push
