#include "tests/aggregation/sets.hpp"

#include <fstream>
#include <functional>
#include <iterator>
#include <nlohmann/json.hpp>
#include <stdexcept>

namespace warsha::bench {

namespace {

void each_line(const std::string& path, const std::function<void(const nlohmann::json&)>& take) {
  std::ifstream file(path);
  if (!file)
    throw std::runtime_error(path + " cannot be read");
  std::string line;
  for (std::size_t number = 1; std::getline(file, line); ++number) {
    if (line.empty())
      continue;
    try {
      take(nlohmann::json::parse(line));
    } catch (const nlohmann::json::exception& error) {
      throw std::runtime_error(path + ":" + std::to_string(number) + ": " + error.what());
    }
  }
}

std::string title_of(const nlohmann::json& row) {
  const auto found = row.find("context");
  return found != row.end() && found->is_string() ? found->get<std::string>() : "";
}

} // namespace

std::string read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file)
    throw std::runtime_error(path + " cannot be read");
  return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<LabelledText> read_routing_set(const std::string& path) {
  std::vector<LabelledText> texts;
  each_line(path, [&](const nlohmann::json& row) {
    LabelledText& text = texts.emplace_back();
    text.id = row.at("id").get<std::string>();
    text.text = row.at("text").get<std::string>();
    text.labels = row.at("labels").get<std::vector<std::string>>();
    text.title = title_of(row);
    text.source = row.value("source", "");
    const auto commitment = row.find("commitment");
    text.group = text.source + ": " +
                 (commitment != row.end() && !commitment->is_null() ? commitment->dump() : text.title);
  });
  return texts;
}

std::vector<LabelledText> read_question_set(const std::string& path) {
  std::vector<LabelledText> texts;
  each_line(path, [&](const nlohmann::json& row) {
    texts.push_back({row.at("id").get<std::string>(),
                     row.at("text").get<std::string>(),
                     {row.at("label_id").get<std::string>()},
                     "",
                     "luxembourg",
                     ""});
  });
  return texts;
}

PairSet read_pair_set(const std::string& path, const std::string& items_path) {
  PairSet set;
  each_line(path, [&](const nlohmann::json& row) {
    LabelledPair& pair = set.pairs.emplace_back();
    pair.first = row.at("a").get<std::string>();
    pair.second = row.at("b").get<std::string>();
    pair.label = row.at("label").get<std::string>();
    set.texts[pair.first] = row.at("text_a").get<std::string>();
    set.texts[pair.second] = row.at("text_b").get<std::string>();
  });
  if (!items_path.empty()) {
    const auto items = nlohmann::json::parse(read_file(items_path));
    for (const auto& [id, item] : items.items())
      set.texts[id] = item.at("text").get<std::string>();
  }
  return set;
}

} // namespace warsha::bench
