#include "server/live/deciding.hpp"

namespace warsha::live {

Decision decide(const Deciding& deciding, const action::Support& wanted) {
  const auto found = deciding.standing(wanted.contribution);
  if (const auto* wrong = std::get_if<Rejection>(&found))
    return *wrong;
  const auto& contribution = *std::get<const Contribution*>(found);
  if (!deciding.rules.support)
    return deciding.wrong_phase();
  if (contribution.is_by(deciding.actor.id))
    return reject(Code::own_contribution, "contribution");
  if (wanted.on == contribution.supporters.contains(deciding.actor.id))
    return NothingToChange{};
  if (!wanted.on)
    return change::Unsupported{wanted.contribution};
  if (contribution.state != State::shown || contribution.veiled)
    return reject(Code::contribution_hidden, "contribution");
  const auto budget = deciding.board.plan().supports;
  if (budget > 0 && deciding.board.supports_given(deciding.actor.id, contribution.kind) >= budget)
    return reject(Code::no_supports_left, {}, budget);
  return change::Supported{wanted.contribution};
}

Decision decide(const Deciding& deciding, const action::Rate& wanted) {
  const auto found = deciding.standing(wanted.contribution);
  if (const auto* wrong = std::get_if<Rejection>(&found))
    return *wrong;
  const auto& contribution = *std::get<const Contribution*>(found);
  if (!deciding.rules.support)
    return deciding.wrong_phase();
  if (contribution.kind != Kind::solution)
    return reject(Code::wrong_reference, "contribution");
  if (contribution.is_by(deciding.actor.id))
    return reject(Code::own_contribution, "contribution");
  if (contribution.state != State::shown || contribution.veiled)
    return reject(Code::contribution_hidden, "contribution");
  if (const auto given = contribution.ratings.find(deciding.actor.id);
      given != contribution.ratings.end() && given->second.impact == wanted.impact &&
      given->second.feasibility == wanted.feasibility)
    return NothingToChange{};
  return change::Rated{wanted.contribution, wanted.impact, wanted.feasibility};
}

Decision decide(const Deciding& deciding, const action::Count& wanted) {
  const auto found = deciding.standing(wanted.contribution);
  if (const auto* wrong = std::get_if<Rejection>(&found))
    return *wrong;
  const auto& counted = std::get<const Contribution*>(found)->counted;
  const auto before = counted.find(wanted.channel);
  if ((before == counted.end() ? 0 : before->second) == wanted.people)
    return NothingToChange{};
  return change::Counted{wanted.contribution, wanted.channel, wanted.people};
}

Decision decide(const Deciding& deciding, const action::TalliesHide& wanted) {
  if (deciding.board.tallies_hidden == wanted.on)
    return NothingToChange{};
  return change::TalliesHidden{wanted.on};
}

} // namespace warsha::live
