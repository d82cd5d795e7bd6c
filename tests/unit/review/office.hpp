#pragma once

#include "server/review/docket.hpp"
#include "server/review/entry_codec.hpp"
#include "tests/unit/live/support.hpp"

#include <chrono>
#include <gtest/gtest.h>

namespace warsha::review::test {

using live::test::numbered;

inline const ConsultationId kConsultation{numbered(1)};
inline const Words kWords{"نشرنا المحاضر", "Les procès-verbaux sont publiés"};
inline constexpr TimeMs kMonday = 1'764'547'200'000; // 2025-12-01T00:00Z

/// Contributions 10 to 19 are of the consultation; two organisers, three reviewers and
/// three members of the committee act on it.
class Office {
public:
  Docket docket;
  std::map<ContributionId, store::ContributionRow> rows;
  TimeMs now = kMonday;
  Reviewer organiser{ActorId{numbered(2)}, true, false, {}};
  Reviewer colleague{ActorId{numbered(3)}, true, false, {}};
  Reviewer officer{ActorId{numbered(4)}, false, false, {"mtnra"}};
  Reviewer head{ActorId{numbered(5)}, false, false, {"mtnra"}};
  Reviewer stranger{ActorId{numbered(6)}, false, false, {"justice"}};
  Reviewer author{ActorId{}, false, true, {}};
  Reviewer member{ActorId{numbered(7)}, false, false, {}, true};
  Reviewer second{ActorId{numbered(8)}, false, false, {}, true};
  Reviewer third{ActorId{numbered(9)}, false, false, {}, true};
  std::size_t committee_size = 3;
  std::vector<std::string> bodies;
  std::set<ProposalId> elsewhere; // of other consultations of the plan

  Office() {
    docket.consultation = kConsultation;
    for (std::uint8_t i = 10; i < 20; ++i) {
      store::ContributionRow row;
      row.id = said(i);
      row.kind = Kind::solution;
      row.state = "shown";
      row.text = "text";
      rows.emplace(row.id, row);
    }
  }
  static ContributionId said(std::uint8_t number) { return ContributionId{numbered(number)}; }

  std::optional<Code> act(const Reviewer& who, Action action, std::optional<Seq> expected = {}) {
    std::array<std::uint8_t, 10> random{};
    random[0] = 1;
    random[8] = static_cast<std::uint8_t>(++last_id_ >> 8U);
    random[9] = static_cast<std::uint8_t>(last_id_);
    const Command command{CommandId{uuid::make(now, random)}, std::move(action), expected};
    last = command.id;
    const Surroundings known{[&](const ContributionId& id) {
                               const auto found = rows.find(id);
                               return found == rows.end() ? std::nullopt : std::optional(found->second);
                             },
                             [](const std::string& id) { return id == "mtnra" || id == "justice"; },
                             [&](const ActorId& account, const std::string& administration) {
                               for (const auto* one : {&officer, &head, &stranger})
                                 if (one->id == account)
                                   return one->administrations.contains(administration);
                               return false;
                             },
                             [&] { return committee_size; },
                             [&](const ProposalId& id) { return elsewhere.contains(id); }};
    if (auto wrong = decide(docket, command, who, known, now))
      return wrong->code;
    const Entry entry{docket.seq + 1, now, who.author ? ActorId{} : who.id, command.id, command.action};
    bodies.push_back(encode_entry(kConsultation, entry));
    apply(docket, entry);
    return std::nullopt;
  }
  ProposalId propose(std::vector<ContributionId> contributions) {
    EXPECT_EQ(act(organiser, action::Propose{"نشر المحاضر", "تنشر في أجل 15 يوما", std::move(contributions)}),
              std::nullopt);
    return id_cast<ProposalId>(last);
  }
  ProposalId routed() {
    const auto id = propose({said(10)});
    EXPECT_EQ(act(organiser, action::Route{id, "mtnra"}), std::nullopt);
    return id;
  }

  /// Answered by the officer, published by the head.
  ProposalId answered(std::uint8_t number = 10, AnswerKind kind = AnswerKind::taken) {
    const auto id = propose({said(number)});
    EXPECT_EQ(act(organiser, action::Route{id, "mtnra"}), std::nullopt);
    EXPECT_EQ(act(officer, action::Answer{id, kind, kWords}), std::nullopt);
    EXPECT_EQ(act(head, action::Approve{id}), std::nullopt);
    return id;
  }
  /// A promise with two activities, in December 2025 and in the first quarter of 2026.
  static action::Commit commit(std::vector<ProposalId> proposals, std::optional<CommitmentId> anew = {}) {
    return {anew,
            std::move(proposals),
            {"نشر المحاضر", "Publier les procès-verbaux"},
            kWords,
            kWords,
            kWords,
            kWords,
            {{{"إعداد المنصة", "Préparer la plateforme"}, "2025-12-01", "2025-12-31"},
             {{"النشر", "Publier"}, "2026-01-01", "2026-03-31"}}};
  }
  CommitmentId confirmed() {
    EXPECT_EQ(act(officer, commit({answered()})), std::nullopt);
    const auto id = id_cast<CommitmentId>(last);
    EXPECT_EQ(act(organiser, action::ConfirmCommitment{id}), std::nullopt);
    return id;
  }

  /// As 2025-12-01, so many days from now.
  [[nodiscard]] std::string day_in(int days) const {
    const std::chrono::year_month_day date{std::chrono::floor<std::chrono::days>(
        std::chrono::sys_time<std::chrono::milliseconds>(std::chrono::milliseconds(now)) +
        std::chrono::days(days))};
    char text[16];
    std::snprintf(text, sizeof text, "%04d-%02u-%02u", static_cast<int>(date.year()),
                  static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
    return text;
  }
  [[nodiscard]] action::SubmitList by_silence(std::vector<ProposalId> proposals, int days = 7) const {
    return {{}, std::move(proposals), {}, ListRule::silence, {"لائحة", "Liste"}, day_in(days), kWords};
  }
  [[nodiscard]] action::SubmitList by_vote(std::vector<ProposalId> proposals, std::int64_t quorum,
                                           Majority majority = Majority::simple, int days = 7) const {
    return {majority, std::move(proposals), quorum, ListRule::vote, {"لائحة", "Liste"}, day_in(days), kWords};
  }
  ListId submitted(action::SubmitList wanted) {
    EXPECT_EQ(act(organiser, std::move(wanted)), std::nullopt);
    return id_cast<ListId>(last);
  }
  /// To the first moment after the list's day.
  void pass(const ListId& list) { now = docket.find(list)->ends + 1; }
  [[nodiscard]] ListResult result(const ListId& list) const { return result_of(*docket.find(list), now); }
  [[nodiscard]] Standing standing(const ProposalId& proposal) const {
    return docket.standing_of(*docket.find(proposal), now);
  }

  CommandId last;

private:
  std::uint16_t last_id_ = 0;
};

} // namespace warsha::review::test
