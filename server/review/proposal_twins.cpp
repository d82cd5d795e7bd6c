#include "server/review/proposal_twins.hpp"

#include "protocol/limits.hpp"
#include "server/aggregation/defaults.hpp"
#include "server/aggregation/similarity.hpp"

#include <algorithm>

namespace warsha::review {

namespace {

using aggregation::TextIndex;

double same() {
  return aggregation::shipped_parameters().similarity.same;
}

TextIndex empty_index() {
  return {aggregation::shipped_lexicon(), aggregation::shipped_parameters()};
}

std::string words_of(const auto& proposal) {
  return proposal.title + "\n" + proposal.text;
}

/// The likest first, as many as anybody goes through.
std::vector<Twins> foremost(std::vector<Twins> all) {
  std::ranges::stable_sort(all, std::greater(), &Twins::likeness);
  if (all.size() > limits::kProposalSuggestions)
    all.resize(limits::kProposalSuggestions);
  return all;
}

} // namespace

std::vector<Twins> twins_within(const Docket& docket) {
  auto index = empty_index();
  for (const auto& [id, proposal] : docket.proposals)
    if (!proposal.ending && !proposal.answer)
      index.add(id.text(), words_of(proposal));
  std::vector<Twins> all;
  for (const auto& pair : index.pairs(same())) {
    const auto first = *ProposalId::parse(pair.first);
    const auto second = *ProposalId::parse(pair.second);
    if (!docket.told_apart.contains(pair_of(first, second)))
      all.push_back({first, second, pair.score});
  }
  return foremost(std::move(all));
}

std::vector<Twins> twins_elsewhere(const Docket& docket, std::span<const Elsewhere> others,
                                   const std::set<ProposalPair>& settled) {
  auto index = empty_index();
  for (const auto& other : others)
    index.add(other.id.text(), words_of(other));
  std::vector<Twins> all;
  for (const auto& [id, proposal] : docket.proposals) {
    if (proposal.ending)
      continue;
    for (const auto& twin : index.twins(words_of(proposal), same(), limits::kSuggestedBeside)) {
      const auto other = *ProposalId::parse(twin.id);
      const auto pair = pair_of(id, other);
      if (!docket.told_apart.contains(pair) && !docket.links.contains(pair) && !settled.contains(pair))
        all.push_back({id, other, twin.likeness.score});
    }
  }
  return foremost(std::move(all));
}

} // namespace warsha::review
