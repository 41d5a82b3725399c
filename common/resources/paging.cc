// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/resources/paging.h"

#include <algorithm>

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>

namespace duijie {
namespace {

std::string ScopeOf(const google::protobuf::Message& request, const Principal& caller) {
  std::unique_ptr<google::protobuf::Message> bare(request.New());
  bare->CopyFrom(request);
  for (const char* field : {"page_size", "page_token"}) {
    bare->GetReflection()->ClearField(bare.get(), bare->GetDescriptor()->FindFieldByName(field));
  }
  std::string scope = request.GetDescriptor()->full_name() + '\0' + caller.key_id() + '\0';
  {
    google::protobuf::io::StringOutputStream stream(&scope);  // appends
    google::protobuf::io::CodedOutputStream coded(&stream);
    coded.SetSerializationDeterministic(true);
    bare->SerializeToCodedStream(&coded);
  }
  return scope;
}

}  // namespace

StatusOr<PageOfList> PageOfList::Open(const PageTokens& tokens, const Principal& caller,
                                      const google::protobuf::Message& request, PageLimits limits) {
  const auto* reflection = request.GetReflection();
  const auto* descriptor = request.GetDescriptor();
  const int asked = reflection->GetInt32(request, descriptor->FindFieldByName("page_size"));
  const std::string token = reflection->GetString(request, descriptor->FindFieldByName("page_token"));
  if (asked < 0) return InvalidField("page_size", "OUT_OF_RANGE", "每页条数不能为负");
  PageOfList page(tokens, ScopeOf(request, caller));
  page.size_ = static_cast<size_t>(asked == 0 ? limits.fallback : std::min(asked, limits.most));
  if (!token.empty()) {
    DUIJIE_ASSIGN_OR_RETURN(page.position_, tokens.Open(page.scope_, token));
  }
  return page;
}

std::string PageOfList::TokenFor(std::string_view next) const {
  return next.empty() ? std::string() : tokens_->Make(scope_, next);
}

}  // namespace duijie
