#include "server/review/proposal_suggestions.hpp"

#include "protocol/limits.hpp"
#include "server/aggregation/defaults.hpp"
#include "server/aggregation/groups.hpp"
#include "server/aggregation/similarity.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace warsha::review {

namespace {

using aggregation::TextIndex;

const auto& similarity() {
  return aggregation::shipped_parameters().similarity;
}

/// One docket and what was said, while suggestions are made of them.
class Suggester {
public:
  Suggester(const Docket& docket, std::span<const Said> said) : docket_(docket) {
    for (const auto& one : said)
      if (docket.state_of(one.id) == ContributionState::waiting)
        free_.emplace(one.id, &one);
    for (const auto& [id, one] : free_)
      (one->kind == Kind::solution ? solutions_ : others_).add(id.text(), one->text);
  }

  [[nodiscard]] Suggestions make() const {
    Suggestions out;
    auto joins = suggest_joins();
    for (auto& solutions : group_solutions(joins)) {
      if (out.proposals.size() == limits::kProposalSuggestions)
        break;
      out.proposals.push_back(std::move(solutions));
    }
    for (auto& [proposal, contributions] : joins.by_proposal)
      out.joins.push_back({proposal, sorted(std::move(contributions))});
    return out;
  }

private:
  struct Joins {
    std::map<ProposalId, std::vector<Beside>> by_proposal;
    std::set<ContributionId> solutions;
  };

  /// Each that is free goes to the one proposal that it is likest to.
  [[nodiscard]] Joins suggest_joins() const {
    TextIndex proposals(aggregation::shipped_lexicon(), aggregation::shipped_parameters());
    for (const auto& [id, proposal] : docket_.proposals)
      if (proposal.state != ProposalState::answered && !proposal.ending)
        proposals.add(id.text(), proposal.title + "\n" + proposal.text);
    Joins joins;
    for (const auto& [id, one] : free_) {
      const bool is_solution = one->kind == Kind::solution;
      const auto found =
          proposals.twins(one->text, is_solution ? similarity().same : similarity().related, 1);
      if (found.empty())
        continue;
      joins.by_proposal[*ProposalId::parse(found.front().id)].push_back(
          {id, false, found.front().likeness.score});
      if (is_solution)
        joins.solutions.insert(id);
    }
    return joins;
  }

  [[nodiscard]] std::vector<ProposalSuggestion> group_solutions(const Joins& joins) const {
    auto pairs = solutions_.pairs(similarity().same);
    std::map<std::pair<std::string, std::string>, double> likeness;
    for (const auto& pair : pairs)
      likeness[{pair.first, pair.second}] = pair.score;
    std::vector<ProposalSuggestion> out;
    std::set<ContributionId> used = joins.solutions;
    for (const auto& group : aggregation::group(std::move(pairs), similarity().same)) {
      ProposalSuggestion one;
      for (std::size_t i = 0; i < group.size(); ++i)
        for (std::size_t j = i + 1; j < group.size(); ++j)
          one.likeness = std::min(one.likeness, likeness[{group[i], group[j]}]);
      for (const auto& id : group)
        if (const auto parsed = *ContributionId::parse(id); used.insert(parsed).second)
          one.solutions.push_back(parsed);
      if (!one.solutions.empty())
        out.push_back(std::move(one));
    }
    for (const auto& [id, one] : free_)
      if (one->kind == Kind::solution && !used.contains(id))
        out.push_back({{id}, 1, {}});
    std::stable_sort(out.begin(), out.end(),
                     [](const auto& a, const auto& b) { return a.solutions.size() > b.solutions.size(); });
    for (auto& one : out)
      one.beside = beside(one.solutions);
    return out;
  }

  [[nodiscard]] std::vector<Beside> beside(const std::vector<ContributionId>& solutions) const {
    std::map<ContributionId, Beside> found;
    for (const auto& id : solutions) {
      const auto& solution = *free_.at(id);
      for (const auto& problem : solution.answers)
        if (free_.contains(problem))
          found[problem] = {problem, true, 1};
      for (const auto& [other, one] : free_)
        if (std::find(one->follows_from.begin(), one->follows_from.end(), id) != one->follows_from.end())
          found[other] = {other, true, 1};
      for (const auto& twin : others_.twins(solution.text, similarity().related, limits::kSuggestedBeside)) {
        const auto other = *ContributionId::parse(twin.id);
        auto& one = found.try_emplace(other, Beside{other, false, 0}).first->second;
        one.likeness = std::max(one.likeness, twin.likeness.score);
      }
    }
    std::vector<Beside> out;
    for (const auto& [id, one] : found)
      out.push_back(one);
    out = sorted(std::move(out));
    const auto linked = static_cast<std::size_t>(
        std::count_if(out.begin(), out.end(), [](const Beside& one) { return one.linked; }));
    out.resize(std::min(out.size(), std::max(linked, limits::kSuggestedBeside)));
    return out;
  }

  static std::vector<Beside> sorted(std::vector<Beside> all) {
    std::stable_sort(all.begin(), all.end(), [](const Beside& a, const Beside& b) {
      return std::pair(a.linked, a.likeness) > std::pair(b.linked, b.likeness);
    });
    return all;
  }

  const Docket& docket_;
  std::map<ContributionId, const Said*> free_;
  TextIndex solutions_{aggregation::shipped_lexicon(), aggregation::shipped_parameters()};
  TextIndex others_{aggregation::shipped_lexicon(), aggregation::shipped_parameters()};
};

} // namespace

Suggestions suggest_proposals(const Docket& docket, std::span<const Said> said) {
  return Suggester(docket, said).make();
}

} // namespace warsha::review
