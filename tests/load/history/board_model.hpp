#pragma once

#include <cstdint>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace warsha::load {

/// What a workshop's journal says, followed event by event. Written apart from the server's own board, so
/// that the two are a check of each other.
class BoardModel {
public:
  struct Contribution {
    std::string kind, text, state, reason, author, receipt;
    std::optional<std::string> theme;
    std::set<std::string> supporters;
    std::uint64_t edits = 0;
    std::uint64_t seq = 0;
    std::int64_t at = 0;
    /// Every text that it ever had.
    std::vector<std::string> texts;
  };

  /// `body` as in table event. What can't be is thrown as std::runtime_error or nlohmann::json::exception.
  void apply(const nlohmann::json& body);

  [[nodiscard]] std::uint64_t seq() const { return seq_; }
  [[nodiscard]] const std::string& phase() const { return phase_; }
  [[nodiscard]] const nlohmann::json& timer() const { return timer_; }
  [[nodiscard]] const std::vector<std::pair<std::string, std::string>>& themes() const { return themes_; }
  [[nodiscard]] const std::map<std::string, Contribution>& contributions() const { return contributions_; }
  /// Throws std::out_of_range.
  [[nodiscard]] const Contribution& at(const std::string& id) const { return contributions_.at(id); }

private:
  void apply_to_contribution(const std::string& type, const nlohmann::json& body);
  void apply_to_themes(const std::string& type, const nlohmann::json& body);

  std::uint64_t seq_ = 0;
  std::string phase_ = "introduction";
  nlohmann::json timer_;                                    // null: none
  std::vector<std::pair<std::string, std::string>> themes_; // id, title
  std::map<std::string, Contribution> contributions_;
};

} // namespace warsha::load
