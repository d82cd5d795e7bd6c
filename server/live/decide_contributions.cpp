#include "protocol/limits.hpp"
#include "server/live/deciding.hpp"

namespace warsha::live {

namespace {

/// Staff write down what others said or wrote; a participant may speak for a table. By a form everybody
/// writes who is not staff, and only where there is one.
bool may_use(const Deciding& deciding, Channel channel) {
  const bool by_form = deciding.board.form && !deciding.is_staff();
  switch (channel) {
  case Channel::device:
    return !by_form;
  case Channel::form:
    return by_form;
  case Channel::table:
    return !deciding.is_staff() && !by_form;
  case Channel::proxy:
  case Channel::paper:
    return deciding.is_staff();
  }
  return false;
}

/// Where staff write down what others said: at which table it was said, and under which theme it stands.
std::optional<Rejection> check_place(const Deciding& deciding, const action::Contribute& wanted) {
  if (!deciding.is_staff() && (wanted.table || wanted.theme))
    return reject(Code::not_permitted, wanted.table ? "table" : "theme");
  if (wanted.table && wanted.kind == Kind::problem)
    return reject(Code::wrong_reference, "table");
  if (wanted.table && !deciding.board.find(*wanted.table))
    return reject(Code::table_not_found, "table");
  if (wanted.theme && wanted.kind != Kind::problem)
    return reject(Code::wrong_reference, "theme");
  if (wanted.theme && !deciding.board.find(*wanted.theme))
    return reject(Code::theme_not_found, "theme");
  return std::nullopt;
}

/// Problems are their author's, whatever table they sit at.
std::optional<TableId> table_of(const Deciding& deciding, const action::Contribute& wanted) {
  if (wanted.kind == Kind::problem)
    return std::nullopt;
  return deciding.is_staff() ? wanted.table : deciding.board.seat_of(deciding.actor.id);
}

} // namespace

Decision decide(const Deciding& deciding, const action::Contribute& wanted) {
  if (!wanted.answers.empty() && wanted.kind != Kind::solution)
    return reject(Code::wrong_reference, "answers");
  if (!wanted.follows_from.empty() && wanted.kind != Kind::result)
    return reject(Code::wrong_reference, "follows_from");
  if (auto wrong = deciding.check_writing(wanted.kind, wanted.result ? 2 : 1))
    return *wrong;
  if (auto wrong = deciding.check_rapporteur())
    return *wrong;
  if (auto wrong = deciding.check_references(wanted.answers, Kind::problem, "answers"))
    return *wrong;
  if (auto wrong = deciding.check_references(wanted.follows_from, Kind::solution, "follows_from"))
    return *wrong;
  if (!may_use(deciding, wanted.channel.value_or(Channel::device)))
    return reject(Code::not_permitted, "channel");
  if (wanted.people && (!wanted.channel || wanted.channel == Channel::form))
    return reject(Code::invalid_value, "people");
  if (auto wrong = check_place(deciding, wanted))
    return *wrong;
  // Last: whoever is asked for the result has nothing else to mend.
  if (auto wrong = deciding.check_result(wanted.kind, wanted.result))
    return *wrong;
  const auto table = table_of(deciding, wanted);
  change::Added added{id_cast<ContributionId>(deciding.command.id),
                      wanted.kind,
                      wanted.text,
                      deciding.fresh.receipt,
                      wanted.answers,
                      wanted.follows_from,
                      wanted.channel,
                      wanted.people,
                      table,
                      deciding.veiled(),
                      deciding.waits(),
                      wanted.theme};
  return deciding.with_result(std::move(added), wanted.result, table);
}

Decision decide(const Deciding& deciding, const action::Edit& wanted) {
  const auto found = deciding.standing(wanted.contribution);
  if (const auto* wrong = std::get_if<Rejection>(&found))
    return *wrong;
  const auto& contribution = *std::get<const Contribution*>(found);
  if (!contribution.is_by(deciding.actor.id))
    return reject(Code::not_yours, "contribution");
  const bool was_asked = !contribution.reword_note.empty();
  if (!deciding.is_staff() && !deciding.rules.edit && !was_asked)
    return deciding.wrong_phase();
  // What a facilitator let through is not another text afterwards, unless one was asked for.
  const bool let_through = deciding.waits() && contribution.state == State::shown && !was_asked;
  if (!deciding.is_staff() && (contribution.frozen || let_through))
    return reject(Code::frozen, "contribution");
  if (contribution.text == wanted.text)
    return NothingToChange{};
  return change::Edited{wanted.contribution, wanted.text};
}

Decision decide(const Deciding& deciding, const action::Withdraw& wanted) {
  const auto* contribution = deciding.board.find(wanted.contribution);
  if (!contribution)
    return reject(Code::contribution_not_found, "contribution");
  if (!contribution->is_by(deciding.actor.id))
    return reject(Code::not_yours, "contribution");
  if (contribution->state == State::withdrawn)
    return NothingToChange{};
  if (!deciding.is_staff() && !deciding.rules.withdraw)
    return deciding.wrong_phase();
  return change::Withdrawn{wanted.contribution};
}

Decision decide(const Deciding& deciding, const action::Moderate& wanted) {
  const auto found = deciding.standing(wanted.contribution);
  if (const auto* wrong = std::get_if<Rejection>(&found))
    return *wrong;
  const auto& contribution = *std::get<const Contribution*>(found);
  const bool needs_words = !wanted.ground || *wanted.ground == Ground::other;
  if (wanted.hidden && needs_words && !wanted.reason)
    return reject(Code::reason_required, "reason");
  if (wanted.hidden == (contribution.state == State::hidden) && contribution.state != State::waiting)
    return NothingToChange{};
  if (wanted.hidden)
    return change::Hidden{wanted.contribution, wanted.reason.value_or(""), wanted.ground};
  return change::Shown{wanted.contribution};
}

Decision decide(const Deciding& deciding, const action::Reword& wanted) {
  const auto found = deciding.standing(wanted.contribution);
  if (const auto* wrong = std::get_if<Rejection>(&found))
    return *wrong;
  // Who wrote by a form is not here to be asked; the review asks them by their receipt.
  if (std::get<const Contribution*>(found)->channel == Channel::form)
    return reject(Code::not_permitted, "contribution");
  if (std::get<const Contribution*>(found)->reword_note == wanted.note.value_or(""))
    return NothingToChange{};
  return change::RewordAsked{wanted.contribution, wanted.note};
}

Decision decide(const Deciding& deciding, const action::Freeze& wanted) {
  const auto found = deciding.standing(wanted.contribution);
  if (const auto* wrong = std::get_if<Rejection>(&found))
    return *wrong;
  if (std::get<const Contribution*>(found)->frozen == wanted.on)
    return NothingToChange{};
  return change::Frozen{wanted.contribution, wanted.on};
}

Decision decide(const Deciding& deciding, const action::Reveal&) {
  change::Revealed revealed;
  for (const auto& contribution : deciding.board.contributions)
    if (contribution.veiled)
      revealed.contributions.push_back(contribution.id);
  if (revealed.contributions.empty() && !deciding.board.writes_silently())
    return NothingToChange{};
  return revealed;
}

} // namespace warsha::live
