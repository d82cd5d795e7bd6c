#include "tests/bench/journal_file.hpp"

#include "server/access/secrets.hpp"
#include "server/runtime/system.hpp"
#include "server/store/connection.hpp"
#include "server/store/consultations.hpp"

#include <algorithm>
#include <memory>

namespace warsha::bench {

namespace {

constexpr std::size_t kEventsPerAppend = 50;
constexpr std::size_t kAppendsPerCommit = 100;

/// The next events of one workshop, written.
void write_next(store::Connection& connection, Meeting& meeting, store::Head& head, std::size_t events) {
  std::vector<live::Event> made;
  while (made.size() < events)
    made.push_back(meeting.next());
  store::write_append(connection, append_of(meeting, made), head);
}

} // namespace

MadeWorkshop add_workshop(store::Connection& connection, const Meeting& meeting) {
  const auto now = system::now_ms();
  const auto consultation = system::new_id<ConsultationId>();
  const auto code = access::new_join_code();
  store::add_consultation(
      connection, {consultation, "لقاء جهوي", "ar", "الشمال", "طنجة", "دار الثقافة", "2026-02-14", {}, now});
  store::add_workshop(connection,
                      {meeting.id(), consultation, 0, meeting.title(), code, "0123456789abcdef", now});
  return {meeting.id(), code};
}

std::vector<MadeWorkshop> make_journal(const std::filesystem::path& file, const JournalPlan& plan,
                                       const std::function<void(std::size_t)>& progress) {
  std::vector<std::unique_ptr<Meeting>> meetings;
  std::vector<store::Head> heads;
  std::vector<MadeWorkshop> made;
  for (std::size_t i = 0; i < plan.workshops; ++i)
    meetings.push_back(std::make_unique<Meeting>(static_cast<unsigned>(i + 1), plan.size));
  store::Connection connection(file, store::Connection::Mode::read_write);
  store::in_transaction(connection, [&] {
    for (const auto& meeting : meetings) {
      made.push_back(add_workshop(connection, *meeting));
      heads.push_back(*store::read_head(connection, meeting->id()));
    }
  });
  // Turn and turn about, as when all sit at the same time: their rows lie among each other in the file.
  const auto total = plan.workshops * plan.events;
  std::size_t written = 0;
  for (std::size_t turn = 0; written < total;) {
    store::in_transaction(connection, [&] {
      for (std::size_t i = 0; i < kAppendsPerCommit && written < total; ++i, ++turn) {
        const auto which = turn % plan.workshops;
        const auto events = std::min(kEventsPerAppend, plan.events - meetings[which]->board().seq);
        write_next(connection, *meetings[which], heads[which], events);
        written += events;
      }
    });
    if (progress)
      progress(written);
  }
  return made;
}

} // namespace warsha::bench
