#pragma once

#include "server/bundle/bundle_error.hpp"
#include "server/bundle/hex.hpp"
#include "server/bundle/importing.hpp"
#include "server/bundle/reader.hpp"
#include "server/bundle/writer.hpp"
#include "server/live/board.hpp"
#include "server/live/event_codec.hpp"
#include "server/live/projection.hpp"
#include "server/review/entry_codec.hpp"
#include "server/store/bundle.hpp"
#include "server/store/review.hpp"
#include "tests/unit/store/support.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sstream>

namespace warsha::tests {

/// A hall whose database holds a consultation of two workshops, with something of everything that travels and
/// of what does not: names, what people said of themselves, join codes.
class Hall {
public:
  explicit Hall(const std::filesystem::path& database)
      : connection(database, store::Connection::Mode::read_write) {
    workshop.title = "النقل"; // sample titles hold the join code, which must not travel
    other.title = "الماء";
    store::in_transaction(connection, [&] {
      store::add_consultation(connection, consultation);
      for (const auto& row : {workshop, other})
        store::add_workshop(connection, row);
      for (const auto& person : {author, listener}) {
        store::put_participant(connection, {person, consultation.id, "مينة بنعلي", "ar", 1, kNow, "woman",
                                            "under_35", "association"});
        store::put_attendance(connection, workshop.id, person, kNow);
      }
    });
    happen(workshop,
           {live::change::Opened{workshop.title, "ar", {}}, live::change::PhaseEntered{Phase::problems},
            live::change::Added{first, Kind::problem, "لا توجد إنارة", "ABCD-EFGH-JKMN", {}, {}},
            live::change::Added{second, Kind::problem, "الحافلة \"لا\" تصل", "NMKJ-HGFE-DCBA", {}, {}},
            live::change::Supported{second}, live::change::Hidden{first, "اسم شخص"},
            live::change::Edited{second, "الحافلة لا تصل مساءً"}});
    happen(other, {live::change::Opened{other.title, "ar", {}}});
    review(review::action::Screen{second, 4, 3, 5});
  }

  /// Events onto a workshop, written as the server writes them.
  void happen(const store::WorkshopRow& where, const std::vector<live::Change>& changes) {
    auto& board = boards[where.id];
    store::Append append{where.id, {}, {}};
    for (const auto& change : changes) {
      const live::Cause cause{system::new_id<CommandId>(), 7};
      const live::Event event{board.seq + 1, kNow + static_cast<TimeMs>(board.seq), author, cause, change};
      append.events.push_back({event.seq, live::encode_body(where.id, event)});
      live::apply(board, event);
    }
    for (const auto& contribution : board.contributions)
      append.contributions.push_back(live::row_of(contribution));
    auto head = *store::read_head(connection, where.id);
    store::in_transaction(connection, [&] { store::write_append(connection, append, head); });
  }

  CommandId review(review::Action action, TimeMs at = kNow) {
    const auto seq = store::read_review_head(connection, consultation.id).seq + 1;
    const review::Entry entry{seq, at, organiser, system::new_id<CommandId>(), std::move(action)};
    store::in_transaction(connection, [&] {
      store::append_review(connection, consultation.id, seq, entry.id,
                           review::encode_entry(consultation.id, entry));
    });
    return entry.id;
  }

  [[nodiscard]] std::string bundle(const bundle::SigningKey& key, TimeMs instant = kNow) {
    std::ostringstream out;
    bundle::write(connection, consultation.id, key, instant, out);
    return out.str();
  }

  store::Connection connection;
  store::ConsultationRow consultation = sample_consultation();
  store::WorkshopRow workshop = sample_workshop(consultation.id, 0, "AAAAAA");
  store::WorkshopRow other = sample_workshop(consultation.id, 1, "BBBBBB");
  std::map<WorkshopId, live::Board> boards;
  ContributionId first = system::new_id<ContributionId>();
  ContributionId second = system::new_id<ContributionId>();
  ActorId author = system::new_id<ActorId>();
  ActorId listener = system::new_id<ActorId>();
  ActorId organiser = system::new_id<ActorId>();
};

/// The lines of a bundle, to change them; numbered from 0.
[[nodiscard]] inline std::vector<std::string> lines_of(const std::string& bundle) {
  std::vector<std::string> lines;
  std::istringstream stream(bundle);
  for (std::string line; std::getline(stream, line);)
    lines.push_back(line);
  return lines;
}
[[nodiscard]] inline std::string joined(const std::vector<std::string>& lines) {
  std::string bundle;
  for (const auto& line : lines)
    bundle += line + '\n';
  return bundle;
}
[[nodiscard]] inline std::string signed_again(std::vector<std::string> lines, const bundle::SigningKey& key) {
  lines.pop_back();
  const auto digest = sha256(joined(lines));
  lines.push_back(bundle::encode(bundle::SignatureLine{bundle::hex(key.sign(digest))}));
  return joined(lines);
}

/// A hall, its key, and a central server that trusts it and is empty.
class Bundles : public testing::Test {
protected:
  bundle::Imported import(const std::string& bundle) {
    std::istringstream stream(bundle);
    return bundle::import(central, stream, trusted);
  }
  /// Why it is refused; empty when it isn't.
  std::string refusal(const std::string& bundle) {
    try {
      import(bundle);
      return {};
    } catch (const bundle::BundleError& error) {
      return error.what();
    }
  }
  [[nodiscard]] bool central_is_empty() {
    return store::all_consultations(central).empty() && store::all_workshops(central).empty();
  }

  TemporaryFolder folder;
  Hall hall{folder.file("hall.db")};
  store::Connection central{folder.file("central.db"), store::Connection::Mode::read_write};
  bundle::SigningKey key = bundle::SigningKey::make(folder.file("key.pem"));
  std::vector<bundle::PublicKey> trusted{key.public_key()};
};

} // namespace warsha::tests
