#include "protocol/limits.hpp"
#include "server/live/deciding.hpp"

namespace warsha::live {

Rejection reject(Code code, std::string field, std::optional<std::int64_t> limit) {
  return {code, std::move(field), limit};
}

Rejection Deciding::wrong_phase() const {
  return reject(board.phase == Phase::closed ? Code::workshop_closed : Code::wrong_phase);
}

std::variant<const Contribution*, Rejection> Deciding::standing(const ContributionId& id) const {
  const auto* contribution = board.find(id);
  if (!contribution)
    return reject(Code::contribution_not_found, "contribution");
  if (contribution->state == State::withdrawn)
    return reject(Code::contribution_withdrawn, "contribution");
  return contribution;
}

std::optional<Rejection> Deciding::check_references(const std::vector<ContributionId>& ids, Kind kind,
                                                    const char* field) const {
  for (const auto& id : ids) {
    const auto* referred = board.find(id);
    if (!referred)
      return reject(Code::contribution_not_found, field);
    if (referred->kind != kind)
      return reject(Code::wrong_reference, field);
  }
  return std::nullopt;
}

std::optional<Rejection> Deciding::check_writing(Kind kind, std::size_t count) const {
  if (board.contributions.size() + count > limits::kContributionsEver)
    return reject(Code::too_many_contributions, {}, limits::kContributionsEver);
  if (is_staff())
    return std::nullopt;
  if (board.standing + count > limits::kContributions)
    return reject(Code::too_many_contributions, {}, limits::kContributions);
  if (!rules.may_contribute(kind))
    return wrong_phase();
  if (board.settings.paused)
    return reject(Code::writing_paused);
  if (board.form && !board.form->include(now))
    return reject(Code::form_not_open);
  const auto own = board.by_author.find(actor.id);
  if (own == board.by_author.end())
    return std::nullopt;
  if (own->second.size() + count > limits::kContributionsPerParticipant)
    return reject(Code::too_many_contributions, {}, limits::kContributionsPerParticipant);
  const auto last = board.contributions[own->second.back()].at;
  const auto next = last + board.settings.slow_seconds * 1000;
  // Written "later" than now: a clock was set back, and nobody waits for it to catch up.
  // A form brings a problem and its solution at once.
  if (!board.form && board.settings.slow_seconds > 0 && last <= now && now < next)
    return reject(Code::slow_mode, {}, (next - now + 999) / 1000);
  return std::nullopt;
}

std::optional<Rejection> Deciding::check_rapporteur() const {
  if (is_staff() || !board.plan().rapporteurs_only)
    return std::nullopt;
  const auto seat = board.seat_of(actor.id);
  const auto* table = seat ? board.find(*seat) : nullptr;
  if (!table || table->rapporteur != actor.id)
    return reject(Code::rapporteurs_only);
  return std::nullopt;
}

std::optional<Rejection> Deciding::check_result(Kind kind, const std::optional<std::string>& result) const {
  if (result && kind != Kind::solution)
    return reject(Code::wrong_reference, "result");
  if (!result && kind == Kind::solution && board.results_required())
    return reject(Code::result_required, "result");
  return std::nullopt;
}

Decision Deciding::with_result(Change solution, const std::optional<std::string>& result,
                               const std::optional<TableId>& table) const {
  if (!result)
    return solution;
  change::Added added;
  added.contribution = fresh.result;
  added.kind = Kind::result;
  added.text = *result;
  added.receipt = fresh.result_receipt;
  added.follows_from = {id_cast<ContributionId>(command.id)};
  if (const auto* said = std::get_if<change::Added>(&solution)) {
    added.channel = said->channel;
    added.people = said->people;
  } else if (const auto* handed_in = std::get_if<change::DraftHandedIn>(&solution);
             handed_in && handed_in->people) {
    added.channel = Channel::table;
    added.people = handed_in->people;
  }
  added.table = table;
  added.veiled = veiled();
  added.waits = waits();
  return Pair{std::move(solution), std::move(added)};
}

std::vector<Change> changes_of(Decision decision) {
  if (auto* change = std::get_if<Change>(&decision))
    return {std::move(*change)};
  if (auto* pair = std::get_if<Pair>(&decision))
    return {std::move(pair->solution), std::move(pair->result)};
  return {};
}

namespace {

/// A closed workshop can be opened again by its staff, and they write down what was left on paper; nothing
/// else.
bool goes_on_when_closed(const Action& action, const access::Actor& actor) {
  if (std::holds_alternative<action::PhaseEnter>(action))
    return true;
  const auto* said = std::get_if<action::Contribute>(&action);
  return said && access::sees_staff_view(actor.role) &&
         (said->channel == Channel::paper || said->channel == Channel::proxy);
}

/// Whoever writes by a form is in no room: they write, and nothing else.
bool is_for_a_room(const Board& board, const Action& action, const access::Actor& actor) {
  return board.form && !access::sees_staff_view(actor.role) &&
         !std::holds_alternative<action::Contribute>(action);
}

} // namespace

Decision decide(const Board& board, const Command& command, const access::Actor& actor, TimeMs now,
                const Fresh& fresh) {
  if (!access::may(actor.role, command.action) || is_for_a_room(board, command.action, actor))
    return reject(Code::not_permitted);
  if (board.phase == Phase::closed && !goes_on_when_closed(command.action, actor))
    return reject(Code::workshop_closed);
  if (board.removed.contains(actor.id))
    return reject(Code::removed_from_workshop);
  // An expected result has an id of the server's making, which no command carried and everybody can read.
  if (board.find(id_cast<ContributionId>(command.id)))
    return reject(Code::id_reused, "id");
  const Deciding deciding{board, command, actor, now, fresh, rules_of(board)};
  return std::visit([&](const auto& wanted) { return decide(deciding, wanted); }, command.action);
}

} // namespace warsha::live
