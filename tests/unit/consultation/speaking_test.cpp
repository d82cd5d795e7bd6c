#include "protocol/limits.hpp"
#include "server/consultation/speaking.hpp"
#include "tests/unit/live/support.hpp"

#include <gtest/gtest.h>

namespace warsha::consultation {
namespace {

using live::test::Meeting;
using live::test::numbered;

constexpr TimeMs kMinute = 60'000;

struct Speaking : testing::Test {
  Meeting meeting{Phase::plenary};
  std::vector<store::Characteristics> people;

  ActorId join(std::optional<std::string> gender, std::optional<std::string> organisation = std::nullopt) {
    const ActorId id{numbered(static_cast<std::uint8_t>(100 + people.size()))};
    people.push_back({id, std::move(gender), std::nullopt, std::move(organisation), meeting.now});
    return id;
  }
  void speak(const ActorId& who, TimeMs ms = kMinute) {
    meeting.act(meeting.facilitator, action::FloorGive{who});
    meeting.now += ms;
    meeting.act(meeting.facilitator, action::FloorEnd{});
  }
  SpeakingShare share() { return speaking_share(meeting.board, people); }
  const SpeakingAspect* aspect(const SpeakingShare& share, Aspect wanted) {
    for (const auto& one : share.aspects)
      if (one.aspect == wanted)
        return &one;
    return nullptr;
  }
};

TEST_F(Speaking, is_told_by_group_with_people_turns_and_time) {
  std::vector<ActorId> women, men;
  for (int i = 0; i < 3; ++i) {
    women.push_back(join("woman"));
    men.push_back(join("man"));
  }
  speak(women[0], 2 * kMinute);
  speak(men[0]);
  speak(men[1]);
  const auto told = share();
  EXPECT_EQ(told.all.people, 6U);
  EXPECT_EQ(told.all.turns, 3U);
  EXPECT_EQ(told.all.ms, 4 * kMinute);
  const auto* gender = aspect(told, Aspect::gender);
  ASSERT_TRUE(gender);
  ASSERT_EQ(gender->groups.size(), 2U);
  for (const auto& group : gender->groups) {
    EXPECT_EQ(group.people, 3U) << group.of;
    EXPECT_EQ(group.turns, group.of == "woman" ? 1U : 2U);
    EXPECT_EQ(group.ms, 2 * kMinute);
  }
}

TEST_F(Speaking, is_told_of_nobody_before_three_have_spoken) {
  std::vector<ActorId> all;
  for (int i = 0; i < 6; ++i)
    all.push_back(join(i < 3 ? "woman" : "man"));
  speak(all[0]);
  speak(all[3]);
  speak(all[0]);
  EXPECT_EQ(share().all.people, 0U) << "three turns of two people";
  EXPECT_TRUE(share().aspects.empty());
}

/// Who gives the floor knows who has it: a figure that grows by one speech would say what that speaker is.
TEST_F(Speaking, is_brought_up_to_date_by_three_speakers_at_a_time) {
  std::vector<ActorId> all;
  for (int i = 0; i < 8; ++i)
    all.push_back(join(i < 4 ? "woman" : "man"));
  for (const auto i : {0, 1, 4})
    speak(all[static_cast<std::size_t>(i)]);
  ASSERT_EQ(share().all.turns, 3U);
  speak(all[2]);
  EXPECT_EQ(share().all.turns, 3U);
  speak(all[5]);
  EXPECT_EQ(share().all.turns, 3U);
  speak(all[6]);
  EXPECT_EQ(share().all.turns, 6U);
}

TEST_F(Speaking, counts_whoever_joins_with_two_others_who_did) {
  std::vector<ActorId> all;
  for (int i = 0; i < 6; ++i)
    all.push_back(join(i < 3 ? "woman" : "man"));
  for (int i = 0; i < 3; ++i)
    speak(all[static_cast<std::size_t>(i)]);
  meeting.now += 1;
  const auto late = join("man");
  speak(late);
  for (int i = 0; i < 3; ++i)
    speak(all[static_cast<std::size_t>(i)]);
  EXPECT_EQ(share().all.people, 6U);
  EXPECT_EQ(share().all.turns, 6U) << "nor what they said";
  meeting.now += 1;
  join("man");
  join("woman");
  for (int i = 3; i < 5; ++i)
    speak(all[static_cast<std::size_t>(i)]);
  EXPECT_EQ(share().all.people, 9U);
  EXPECT_EQ(share().all.turns, 9U) << "the late one's with those of two others";
}

TEST_F(Speaking, tells_of_small_groups_together_with_as_many_others_as_it_takes) {
  std::vector<ActorId> all;
  for (int i = 0; i < 5; ++i)
    all.push_back(join("woman", "association"));
  for (int i = 0; i < 4; ++i)
    all.push_back(join("woman", "university"));
  all.push_back(join("woman", "media"));
  for (const auto i : {0, 5, 9})
    speak(all[static_cast<std::size_t>(i)]);
  const auto told = share();
  EXPECT_FALSE(aspect(told, Aspect::gender)) << "one group tells no more than all";
  const auto* organisation = aspect(told, Aspect::organisation);
  ASSERT_TRUE(organisation);
  ASSERT_EQ(organisation->groups.size(), 2U);
  EXPECT_EQ(organisation->groups[0].of, "association");
  EXPECT_EQ(organisation->groups[1].of, "few");
  EXPECT_EQ(organisation->groups[1].people, 5U) << "one of the media alone could be found by subtraction";
}

TEST_F(Speaking, never_tells_of_fewer_than_three) {
  std::vector<ActorId> all;
  for (int i = 0; i < 7; ++i)
    all.push_back(join("woman", "association"));
  for (int i = 0; i < 4; ++i)
    all.push_back(join("man", "business"));
  all.push_back(join(std::nullopt, "media"));
  all.push_back(join(std::nullopt, "university"));
  all.push_back(join("man"));
  for (const auto& one : all)
    speak(one);
  const auto told = share();
  ASSERT_FALSE(told.aspects.empty());
  for (const auto& one : told.aspects) {
    std::size_t sum = 0;
    for (const auto& group : one.groups) {
      EXPECT_GE(group.people, limits::kGroupLeast) << group.of;
      sum += group.people;
    }
    EXPECT_EQ(sum, told.all.people);
  }
  EXPECT_EQ(aspect(told, Aspect::organisation)->groups.back().of, "few");
}

TEST_F(Speaking, is_told_by_table_as_people_sit_now) {
  std::vector<TableId> tables;
  for (const auto* title : {"1", "2"}) {
    meeting.act(meeting.facilitator, action::TableAdd{title});
    tables.push_back(id_cast<TableId>(meeting.last_command));
  }
  std::vector<ActorId> all;
  for (std::size_t i = 0; i < 6; ++i) {
    all.push_back(join(std::nullopt));
    meeting.act(meeting.facilitator, action::TableSeat{tables[i % 2], {all.back()}});
  }
  for (std::size_t i = 0; i < 5; i += 2)
    speak(all[i]);
  const auto told = share();
  const auto* by_table = aspect(told, Aspect::table);
  ASSERT_TRUE(by_table);
  for (const auto& group : by_table->groups)
    EXPECT_EQ(group.turns, group.of == tables[0].text() ? 3U : 0U);
}

} // namespace
} // namespace warsha::consultation
