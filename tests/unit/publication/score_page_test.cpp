#include "server/live/projection.hpp"
#include "server/publication/pages.hpp"
#include "server/publication/record.hpp"
#include "tests/unit/review/office.hpp"

#include <cmath>
#include <nlohmann/json.hpp>
#include <random>
#include <regex>

/// What somebody with the page and a pocket calculator can check: nothing here is read but the page's own
/// text.
namespace warsha::publication {
namespace {

using live::test::Meeting;
using live::test::numbered;
using nlohmann::json;
using review::test::kConsultation;
using review::test::kWords;
using review::test::Office;
namespace action = review::action;

/// A table's rows as their cells' words, without what is only drawn.
std::vector<std::vector<std::string>> rows_of(const std::string& html, const std::string& after) {
  const auto from = html.find("<tbody>", html.find(after));
  const auto table = html.substr(from, html.find("</tbody>", from) - from);
  std::vector<std::vector<std::string>> rows;
  const std::regex row("<tr>(.*?)</tr>");
  const std::regex cell("<t[hd][^>]*>(.*?)</t[hd]>");
  const std::regex tag("<[^>]*>");
  std::string flat = table;
  std::replace(flat.begin(), flat.end(), '\n', ' ');
  for (std::sregex_iterator one(flat.begin(), flat.end(), row), none; one != none; ++one) {
    const auto inner = (*one)[1].str();
    auto& cells = rows.emplace_back();
    for (std::sregex_iterator part(inner.begin(), inner.end(), cell); part != none; ++part)
      cells.push_back(std::regex_replace((*part)[1].str(), tag, ""));
  }
  return rows;
}

double number(std::string text) {
  if (const auto mark = text.find("\u200e");
      mark != std::string::npos) // before a minus, for lines from right to left
    text.erase(mark, std::string("\u200e").size());
  if (const auto minus = text.find("−"); minus != std::string::npos)
    text.replace(minus, std::string("−").size(), "-");
  return std::stod(text);
}

/// Every rating that a cell names: "screening: 4 · 5; Ministry: 2".
std::vector<double> ratings_in(const std::string& cell) {
  std::vector<double> all;
  const std::regex rating(R"((?:: | · )([1-5])(?=$| ·|;| <| ratings))");
  for (std::sregex_iterator one(cell.begin(), cell.end(), rating), none; one != none; ++one)
    all.push_back(std::stod((*one)[1].str()));
  return all;
}

/// Of one proposal, as the page shows it in English.
struct Shown {
  std::vector<std::vector<std::string>> criteria; // name, value, weight, points, ratings
  std::vector<std::vector<std::string>> people;   // workshop, supports, again, supporters, asked
  double value{};
  std::size_t supports_of_contributions = 0;

  explicit Shown(const std::string& html)
      : criteria(rows_of(html, R"(id="score")")), people(rows_of(html, R"(class="figures people")")) {
    std::smatch found;
    if (std::regex_search(html, found, std::regex(R"(<b class="figure">([0-9.]+))")))
      value = std::stod(found[1].str());
    const std::regex supports("([0-9]+) people? supports?|([0-9]+) supports?");
    const auto said =
        html.substr(html.find(R"(id="said")"), html.find(R"(id="score")") - html.find(R"(id="said")"));
    for (std::sregex_iterator one(said.begin(), said.end(), supports), none; one != none; ++one)
      supports_of_contributions += std::stoul((*one)[1].matched ? (*one)[1].str() : (*one)[2].str());
  }
  [[nodiscard]] std::vector<std::vector<std::string>> workshops() const {
    return {people.begin(), people.end() - 2};
  }
  [[nodiscard]] double supporters() const { return number(people.back()[3]); }
  [[nodiscard]] double asked() const { return number(people.back()[4]); }
};

double support_of(const Shown& shown) {
  const double z = 1.96, n = shown.asked(), p = shown.supporters() / n;
  return std::max(0.0, (p + z * z / (2 * n) - z * std::sqrt(p * (1 - p) / n + z * z / (4 * n * n))) /
                           (1 + z * z / n));
}
double breadth_of(const Shown& shown) {
  double all = 0, entropy = 0;
  for (const auto& row : shown.workshops())
    all += number(row[3]);
  for (const auto& row : shown.workshops())
    if (const double share = number(row[3]) / all; share > 0)
      entropy -= share * std::log(share);
  return all == 0 ? 0 : entropy / std::log(static_cast<double>(shown.workshops().size()));
}
double agreement_of(const Shown& shown) {
  double product = 1;
  for (const auto& row : shown.workshops())
    product *= (number(row[3]) + 1) / (number(row[4]) + 2);
  return product;
}
double mean_of(const std::vector<double>& ratings) {
  double sum = 0;
  for (const auto rating : ratings)
    sum += (rating - 1) / 4;
  return sum / static_cast<double>(ratings.size());
}

/// Each number of the page from others of the page, to the tenth that it is shown with.
void expect_recomputable(const Shown& shown) {
  constexpr double kHalfATenth = 0.0501;
  double supports = 0, supporters = 0, asked = 0;
  for (const auto& row : shown.workshops()) {
    EXPECT_EQ(number(row[1]) + number(row[2]), number(row[3])) << "given, less those given again: people";
    supports += number(row[1]);
    supporters += number(row[3]);
    asked += number(row[4]);
  }
  EXPECT_EQ(supports, static_cast<double>(shown.supports_of_contributions))
      << "as they stand at the contributions";
  const auto& several = shown.people[shown.people.size() - 2];
  EXPECT_EQ(supporters + number(several[3]), shown.supporters());
  EXPECT_EQ(asked + number(several[4]), shown.asked());
  double known = 0, sum = 0;
  for (const auto& row : shown.criteria) {
    if (row[1] == "unknown")
      continue;
    const double value = row[0] == "Support" ? support_of(shown)
                         : row[4] == "counted in the room" && row[0].starts_with("Breadth")
                             ? breadth_of(shown)
                         : row[4] == "counted in the room" ? agreement_of(shown)
                                                           : mean_of(ratings_in(row[4]));
    EXPECT_NEAR(number(row[1]), 100 * value, kHalfATenth) << row[0] << ": " << row[4];
    known += number(row[2]);
    sum += number(row[2]) * value;
  }
  ASSERT_GT(known, 0);
  EXPECT_NEAR(shown.value, 100 * sum / known, kHalfATenth);
}

/// Two workshops of one consultation, in which the same phones vote.
class AMeeting {
public:
  AMeeting() {
    for (std::size_t i = 0; i < 2; ++i) {
      meetings[i].board.workshop = WorkshopId{numbered(static_cast<std::uint8_t>(201 + i))};
      dossier.workshops.push_back({meetings[i].board.workshop, kConsultation, 0, "Workshop", "CODE", "e", 0});
    }
    for (const auto& workshop : dossier.workshops)
      dossier.people[workshop.id] = {};
    dossier.consultation.id = kConsultation;
  }
  static access::Actor phone(std::uint8_t number) {
    return {Role::participant, ActorId{numbered(static_cast<std::uint8_t>(20 + number))}};
  }
  /// Says something in a workshop; what it became known as.
  ContributionId say(std::size_t workshop, ContributionId id) {
    auto& board = meetings[workshop].board;
    board.phase = Phase::solutions;
    live::apply(board,
                live::Event{board.seq + 1, meetings[workshop].now, ActorId{numbered(1)}, std::nullopt,
                            live::change::Added{id, Kind::solution, "said", "AAAA-BBBB-CCCC", {}, {}}});
    return id;
  }
  void support(std::size_t workshop, const ContributionId& id, const access::Actor& who) {
    meetings[workshop].board.phase = Phase::grouping;
    meetings[workshop].act(who, Action(warsha::action::Support{id, true}));
    dossier.people[meetings[workshop].board.workshop].insert(who.id);
  }
  [[nodiscard]] std::shared_ptr<Record> record(const review::Docket& docket) {
    for (auto& meeting : meetings) {
      auto& board = meeting.board;
      board.phase = Phase::closed;
      auto& rows = dossier.contributions[board.workshop];
      for (const auto& contribution : board.contributions)
        rows.push_back(live::row_of(contribution));
      review::add_board(dossier, std::make_shared<live::Board>(board));
    }
    auto made = std::make_shared<Record>();
    made->consultation = kConsultation;
    made->document = make_record(docket, dossier, review::test::kMonday);
    const auto index = [](const json& list, auto& places) {
      for (std::size_t i = 0; i < list.size(); ++i)
        places.emplace(list[i].at("id").get<std::string>(), i);
    };
    index(made->document.at("proposals"), made->proposals);
    index(made->document.at("contributions"), made->contributions);
    index(made->document.at("workshops"), made->workshops);
    return made;
  }
  review::Dossier dossier;

private:
  Meeting meetings[2];
};

TEST(TheScorePage, shows_everything_that_each_of_its_numbers_is_computed_from) {
  double twice = 0, again = 0;
  for (unsigned seed = 0; seed < 60; ++seed) {
    std::mt19937 random(seed);
    const auto some = [&](unsigned most) { return static_cast<std::uint8_t>(random() % most); };
    const auto rating = [&] { return 1 + static_cast<std::int64_t>(random() % 5); };
    Office office;
    using review::Criterion;
    ASSERT_EQ(office.act(office.organiser, action::PublishGrid{{{Criterion::support, 30},
                                                                {Criterion::breadth, 15},
                                                                {Criterion::agreement, 10},
                                                                {Criterion::clarity, 20},
                                                                {Criterion::need, 25}}}),
              std::nullopt);
    AMeeting meeting;
    const std::vector said{meeting.say(0, Office::said(10)), meeting.say(0, Office::said(11)),
                           meeting.say(1, Office::said(12))};
    for (unsigned i = 0; i < 12U + some(30); ++i) {
      const auto which = some(3);
      meeting.support(which / 2, said[which], AMeeting::phone(some(25)));
    }
    const auto proposal = office.propose(said);
    office.act(office.organiser, action::Route{proposal, "mtnra"});
    office.act(office.organiser, action::Screen{said[0], rating(), rating(), rating()});
    if (some(2) == 0)
      office.act(office.colleague, action::Screen{said[2], rating(), rating(), rating()});
    for (const auto* who : {&office.officer, &office.head}) {
      action::Rate rate;
      rate.administration = "mtnra";
      rate.proposal = proposal;
      rate.need = rating();
      if (some(3) > 0)
        office.act(*who, rate);
    }
    const Records records{meeting.record(office.docket)};
    const auto html =
        proposal_page({Texts::of("en"), "/proposals/p", {}, "https://w.example"}, records, proposal.text());
    ASSERT_TRUE(html);
    const Shown shown(*html);
    ASSERT_EQ(shown.criteria.size(), 5U);
    ASSERT_EQ(shown.people.size(), 4U);
    expect_recomputable(shown);
    again -= number(shown.people[0][2]);
    twice -= number(shown.people[2][3]);
  }
  EXPECT_GT(again, 0) << "somebody supported two contributions of one proposal";
  EXPECT_GT(twice, 0) << "somebody supported in both workshops";
}

TEST(TheScorePage, says_in_every_language_how_people_were_counted) {
  Office office;
  AMeeting meeting;
  const auto proposal = office.propose({meeting.say(0, Office::said(10))});
  meeting.support(0, Office::said(10), AMeeting::phone(1));
  const Records records{meeting.record(office.docket)};
  for (const auto language : kLanguages) {
    const auto html = *proposal_page({Texts::of(language), "/proposals/p", {}, "https://w.example"}, records,
                                     proposal.text());
    for (const auto* key : {"score.computed.supporters", "score.computed.asked", "score.computed.together"}) {
      ASSERT_TRUE(Texts::of(language).has(key));
      EXPECT_NE(html.find(Texts::of(language)(key)), std::string::npos) << language << " " << key;
    }
  }
}

TEST(AnEndedProposal, has_a_page_in_every_language_that_says_where_it_went) {
  Office office;
  AMeeting meeting;
  const auto one = office.propose({meeting.say(0, Office::said(10))});
  const auto other = office.propose({meeting.say(0, Office::said(11))});
  const auto gone = office.propose({meeting.say(0, Office::said(12))});
  office.act(office.organiser, action::MergeProposal{one, other, kWords});
  office.act(office.organiser, action::DissolveProposal{gone, kWords});
  const Records records{meeting.record(office.docket)};
  EXPECT_EQ(records[0]->document.at("proposals").size(), 1U) << "the lists have what stands";
  for (const auto language : kLanguages) {
    const auto page = [&](const ProposalId& id) {
      return *proposal_page({Texts::of(language), "/proposals/p", {}, "https://w.example"}, records,
                            id.text());
    };
    const auto& why = language == "ar" ? kWords.ar : kWords.fr;
    EXPECT_NE(page(other).find("/proposals/" + one.text()), std::string::npos);
    EXPECT_NE(page(other).find(Texts::of(language)("ended.merged")), std::string::npos);
    EXPECT_NE(page(other).find(why), std::string::npos);
    EXPECT_NE(page(gone).find(Texts::of(language)("ended.dissolved")), std::string::npos);
    EXPECT_NE(page(gone).find("/contributions/" + Office::said(12).text()), std::string::npos);
    EXPECT_EQ(page(gone).find("ended."), std::string::npos) << "no sentence is missing";
  }
}

} // namespace
} // namespace warsha::publication
