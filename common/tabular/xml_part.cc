// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/tabular/xml_part.h"

#include <expat.h>

#include <algorithm>
#include <array>
#include <string>

#include "common/tabular/table_error.h"

namespace duijie::tabular {
namespace {

constexpr char kSeparator = ' ';  // cannot occur in a namespace name or a local name
constexpr int kChunkBytes = 64 << 10;
constexpr char kBadXml[] = "工作簿内容不是合法的 XML，请重新保存后再试";

constexpr std::array<std::string_view, 4> kNamespaces = {
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",
    "http://schemas.openxmlformats.org/package/2006/relationships",
    "http://schemas.openxmlformats.org/package/2006/content-types",
};
constexpr std::array<std::string_view, 2> kRelationshipNamespaces = {
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "http://purl.oclc.org/ooxml/officeDocument/relationships",
};

struct QualifiedName {
  std::string_view space;
  std::string_view local;
};

QualifiedName Split(const char* name) {
  const std::string_view whole(name);
  const size_t at = whole.rfind(kSeparator);
  if (at == std::string_view::npos) return {"", whole};
  return {whole.substr(0, at), whole.substr(at + 1)};
}

template <size_t N>
bool Contains(const std::array<std::string_view, N>& list, std::string_view item) {
  return std::find(list.begin(), list.end(), item) != list.end();
}

struct FreeParser {
  void operator()(XML_Parser parser) const { XML_ParserFree(parser); }
};

class ExpatPart final : public XmlPart {
 public:
  ExpatPart(std::unique_ptr<PartStream> stream, XmlHandler* handler)
      : stream_(std::move(stream)), handler_(handler), parser_(XML_ParserCreateNS(nullptr, kSeparator)) {
    XML_SetUserData(parser_.get(), this);
    XML_SetElementHandler(parser_.get(), &OnStart, &OnEnd);
    XML_SetCharacterDataHandler(parser_.get(), &OnText);
    XML_SetStartDoctypeDeclHandler(parser_.get(), &OnDoctype);
    XML_SetCommentHandler(parser_.get(),
                          [](void* self, const XML_Char*) { static_cast<ExpatPart*>(self)->SawToken(); });
    XML_SetProcessingInstructionHandler(parser_.get(), [](void* self, const XML_Char*, const XML_Char*) {
      static_cast<ExpatPart*>(self)->SawToken();
    });
  }

  StatusOr<bool> Advance() override {
    while (status_.ok() && !done_) {
      if (Step()) return true;
    }
    if (!status_.ok()) return status_;
    return false;
  }

 private:
  // One buffer, or the rest of the one in which the handler paused. True if it paused (again).
  bool Step() {
    XML_Status result = XML_STATUS_ERROR;
    if (suspended_) {
      suspended_ = false;
      handler_->Unpause();
      result = XML_ResumeParser(parser_.get());
    } else {
      void* buffer = XML_GetBuffer(parser_.get(), kChunkBytes);
      if (buffer == nullptr) return Stop(Corrupt(kBadXml));
      auto got = stream_->Read(static_cast<char*>(buffer), kChunkBytes);
      if (!got.ok()) return Stop(got.status());
      final_ = *got == 0;
      token_bytes_ += *got;
      result = XML_ParseBuffer(parser_.get(), static_cast<int>(*got), final_ ? XML_TRUE : XML_FALSE);
    }
    if (result == XML_STATUS_ERROR) return Stop(status_.ok() ? Corrupt(kBadXml) : status_);
    if (result == XML_STATUS_SUSPENDED) return suspended_ = true;
    if (token_bytes_ > kMaxTokenBytes) return Stop(Corrupt(kBadXml));
    done_ = final_;
    return false;
  }

  bool Stop(Status why) {
    status_ = std::move(why);
    return false;
  }

  void SawToken() { token_bytes_ = 0; }

  void Abort(Status why) {
    status_ = std::move(why);
    XML_StopParser(parser_.get(), XML_FALSE);
  }

  void AfterCallback() {
    if (!handler_->failure().ok()) {
      Abort(handler_->failure());
    } else if (handler_->paused()) {
      XML_StopParser(parser_.get(), XML_TRUE);
    }
  }

  static void OnStart(void* user, const XML_Char* name, const XML_Char** attributes) {
    auto* self = static_cast<ExpatPart*>(user);
    self->SawToken();
    if (++self->depth_ > kMaxDepth) return self->Abort(Corrupt("工作簿内容嵌套过深，请重新保存后再试"));
    const QualifiedName qualified = Split(name);
    if (self->foreign_depth_ > 0 || !Contains(kNamespaces, qualified.space)) {
      ++self->foreign_depth_;
      return;
    }
    self->handler_->OnStart(XmlElement(qualified.local, attributes));
    self->AfterCallback();
  }

  static void OnEnd(void* user, const XML_Char* name) {
    auto* self = static_cast<ExpatPart*>(user);
    self->SawToken();
    --self->depth_;
    if (self->foreign_depth_ > 0) {
      --self->foreign_depth_;
      return;
    }
    self->handler_->OnEnd(Split(name).local);
    self->AfterCallback();
  }

  static void OnText(void* user, const XML_Char* text, int length) {
    auto* self = static_cast<ExpatPart*>(user);
    self->SawToken();
    if (self->foreign_depth_ > 0) return;
    self->handler_->OnText({text, static_cast<size_t>(length)});
    self->AfterCallback();
  }

  static void OnDoctype(void* user, const XML_Char*, const XML_Char*, const XML_Char*, int) {
    static_cast<ExpatPart*>(user)->Abort(
        Corrupt("工作簿内容带有文档类型声明（DTD），为安全起见不予读取，请另存为新的 .xlsx 后再试"));
  }

  const std::unique_ptr<PartStream> stream_;
  XmlHandler* const handler_;
  const std::unique_ptr<XML_ParserStruct, FreeParser> parser_;
  Status status_;
  int depth_ = 0;
  int foreign_depth_ = 0;
  size_t token_bytes_ = 0;  // bytes fed since expat last recognised anything
  bool suspended_ = false;
  bool final_ = false;
  bool done_ = false;
};

}  // namespace

std::optional<std::string_view> XmlElement::Attribute(std::string_view name) const {
  for (const char** pair = attributes_; *pair != nullptr; pair += 2) {
    if (name == pair[0]) return pair[1];
  }
  return std::nullopt;
}

std::optional<std::string_view> XmlElement::RelationshipId() const {
  for (const char** pair = attributes_; *pair != nullptr; pair += 2) {
    const QualifiedName qualified = Split(pair[0]);
    if (qualified.local == "id" && Contains(kRelationshipNamespaces, qualified.space)) return pair[1];
  }
  return std::nullopt;
}

std::unique_ptr<XmlPart> ParseXml(std::unique_ptr<PartStream> stream, XmlHandler* handler) {
  return std::make_unique<ExpatPart>(std::move(stream), handler);
}

Status ParseWholePart(XlsxArchive& archive, const std::string& name, XmlHandler* handler) {
  DUIJIE_ASSIGN_OR_RETURN(auto stream, archive.OpenPart(name));
  auto part = ParseXml(std::move(stream), handler);
  return part->Advance().status();
}

}  // namespace duijie::tabular
