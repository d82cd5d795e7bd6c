#include "server/publication/open_data.hpp"
#include "server/publication/pages.hpp"
#include "server/publication/plans.hpp"
#include "server/review/balance.hpp"
#include "server/review/views.hpp"
#include "tests/unit/publication/support.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <random>

namespace warsha::publication {
namespace {

using nlohmann::json;
using test::words;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr auto kPlan = "0193a000-0000-7000-8000-0000000000aa";

json about_plan(const char* id = kPlan, int first_year = 2027) {
  return {{"id", id},
          {"title", words("خطة العمل الوطنية", "Plan d’action national")},
          {"first_year", first_year},
          {"last_year", first_year + 3},
          {"axes", {words("الشفافية", "Transparence")}}};
}

/// Of the plan, in a region, with one proposal whose id is `proposal`.
std::shared_ptr<Record> of_plan(std::uint8_t number, const std::string& region, const std::string& proposal) {
  auto one = test::proposal(proposal, "مقترح " + region);
  one["score"]["supporters"] = number;
  auto record = test::record(json::array(), json::array({one}), number, region);
  record->document["consultation"]["plan"] = about_plan();
  record->document["consultation"]["city"] = region;
  return record;
}

void link(Record& record, const std::string& proposal, const std::string& other) {
  record.document["links"].push_back({{"proposal", proposal}, {"other", other}, {"at", test::kMonday}});
}

std::vector<std::string> linked(const Records& records, std::size_t in, const std::string& proposal) {
  std::vector<std::string> ids;
  for (const auto& one : linked_with(records, *records[in], proposal))
    ids.push_back(one.proposal->at("id"));
  return ids;
}

Visit visit(std::string_view language, const std::string& path,
            std::map<std::string, std::string> query = {}) {
  return {Texts::of(language), path, std::move(query), "https://warsha.example"};
}

std::size_t sum_of(const json& fates) {
  auto sum = fates.at("waiting").get<std::size_t>() + fates.at("returned").get<std::size_t>() +
             fates.at("in_review").get<std::size_t>();
  for (const auto* by : {"answered", "refused"})
    for (const auto& [name, count] : fates.at(by).items())
      sum += count.get<std::size_t>();
  return sum;
}

TEST(Plans, have_a_balance_that_is_the_sum_of_their_consultations_and_closes) {
  std::mt19937 random(2026);
  const auto some = [&] { return std::uniform_int_distribution<std::size_t>(0, 40)(random); };
  const auto fates = [&] {
    review::Fates out{some(), some(), some(), {}, {}};
    for (std::size_t i = 0; i < some() % 8; ++i)
      out.answered[static_cast<review::AnswerKind>(i)] = some();
    for (std::size_t i = 0; i < some() % 6; ++i)
      out.refused[static_cast<review::RefusalReason>(i)] = some();
    return out;
  };
  for (int round = 0; round < 200; ++round) {
    Records records;
    std::size_t received = 0;
    std::map<std::string, std::size_t> by_answer;
    const auto consultations = 1 + some() % 12;
    for (std::size_t i = 0; i < consultations; ++i) {
      review::Balance balance{0, fates(), fates(), some(), some()};
      balance.received = balance.sum();
      received += balance.received;
      for (const auto& [kind, count] : balance.fates.answered)
        by_answer[name(kind)] += count;
      auto record = of_plan(static_cast<std::uint8_t>(i + 1), "طنجة", "p");
      record->document["balance"] = review::view_balance(balance);
      records.push_back(std::move(record));
    }
    const auto sum = plan_balance(*find_plan(records, kPlan));
    EXPECT_EQ(sum.at("received"), received);
    for (const auto& [kind, count] : by_answer)
      EXPECT_EQ(sum.at("answered").at(kind), count);
    EXPECT_EQ(sum_of(sum) + sum.at("merged").get<std::size_t>() + sum.at("withdrawn").get<std::size_t>() +
                  sum.at("hidden").get<std::size_t>(),
              received)
        << "it closes";
    EXPECT_EQ(sum_of(sum.at("merged_by_fate")), sum.at("merged")) << "and so does what was merged";
  }
}

TEST(Plans, hold_their_own_consultations_only_and_the_latest_years_come_first) {
  Records records{of_plan(1, "طنجة", "p1"), test::record(json::array(), json::array(), 2),
                  of_plan(3, "فاس", "p3")};
  auto older = of_plan(4, "وجدة", "p4");
  older->document["consultation"]["plan"] = about_plan("0193a000-0000-7000-8000-0000000000bb", 2023);
  records.insert(records.begin(), older);
  const auto plans = plans_of(records);
  ASSERT_EQ(plans.size(), 2U);
  EXPECT_EQ(plans[0].about->at("first_year"), 2027);
  EXPECT_EQ(plans[0].records.size(), 2U);
  EXPECT_EQ(select(records, Filter::of({{"plan", kPlan}})).size(), 2U);
  EXPECT_EQ(select(records, {}).size(), 3U);
}

TEST(Plans, are_told_on_a_page_in_each_language_with_axes_and_each_consultation) {
  const Records records{of_plan(1, "طنجة", "p1"), of_plan(2, "فاس", "p2")};
  const auto french = *plan_page(visit("fr", "/plans/x"), records, kPlan);
  EXPECT_THAT(french, HasSubstr("Plan d’action national"));
  EXPECT_THAT(french, HasSubstr("2027–2030"));
  EXPECT_THAT(french, HasSubstr("Transparence"));
  EXPECT_THAT(french, HasSubstr("2 rencontres"));
  EXPECT_THAT(french, HasSubstr("2 propositions"));
  EXPECT_THAT(french, HasSubstr("name=\"plan\" value=\"" + std::string(kPlan)));
  const auto arabic = *plan_page(visit("ar", "/plans/x"), records, kPlan);
  EXPECT_THAT(arabic, HasSubstr("الشفافية"));
  EXPECT_THAT(arabic, HasSubstr("طنجة"));
  EXPECT_THAT(arabic, HasSubstr("فاس"));
  EXPECT_THAT(*plan_page(visit("en", "/plans/x"), records, kPlan), HasSubstr("2 consultations"));
  EXPECT_FALSE(plan_page(visit("fr", "/plans/x"), records, "0193a000-0000-7000-8000-0000000000cc"));
}

TEST(Plans, have_no_page_and_no_choice_where_there_is_none) {
  const Records records{test::record(json::array(), json::array({test::proposal("p", "t")}))};
  EXPECT_FALSE(plan_page(visit("fr", "/plans/x"), records, kPlan));
  EXPECT_FALSE(plan_page(visit("fr", "/plans/x"), records, ""));
  EXPECT_THAT(proposals_page(visit("fr", "/proposals"), records), Not(HasSubstr("name=\"plan\"")));
}

TEST(Plans, run_nothing_of_what_an_administrator_typed) {
  auto record = of_plan(1, "طنجة", "p1");
  record->document["consultation"]["plan"]["title"]["fr"] = "<script>alert(1)</script>";
  record->document["consultation"]["plan"]["axes"][0]["fr"] = "<img src=x>";
  const auto page = *plan_page(visit("fr", "/plans/x"), {record}, kPlan);
  EXPECT_THAT(page, Not(HasSubstr("<script>")));
  EXPECT_THAT(page, Not(HasSubstr("<img src=x")));
}

TEST(Plans, narrow_the_proposals_and_keep_what_was_chosen) {
  const Records records{of_plan(1, "طنجة", "p1"),
                        test::record(json::array(), json::array({test::proposal("p2", "t")}), 2)};
  const auto page = proposals_page(visit("fr", "/proposals", {{"plan", kPlan}}), records);
  EXPECT_THAT(page, HasSubstr("/proposals/p1"));
  EXPECT_THAT(page, Not(HasSubstr("/proposals/p2")));
  EXPECT_THAT(page, HasSubstr("/api/proposals.csv?plan=" + std::string(kPlan)));
}

TEST(Plans, are_open_data_whose_lines_add_up_to_the_plans_balance) {
  Records records{of_plan(1, "طنجة", "p1"), of_plan(2, "فاس", "p2")};
  const auto plan = *plan_json(records, kPlan);
  EXPECT_EQ(plan.at("proposals"), 2);
  std::size_t received = 0;
  for (const auto& one : plan.at("consultations")) {
    received += one.at("balance").at("received").get<std::size_t>();
    EXPECT_FALSE(one.contains("plan"));
  }
  EXPECT_EQ(plan.at("balance").at("received"), received);
  EXPECT_EQ(plans_json(records).at("plans").size(), 1U);
  const auto csv = *plan_balance_csv(records, kPlan);
  EXPECT_EQ(std::ranges::count(csv, '\n'), 3);
  EXPECT_THAT(csv, HasSubstr("refused_out_of_scope"));
  EXPECT_FALSE(plan_balance_csv(records, "x"));
}

TEST(LinkedProposals, are_told_on_both_sides_whichever_linked_them) {
  auto near = of_plan(1, "طنجة", "p1");
  auto far = of_plan(2, "فاس", "p2");
  link(*near, "p1", "p2");
  const Records records{near, far};
  EXPECT_EQ(linked(records, 0, "p1"), std::vector<std::string>{"p2"});
  EXPECT_EQ(linked(records, 1, "p2"), std::vector<std::string>{"p1"});
  link(*far, "p2", "p1");
  EXPECT_EQ(linked(records, 0, "p1").size(), 1U) << "linked from both sides is linked once";
  const auto page = *proposal_page(visit("fr", "/proposals/p1"), records, "p1");
  EXPECT_THAT(page, HasSubstr("Demandé aussi à d’autres rencontres"));
  EXPECT_THAT(page, HasSubstr("/proposals/p2"));
  EXPECT_THAT(page, HasSubstr("2 personnes l’y ont soutenue"));
  EXPECT_EQ(proposal_json(records, "p2")->at("links").at(0).at("id"), "p1");
}

TEST(LinkedProposals, that_either_side_told_apart_are_not_linked) {
  auto near = of_plan(1, "طنجة", "p1");
  auto far = of_plan(2, "فاس", "p2");
  link(*near, "p1", "p2");
  far->document["told_apart"].push_back({{"proposal", "p2"}, {"other", "p1"}});
  const Records records{near, far};
  EXPECT_TRUE(linked(records, 0, "p1").empty());
  EXPECT_TRUE(linked(records, 1, "p2").empty());
  EXPECT_THAT(*proposal_page(visit("fr", "/proposals/p1"), records, "p1"), Not(HasSubstr("id=\"links\"")));
}

TEST(LinkedProposals, go_on_in_what_one_was_merged_into_and_end_with_one_that_was_dissolved) {
  auto near = of_plan(1, "طنجة", "p1");
  auto far = of_plan(2, "فاس", "p2");
  link(*near, "p1", "old");
  far->document["ended_proposals"].push_back({{"id", "old"}, {"into", {{"id", "p2"}, {"title", "t"}}}});
  const Records records{near, far};
  EXPECT_EQ(linked(records, 0, "p1"), std::vector<std::string>{"p2"});
  EXPECT_EQ(linked(records, 1, "p2"), std::vector<std::string>{"p1"});
  far->document["ended_proposals"][0].erase("into");
  EXPECT_TRUE(linked(records, 0, "p1").empty());
}

TEST(LinkedProposals, are_of_one_plan) {
  auto near = of_plan(1, "طنجة", "p1");
  auto far = of_plan(2, "فاس", "p2");
  link(*near, "p1", "p2");
  far->document["consultation"].erase("plan");
  EXPECT_TRUE(linked({near, far}, 0, "p1").empty());
  EXPECT_TRUE(linked({near, far}, 1, "p2").empty());
}

TEST(LinkedProposals, are_on_the_plans_page_as_groups_the_widest_first) {
  std::vector<std::shared_ptr<Record>> all{of_plan(1, "طنجة", "p1"), of_plan(2, "فاس", "p2"),
                                           of_plan(3, "وجدة", "p3"), of_plan(4, "طنجة", "p4"),
                                           of_plan(5, "طنجة", "p5")};
  link(*all[3], "p4", "p5");
  link(*all[0], "p1", "p2");
  link(*all[2], "p3", "p2");
  const Records records(all.begin(), all.end());
  const auto groups = linked_groups(*find_plan(records, kPlan));
  ASSERT_EQ(groups.size(), 2U);
  EXPECT_EQ(groups[0].size(), 3U) << "p1 and p3 are linked over p2";
  EXPECT_EQ(regions_of(groups[0]).size(), 3U);
  EXPECT_EQ(regions_of(groups[1]).size(), 1U) << "two consultations of one region";
  EXPECT_THAT(*plan_page(visit("fr", "/plans/x"), records, kPlan), HasSubstr("3 propositions · 3 régions"));
}

} // namespace
} // namespace warsha::publication
