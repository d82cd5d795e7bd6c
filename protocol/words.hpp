#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

/// Enumerations that travel and are kept as words. The words stand in the order of the enumerators.
namespace warsha {

template <class Enumeration> struct Words;

enum class Kind : std::uint8_t { problem, solution, result };
template <> struct Words<Kind> { static constexpr std::array kAll{"problem", "solution", "result"}; };

enum class Phase : std::uint8_t { introduction, problems, grouping, solutions, plenary, closed };
template <> struct Words<Phase> {
  static constexpr std::array kAll{"introduction", "problems", "grouping", "solutions", "plenary", "closed"};
};

enum class Role : std::uint8_t { screen, participant, facilitator, organiser, reviewer, committee, admin };
template <> struct Words<Role> {
  static constexpr std::array kAll{"screen",   "participant", "facilitator", "organiser",
                                   "reviewer", "committee",   "admin"};
};

/// How a contribution came in: on somebody's own device, on the one phone of a table, typed by a helper for
/// somebody without a phone, from a paper card, or by the public form of a written consultation.
enum class Channel : std::uint8_t { device, table, proxy, paper, form };
template <> struct Words<Channel> {
  static constexpr std::array kAll{"device", "table", "proxy", "paper", "form"};
};

/// Support that was counted in the room and not on phones.
enum class CountChannel : std::uint8_t { hands, paper };
template <> struct Words<CountChannel> { static constexpr std::array kAll{"hands", "paper"}; };

/// The published list of why something is hidden or somebody is removed.
enum class Ground : std::uint8_t {
  off_topic,
  personal_data,
  disrespect,
  repetition,
  advertising,
  unreadable,
  other
};
template <> struct Words<Ground> {
  static constexpr std::array kAll{"off_topic",   "personal_data", "disrespect", "repetition",
                                   "advertising", "unreadable",    "other"};
};

enum class TableStatus : std::uint8_t { working, finished, help };
template <> struct Words<TableStatus> { static constexpr std::array kAll{"working", "finished", "help"}; };

/// Whether participants' contributions are shown before or after a facilitator has read them.
enum class Moderation : std::uint8_t { after, before };
template <> struct Words<Moderation> { static constexpr std::array kAll{"after", "before"}; };

/// What the projector shows.
enum class ScreenView : std::uint8_t {
  board,
  question,
  theme,
  contribution,
  results,
  timer,
  join,
  tables,
  table,
  floor,
  blank
};
template <> struct Words<ScreenView> {
  static constexpr std::array kAll{"board", "question", "theme", "contribution", "results", "timer",
                                   "join",  "tables",   "table", "floor",        "blank"};
};

enum class SignalKind : std::uint8_t { hold, cursor };
template <> struct Words<SignalKind> { static constexpr std::array kAll{"hold", "cursor"}; };

/// What people may say of themselves when they join.
enum class Gender : std::uint8_t { woman, man };
template <> struct Words<Gender> { static constexpr std::array kAll{"woman", "man"}; };
enum class Age : std::uint8_t { under_35, from_35_to_60, over_60 };
template <> struct Words<Age> { static constexpr std::array kAll{"under_35", "35_to_60", "over_60"}; };
enum class Organisation : std::uint8_t { association, administration, business, university, media, none };
template <> struct Words<Organisation> {
  static constexpr std::array kAll{"association", "administration", "business",
                                   "university",  "media",          "none"};
};

template <class Enumeration>
concept Worded = requires {
  Words<Enumeration>::kAll;
};

template <Worded Enumeration> [[nodiscard]] constexpr const char* name(Enumeration value) {
  return Words<Enumeration>::kAll[static_cast<std::size_t>(value)];
}
template <Worded Enumeration>
[[nodiscard]] constexpr std::optional<Enumeration> parse(std::string_view word) {
  for (std::size_t i = 0; i < Words<Enumeration>::kAll.size(); ++i)
    if (word == Words<Enumeration>::kAll[i])
      return static_cast<Enumeration>(i);
  return std::nullopt;
}

} // namespace warsha
