#include "server/consultation/service.hpp"

#include "server/access/secrets.hpp"
#include "server/live/directory.hpp"
#include "server/live/event_codec.hpp"
#include "server/runtime/system.hpp"
#include "server/store/connection.hpp"
#include "server/store/journal.hpp"

#include <array>
#include <stdexcept>

namespace warsha::consultation {

namespace {

std::string fresh_epoch() {
  std::array<std::uint8_t, 8> bytes{};
  system::random(bytes);
  std::string epoch;
  for (const auto byte : bytes) {
    epoch += "0123456789abcdef"[byte >> 4];
    epoch += "0123456789abcdef"[byte & 15];
  }
  return epoch;
}

/// The second event of a workshop whose settings are other than the usual from its beginning.
store::Append settled(const WorkshopId& workshop, const Settings& settings, TimeMs now) {
  const live::Event event{2, now, {}, std::nullopt, live::change::SettingsSet{settings}};
  return {workshop, {{event.seq, live::encode_body(workshop, event)}}, {}};
}

} // namespace

std::string free_join_code(store::Connection& connection) {
  for (;;) {
    auto code = access::new_join_code();
    if (!store::find_workshop_by_code(connection, code))
      return code;
  }
}

Created create(store::Connection& connection, const ConsultationFile& file, TimeMs now) {
  Created created;
  created.consultation = system::new_id<ConsultationId>();
  store::add_consultation(connection, {created.consultation, file.title, file.language, file.region,
                                       file.city, file.venue, file.date, file.organisers, now});
  int position = 0;
  for (const auto& prepared : file.workshops) {
    const auto id = system::new_id<WorkshopId>();
    const auto code = free_join_code(connection);
    store::add_workshop(connection,
                        {id, created.consultation, position++, prepared.title, code, fresh_epoch(), now});
    auto head = store::read_head(connection, id);
    store::write_append(connection, live::opening(id, prepared.title, file.language, prepared.questions, now),
                        *head);
    if (prepared.moderation != Moderation::after)
      store::write_append(connection, settled(id, {.moderation = prepared.moderation}, now), *head);
    created.workshops.push_back({prepared.key, id, code});
  }
  return created;
}

void add_written(store::Connection& connection, const store::ConsultationRow& consultation,
                 const Written& written, TimeMs now) {
  const auto position = static_cast<int>(store::workshops_of(connection, consultation.id).size());
  // Every workshop has a code; nobody joins this one by it.
  store::add_workshop(connection, {written.id, consultation.id, position, written.title,
                                   free_join_code(connection), fresh_epoch(), now});
  auto head = store::read_head(connection, written.id);
  store::write_append(connection,
                      live::opening(written.id, written.title, consultation.language,
                                    {{Phase::introduction, written.question}}, now, written.days),
                      *head);
}

} // namespace warsha::consultation
