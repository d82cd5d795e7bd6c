#include "server/review/behind.hpp"
#include "tests/unit/review/office.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

/// How many contributions and people are said to stand behind something.
namespace warsha::review::test {
namespace {

using nlohmann::json;

/// A dossier with two participants, and what is said by them and others.
class Behind : public testing::Test {
protected:
  Dossier dossier;
  const ActorId amina{numbered(1)}, brahim{numbered(2)}, staff{numbered(3)};
  std::vector<store::ContributionRow> rows;

  void SetUp() override { dossier.participants = {amina, brahim}; }
  void say(const ActorId& author, std::int64_t people = 1, Kind kind = Kind::solution) {
    store::ContributionRow row;
    row.id = ContributionId{numbered(static_cast<std::uint8_t>(100 + rows.size()))};
    row.kind = kind;
    row.author = author;
    row.people = people;
    row.added_seq = rows.size() + 1;
    rows.push_back(row);
  }
  [[nodiscard]] json behind(Reader reader = Reader::organiser) const {
    std::vector<const store::ContributionRow*> said;
    for (const auto& row : rows)
      said.push_back(&row);
    return view_behind(dossier, said, reader);
  }
};

TEST_F(Behind, who_wrote_several_alone_is_one_of_the_people) {
  say(amina);
  say(brahim);
  say(amina);
  EXPECT_EQ(behind(), (json{{"contributions", 3}, {"people", 2}}));
}

TEST_F(Behind, a_contribution_of_several_people_counts_them_all) {
  say(amina, 12);
  say(brahim);
  EXPECT_EQ(behind().at("people"), 13);
}

TEST_F(Behind, what_staff_wrote_down_is_of_somebody_else_each_time) {
  say(staff);
  say(staff);
  EXPECT_EQ(behind().at("people"), 2) << "staff of another server too: they are no participants";
}

TEST_F(Behind, a_solution_and_the_result_that_came_with_it_are_said_by_the_same_people) {
  say(amina, 12);
  say(amina, 14, Kind::result); // two more wrote in the result
  EXPECT_EQ(behind(), (json{{"contributions", 2}, {"people", 14}}));
  say(brahim, 3, Kind::result);
  EXPECT_EQ(behind().at("people"), 17) << "one that came by itself";
}

TEST_F(Behind, the_public_is_not_told_that_two_texts_are_of_one_person) {
  say(amina);
  say(amina);
  EXPECT_EQ(behind(Reader::everybody), (json{{"contributions", 2}}));
}

} // namespace
} // namespace warsha::review::test
