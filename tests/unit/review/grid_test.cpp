#include "server/review/scores.hpp"
#include "tests/unit/review/office.hpp"

#include <cmath>
#include <nlohmann/json.hpp>
#include <random>
#include <set>

/// The plan's grid, what people rate by it, and the scores that follow.
namespace warsha::review {
namespace {

using nlohmann::json;
using test::kConsultation;
using test::kWords;
using test::numbered;
using test::Office;

const std::vector<WeightedCriterion> kRated{
    {Criterion::support, 40}, {Criterion::need, 35}, {Criterion::cost, 25}};

TEST(Grid, shipped_adds_up_to_100_and_is_in_force_until_one_is_published) {
  Office office;
  EXPECT_EQ(sum_of_weights(shipped_grid()), 100);
  EXPECT_EQ(office.docket.grid(), shipped_grid());
  EXPECT_EQ(office.act(office.organiser, action::PublishGrid{kRated}), std::nullopt);
  EXPECT_EQ(office.docket.grid(), kRated);
}

TEST(Grid, is_an_organisers_to_publish_and_adds_up_to_100) {
  Office office;
  for (const auto* who : {&office.officer, &office.member, &office.author})
    EXPECT_EQ(office.act(*who, action::PublishGrid{kRated}), Code::not_permitted);
  EXPECT_EQ(office.act(office.organiser, action::PublishGrid{{{Criterion::need, 99}}}), Code::invalid_value);
  EXPECT_EQ(office.act(office.organiser, action::PublishGrid{{{Criterion::need, 50}, {Criterion::need, 50}}}),
            Code::invalid_value)
      << "a criterion counts once";
  EXPECT_TRUE(office.docket.grids.empty());
}

TEST(Grid, changes_only_with_a_reason_and_every_version_stays) {
  Office office;
  EXPECT_EQ(office.act(office.organiser, action::ChangeGrid{kRated, kWords}), Code::invalid_value)
      << "none is published";
  office.act(office.organiser, action::PublishGrid{kRated});
  EXPECT_EQ(office.act(office.colleague, action::PublishGrid{shipped_grid()}), Code::changed_meanwhile);
  EXPECT_EQ(office.act(office.organiser, action::ChangeGrid{kRated, kWords}), Code::invalid_value)
      << "nothing changes";
  EXPECT_EQ(office.act(office.member, action::ChangeGrid{shipped_grid(), kWords}), Code::not_permitted);
  EXPECT_EQ(office.act(office.colleague, action::ChangeGrid{shipped_grid(), kWords}), std::nullopt);
  ASSERT_EQ(office.docket.grids.size(), 2U);
  EXPECT_EQ(office.docket.grids[0].criteria, kRated);
  EXPECT_FALSE(office.docket.grids[0].why);
  EXPECT_EQ(office.docket.grids[1].why->fr, kWords.fr);
}

TEST(Grid, nobody_changes_a_version_that_they_have_not_seen) {
  Office office;
  office.act(office.organiser, action::PublishGrid{kRated});
  const auto seen = office.docket.grid_seq;
  office.act(office.colleague, action::ChangeGrid{shipped_grid(), kWords});
  EXPECT_EQ(office.act(office.organiser, action::ChangeGrid{{{Criterion::need, 100}}, kWords}, seen),
            Code::changed_meanwhile);
}

TEST(Grid, of_unknown_or_weightless_criteria_is_not_read) {
  const auto read = [](const std::string& criteria) {
    return decode_command(R"({"id":")" + CommandId{numbered(1)}.text() +
                          R"(","action":"publish_grid","criteria":)" + criteria + "}");
  };
  EXPECT_TRUE(std::holds_alternative<Command>(read(R"([{"criterion":"need","weight":100}])")));
  for (const auto* wrong :
       {R"([{"criterion":"beauty","weight":100}])", R"([{"criterion":"need","weight":0}])",
        R"([{"criterion":"need","weight":-5}])", R"([{"criterion":"need","weight":101}])",
        R"([{"criterion":"need","weight":33.5}])", "[]"})
    EXPECT_TRUE(std::holds_alternative<Rejection>(read(wrong))) << wrong;
}

class Ratings : public ::testing::Test {
protected:
  void SetUp() override {
    EXPECT_EQ(office.act(office.organiser, action::PublishGrid{kRated}), std::nullopt);
    proposal = office.routed();
  }
  [[nodiscard]] action::Rate rate(const std::string& administration, std::int64_t need) const {
    action::Rate wanted;
    wanted.administration = administration;
    wanted.need = need;
    wanted.proposal = proposal;
    return wanted;
  }
  /// Of the criterion, as the view shows it.
  [[nodiscard]] json shown(const char* criterion) const {
    const auto score = view_score(office.docket, {}, *office.docket.find(proposal));
    for (const auto& one : score.at("criteria"))
      if (one.at("criterion") == criterion)
        return one;
    return nullptr;
  }
  Office office;
  ProposalId proposal;
};

TEST_F(Ratings, are_of_members_of_an_administration_that_the_proposal_is_with) {
  EXPECT_EQ(office.act(office.stranger, rate("mtnra", 5)), Code::not_permitted);
  EXPECT_EQ(office.act(office.stranger, rate("justice", 5)), Code::not_permitted) << "it is not with them";
  EXPECT_EQ(office.act(office.officer, rate("justice", 5)), Code::not_permitted);
  for (const auto* who : {&office.organiser, &office.member, &office.author})
    EXPECT_EQ(office.act(*who, rate("mtnra", 5)), Code::not_permitted);
  EXPECT_EQ(office.act(office.officer, rate("mtnra", 5)), std::nullopt);
  office.act(office.organiser, action::Route{proposal, "mtnra", {"justice"}});
  EXPECT_EQ(office.act(office.stranger, rate("justice", 1)), std::nullopt) << "now they contribute";
  EXPECT_NEAR(shown("need").at("value").get<double>(), 0.5, 1e-12);
}

TEST_F(Ratings, are_each_their_own_and_show_how_they_differ) {
  office.act(office.officer, rate("mtnra", 5));
  office.act(office.head, rate("mtnra", 2));
  EXPECT_NEAR(shown("need").at("disagreement").get<double>(), 0.75, 1e-12);
  office.act(office.head, rate("mtnra", 5));
  EXPECT_EQ(shown("need").at("ratings").size(), 2U) << "again: instead of what was said before";
  EXPECT_NEAR(shown("need").at("disagreement").get<double>(), 0, 1e-12);
}

TEST_F(Ratings, are_by_the_grid_in_force_and_say_something) {
  auto measurable = rate("mtnra", 3);
  measurable.measurable = 3;
  EXPECT_EQ(office.act(office.officer, measurable), Code::changed_meanwhile) << "the grid has no such";
  auto nothing = rate("mtnra", 3);
  nothing.need.reset();
  EXPECT_EQ(office.act(office.officer, nothing), Code::missing_field);
  EXPECT_FALSE(shown("cost").contains("value")) << "unknown, and not zero";
}

TEST_F(Ratings, of_who_said_not_ours_count_no_more) {
  office.act(office.officer, rate("mtnra", 1));
  office.act(office.officer, action::Decline{proposal, "قسم", "justice", kWords});
  EXPECT_FALSE(shown("need").contains("value"));
  office.act(office.organiser, action::Route{proposal, "justice"});
  EXPECT_FALSE(shown("need").contains("value"));
  EXPECT_EQ(office.act(office.officer, rate("mtnra", 5)), Code::not_permitted);
}

TEST_F(Ratings, disturb_nobody_who_works_on_the_proposal) {
  const auto seen = office.docket.find(proposal)->changed_seq;
  office.act(office.officer, rate("mtnra", 4));
  EXPECT_EQ(office.act(office.head, action::Answer{proposal, AnswerKind::taken, kWords}, seen), std::nullopt);
}

/// The formulas in the test's own words, from nothing but what the view shows.
struct ByHand {
  const json& score;

  [[nodiscard]] double support() const {
    const double yes = score.at("supporters"), n = score.at("asked");
    const double z = score.at("z"), p = yes / n;
    return std::max(0.0, (p + z * z / (2 * n) - z * std::sqrt(p * (1 - p) / n + z * z / (4 * n * n))) /
                             (1 + z * z / n));
  }
  [[nodiscard]] double breadth() const {
    double all = 0, entropy = 0;
    for (const auto& group : score.at("groups"))
      all += group.at("supporters").get<double>();
    for (const auto& group : score.at("groups"))
      if (const double share = group.at("supporters").get<double>() / all; share > 0)
        entropy -= share * std::log(share);
    return all == 0 ? 0 : entropy / std::log(static_cast<double>(score.at("groups").size()));
  }
  [[nodiscard]] double agreement() const {
    double product = 1;
    for (const auto& group : score.at("groups"))
      product *= (group.at("supporters").get<double>() + 1) / (group.at("asked").get<double>() + 2);
    return product;
  }
  static double mean(const json& ratings) {
    double sum = 0;
    for (const auto& rating : ratings)
      sum += rating.at("value").get<double>();
    return sum / static_cast<double>(ratings.size());
  }
  [[nodiscard]] double value_of(const json& criterion) const {
    const auto& name = criterion.at("criterion");
    return name == "support"     ? support()
           : name == "breadth"   ? breadth()
           : name == "agreement" ? agreement()
                                 : mean(criterion.at("ratings"));
  }
};

void expect_recomputable(const json& score) {
  const ByHand hand{score};
  double all = 0, known = 0, sum = 0;
  for (const auto& criterion : score.at("criteria")) {
    const double weight = criterion.at("weight");
    all += weight;
    if (!criterion.contains("value")) {
      EXPECT_TRUE(criterion.at("ratings").empty());
      continue;
    }
    const double value = hand.value_of(criterion);
    EXPECT_NEAR(criterion.at("value").get<double>(), value, 1e-9) << criterion.dump();
    known += weight;
    sum += weight * value;
  }
  EXPECT_EQ(all, 100);
  EXPECT_NEAR(score.at("lowest").get<double>(), sum / all, 1e-9);
  EXPECT_NEAR(score.at("highest").get<double>(), (sum + all - known) / all, 1e-9);
  ASSERT_EQ(score.contains("value"), known > 0);
  if (known > 0) {
    EXPECT_NEAR(score.at("value").get<double>(), sum / known, 1e-9);
  }
}

/// One of many people.
ActorId person(unsigned number) {
  ActorId id{numbered(static_cast<std::uint8_t>(number))};
  id.bytes[0] = static_cast<std::uint8_t>(0xa0U + number / 256);
  return id;
}

/// The first so many of them.
std::set<ActorId> people(unsigned count, unsigned from = 0) {
  std::set<ActorId> all;
  for (unsigned i = 0; i < count; ++i)
    all.insert(person(from + i));
  return all;
}

void support(Dossier& dossier, const ContributionId& id, const std::set<ActorId>& people) {
  dossier.supporters[id].assign(people.begin(), people.end());
}

/// Random weights of some of the catalogue, which add up to 100.
std::vector<WeightedCriterion> random_grid(std::mt19937& random) {
  std::vector<WeightedCriterion> grid;
  std::int64_t left = 100;
  for (std::size_t i = 0; i < limits::kGridCriteria && left > 0; ++i) {
    if (random() % 2 == 0)
      continue;
    const auto weight = 1 + static_cast<std::int64_t>(random() % static_cast<unsigned>(left));
    grid.push_back({static_cast<Criterion>(i), weight});
    left -= weight;
  }
  if (grid.empty())
    return {{Criterion::support, 100}};
  grid.back().weight += left;
  return grid;
}

TEST(Scores, are_computed_again_by_hand_from_what_is_shown) {
  std::size_t known = 0;
  for (unsigned seed = 0; seed < 300; ++seed) {
    std::mt19937 random(seed);
    Office office;
    ASSERT_EQ(office.act(office.organiser, action::PublishGrid{random_grid(random)}), std::nullopt);
    Dossier dossier;
    for (std::uint8_t number = 0; number < 4; ++number) {
      const WorkshopId workshop{numbered(static_cast<std::uint8_t>(100 + number))};
      dossier.people[workshop] = people(random() % 40, random() % 60);
      for (std::uint8_t said = 0; said < 2; ++said) {
        const auto row = office.rows.at(Office::said(static_cast<std::uint8_t>(10 + 2 * number + said)));
        support(dossier, row.id, people(random() % 30, random() % 60));
        dossier.contributions[workshop].push_back(row);
      }
    }
    const auto proposal = office.propose({Office::said(10), Office::said(11), Office::said(13)});
    office.act(office.organiser, action::Route{proposal, "mtnra"});
    const auto some = [&] { return 1 + static_cast<std::int64_t>(random() % 5); };
    if (random() % 2 == 0)
      office.act(office.organiser, action::Screen{Office::said(10), some(), some(), some()});
    if (random() % 2 == 0)
      office.act(office.colleague, action::Screen{Office::said(13), some(), some(), some()});
    for (const auto* who : {&office.officer, &office.head}) {
      action::Rate rate;
      rate.administration = "mtnra";
      rate.proposal = proposal;
      const auto& grid = office.docket.grid();
      if (has(grid, Criterion::need))
        rate.need = some();
      if (has(grid, Criterion::legal_base))
        rate.legal_base = some();
      office.act(*who, rate);
    }
    const auto score = view_score(office.docket, dossier, *office.docket.find(proposal));
    EXPECT_EQ(score.at("grid_version"), 1);
    expect_recomputable(score);
    known += score.contains("value") ? 1 : 0;
  }
  EXPECT_GT(known, 200U) << "most of these scores had something to compute";
}

TEST(Support, counts_everybody_who_supports_one_of_the_contributions_and_each_of_them_once) {
  Office office;
  const WorkshopId here{numbered(100)};
  const WorkshopId there{numbered(101)};
  Dossier dossier;
  dossier.people[here] = people(20);
  dossier.people[there] = people(10, 15); // five of them were in the first one too
  dossier.contributions[here] = {office.rows.at(Office::said(10)), office.rows.at(Office::said(11))};
  dossier.contributions[there] = {office.rows.at(Office::said(12))};
  support(dossier, Office::said(10), people(5));
  support(dossier, Office::said(11), people(7, 3)); // 3 and 4 support both
  support(dossier, Office::said(12), {person(4), person(20), person(99)});
  const auto proposal = office.propose({Office::said(10), Office::said(11), Office::said(12)});
  const auto basis = basis_of(office.docket, dossier, *office.docket.find(proposal));
  ASSERT_EQ(basis.groups.size(), 2U);
  EXPECT_EQ(basis.groups[0].supports, 12U);
  EXPECT_EQ(basis.groups[0].supporters, 10U) << "five and seven people of whom two are the same";
  EXPECT_EQ(basis.groups[0].asked, 20U);
  EXPECT_EQ(basis.groups[1].supporters, 3U);
  EXPECT_EQ(basis.groups[1].asked, 12U) << "4 and 99 supported there and joined elsewhere";
  EXPECT_EQ(basis.supporters, 12U) << "4 counts once over both";
  EXPECT_EQ(basis.asked, 26U);
}

TEST(Support, stays_with_what_was_supported_when_a_proposal_is_merged_into_another) {
  Office office;
  const WorkshopId workshop{numbered(100)};
  Dossier dossier;
  dossier.people[workshop] = people(20);
  dossier.contributions[workshop] = {office.rows.at(Office::said(10)), office.rows.at(Office::said(11))};
  support(dossier, Office::said(10), people(5));
  support(dossier, Office::said(11), people(7, 3));
  const auto one = office.propose({Office::said(10)});
  const auto other = office.propose({Office::said(11)});
  const auto supporters = [&](const ProposalId& id) {
    return basis_of(office.docket, dossier, *office.docket.find(id)).supporters;
  };
  ASSERT_EQ(office.act(office.organiser, action::MergeProposal{one, other, kWords}), std::nullopt);
  EXPECT_EQ(supporters(one), 10U);
  ASSERT_EQ(office.act(office.organiser, action::UnmergeProposal{other}), std::nullopt);
  EXPECT_EQ(supporters(one), 5U);
  EXPECT_EQ(supporters(other), 7U);
}

TEST(Screenings, of_words_that_were_made_clearer_since_count_no_more) {
  Office office;
  const auto id = Office::said(10);
  office.act(office.organiser, action::Screen{id, 1, 1, 1});
  office.act(office.organiser, action::Return{id, "أي سنة؟"});
  ASSERT_EQ(office.act(office.author, action::Revise{id, "سنة 2026"}), std::nullopt);
  const auto proposal = office.propose({id});
  const auto ratings = [&] {
    return basis_of(office.docket, {}, *office.docket.find(proposal)).ratings.size();
  };
  EXPECT_EQ(ratings(), 0U);
  office.act(office.organiser, action::Screen{id, 5, 5, 5});
  EXPECT_EQ(ratings(), 3U) << "said of the new ones";
}

TEST(Scores, of_a_ledger_without_a_grid_are_as_they_were) {
  Office office;
  const auto proposal = office.routed();
  office.act(office.organiser, action::Screen{Office::said(10), 5, 3, 1});
  const auto score = view_score(office.docket, {}, *office.docket.find(proposal));
  EXPECT_EQ(score.at("grid_version"), 0);
  EXPECT_NEAR(score.at("value").get<double>(), (15 * 1 + 15 * 0.5 + 20 * 0) / 50.0, 1e-12);
  ASSERT_EQ(score.at("criteria").size(), 5U);
  EXPECT_EQ(score.at("criteria")[0].at("weight"), 30);
}

TEST(Scores, of_what_every_workshop_wants_outrank_by_agreement_what_one_wants_loudly) {
  Office office;
  office.act(office.organiser, action::PublishGrid{{{Criterion::agreement, 100}}});
  Dossier dossier;
  for (std::uint8_t number = 0; number < 3; ++number) {
    const WorkshopId workshop{numbered(static_cast<std::uint8_t>(100 + number))};
    dossier.people[workshop] = people(30);
    const auto everywhere = office.rows.at(Office::said(static_cast<std::uint8_t>(10 + number)));
    support(dossier, everywhere.id, people(15));
    const auto loud = office.rows.at(Office::said(static_cast<std::uint8_t>(13 + number)));
    support(dossier, loud.id, people(number == 0 ? 30 : 2));
    dossier.contributions[workshop] = {everywhere, loud};
  }
  const auto wide = office.propose({Office::said(10), Office::said(11), Office::said(12)});
  const auto loud = office.propose({Office::said(13), Office::said(14), Office::said(15)});
  const auto value = [&](const ProposalId& id) {
    return view_score(office.docket, dossier, *office.docket.find(id)).at("value").get<double>();
  };
  EXPECT_NEAR(value(wide), std::pow(16.0 / 32, 3), 1e-12);
  EXPECT_NEAR(value(loud), 31.0 / 32 * std::pow(3.0 / 32, 2), 1e-12);
  EXPECT_GT(value(wide), value(loud));
}

TEST(Preview, ranks_by_the_tried_grid_and_says_where_each_was) {
  Office office;
  const auto clear = office.propose({Office::said(10)});
  const auto linked = office.propose({Office::said(11)});
  office.act(office.organiser, action::Screen{Office::said(10), 5, 3, 1});
  office.act(office.organiser, action::Screen{Office::said(11), 1, 3, 5});
  const auto preview = view_preview(office.docket, {}, {{Criterion::clarity, 100}}).at("proposals");
  EXPECT_EQ(preview[0].at("id"), clear.text());
  EXPECT_EQ(preview[0].at("rank"), 1);
  EXPECT_EQ(preview[0].at("was"), 2) << "by the shipped grid the link weighs more";
  EXPECT_EQ(preview[1].at("id"), linked.text());
  EXPECT_TRUE(office.docket.grids.empty());
}

} // namespace
} // namespace warsha::review
