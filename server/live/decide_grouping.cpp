#include "protocol/limits.hpp"
#include "server/live/deciding.hpp"

#include <algorithm>

namespace warsha::live {

Decision decide(const Deciding& deciding, const action::ThemeAdd& wanted) {
  if (deciding.board.themes.size() >= limits::kThemes)
    return reject(Code::too_many_themes, {}, limits::kThemes);
  return change::ThemeAdded{id_cast<ThemeId>(deciding.command.id), wanted.title};
}

Decision decide(const Deciding& deciding, const action::ThemeRename& wanted) {
  const auto* theme = deciding.board.find(wanted.theme);
  if (!theme)
    return reject(Code::theme_not_found, "theme");
  if (theme->title == wanted.title)
    return NothingToChange{};
  return change::ThemeRenamed{wanted.theme, wanted.title};
}

Decision decide(const Deciding& deciding, const action::ThemeRemove& wanted) {
  if (!deciding.board.find(wanted.theme))
    return reject(Code::theme_not_found, "theme");
  return change::ThemeRemoved{wanted.theme};
}

Decision decide(const Deciding& deciding, const action::Place& wanted) {
  const auto found = deciding.standing(wanted.contribution);
  if (const auto* wrong = std::get_if<Rejection>(&found))
    return *wrong;
  const auto& contribution = *std::get<const Contribution*>(found);
  if (contribution.kind != Kind::problem)
    return reject(Code::wrong_reference, "contribution");
  if (wanted.theme && !deciding.board.find(*wanted.theme))
    return reject(Code::theme_not_found, "theme");
  if (contribution.theme == wanted.theme)
    return NothingToChange{};
  return change::Placed{wanted.contribution, wanted.theme};
}

Decision decide(const Deciding& deciding, const action::Merge& wanted) {
  const auto into = deciding.standing(wanted.into);
  if (const auto* wrong = std::get_if<Rejection>(&into))
    return reject(wrong->code, "into");
  const auto& head = *std::get<const Contribution*>(into);
  if (head.merged_into)
    return reject(Code::already_merged, "into");
  change::Merged merged{{}, wanted.into};
  for (const auto& id : wanted.contributions) {
    const auto found = deciding.standing(id);
    if (const auto* wrong = std::get_if<Rejection>(&found))
      return reject(wrong->code, "contributions");
    const auto& contribution = *std::get<const Contribution*>(found);
    if (id == wanted.into || contribution.kind != head.kind)
      return reject(Code::wrong_reference, "contributions");
    if (contribution.merged_into == wanted.into)
      continue;
    if (contribution.merged_into)
      return reject(Code::already_merged, "contributions");
    merged.contributions.push_back(id);
  }
  if (merged.contributions.empty())
    return NothingToChange{};
  return merged;
}

Decision decide(const Deciding& deciding, const action::Unmerge& wanted) {
  change::Unmerged unmerged;
  for (const auto& id : wanted.contributions) {
    const auto* contribution = deciding.board.find(id);
    if (!contribution)
      return reject(Code::contribution_not_found, "contributions");
    if (contribution->merged_into)
      unmerged.contributions.push_back(id);
  }
  if (unmerged.contributions.empty())
    return NothingToChange{};
  return unmerged;
}

Decision decide(const Deciding& deciding, const action::TakeOver& wanted) {
  const auto found = deciding.standing(wanted.contribution);
  if (const auto* wrong = std::get_if<Rejection>(&found))
    return *wrong;
  if (wanted.from.size() != limits::kAliasDigits ||
      wanted.from.find_first_not_of("0123456789abcdef") != std::string::npos)
    return reject(Code::invalid_value, "from");
  return change::TakenOver{wanted.contribution, wanted.from};
}

} // namespace warsha::live
