#include "server/app/verify.hpp"

#include "server/access/secrets.hpp"
#include "server/live/board.hpp"
#include "server/live/rebuild.hpp"
#include "server/review/docket.hpp"
#include "server/review/entry_codec.hpp"
#include "server/store/bundle.hpp"
#include "server/store/chain.hpp"
#include "server/store/connection.hpp"
#include "server/store/consultations.hpp"
#include "server/store/inspection.hpp"
#include "server/store/journal.hpp"

#include <algorithm>
#include <ostream>
#include <stdexcept>
#include <unordered_map>
#include <unordered_set>

namespace warsha::app {

namespace {

/// Events between two reports of progress.
constexpr Seq kProgressEvents = 10'000;

[[nodiscard]] std::string_view as_bytes(const store::Hash& hash) {
  return {reinterpret_cast<const char*>(hash.data()), hash.size()};
}

[[nodiscard]] std::string event_number(Seq seq) {
  return "event " + std::to_string(seq);
}

/// Follows the hashes. After a fault it goes on from the stored hash and from the computed one, so that one
/// changed byte is one fault, whichever side of the pair it is in.
class Chain {
public:
  explicit Chain(const store::Hash& start) : from_stored_(start), from_body_(start) {}

  /// Whether the stored hash follows from what came before and this body.
  [[nodiscard]] bool follow(std::string_view body, std::string_view stored) {
    const store::Hash after_stored = store::chain_next(from_stored_, body);
    const store::Hash after_body = store::chain_next(from_body_, body);
    const bool fits = stored == as_bytes(after_stored) || stored == as_bytes(after_body);
    from_body_ = fits && stored == as_bytes(after_stored) ? after_stored : after_body;
    if (stored.size() == from_stored_.size())
      std::copy(stored.begin(), stored.end(), from_stored_.begin());
    return fits;
  }

  /// The hash stored with the last.
  [[nodiscard]] const store::Hash& last() const { return from_stored_; }

private:
  store::Hash from_stored_;
  store::Hash from_body_;
};

class Verification {
public:
  Verification(store::Connection& connection, const VerifyOptions& options, std::ostream& out)
      : connection_(connection), options_(options), out_(out) {}

  [[nodiscard]] int run() {
    progress("reading the file");
    guarded("file", [&] {
      for (const auto& found : store::file_faults(connection_))
        fault("file", found);
    });
    guarded("file", [&] {
      for (const auto& id : store::misplaced_contributions(connection_))
        fault("file", "contribution " + id.text() + ": no event added it");
    });
    guarded("file", [&] {
      for (const auto& workshop : store::all_workshops(connection_))
        guarded("workshop " + workshop.id.text(),
                [&] { store::at_one_moment(connection_, [&] { verify_workshop(workshop); }); });
    });
    guarded("file", [&] {
      for (const auto& consultation : store::all_consultations(connection_))
        guarded("review of consultation " + consultation.id.text(),
                [&] { store::at_one_moment(connection_, [&] { verify_review(consultation.id); }); });
    });
    progress("");
    out_ << workshops_ << " workshops, " << events_ << " events, " << receipts_.size() << " receipts: ";
    if (faults_ == 0)
      out_ << "everything is whole\n";
    else
      out_ << faults_ << (faults_ == 1 ? " fault\n" : " faults\n");
    return faults_ == 0 ? 0 : 1;
  }

private:
  /// A database too damaged to be read is a fault like another.
  template <class Work> void guarded(const std::string& where, Work work) {
    try {
      work();
    } catch (const std::exception& error) {
      fault(where, error.what());
    }
  }

  void fault(const std::string& where, const std::string& what) {
    progress("");
    out_ << "FAULT " << where << ": " << what << '\n';
    ++faults_;
  }

  void progress(const std::string& line) const {
    if (options_.progress)
      options_.progress(line);
  }

  void verify_workshop(const store::WorkshopRow& workshop) {
    const std::string where = "workshop " + workshop.id.text();
    const auto faults_before = faults_;
    Chain chain(store::chain_start(workshop.id));
    Seq last = 0;
    live::Rebuild rebuild(workshop.id);
    bool rebuilt = true;
    store::read_journal(connection_, workshop.id, [&](Seq seq, std::string_view body, std::string_view hash) {
      if (seq != last + 1)
        fault(where, "after " + event_number(last) + " comes " + event_number(seq));
      last = seq;
      if (!chain.follow(body, hash))
        fault(where, event_number(seq) + ": its body and its hash do not belong together");
      if (rebuilt) {
        if (const auto wrong = rebuild.apply(seq, body)) {
          fault(where, event_number(seq) + ": " + *wrong);
          rebuilt = false;
        }
      }
      if (++events_ % kProgressEvents == 0)
        progress(where + ": " + event_number(seq));
    });
    verify_head(workshop, where, last, chain.last());
    if (rebuilt)
      verify_projection(workshop, where, rebuild);
    else
      fault(where, "its contributions were not compared, because its journal cannot be replayed");
    ++workshops_;
    out_ << where << ": " << last << " events, " << rebuild.contributions().size() << " contributions, head "
         << store::hex(chain.last()) << (faults_ == faults_before ? ", whole\n" : ", NOT whole\n");
  }

  /// The ledger's chain, its bytes, and that every entry follows from those before it.
  void verify_review(const ConsultationId& consultation) {
    const std::string where = "review of consultation " + consultation.text();
    const auto faults_before = faults_;
    Chain chain(store::review_start(consultation));
    review::Docket docket;
    docket.consultation = consultation;
    Seq last = 0;
    bool followed = true;
    store::read_review_with_hashes(
        connection_, consultation, [&](Seq seq, std::string_view body, std::string_view hash) {
          const auto which = "entry " + std::to_string(seq);
          if (seq != last + 1)
            fault(where, "after entry " + std::to_string(last) + " comes " + which);
          last = seq;
          if (!chain.follow(body, hash))
            fault(where, which + ": its body and its hash do not belong together");
          if (followed)
            followed = follow(docket, where, which, seq, body);
        });
    if (last > 0)
      out_ << where << ": " << last << " entries, " << docket.proposals.size() << " proposals, head "
           << store::hex(chain.last()) << (faults_ == faults_before ? ", whole\n" : ", NOT whole\n");
  }

  bool follow(review::Docket& docket, const std::string& where, const std::string& which, Seq seq,
              std::string_view body) {
    const auto decoded = review::decode_entry(docket.consultation, seq, body);
    const auto* entry = std::get_if<review::Entry>(&decoded);
    if (!entry) {
      fault(where, which + ": " + std::get<std::string>(decoded));
      return false;
    }
    if (review::encode_entry(docket.consultation, *entry) != body) {
      fault(where, which + ": its bytes are not those of what it says");
      return false;
    }
    try {
      review::apply(docket, *entry);
      return true;
    } catch (const std::out_of_range&) {
      fault(where, which + ": it is about what there is not; the entries after it were not followed");
      return false;
    }
  }

  void verify_head(const store::WorkshopRow& workshop, const std::string& where, Seq last,
                   const store::Hash& hash) {
    const auto head = store::read_head(connection_, workshop.id);
    if (head->seq != last)
      fault(where,
            "its head is at " + event_number(head->seq) + " and its journal ends at " + event_number(last));
    else if (head->hash != hash)
      fault(where, "its head's hash is not that of " + event_number(last));
  }

  void verify_projection(const store::WorkshopRow& workshop, const std::string& where,
                         const live::Rebuild& rebuild) {
    if (rebuild.board().title != workshop.title)
      fault(where, "its title is not that of its first event");
    std::unordered_map<ContributionId, store::ContributionRow> stored;
    for (auto& row : store::read_contributions(connection_, workshop.id))
      stored.emplace(row.id, std::move(row));
    for (const auto& expected : rebuild.contributions()) {
      const std::string which =
          "contribution " + expected.id.text() + " of " + event_number(expected.added_seq) + ": ";
      const auto found = stored.find(expected.id);
      if (found == stored.end()) {
        fault(where, which + "it is missing");
        continue;
      }
      compare(where, which, expected, found->second);
      verify_receipt(where, which, found->second.receipt);
      stored.erase(found);
    }
    for (const auto& [id, row] : stored)
      fault(where, "contribution " + id.text() + ": no event added it");
  }

  /// Names what differs and not the words: a hidden text has no place on a terminal.
  void compare(const std::string& where, const std::string& which, const store::ContributionRow& expected,
               const store::ContributionRow& row) {
    const auto same = [&](const char* what, const auto& should, const auto& is) {
      if (should != is)
        fault(where, which + what + " is not what the journal says");
    };
    same("the receipt", expected.receipt, row.receipt);
    same("the kind", expected.kind, row.kind);
    same("the state", expected.state, row.state);
    same("the text", expected.text, row.text);
    same("the reason", expected.reason, row.reason);
    same("the ground of hiding it", expected.ground, row.ground);
    same("the theme", expected.theme, row.theme);
    same("what it was merged into", expected.merged_into, row.merged_into);
    same("whether it is revealed", expected.veiled, row.veiled);
    same("the author", expected.author, row.author);
    same("the number of supports", expected.supports, row.supports);
    same("the number of people behind it", expected.people, row.people);
    same("the event that added it", expected.added_seq, row.added_seq);
    same("the event that changed it last", expected.changed_seq, row.changed_seq);
    same("the time", expected.added_at, row.added_at);
  }

  void verify_receipt(const std::string& where, const std::string& which, const std::string& receipt) {
    if (access::normalise_receipt(receipt) != receipt)
      fault(where, which + "its receipt is malformed");
    if (!receipts_.insert(receipt).second)
      fault(where, which + "its receipt is another's too");
  }

  store::Connection& connection_;
  const VerifyOptions& options_;
  std::ostream& out_;
  std::unordered_set<std::string> receipts_;
  std::size_t workshops_ = 0;
  std::size_t events_ = 0;
  std::size_t faults_ = 0;
};

} // namespace

int verify(const VerifyOptions& options, std::ostream& out) {
  store::Connection connection(options.database, store::Connection::Mode::read_only);
  return Verification(connection, options, out).run();
}

} // namespace warsha::app
