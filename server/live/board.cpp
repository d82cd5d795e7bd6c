#include "server/live/board.hpp"

#include "protocol/limits.hpp"
#include "protocol/sha256.hpp"

#include <algorithm>
#include <stdexcept>

namespace warsha::live {

namespace {

template <class Things, class AnyId> auto* find_in(const Things& things, const AnyId& id) {
  const auto found =
      std::find_if(things.begin(), things.end(), [&](const auto& one) { return one.id == id; });
  return found == things.end() ? nullptr : &*found;
}

} // namespace

bool Contribution::is_by(const ActorId& actor) const {
  return author == actor || std::find(writers.begin(), writers.end(), actor) != writers.end();
}

std::optional<TextEdit> Draft::brought_up(const TextEdit& edit, std::int64_t made_on) const {
  if (made_on > revision || revision - made_on > static_cast<std::int64_t>(edits.size()))
    return std::nullopt;
  // Once over nothing: as everybody's pages expect an edit to be written.
  auto fitted = fit_in(edit, {});
  for (auto later = edits.end() - (revision - made_on); later != edits.end(); ++later) {
    fitted = fit_in(fitted, *later);
    if (fitted.parts.size() > limits::kEditParts)
      return std::nullopt;
  }
  return fitted;
}

void Draft::change(const TextEdit& edit) {
  auto changed = apply_edit(text, edit);
  if (!changed)
    throw std::out_of_range("an edit reaches beyond the end of its draft");
  text = std::move(*changed);
  ++revision;
  edit_bytes += size_in_memory(edit);
  edits.push_back(edit);
  while (edits.size() > limits::kDraftEdits || edit_bytes > limits::kDraftEditBytes) {
    edit_bytes -= size_in_memory(edits.front());
    edits.pop_front();
  }
}

std::vector<Floor::Asked> Floor::in_turn() const {
  const auto spoken = [&](const Asked& asked) {
    const auto found = spoken_ms.find(asked.participant);
    return found == spoken_ms.end() ? 0 : found->second;
  };
  auto ordered = queue;
  std::stable_sort(ordered.begin(), ordered.end(),
                   [&](const Asked& one, const Asked& other) { return spoken(one) < spoken(other); });
  return ordered;
}

const Contribution* Board::find(const ContributionId& id) const {
  const auto place = places.find(id);
  return place == places.end() ? nullptr : &contributions[place->second];
}
bool Board::stands_alone(const Contribution& contribution) const {
  return !contribution.merged_into || find(*contribution.merged_into)->state == State::hidden;
}
const Contribution* Board::added_by(Seq event) const {
  const auto found = std::lower_bound(contributions.begin(), contributions.end(), event,
                                      [](const Contribution& one, Seq wanted) { return one.seq < wanted; });
  return found == contributions.end() || found->seq != event ? nullptr : &*found;
}
const Theme* Board::find(const ThemeId& id) const {
  return find_in(themes, id);
}
const Table* Board::find(const TableId& id) const {
  return find_in(tables, id);
}
const Draft* Board::result_draft_of(const DraftId& solution) const {
  const auto found = std::find_if(drafts.begin(), drafts.end(),
                                  [&](const auto& draft) { return draft.second.result_of == solution; });
  return found == drafts.end() ? nullptr : &found->second;
}
const Draft* Board::find(const DraftId& id) const {
  const auto found = drafts.find(id);
  return found == drafts.end() ? nullptr : &found->second;
}

std::optional<TableId> Board::seat_of(const ActorId& actor) const {
  const auto seat = seats.find(actor);
  return seat == seats.end() ? std::nullopt : std::optional(seat->second);
}

std::size_t Board::people_at(const TableId& table) const {
  return static_cast<std::size_t>(
      std::count_if(seats.begin(), seats.end(), [&](const auto& seat) { return seat.second == table; }));
}

const AgendaItem& Board::plan() const {
  static const AgendaItem kNothingPlanned;
  if (form) // its words are planned; its rules are those of every form
    return kNothingPlanned;
  const auto item = agenda.find(phase);
  return item == agenda.end() ? kNothingPlanned : item->second;
}

std::int64_t Board::supports_given(const ActorId& actor, Kind alike) const {
  const auto given = supported_by.find(actor);
  if (given == supported_by.end())
    return 0;
  std::int64_t count = 0;
  for (const auto& id : given->second)
    if (const auto& supported = *find(id);
        supported.state == State::shown && (supported.kind == Kind::problem) == (alike == Kind::problem))
      ++count;
  return count;
}

std::size_t Board::supporters_together(const Contribution& head) const {
  if (head.merged.empty())
    return head.supporters.size();
  auto together = head.supporters;
  for (const auto& id : head.merged)
    for (const auto& supporter : find(id)->supporters)
      together.insert(supporter);
  return together.size();
}

std::string alias_of(const Board& board, const ActorId& actor) {
  std::string both(reinterpret_cast<const char*>(board.workshop.bytes.data()), board.workshop.bytes.size());
  both.append(reinterpret_cast<const char*>(actor.bytes.data()), actor.bytes.size());
  const auto digest = sha256(both);
  constexpr char kDigits[] = "0123456789abcdef";
  std::string alias;
  for (std::size_t i = 0; i < 4; ++i) {
    alias += kDigits[digest[i] >> 4];
    alias += kDigits[digest[i] & 15];
  }
  return alias;
}

} // namespace warsha::live
