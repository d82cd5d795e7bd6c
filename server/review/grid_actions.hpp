#pragma once

#include "protocol/ids.hpp"
#include "protocol/limits.hpp"
#include "protocol/members.hpp"
#include "protocol/words.hpp"
#include "server/review/words.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// The plan's grid, and what people say of proposals by it. An organiser publishes a grid before it is used;
/// afterwards it changes only with a reason, and every version stays.
namespace warsha::review {

/// Everything that a grid can be made of. Support, breadth and agreement are counted in the workshops;
/// clarity, precision and link are the organisers' screenings; the rest is rated by the administrations that
/// a proposal is with.
enum class Criterion : std::uint8_t {
  support,
  breadth,
  agreement,
  clarity,
  precision,
  link,
  need,
  feasibility,
  cost, // 5: it costs little; more is better in every criterion
  legal_base,
  measurable
};

struct WeightedCriterion {
  Criterion criterion{};
  std::int64_t weight{};

  bool operator==(const WeightedCriterion&) const = default;
  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("criterion", self.criterion);
    visit("weight", self.weight, {.least = 1, .most = limits::kWeights});
  }
};

namespace action {

struct PublishGrid { // the first one
  static constexpr auto kName = "publish_grid";
  std::vector<WeightedCriterion> criteria;

  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("criteria", self.criteria, {.items_least = 1, .items_most = limits::kGridCriteria});
  }
};
struct ChangeGrid { // the next version, with the reason why
  static constexpr auto kName = "change_grid";
  std::vector<WeightedCriterion> criteria;
  Words words;

  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("criteria", self.criteria, {.items_least = 1, .items_most = limits::kGridCriteria});
    visit("words", self.words);
  }
};
struct Rate { // one member of an administration, each 1 to 5; again: instead of what they said before
  static constexpr auto kName = "rate";
  std::string administration; // for which they say it
  std::optional<std::int64_t> cost{};
  std::optional<std::int64_t> feasibility{};
  std::optional<std::int64_t> legal_base{};
  std::optional<std::int64_t> measurable{};
  std::optional<std::int64_t> need{};
  ProposalId proposal;

  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    const Bounds rating{.least = 1, .most = limits::kRatingMost};
    visit("administration", self.administration, {.line = limits::kAdministrationIdBytes});
    visit("cost", self.cost, rating);
    visit("feasibility", self.feasibility, rating);
    visit("legal_base", self.legal_base, rating);
    visit("measurable", self.measurable, rating);
    visit("need", self.need, rating);
    visit("proposal", self.proposal);
  }
};

} // namespace action
} // namespace warsha::review

template <> struct warsha::Words<warsha::review::Criterion> {
  static constexpr std::array kAll{"support", "breadth",     "agreement", "clarity",    "precision", "link",
                                   "need",    "feasibility", "cost",      "legal_base", "measurable"};
};
