#include "server/review/docket.hpp"

#include <algorithm>

namespace warsha::review {

namespace {

using Outcome = std::optional<Rejection>;

Rejection reject(Code code, std::string field = {}) {
  return {code, std::move(field), std::nullopt};
}

/// One command against one docket.
struct Decider {
  const Docket& docket;
  const Command& command;
  const Reviewer& reviewer;
  const Surroundings& known;

  // --- What several need -----------------------------------------------------------------------

  /// A contribution of this consultation that still stands, for an organiser.
  [[nodiscard]] Outcome check_contribution(const ContributionId& id, const char* field) const {
    if (!reviewer.organiser)
      return reject(Code::not_permitted);
    const auto row = known.contribution(id);
    if (!row)
      return reject(Code::contribution_not_found, field);
    if (row->state == "withdrawn")
      return reject(Code::contribution_withdrawn, field);
    if (row->state == "hidden" || row->state == "waiting" || row->veiled)
      return reject(Code::contribution_hidden, field);
    return check_unchanged(docket.contributions.contains(id) ? docket.contributions.at(id).changed_seq : 0);
  }
  /// Nobody changed it since the sender looked.
  [[nodiscard]] Outcome check_unchanged(Seq changed_seq) const {
    if (command.expected_seq && changed_seq > *command.expected_seq)
      return reject(Code::changed_meanwhile);
    return std::nullopt;
  }
  [[nodiscard]] Outcome check_free(const ContributionId& id, const char* field) const {
    if (auto wrong = check_contribution(id, field))
      return wrong;
    if (docket.state_of(id) == ContributionState::proposed)
      return reject(Code::already_proposed, field);
    if (docket.state_of(id) == ContributionState::refused)
      return reject(Code::already_refused, field);
    return std::nullopt;
  }
  [[nodiscard]] Outcome check_all_free(const std::vector<ContributionId>& ids) const {
    for (const auto& id : ids)
      if (auto wrong = check_free(id, "contributions"))
        return wrong;
    return std::nullopt;
  }
  /// A proposal that its organiser may still change.
  [[nodiscard]] Outcome check_mine(const ProposalId& id) const {
    if (!reviewer.organiser)
      return reject(Code::not_permitted);
    const auto* proposal = docket.find(id);
    if (!proposal)
      return reject(Code::proposal_not_found, "proposal");
    if (proposal->state == ProposalState::answered)
      return reject(Code::already_answered, "proposal");
    return check_unchanged(proposal->changed_seq);
  }
  /// A proposal that is with this reviewer's administration.
  [[nodiscard]] Outcome check_with_us(const ProposalId& id) const {
    const auto* proposal = docket.find(id);
    // Whoever has nothing to do with it learns nothing of it.
    if (!proposal || !reviewer.administrations.contains(proposal->lead))
      return reject(proposal && !reviewer.administrations.empty() ? Code::not_permitted
                                                                  : Code::proposal_not_found,
                    "proposal");
    if (proposal->state == ProposalState::answered)
      return reject(Code::already_answered, "proposal");
    if (proposal->state == ProposalState::transferred)
      return reject(Code::not_routed, "proposal");
    return check_unchanged(proposal->changed_seq);
  }
  [[nodiscard]] Outcome check_administration(const std::string& id, const char* field) const {
    return known.is_administration(id) ? std::nullopt
                                       : Outcome(reject(Code::administration_not_found, field));
  }

  // --- Screening ---------------------------------------------------------------------------------

  Outcome operator()(const action::Screen& wanted) const {
    return check_contribution(wanted.contribution, "contribution");
  }
  Outcome operator()(const action::Return& wanted) const {
    return check_free(wanted.contribution, "contribution");
  }
  Outcome operator()(const action::Revise& wanted) const {
    if (!reviewer.author)
      return reject(Code::not_permitted);
    if (docket.state_of(wanted.contribution) != ContributionState::returned)
      return reject(Code::not_returned, "contribution");
    return std::nullopt;
  }
  Outcome operator()(const action::Refuse& wanted) const {
    return check_free(wanted.contribution, "contribution");
  }
  Outcome operator()(const action::Reconsider& wanted) const {
    if (auto wrong = check_contribution(wanted.contribution, "contribution"))
      return wrong;
    const auto state = docket.state_of(wanted.contribution);
    if (state != ContributionState::refused && state != ContributionState::returned)
      return reject(Code::nothing_to_reconsider, "contribution");
    return std::nullopt;
  }

  // --- Proposals -----------------------------------------------------------------------------------

  Outcome operator()(const action::Propose& wanted) const {
    if (!reviewer.organiser)
      return reject(Code::not_permitted);
    return check_all_free(wanted.contributions);
  }
  Outcome operator()(const action::RewordProposal& wanted) const { return check_mine(wanted.proposal); }
  Outcome operator()(const action::Join& wanted) const {
    if (auto wrong = check_mine(wanted.proposal))
      return wrong;
    return check_all_free(wanted.contributions);
  }
  Outcome operator()(const action::Leave& wanted) const {
    if (auto wrong = check_mine(wanted.proposal))
      return wrong;
    const auto& members = docket.find(wanted.proposal)->contributions;
    if (std::find(members.begin(), members.end(), wanted.contribution) == members.end())
      return reject(Code::contribution_not_found, "contribution");
    if (members.size() == 1)
      return reject(Code::last_contribution, "contribution");
    return std::nullopt;
  }

  // --- Routing and answers ----------------------------------------------------------------------------

  Outcome operator()(const action::Route& wanted) const {
    if (auto wrong = check_mine(wanted.proposal))
      return wrong;
    if (auto wrong = check_administration(wanted.lead, "lead"))
      return wrong;
    for (const auto& one : wanted.contributing)
      if (auto wrong = check_administration(one, "contributing"))
        return wrong;
    return std::nullopt;
  }
  Outcome operator()(const action::Decline& wanted) const {
    if (auto wrong = check_with_us(wanted.proposal))
      return wrong;
    if (wanted.owner == docket.find(wanted.proposal)->lead)
      return reject(Code::owner_required, "owner");
    return check_administration(wanted.owner, "owner");
  }
  Outcome operator()(const action::Note& wanted) const { return check_with_us(wanted.proposal); }
  Outcome operator()(const action::Answer& wanted) const {
    if (auto wrong = check_with_us(wanted.proposal))
      return wrong;
    if (wanted.link && !wanted.link->starts_with("https://"))
      return reject(Code::invalid_value, "link");
    if (wanted.kind == AnswerKind::already_done && !wanted.link)
      return reject(Code::link_required, "link");
    if (wanted.kind == AnswerKind::not_ours && !wanted.owner)
      return reject(Code::owner_required, "owner");
    return wanted.owner ? check_administration(*wanted.owner, "owner") : std::nullopt;
  }
  Outcome operator()(const action::Approve& wanted) const {
    if (auto wrong = check_with_us(wanted.proposal))
      return wrong;
    const auto& proposed = docket.find(wanted.proposal)->proposed;
    if (!proposed)
      return reject(Code::no_answer_proposed, "proposal");
    if (proposed->by == reviewer.id)
      return reject(Code::second_person_needed, "proposal");
    return std::nullopt;
  }
  Outcome operator()(const action::RejectAnswer& wanted) const {
    if (auto wrong = check_with_us(wanted.proposal))
      return wrong;
    return docket.find(wanted.proposal)->proposed ? std::nullopt
                                                  : Outcome(reject(Code::no_answer_proposed, "proposal"));
  }
};

} // namespace

std::optional<Rejection> decide(const Docket& docket, const Command& command, const Reviewer& reviewer,
                                const Surroundings& known) {
  return std::visit(Decider{docket, command, reviewer, known}, command.action);
}

} // namespace warsha::review
