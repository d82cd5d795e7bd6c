#include "protocol/limits.hpp"
#include "protocol/text.hpp"
#include "server/live/deciding.hpp"

#include <algorithm>

namespace warsha::live {

namespace {

/// A draft that this person may write in: that of their table, or one that belongs to no table.
std::variant<const Draft*, Rejection> writable(const Deciding& deciding, const DraftId& id) {
  const auto* draft = deciding.board.find(id);
  if (!draft)
    return reject(Code::draft_not_found, "draft");
  if (!deciding.is_staff() && draft->table && deciding.board.seat_of(deciding.actor.id) != draft->table)
    return reject(Code::not_your_table, "draft");
  return draft;
}

/// A text of a table is read there while it is written; one of no table by the whole room, and so by nobody
/// where words wait for a reveal or for a facilitator.
std::optional<Rejection> check_common_writing(const Deciding& deciding, Kind kind,
                                              const std::optional<TableId>& table) {
  if (deciding.is_staff())
    return std::nullopt;
  if (!table && (deciding.waits() || deciding.veiled()))
    return reject(Code::table_needed);
  if (!deciding.rules.may_contribute(kind))
    return deciding.wrong_phase();
  if (deciding.board.settings.paused)
    return reject(Code::writing_paused);
  return std::nullopt;
}

/// Expected results go with their solutions, and are not counted.
std::size_t begun_by(const Board& board, const ActorId& actor) {
  return static_cast<std::size_t>(
      std::count_if(board.drafts.begin(), board.drafts.end(),
                    [&](const auto& draft) { return draft.second.by == actor && !draft.second.result_of; }));
}

/// The text of a draft as a contribution's; `field` is what a client is told of.
std::variant<std::string, Rejection> contribution_text(const Draft& draft, const char* field) {
  auto text = clean_text(draft.text, limits::kContributionGraphemes);
  if (auto* clean = std::get_if<std::string>(&text))
    return std::move(*clean);
  const auto wrong = std::get<Code>(text);
  return reject(wrong, field,
                wrong == Code::text_too_long ? std::optional<std::int64_t>(limits::kContributionGraphemes)
                                             : std::nullopt);
}

bool is_empty(const std::variant<std::string, Rejection>& text) {
  const auto* wrong = std::get_if<Rejection>(&text);
  return wrong && wrong->code == Code::text_empty;
}

/// Where the expected result of a solution's draft is written: there is one place for it, and whoever wants
/// it second has it.
Decision start_result(const Deciding& deciding, const DraftId& solution_draft) {
  const auto found = writable(deciding, solution_draft);
  if (const auto* wrong = std::get_if<Rejection>(&found))
    return reject(wrong->code, "result_of");
  const auto& solution = *std::get<const Draft*>(found);
  if (solution.kind != Kind::solution)
    return reject(Code::wrong_reference, "result_of");
  if (deciding.board.result_draft_of(solution.id))
    return NothingToChange{};
  if (deciding.board.drafts.size() >= limits::kDrafts)
    return reject(Code::too_many_drafts, {}, limits::kDrafts);
  return change::DraftStarted{
      id_cast<DraftId>(deciding.command.id), Kind::result, solution.table, {}, {}, solution.id};
}

/// A solution that is handed in while its expected result has a draft. What is written there goes with it,
/// unless another result is given: then it stays a draft of its own. Where nothing is written the draft ends.
Decision hand_in_with(const Deciding& deciding, change::DraftHandedIn solution, const Draft& expected,
                      const std::optional<std::string>& given) {
  auto text = contribution_text(expected, "result");
  if (given && !is_empty(text))
    return deciding.with_result(std::move(solution), given, expected.table);
  if (given)
    text = *given;
  if (is_empty(text)) {
    if (deciding.board.results_required())
      return reject(Code::result_required, "result");
    return Pair{std::move(solution), change::DraftDiscarded{expected.id}};
  }
  if (const auto* wrong = std::get_if<Rejection>(&text))
    return *wrong;
  if (auto wrong = deciding.check_writing(Kind::solution, 2))
    return *wrong;
  change::DraftHandedIn result{expected.id,
                               deciding.fresh.result,
                               std::get<std::string>(std::move(text)),
                               deciding.fresh.result_receipt,
                               solution.veiled,
                               solution.waits,
                               solution.people};
  return Pair{std::move(solution), std::move(result)};
}

} // namespace

Decision decide(const Deciding& deciding, const action::DraftStart& wanted) {
  if (wanted.kind == Kind::problem)
    return reject(Code::invalid_value, "kind");
  if (!wanted.answers.empty() && wanted.kind != Kind::solution)
    return reject(Code::wrong_reference, "answers");
  if (!wanted.follows_from.empty() && (wanted.kind != Kind::result || wanted.result_of))
    return reject(Code::wrong_reference, "follows_from");
  if (wanted.result_of && wanted.kind != Kind::result)
    return reject(Code::wrong_reference, "result_of");
  if (auto wrong = deciding.check_writing(wanted.kind))
    return *wrong;
  if (auto wrong = deciding.check_references(wanted.answers, Kind::problem, "answers"))
    return *wrong;
  if (auto wrong = deciding.check_references(wanted.follows_from, Kind::solution, "follows_from"))
    return *wrong;
  const auto table = deciding.board.seat_of(deciding.actor.id);
  if (auto wrong = check_common_writing(deciding, wanted.kind, table))
    return *wrong;
  if (wanted.result_of)
    return start_result(deciding, *wanted.result_of);
  if (!deciding.is_staff() && begun_by(deciding.board, deciding.actor.id) >= limits::kDraftsPerParticipant)
    return reject(Code::too_many_drafts, {}, limits::kDraftsPerParticipant);
  if (deciding.board.drafts.size() >= limits::kDrafts)
    return reject(Code::too_many_drafts, {}, limits::kDrafts);
  return change::DraftStarted{
      id_cast<DraftId>(deciding.command.id), wanted.kind, table, wanted.answers, wanted.follows_from, {}};
}

Decision decide(const Deciding& deciding, const action::DraftChange& wanted) {
  const auto found = writable(deciding, wanted.draft);
  if (const auto* wrong = std::get_if<Rejection>(&found))
    return *wrong;
  const auto& draft = *std::get<const Draft*>(found);
  if (auto wrong = check_common_writing(deciding, draft.kind, draft.table))
    return *wrong;
  const auto edit = draft.brought_up(wanted.edit, wanted.revision);
  if (!edit)
    return reject(Code::stale_revision, "revision", draft.revision);
  const auto text = apply_edit(draft.text, *edit);
  if (!text)
    return reject(Code::invalid_value, "edit");
  if (count_code_points(*text) > limits::kDraftCodePoints)
    return reject(Code::draft_too_long, "edit", limits::kDraftCodePoints);
  return change::DraftChanged{wanted.draft, *edit, draft.revision + 1};
}

Decision decide(const Deciding& deciding, const action::DraftHandIn& wanted) {
  const auto found = writable(deciding, wanted.draft);
  if (const auto* wrong = std::get_if<Rejection>(&found))
    return *wrong;
  const auto& draft = *std::get<const Draft*>(found);
  if (draft.result_of) // it goes with its solution
    return reject(Code::wrong_reference, "draft");
  if (wanted.people && deciding.is_staff())
    return reject(Code::not_permitted, "people");
  if (auto wrong = deciding.check_writing(draft.kind, wanted.result ? 2 : 1))
    return *wrong;
  if (auto wrong = deciding.check_rapporteur())
    return *wrong;
  auto text = contribution_text(draft, "draft");
  if (const auto* wrong = std::get_if<Rejection>(&text))
    return *wrong;
  change::DraftHandedIn handed_in{wanted.draft,
                                  id_cast<ContributionId>(deciding.command.id),
                                  std::get<std::string>(std::move(text)),
                                  deciding.fresh.receipt,
                                  deciding.veiled(),
                                  deciding.waits(),
                                  wanted.people};
  if (const auto* expected = deciding.board.result_draft_of(draft.id))
    return hand_in_with(deciding, std::move(handed_in), *expected, wanted.result);
  if (auto wrong = deciding.check_result(draft.kind, wanted.result))
    return *wrong;
  return deciding.with_result(std::move(handed_in), wanted.result, draft.table);
}

Decision decide(const Deciding& deciding, const action::DraftDiscard& wanted) {
  const auto found = writable(deciding, wanted.draft);
  if (const auto* wrong = std::get_if<Rejection>(&found))
    return *wrong;
  const auto* expected = deciding.board.result_draft_of(wanted.draft);
  if (expected && is_empty(contribution_text(*expected, "result")))
    return Pair{change::DraftDiscarded{wanted.draft}, change::DraftDiscarded{expected->id}};
  return change::DraftDiscarded{wanted.draft};
}

} // namespace warsha::live
