#include "server/bundle/importing.hpp"

#include "server/access/secrets.hpp"
#include "server/bundle/bundle_error.hpp"
#include "server/bundle/reader.hpp"
#include "server/consultation/service.hpp"
#include "server/live/board.hpp"
#include "server/live/projection.hpp"
#include "server/live/rebuild.hpp"
#include "server/review/entry_codec.hpp"
#include "server/runtime/system.hpp"
#include "server/store/bundle.hpp"
#include "server/store/connection.hpp"
#include "server/store/consultations.hpp"
#include "server/store/journal.hpp"
#include "server/store/people.hpp"
#include "server/store/review.hpp"

#include <istream>
#include <stdexcept>

namespace warsha::bundle {

namespace {

/// Which notice somebody accepted in the hall does not travel.
constexpr int kNoticeUnknown = 0;

/// When an id was made: its first 48 bits (RFC 9562).
[[nodiscard]] TimeMs time_of(const ActorId& id) {
  TimeMs time = 0;
  for (std::size_t i = 0; i < 6; ++i)
    time = time << 8 | id.bytes[i];
  return time;
}

/// One workshop on its way into the database.
class Journal {
public:
  Journal(store::Connection& connection, const WorkshopId& workshop)
      : connection_(connection), rebuild_(workshop), head_(*store::read_head(connection, workshop)),
        known_(head_.seq), pending_{workshop, {}, {}} {}

  void take(Seq seq, std::string_view body, const store::Hash& hash) {
    const auto& workshop = pending_.workshop;
    if (const auto wrong = rebuild_.apply(seq, body))
      throw BundleError(event_name(workshop, static_cast<std::int64_t>(seq)), *wrong);
    if (seq <= known_) {
      if (store::find_event_hash(connection_, workshop, seq) != hash)
        throw BundleError(event_name(workshop, static_cast<std::int64_t>(seq)),
                          "another event stands in its place in this database: from here on the two have "
                          "gone different ways");
      return;
    }
    pending_.events.push_back({seq, std::string(body)});
    if (pending_.events.size() >= limits::kBundleEventsAtOnce)
      write();
  }

  /// Gives how many events were added.
  Seq finish(const std::string& title) {
    const auto where = "workshop " + pending_.workshop.text();
    if (rebuild_.board().title != title)
      throw BundleError(where, "the manifest's title of it is not that of its first event");
    if (head_.seq == known_ && pending_.events.empty())
      return 0;
    write();
    // What changed since it was written: everything once more, as it stands after the last event.
    pending_.contributions = rebuild_.contributions();
    append(where);
    return head_.seq - known_;
  }

private:
  void write() {
    const auto& contributions = rebuild_.board().contributions;
    for (; seen_ < contributions.size(); ++seen_)
      if (contributions[seen_].seq > known_) {
        check_free(contributions[seen_]);
        pending_.contributions.push_back(live::row_of(contributions[seen_]));
      }
    append("workshop " + pending_.workshop.text());
  }

  /// Of receipts it is said that, not which: whoever has one can act with it.
  void check_free(const live::Contribution& contribution) {
    const auto where = event_name(pending_.workshop, static_cast<std::int64_t>(contribution.seq));
    if (access::normalise_receipt(contribution.receipt) != contribution.receipt)
      throw BundleError(where, "its receipt is malformed");
    for (const auto& beside : pending_.contributions)
      if (beside.receipt == contribution.receipt || beside.id == contribution.id)
        throw BundleError(where, beside.id == contribution.id
                                     ? "its contribution's id is that of another in this bundle"
                                     : "its receipt is that of another contribution in this bundle");
    if (store::find_receipt(connection_, contribution.receipt))
      throw BundleError(where, "its receipt is that of another contribution in this database");
    if (store::find_contribution(connection_, contribution.id))
      throw BundleError(where, "its contribution's id is that of another in this database");
  }

  void append(const std::string& where) {
    try {
      store::write_append(connection_, pending_, head_);
    } catch (const store::StoreError& error) {
      throw BundleError(where, std::string("it does not fit into this database: ") + error.what());
    }
    pending_.events.clear();
    pending_.contributions.clear();
  }

  store::Connection& connection_;
  live::Rebuild rebuild_;
  store::Head head_;
  Seq known_;
  store::Append pending_;
  std::size_t seen_ = 0; // contributions of the board that are written or were here
};

/// Writes what it is told, inside the caller's transaction.
class Importing : public Visitor {
public:
  explicit Importing(store::Connection& connection) : connection_(connection) {}

  /// What was written. A trusted key adds to what came with it, and to nothing that was made here or came
  /// with another.
  [[nodiscard]] Imported take() {
    if (imported_.was_there && imported_.added > 0 &&
        store::find_origin(connection_, imported_.consultation) != public_key_)
      throw BundleError(
          "consultation " + imported_.consultation.text(),
          "it did not come to this database with the key that signed this, so nothing is added to it");
    return std::move(imported_);
  }

  void manifest(const Manifest& manifest) override {
    const auto& consultation = manifest.consultation;
    imported_.consultation = consultation.id;
    imported_.title = consultation.title;
    imported_.date = consultation.date;
    language_ = consultation.language;
    docket_.consultation = consultation.id;
    put_consultation(consultation);
    if (!imported_.was_there)
      store::add_origin(connection_, consultation.id, manifest.public_key);
    public_key_ = manifest.public_key;
    for (const auto& workshop : manifest.workshops)
      put_workshop(workshop);
  }

  void event(const ManifestWorkshop& workshop, Seq seq, std::string_view body,
             const store::Hash& hash) override {
    if (!journal_)
      journal_ = std::make_unique<Journal>(connection_, workshop.id);
    journal_->take(seq, body, hash);
  }

  void journal_read(const ManifestWorkshop& workshop) override {
    auto& imported = imported_.workshops[read_++];
    imported.added = journal_->finish(workshop.title);
    imported_.added += imported.added;
    journal_.reset();
  }

  void present(const ManifestWorkshop& workshop, const ActorId& person) override {
    const auto row = store::find_participant(connection_, person);
    if (row && row->consultation != imported_.consultation)
      throw BundleError("workshop " + workshop.id.text(), "participant " + person.text() +
                                                              " belongs to another consultation of this "
                                                              "database");
    if (!row) // who is here keeps what they chose
      store::put_participant(connection_, {person, imported_.consultation, std::nullopt, language_,
                                           kNoticeUnknown, time_of(person)});
    if (store::attends(connection_, workshop.id, person))
      return;
    store::put_attendance(connection_, workshop.id, person, time_of(person));
    ++imported_.added;
  }

  void review_entry(Seq seq, std::string_view body, const store::Hash& hash) override {
    const auto where = entry_name(static_cast<std::int64_t>(seq));
    const auto entry = std::get<review::Entry>(review::decode_entry(imported_.consultation, seq, body));
    const auto here = store::find_review_hash(connection_, imported_.consultation, seq);
    if (!here)
      check_time(entry.at, where);
    try {
      review::apply(docket_, entry);
    } catch (const std::out_of_range&) {
      throw BundleError(where, "it names what doesn't exist, or it cannot follow the entries before it");
    }
    if (here) {
      if (*here != hash)
        throw BundleError(where, "another entry stands in its place in this database: from here on the two "
                                 "have gone different ways");
      return;
    }
    try {
      store::append_review(connection_, imported_.consultation, seq, entry.id, body);
    } catch (const store::StoreError& error) {
      throw BundleError(where, std::string("it does not fit into this database: ") + error.what());
    }
    ++imported_.added;
  }

private:
  /// Days to answer and days of a list begin with the time of an entry.
  void check_time(TimeMs at, const std::string& where) const {
    if (at > now_ + limits::kBundleAhead.count())
      throw BundleError(where,
                        "its time has not come yet: the clock of the machine that wrote it was wrong, or "
                        "this one's is");
    if (at < limits::kBundleEarliest.count())
      throw BundleError(where, "its time is long ago: the clock of the machine that wrote it was wrong");
  }

  void put_consultation(const ManifestConsultation& told) {
    const store::ConsultationRow row{told.id,    told.title, told.language,   told.region,    told.city,
                                     told.venue, told.date,  told.organisers, told.created_at};
    const auto here = store::find_consultation(connection_, told.id);
    imported_.was_there = here.has_value();
    if (!here)
      return store::add_consultation(connection_, row);
    if (here->title != row.title || here->language != row.language || here->region != row.region ||
        here->city != row.city || here->venue != row.venue || here->date != row.date ||
        here->organisers != row.organisers || here->created_at != row.created_at)
      throw BundleError("consultation " + told.id.text(),
                        "it is in this database with another title, place, date or organisers");
  }

  void put_workshop(const ManifestWorkshop& told) {
    const auto position = static_cast<int>(imported_.workshops.size());
    auto here = store::find_workshop(connection_, told.id);
    if (here &&
        (here->consultation != imported_.consultation || here->title != told.title ||
         here->epoch != told.epoch || here->created_at != told.created_at || here->position != position))
      throw BundleError("workshop " + told.id.text(),
                        "it is in this database with another title, place, beginning or consultation");
    if (!here) {
      here = store::WorkshopRow{
          told.id,    imported_.consultation, position, told.title, consultation::free_join_code(connection_),
          told.epoch, told.created_at};
      store::add_workshop(connection_, *here);
    }
    imported_.workshops.push_back({told.id, told.title, here->join_code, static_cast<Seq>(told.events), 0});
  }

  store::Connection& connection_;
  Imported imported_;
  std::string language_;
  std::string public_key_;
  std::unique_ptr<Journal> journal_; // of the workshop that is read
  std::size_t read_ = 0;             // workshops
  review::Docket docket_;
  const TimeMs now_ = system::now_ms();
};

} // namespace

Imported import(store::Connection& connection, std::istream& stream, std::span<const PublicKey> trusted) {
  Visitor nobody;
  const auto verified = read(stream, trusted, nobody);
  stream.clear();
  stream.seekg(0);
  Imported imported;
  store::in_transaction(connection, [&] {
    Importing importing(connection);
    if (read(stream, trusted, importing) != verified)
      throw BundleError("the file", "it was changed while it was read");
    imported = importing.take();
  });
  return imported;
}

} // namespace warsha::bundle
