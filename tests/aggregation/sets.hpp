#pragma once

#include <map>
#include <string>
#include <vector>

/// The labelled sets, in the format of the data folder's README.
namespace warsha::bench {

struct LabelledText {
  std::string id;
  std::string text;
  std::vector<std::string> labels; // the lead first
  std::string title;
  std::string source;
  /// What is held out together: a commitment, a workshop.
  std::string group;
};

struct LabelledPair {
  std::string first, second;
  std::string label; // same, related, different, not_same
};

struct PairSet {
  std::map<std::string, std::string> texts;
  std::vector<LabelledPair> pairs;
};

/// All throw std::runtime_error with the file and the line.
[[nodiscard]] std::string read_file(const std::string& path);
[[nodiscard]] std::vector<LabelledText> read_routing_set(const std::string& path);
/// Luxembourg's format: id, text, label_id.
[[nodiscard]] std::vector<LabelledText> read_question_set(const std::string& path);
[[nodiscard]] PairSet read_pair_set(const std::string& path, const std::string& items_path);

} // namespace warsha::bench
