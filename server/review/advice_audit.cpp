#include "server/review/advice_audit.hpp"

#include "server/runtime/instant.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <tuple>

namespace warsha::review {

namespace {

constexpr std::int64_t kBinPerMille = 100;

std::string month_of(TimeMs at) {
  return instant(at).substr(0, std::string_view("2026-11").size());
}

std::string whose_now(const Docket& docket, const ProposalId& id) {
  const auto* proposal = docket.carried_on_in(id);
  if (!proposal)
    return {};
  switch (proposal->state) {
  case ProposalState::routed:
  case ProposalState::answer_proposed:
    return proposal->lead;
  case ProposalState::answered:
    return proposal->answer->answer.kind == AnswerKind::not_ours
               ? proposal->answer->answer.owner.value_or(std::string())
               : proposal->lead;
  case ProposalState::open:
  case ProposalState::transferred:
  case ProposalState::dissolved:
  case ProposalState::merged:
    return {};
  }
  return {};
}

void judge(const AuditedDecision& one, AdviceAudit& audit, std::map<std::int64_t, ConfidenceBin>& bins) {
  ++audit.judged;
  const bool right = one.advised(1);
  audit.first += right ? 1 : 0;
  audit.three += one.advised(limits::kAdvised) ? 1 : 0;
  const auto sure = one.decision.advice->first.front().per_mille;
  const auto from = std::min(sure, std::int64_t{999}) / kBinPerMille * kBinPerMille;
  auto& bin = bins[from];
  bin.from = from;
  ++bin.count;
  bin.right += right ? 1 : 0;
  bin.confidence += static_cast<double>(sure) / 1000;
}

using Months = std::map<std::pair<std::string, std::string>, MonthlyAdvice>;

void add_to_month(const AuditedDecision& one, Months& months) {
  const auto month = month_of(one.decision.at);
  const auto& advised = one.decision.advice->first.front().administration;
  auto& of_advised = months[{month, advised}];
  ++of_advised.first;
  if (one.now == advised)
    ++of_advised.kept;
  else if (one.decision.lead != advised)
    ++of_advised.sent_elsewhere;
  else
    ++of_advised.declined;
  if (!one.now.empty() && one.now != advised)
    ++months[{month, one.now}].missed;
}

} // namespace

bool AuditedDecision::advised(std::size_t count) const {
  if (!decision.advice || now.empty())
    return false;
  const auto& first = decision.advice->first;
  const auto end = first.begin() + static_cast<std::ptrdiff_t>(std::min(count, first.size()));
  return std::any_of(first.begin(), end, [&](const auto& one) { return one.administration == now; });
}

std::vector<AuditedDecision> audited_decisions(const Docket& docket) {
  std::vector<AuditedDecision> all;
  for (const auto& decision : docket.routings)
    all.push_back({decision, docket.find(decision.proposal)->title, whose_now(docket, decision.proposal)});
  return all;
}

AdviceAudit audit(std::span<const AuditedDecision> decisions) {
  AdviceAudit audit;
  std::map<std::int64_t, ConfidenceBin> bins;
  Months months;
  for (const auto& one : decisions) {
    ++audit.decisions;
    if (!one.decision.advice || one.decision.advice->first.empty()) {
      ++audit.unadvised;
      continue;
    }
    add_to_month(one, months);
    if (one.now.empty())
      ++audit.open;
    else
      judge(one, audit, bins);
  }
  for (auto& [from, bin] : bins) {
    const auto count = static_cast<double>(bin.count);
    bin.confidence /= count;
    audit.calibration_error += std::abs(bin.confidence - static_cast<double>(bin.right) / count) * count /
                               static_cast<double>(audit.judged);
    audit.bins.push_back(bin);
  }
  for (auto& [key, month] : months) {
    std::tie(month.month, month.administration) = key;
    audit.months.push_back(month);
  }
  std::ranges::stable_sort(audit.months, std::greater(), &MonthlyAdvice::month);
  return audit;
}

} // namespace warsha::review
