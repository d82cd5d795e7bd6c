#pragma once

#include "protocol/limits.hpp"
#include "protocol/members.hpp"
#include "protocol/words.hpp"

#include <optional>
#include <string>
#include <vector>

/// How a workshop was prepared: by commands, in the journal and in templates alike.
namespace warsha {

/// What is planned for a phase. Its rules hold while the room is in it; where it says nothing of one, the
/// workshop's settings do.
struct AgendaItem {
  Phase phase{};
  std::optional<std::string> question{}; // asked of everybody, on every screen
  std::optional<std::string> guidance{}; // how to go about it
  std::optional<std::string> link{};     // https, to slides or a text
  std::optional<std::int64_t> duration_ms{};
  bool silent = false;       // written without seeing the others' until the facilitator reveals
  bool hide_tallies = false; // supports and ratings stay hidden until the facilitator reveals them
  std::int64_t supports = 0; // that one person may give; 0: as many as they like
  bool anonymous = false;    // what is written in it never stands beside a name
  std::optional<std::vector<Kind>> contribute{}; // what participants write; else what the phase is for
  bool rapporteurs_only = false;                 // who hand in: those who speak for a table
  std::optional<Moderation> moderation{};
  std::optional<bool> results_required{};

  bool operator==(const AgendaItem&) const = default;
  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("anonymous", self.anonymous, {.sparse = true});
    visit("contribute", self.contribute, {.items_most = Words<Kind>::kAll.size()});
    visit("duration_ms", self.duration_ms,
          {.least = limits::kTimerLeast.count(), .most = limits::kTimerMost.count()});
    visit("guidance", self.guidance, {.text = limits::kGuidanceGraphemes});
    visit("hide_tallies", self.hide_tallies, {.sparse = true});
    visit("link", self.link, {.line = limits::kLinkGraphemes});
    visit("moderation", self.moderation);
    visit("phase", self.phase);
    visit("question", self.question, {.text = limits::kQuestionGraphemes});
    visit("rapporteurs_only", self.rapporteurs_only, {.sparse = true});
    visit("results_required", self.results_required);
    visit("silent", self.silent, {.sparse = true});
    visit("supports", self.supports, {.most = limits::kSupportsMost, .sparse = true});
  }
};

struct Settings {
  bool anonymous = false; // nobody is shown by name
  Moderation moderation = Moderation::after;
  bool paused = false; // participants write nothing new
  std::int64_t quorum = 0;
  bool results_required = false; // a solution comes with the result that is expected of it
  std::int64_t slow_seconds = 0; // between two contributions of one participant

  bool operator==(const Settings&) const = default;
  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("anonymous", self.anonymous);
    visit("moderation", self.moderation);
    visit("paused", self.paused);
    visit("quorum", self.quorum, {.most = limits::kCounted});
    visit("results_required", self.results_required);
    visit("slow_seconds", self.slow_seconds, {.most = limits::kSlowSecondsMost});
  }
};

/// When the public form of a written consultation takes contributions.
struct FormDays {
  std::int64_t opens_at{};  // UTC in milliseconds
  std::int64_t closes_at{}; // from then on nothing is taken

  [[nodiscard]] bool include(std::int64_t now) const { return opens_at <= now && now < closes_at; }
  /// It closes after it opens, and within limits::kFormTimeMost.
  [[nodiscard]] bool fit() const {
    return opens_at < closes_at && closes_at - opens_at <= limits::kFormTimeMost.count();
  }
  bool operator==(const FormDays&) const = default;
  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("closes_at", self.closes_at);
    visit("opens_at", self.opens_at);
  }
};

} // namespace warsha
