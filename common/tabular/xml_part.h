// SPDX-License-Identifier: GPL-3.0-or-later
// A streaming (SAX) parser over one part of a workbook. The implementation is the only file that includes
// expat.
//
// Document type declarations are refused, so there are no entities to expand and nothing outside is ever
// opened. Elements outside the namespaces of OOXML (extensions, mc:AlternateContent) are skipped with all
// they contain. Limits: depth, and bytes of one token (a tag with its attributes, a comment).
#pragma once

#include <memory>
#include <optional>
#include <string_view>

#include "common/status/status.h"
#include "common/tabular/xlsx_archive.h"

namespace duijie::tabular {

// A start tag; valid only during the callback.
class XmlElement {
 public:
  XmlElement(std::string_view name, const char** attributes) : name_(name), attributes_(attributes) {}

  std::string_view name() const { return name_; }  // local name
  // The attribute without namespace.
  std::optional<std::string_view> Attribute(std::string_view name) const;
  // The relationship id (r:id) in either of its two namespaces.
  std::optional<std::string_view> RelationshipId() const;

 private:
  std::string_view name_;
  const char** attributes_;
};

class XmlHandler {
 public:
  virtual ~XmlHandler() = default;
  virtual void OnStart(const XmlElement& element) = 0;
  virtual void OnEnd(std::string_view name) = 0;
  virtual void OnText(std::string_view text) = 0;  // in pieces, as they come

  // Asked after each callback.
  bool paused() const { return paused_; }
  const Status& failure() const { return failure_; }
  void Unpause() { paused_ = false; }

 protected:
  void Pause() { paused_ = true; }
  void Fail(Status failure) { failure_ = std::move(failure); }

 private:
  bool paused_ = false;
  Status failure_;
};

class XmlPart {
 public:
  static constexpr int kMaxDepth = 64;
  static constexpr size_t kMaxTokenBytes = size_t{1} << 20;

  virtual ~XmlPart() = default;
  // Parses until the handler pauses (true) or the part ends (false). After an error, every call gives it
  // again.
  virtual StatusOr<bool> Advance() = 0;
};

// `handler` must outlive the result.
std::unique_ptr<XmlPart> ParseXml(std::unique_ptr<PartStream> stream, XmlHandler* handler);

// Opens and parses a whole part with a handler that never pauses.
Status ParseWholePart(XlsxArchive& archive, const std::string& name, XmlHandler* handler);

}  // namespace duijie::tabular
