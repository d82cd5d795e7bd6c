#include "server/review/ledger.hpp"

#include "server/review/entry_codec.hpp"
#include "server/runtime/system.hpp"
#include "server/store/connection.hpp"
#include "server/store/review.hpp"
#include "server/store/writer.hpp"

#include <spdlog/spdlog.h>
#include <stdexcept>

namespace warsha::review {

std::shared_ptr<Ledger::Slot> Ledger::slot_of(const ConsultationId& consultation) {
  const std::lock_guard lock(mutex_);
  auto& slot = slots_[consultation];
  if (!slot)
    slot = std::make_shared<Slot>();
  return slot;
}

namespace {

/// A command that was kept before: its seq when it says the same again.
Ledger::Outcome outcome_of_again(const store::PlacedEntry& kept, const ConsultationId& consultation,
                                 const Command& command, const ActorId& by) {
  const Rejection reused{Code::id_reused, "id", {}};
  auto decoded = decode_entry(kept.consultation, kept.seq, kept.body);
  auto* entry = std::get_if<Entry>(&decoded);
  if (kept.consultation != consultation || !entry)
    return reused;
  auto action = command.action;
  // What the router advises may be another by now: what it advised then was kept.
  if (auto* again = std::get_if<action::Route>(&action))
    if (const auto* before = std::get_if<action::Route>(&entry->action))
      again->advice = before->advice;
  entry->action = std::move(action);
  entry->by = by;
  return encode_entry(consultation, *entry) == kept.body ? Ledger::Outcome(kept.seq)
                                                         : Ledger::Outcome(reused);
}

} // namespace

/// With the side's mutex held. A docket may be ahead of a reader's snapshot, never behind it.
void Ledger::catch_up(store::Connection& connection, const ConsultationId& consultation, Side& side) {
  if (!side.docket) {
    side.docket.emplace();
    side.docket->consultation = consultation;
  }
  try {
    store::read_review(connection, consultation, side.docket->seq, [&](Seq seq, std::string_view body) {
      const auto entry = read_entry(consultation, seq, body);
      if (seq != side.docket->seq + 1)
        throw store::StoreError("review of consultation " + consultation.text() + ": entry " +
                                std::to_string(side.docket->seq + 1) + " is missing");
      apply(*side.docket, entry);
    });
  } catch (...) {
    side.docket.reset();
    throw;
  }
}

void Ledger::look(store::Connection& connection, const ConsultationId& consultation,
                  const std::function<void(const Docket&)>& look) {
  auto& side = slot_of(consultation)->reading;
  const std::lock_guard lock(side.mutex);
  catch_up(connection, consultation, side);
  look(*side.docket);
}

void Ledger::act(const ConsultationId& consultation, Command command, Reviewer reviewer,
                 std::function<Surroundings(store::Connection&)> surroundings,
                 std::function<void(Outcome)> reply) {
  const auto slot = slot_of(consultation);
  const auto outcome = std::make_shared<Outcome>(Rejection{Code::busy, {}, {}});
  writer_.run(
      [slot, consultation, command = std::move(command), reviewer = std::move(reviewer),
       surroundings = std::move(surroundings), outcome](store::Connection& connection) {
        auto& side = slot->writing;
        const std::lock_guard lock(side.mutex);
        catch_up(connection, consultation, side);
        const auto& docket = *side.docket;
        const auto by = reviewer.author ? ActorId{} : reviewer.id;
        if (const auto kept = store::find_review_entry(connection, command.id)) {
          *outcome = outcome_of_again(*kept, consultation, command, by);
          return;
        }
        const auto now = system::now_ms();
        if (auto wrong = decide(docket, command, reviewer, surroundings(connection), now)) {
          *outcome = std::move(*wrong);
          return;
        }
        const Entry entry{docket.seq + 1, now, by, command.id, command.action};
        store::append_review(connection, consultation, entry.seq, entry.id,
                             encode_entry(consultation, entry));
        *outcome = entry.seq;
      },
      [this, slot, outcome, reply = std::move(reply)](std::exception_ptr failed) {
        if (!failed) {
          if (std::holds_alternative<Seq>(*outcome))
            kept_();
          return reply(*outcome);
        }
        try {
          std::rethrow_exception(failed);
        } catch (const std::exception& error) {
          spdlog::error("a review entry was not kept: {}", error.what());
        }
        // It may have been read back before its transaction was undone.
        const std::lock_guard lock(slot->writing.mutex);
        slot->writing.docket.reset();
        reply(Rejection{Code::busy, {}, {}});
      });
}

} // namespace warsha::review
