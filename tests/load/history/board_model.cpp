#include "tests/load/history/board_model.hpp"

#include <algorithm>
#include <stdexcept>

namespace warsha::load {

using nlohmann::json;

void BoardModel::apply(const json& body) {
  const auto& type = body.at("type").get_ref<const std::string&>();
  seq_ = body.at("seq").get<std::uint64_t>();
  if (type == "workshop.opened")
    return;
  if (type == "phase.entered") {
    phase_ = body.at("phase").get<std::string>();
    timer_ = nullptr;
  } else if (type == "timer.set") {
    timer_ = body.at("timer");
  } else if (type.starts_with("theme.")) {
    apply_to_themes(type, body);
  } else if (type.starts_with("contribution.")) {
    apply_to_contribution(type, body);
  } else {
    throw std::runtime_error("the journal holds an event of unknown type " + type);
  }
}

void BoardModel::apply_to_contribution(const std::string& type, const json& body) {
  const auto id = body.at("contribution").get<std::string>();
  if (type == "contribution.added") {
    Contribution added;
    added.kind = body.at("kind").get<std::string>();
    added.text = body.at("text").get<std::string>();
    added.receipt = body.at("receipt").get<std::string>();
    added.author = body.at("by").get<std::string>();
    added.state = "shown";
    added.seq = seq_;
    added.at = body.at("at").get<std::int64_t>();
    added.texts.push_back(added.text);
    if (!contributions_.emplace(id, std::move(added)).second)
      throw std::runtime_error("contribution " + id + " is added twice");
    return;
  }
  auto& contribution = contributions_.at(id);
  if (type == "contribution.edited") {
    contribution.text = body.at("text").get<std::string>();
    contribution.texts.push_back(contribution.text);
    ++contribution.edits;
  } else if (type == "contribution.withdrawn") {
    contribution.state = "withdrawn";
  } else if (type == "contribution.hidden") {
    contribution.state = "hidden";
    contribution.reason = body.at("reason").get<std::string>();
  } else if (type == "contribution.shown") {
    contribution.state = "shown";
  } else if (type == "contribution.supported") {
    contribution.supporters.insert(body.at("by").get<std::string>());
  } else if (type == "contribution.unsupported") {
    contribution.supporters.erase(body.at("by").get<std::string>());
  } else if (type == "contribution.placed") {
    contribution.theme =
        body.at("theme").is_null() ? std::nullopt : std::optional(body.at("theme").get<std::string>());
  } else {
    throw std::runtime_error("the journal holds an event of unknown type " + type);
  }
}

void BoardModel::apply_to_themes(const std::string& type, const json& body) {
  const auto id = body.at("theme").get<std::string>();
  if (type == "theme.added") {
    themes_.emplace_back(id, body.at("title").get<std::string>());
    return;
  }
  const auto theme = std::ranges::find(themes_, id, &std::pair<std::string, std::string>::first);
  if (theme == themes_.end())
    throw std::runtime_error("theme " + id + " is changed and does not exist");
  if (type == "theme.renamed") {
    theme->second = body.at("title").get<std::string>();
    return;
  }
  themes_.erase(theme);
  for (auto& [key, contribution] : contributions_)
    if (contribution.theme == id)
      contribution.theme.reset();
}

} // namespace warsha::load
