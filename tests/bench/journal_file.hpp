#pragma once

#include "tests/bench/meeting.hpp"

#include <filesystem>
#include <functional>
#include <vector>

namespace warsha::bench {

/// What a database is filled with.
struct JournalPlan {
  std::size_t workshops = 1;
  std::size_t events = 2000; // of each
  MeetingSize size;
};

struct MadeWorkshop {
  WorkshopId id;
  std::string join_code;
};

/// Makes a database through the store, with events that the live code decided and encoded; it verifies as
/// whole. Each workshop is of a consultation of its
/// own. `progress`, if any, is told the events written so far.
std::vector<MadeWorkshop> make_journal(const std::filesystem::path& file, const JournalPlan& plan,
                                       const std::function<void(std::size_t)>& progress = {});

/// Adds an empty workshop for the meeting, with a consultation of its own.
MadeWorkshop add_workshop(store::Connection& connection, const Meeting& meeting);

} // namespace warsha::bench
