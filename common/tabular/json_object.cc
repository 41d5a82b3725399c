// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/tabular/json_object.h"

#include <nlohmann/json.hpp>
#include <set>

namespace duijie::tabular {
namespace {

using Json = nlohmann::json;

constexpr char kJoiner[] = "；";

// Collects the fields of the top-level object. The value of a field is gathered in two forms at once, compact
// JSON and joined plain values; which one counts is known at its end.
class ObjectSax final : public nlohmann::json_sax<Json> {
 public:
  ObjectSax(size_t max_fields, std::vector<Field>* fields) : max_fields_(max_fields), fields_(fields) {}

  std::string problem;

  bool null() override { return Scalar("", "null"); }
  bool boolean(bool value) override { return Scalar(value ? "true" : "false", value ? "true" : "false"); }
  bool number_integer(number_integer_t value) override { return Number(std::to_string(value)); }
  bool number_unsigned(number_unsigned_t value) override { return Number(std::to_string(value)); }
  bool number_float(number_float_t, const string_t& text) override { return Number(text); }
  bool binary(binary_t&) override { return Fail("不是合法的 JSON"); }

  bool string(string_t& value) override {
    if (value.find('\0') != std::string::npos) return Fail("文字里有空字符（NUL）");
    return Scalar(value, Json(value).dump());
  }

  bool start_object(size_t) override {
    if (depth_ == 0) return Enter();
    plain_ = false;
    return Open('{');
  }
  bool end_object() override { return Close('}'); }

  bool start_array(size_t) override {
    if (depth_ == 0) return Fail("应为一个 JSON 对象（{…}）");
    if (depth_ > 1) plain_ = false;
    return Open('[');
  }
  bool end_array() override { return Close(']'); }

  bool key(string_t& name) override {
    if (depth_ > 1) {
      Separate();
      json_ += Json(name).dump() + ":";
      after_key_ = true;
      return true;
    }
    if (name.empty()) return Fail("有空的键名");
    if (name.find('\0') != std::string::npos) return Fail("键名里有空字符（NUL）");
    if (!names_.insert(name).second) return Fail("有重复的键");
    if (fields_->size() >= max_fields_) return Fail("键的数量超过上限 " + std::to_string(max_fields_));
    fields_->push_back({name, ""});
    return true;
  }

  bool parse_error(size_t position, const std::string&, const nlohmann::detail::exception&) override {
    return Fail("不是合法的 JSON（第 " + std::to_string(position) + " 字节处）");
  }

 private:
  bool Fail(std::string text) {
    if (problem.empty()) problem = std::move(text);
    return false;
  }

  bool Enter() {
    if (++depth_ > kMaxJsonDepth) return Fail("嵌套超过 " + std::to_string(kMaxJsonDepth) + " 层");
    return true;
  }

  // A container inside a field.
  bool Open(char bracket) {
    if (depth_ == 1) {
      json_.clear();
      joined_.clear();
      plain_ = bracket == '[';
    }
    Separate();
    json_ += bracket;
    return Enter();
  }

  bool Close(char bracket) {
    if (--depth_ == 0) return true;
    json_ += bracket;
    if (depth_ == 1) fields_->back().value = plain_ ? joined_ : json_;
    return true;
  }

  // A comma if something comes before at this level.
  void Separate() {
    if (!json_.empty() && !after_key_ && json_.back() != '[' && json_.back() != '{') json_ += ',';
    after_key_ = false;
  }

  bool Number(const std::string& text) { return Scalar(text, text); }

  bool Scalar(const std::string& text, const std::string& json) {
    if (depth_ == 0) return Fail("应为一个 JSON 对象（{…}）");
    if (depth_ == 1) {
      fields_->back().value = text;
      return true;
    }
    Separate();
    json_ += json;
    if (depth_ == 2 && !text.empty()) joined_ += (joined_.empty() ? "" : kJoiner) + text;
    return true;
  }

  const size_t max_fields_;
  std::vector<Field>* const fields_;
  std::set<std::string, std::less<>> names_;
  std::string json_;
  std::string joined_;
  bool plain_ = false;
  bool after_key_ = false;
  int depth_ = 0;
};

}  // namespace

std::string ParseJsonObject(std::string_view line, size_t max_fields, std::vector<Field>* fields) {
  fields->clear();
  ObjectSax sax(max_fields, fields);
  try {
    if (Json::sax_parse(line.begin(), line.end(), &sax)) return "";
  } catch (const Json::exception&) {
    // The parser reports through parse_error; this is the wall that keeps its exceptions inside this file.
  }
  return sax.problem.empty() ? "不是合法的 JSON" : sax.problem;
}

}  // namespace duijie::tabular
