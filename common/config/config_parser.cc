// SPDX-License-Identifier: GPL-3.0-or-later
// The only file that knows toml++; its exceptions stop here.
#include <toml++/toml.h>

#include <set>

#include "common/config/config.h"
#include "common/config/config_keys.h"

namespace duijie {
namespace {

using config_internal::TextKind;

Status At(const toml::source_region& where, const std::string& what) {
  return Error(StatusCode::kInvalidArgument, "INVALID_CONFIG",
               "line " + std::to_string(where.begin.line) + ": " + what);
}

// Copies each key that the file has into the configuration; keeps the first error.
class Reader {
 public:
  explicit Reader(const toml::table& root) : root_(root) {}

  void Table(const std::string& name) {
    prefix_ = name.empty() ? "" : name + ".";
    if (!name.empty()) tables_.insert(name);
  }
  void Text(const std::string& key, std::string& value, TextKind) { Scalar(key, value, "a string"); }
  void Flag(const std::string& key, bool& value) { Scalar(key, value, "true or false"); }

  template <typename Number>
  void Whole(const std::string& key, Number& value, int64_t min, int64_t max) {
    int64_t read = value;
    const toml::node* node = Scalar(key, read, "a whole number");
    if (node == nullptr) return;
    if (read < min || read > max) return OutOfRange(*node, key, std::to_string(min), std::to_string(max));
    value = static_cast<Number>(read);
  }

  void Real(const std::string& key, double& value, double min, double max) {
    const toml::node* node = Find(key);
    if (node == nullptr) return;
    const auto read = node->value<double>();
    if (!node->is_number() || !read) return WrongType(*node, key, "a number");
    if (!(*read >= min && *read <= max))
      return OutOfRange(*node, key, std::to_string(min), std::to_string(max));
    value = *read;
  }

  void List(const std::string& key, std::vector<std::string>& value) {
    const toml::node* node = Find(key);
    if (node == nullptr) return;
    if (!node->is_array()) return WrongType(*node, key, "a list of strings");
    value.clear();
    for (const toml::node& item : *node->as_array()) {
      if (!item.is_string()) return WrongType(item, key, "a list of strings");
      value.push_back(item.as_string()->get());
    }
  }

  void Map(const std::string& key, std::map<std::string, std::string>& value) {
    const toml::node* node = Find(key);
    if (node == nullptr) return;
    if (!node->is_table()) return WrongType(*node, key, "a table of strings");
    value.clear();
    for (const auto& [name, item] : *node->as_table()) {
      const std::string path = key + "." + std::string(name.str());
      known_.insert(prefix_ + path);
      if (!item.is_string()) return WrongType(item, path, "a string");
      value[std::string(name.str())] = item.as_string()->get();
    }
  }

  Status Finish() {
    if (status_.ok()) RefuseUnknown(root_, "");
    return status_;
  }

 private:
  const toml::node* Find(const std::string& key) {
    known_.insert(prefix_ + key);
    return root_.at_path(prefix_ + key).node();
  }

  template <typename T>
  const toml::node* Scalar(const std::string& key, T& value, const char* expected) {
    const toml::node* node = Find(key);
    if (node == nullptr) return nullptr;
    const auto read = node->value_exact<T>();
    if (!read) {
      WrongType(*node, key, expected);
      return nullptr;
    }
    value = *read;
    return node;
  }

  void WrongType(const toml::node& node, const std::string& key, const std::string& expected) {
    Keep(At(node.source(), prefix_ + key + " must be " + expected));
  }
  void OutOfRange(const toml::node& node, const std::string& key, const std::string& min,
                  const std::string& max) {
    Keep(At(node.source(), prefix_ + key + " must be between " + min + " and " + max));
  }
  void Keep(const Status& status) {
    if (status_.ok()) status_ = status;
  }

  void RefuseUnknown(const toml::table& table, const std::string& prefix) {
    for (const auto& [name, node] : table) {
      const std::string path = prefix + std::string(name.str());
      const bool is_table = tables_.count(path) > 0;
      if (!is_table && known_.count(path) == 0) return Keep(At(name.source(), "unknown key " + path));
      if (is_table && !node.is_table()) return Keep(At(name.source(), path + " must be a table"));
      if (node.is_table()) RefuseUnknown(*node.as_table(), path + ".");
    }
  }

  const toml::table& root_;
  std::string prefix_;
  std::set<std::string> tables_;
  std::set<std::string> known_;
  Status status_;
};

}  // namespace

StatusOr<Config> ParseConfig(std::string_view toml_text) {
  try {
    const toml::table root = toml::parse(toml_text);
    Config config;
    Reader reader(root);
    config_internal::VisitKeys(config, reader);
    DUIJIE_RETURN_IF_ERROR(reader.Finish());
    return config;
  } catch (const toml::parse_error& error) {
    return At(error.source(), std::string(error.description()));
  }
}

}  // namespace duijie
