#include "protocol/limits.hpp"
#include "server/live/board.hpp"
#include "server/live/views.hpp"
#include "tests/unit/live/support.hpp"

#include <gtest/gtest.h>

/// What a facilitated room adds to a board: silence, moderation before showing, weighing, merging, the floor.
namespace warsha::live {
namespace {

using namespace test;

const WorkshopId kWorkshop{numbered(9)};
const Names kNobodyNamed;

std::string room_of(const Meeting& meeting) {
  return view_snapshot(meeting.board, kWorkshop, "e", Audience::room, kNobodyNamed, 0);
}
std::string staff_of(const Meeting& meeting) {
  return view_snapshot(meeting.board, kWorkshop, "e", Audience::staff, kNobodyNamed, 0);
}
bool says(const std::string& text, const std::string& words) {
  return text.find(words) != std::string::npos;
}

void plan(Meeting& meeting, AgendaItem item) {
  meeting.act(meeting.facilitator, action::AgendaSet{{std::move(item)}});
}
void settle(Meeting& meeting, Settings settings) {
  meeting.act(meeting.facilitator, action::SettingsSet{settings});
}

// --- Taking over -------------------------------------------------------------------------------------

TEST(TakingOver, is_recorded_for_the_staff_and_changes_nothing) {
  Meeting meeting(Phase::grouping);
  const auto card = meeting.contribution(meeting.amina);
  EXPECT_EQ(code_of(meeting.act(meeting.facilitator, action::TakeOver{card, "somebody"})),
            Code::invalid_value);
  EXPECT_EQ(code_of(meeting.act(meeting.amina, action::TakeOver{card, "5e7d9a10"})), Code::not_permitted);
  ASSERT_TRUE(changed(meeting.act(meeting.facilitator, action::TakeOver{card, "5e7d9a10"})));
  const Event taken{meeting.board.seq, 0, meeting.facilitator.id, std::nullopt,
                    change::TakenOver{card, "5e7d9a10"}};
  EXPECT_TRUE(says(view_event(meeting.board, taken, Audience::staff, kNobodyNamed), "5e7d9a10"));
  EXPECT_FALSE(says(view_event(meeting.board, taken, Audience::room, kNobodyNamed), "5e7d9a10"));
  EXPECT_FALSE(says(view_event(meeting.board, taken, Audience::room, kNobodyNamed), card.text()));
}

// --- Silence -----------------------------------------------------------------------------------------

AgendaItem silent_problems() {
  return {.phase = Phase::problems, .silent = true};
}

TEST(SilentWriting, is_kept_from_the_room_until_the_facilitator_reveals_it) {
  Meeting meeting;
  plan(meeting, silent_problems());
  meeting.contribution(meeting.amina);
  EXPECT_FALSE(says(room_of(meeting), R"("text":"text")"));
  EXPECT_TRUE(says(staff_of(meeting), R"("text":"text")"));
  EXPECT_TRUE(changed(meeting.act(meeting.facilitator, action::Reveal{})));
  EXPECT_TRUE(says(room_of(meeting), R"("text":"text")"));
}

TEST(SilentWriting, ends_with_the_reveal_and_begins_again_with_the_phase) {
  Meeting meeting;
  plan(meeting, silent_problems());
  meeting.act(meeting.facilitator, action::Reveal{});
  EXPECT_FALSE(meeting.board.find(meeting.contribution(meeting.amina))->veiled);
  meeting.act(meeting.facilitator, action::PhaseEnter{Phase::grouping});
  meeting.act(meeting.facilitator, action::PhaseEnter{Phase::problems});
  EXPECT_TRUE(meeting.board.find(meeting.contribution(meeting.amina))->veiled);
}

TEST(SilentWriting, does_not_bind_the_staff_and_takes_no_support) {
  Meeting meeting;
  plan(meeting, silent_problems());
  EXPECT_FALSE(meeting.board.find(meeting.contribution(meeting.facilitator))->veiled);
  const auto id = meeting.contribution(meeting.amina);
  meeting.act(meeting.facilitator, action::PhaseEnter{Phase::grouping});
  EXPECT_EQ(code_of(meeting.act(meeting.brahim, action::Support{id, true})), Code::contribution_hidden);
}

TEST(SilentWriting, with_nothing_written_can_still_be_ended) {
  Meeting meeting;
  plan(meeting, silent_problems());
  EXPECT_TRUE(changed(meeting.act(meeting.facilitator, action::Reveal{})));
  EXPECT_TRUE(nothing(meeting.act(meeting.facilitator, action::Reveal{})));
}

// --- Moderation ---------------------------------------------------------------------------------------

TEST(ModerationBefore, lets_nothing_through_that_no_facilitator_has_shown) {
  Meeting meeting;
  settle(meeting, {.moderation = Moderation::before});
  const auto id = meeting.contribution(meeting.amina);
  EXPECT_EQ(meeting.board.find(id)->state, State::waiting);
  EXPECT_FALSE(says(room_of(meeting), R"("text":"text")"));
  EXPECT_TRUE(changed(meeting.act(meeting.facilitator, action::Moderate{id, false})));
  EXPECT_TRUE(says(room_of(meeting), R"("text":"text")"));
  EXPECT_EQ(meeting.board.find(meeting.contribution(meeting.facilitator))->state, State::shown);
  EXPECT_EQ(code_of(meeting.act(meeting.amina, action::Edit{id, "other words"})), Code::frozen)
      << "what was let through stays what was read";
}

TEST(Moderation, takes_a_ground_from_the_list_and_words_only_for_another) {
  Meeting meeting;
  const auto id = meeting.contribution(meeting.amina);
  EXPECT_EQ(
      code_of(meeting.act(meeting.facilitator, action::Moderate{id, true, std::nullopt, Ground::other})),
      Code::reason_required);
  EXPECT_TRUE(changed(
      meeting.act(meeting.facilitator, action::Moderate{id, true, std::nullopt, Ground::personal_data})));
  EXPECT_TRUE(says(room_of(meeting), R"("ground":"personal_data")")) << "that and why is public";
}

TEST(Rewording, is_asked_no_longer_when_the_request_is_taken_back) {
  Meeting meeting;
  const auto card = meeting.contribution(meeting.amina);
  meeting.act(meeting.facilitator, action::PhaseEnter{Phase::grouping});
  meeting.act(meeting.facilitator, action::Reword{card, "أوضح"});
  EXPECT_TRUE(changed(meeting.act(meeting.facilitator, action::Reword{card, std::nullopt})));
  EXPECT_TRUE(meeting.board.find(card)->reword_note.empty());
  EXPECT_EQ(code_of(meeting.act(meeting.amina, action::Edit{card, "كلام آخر"})), Code::wrong_phase);
  EXPECT_TRUE(nothing(meeting.act(meeting.facilitator, action::Reword{card, std::nullopt})));
  const Event taken_back{meeting.board.seq, 0, meeting.facilitator.id, std::nullopt,
                         change::RewordAsked{card, std::nullopt}};
  EXPECT_TRUE(says(view_event(meeting.board, taken_back, Audience::room, kNobodyNamed), R"("note":null)"));
}

TEST(Rewording, lets_its_author_write_again_in_any_phase_and_is_told_to_them_alone) {
  Meeting meeting;
  const auto id = meeting.contribution(meeting.amina);
  meeting.act(meeting.facilitator, action::PhaseEnter{Phase::grouping});
  EXPECT_EQ(code_of(meeting.act(meeting.amina, action::Edit{id, "other"})), Code::wrong_phase);
  meeting.act(meeting.facilitator, action::Reword{id, "which year?"});
  EXPECT_FALSE(says(room_of(meeting), "which year?"));
  EXPECT_TRUE(changed(meeting.act(meeting.amina, action::Edit{id, "other"})));
  EXPECT_EQ(code_of(meeting.act(meeting.amina, action::Edit{id, "again"})), Code::wrong_phase);
}

TEST(Freezing, stops_the_author_and_not_the_vote) {
  Meeting meeting(Phase::solutions);
  const auto id = meeting.contribution(meeting.amina, Kind::solution);
  meeting.act(meeting.facilitator, action::Freeze{id, true});
  EXPECT_EQ(code_of(meeting.act(meeting.amina, action::Edit{id, "other"})), Code::frozen);
  EXPECT_TRUE(changed(meeting.act(meeting.brahim, action::Support{id, true})));
}

TEST(SlowMode, says_how_long_to_wait_and_binds_participants_only) {
  Meeting meeting;
  settle(meeting, {.slow_seconds = 30});
  meeting.contribution(meeting.amina);
  meeting.now += 10'500;
  const auto early = meeting.act(meeting.amina, action::Contribute{Kind::problem, "t"});
  EXPECT_EQ(code_of(early), Code::slow_mode);
  EXPECT_EQ(std::get<Rejection>(early).limit, 20);
  EXPECT_TRUE(changed(meeting.act(meeting.brahim, action::Contribute{Kind::problem, "t"})));
  meeting.now += 20'000;
  EXPECT_TRUE(changed(meeting.act(meeting.amina, action::Contribute{Kind::problem, "t"})));
}

TEST(SlowMode, keeps_nobody_waiting_for_a_clock_that_was_set_back) {
  Meeting meeting;
  settle(meeting, {.slow_seconds = 30});
  meeting.contribution(meeting.amina);
  meeting.now -= 3'600'000;
  EXPECT_TRUE(changed(meeting.act(meeting.amina, action::Contribute{Kind::problem, "t"})));
}

TEST(Pause, stops_new_words_and_leaves_the_rest) {
  Meeting meeting;
  const auto id = meeting.contribution(meeting.amina);
  settle(meeting, {.paused = true});
  EXPECT_EQ(code_of(meeting.act(meeting.amina, action::Contribute{Kind::problem, "t"})),
            Code::writing_paused);
  EXPECT_TRUE(changed(meeting.act(meeting.amina, action::Edit{id, "other"})));
}

TEST(RemovedPeople, do_nothing_more_until_they_are_readmitted) {
  Meeting meeting;
  meeting.act(meeting.facilitator, action::PersonRemove{meeting.amina.id, Ground::disrespect});
  EXPECT_EQ(code_of(meeting.act(meeting.amina, action::Contribute{Kind::problem, "t"})),
            Code::removed_from_workshop);
  meeting.act(meeting.facilitator, action::PersonReadmit{meeting.amina.id});
  EXPECT_TRUE(changed(meeting.act(meeting.amina, action::Contribute{Kind::problem, "t"})));
}

TEST(Board, what_was_hidden_makes_room_for_others) {
  Meeting meeting;
  meeting.board.standing = limits::kContributions;
  const auto full = meeting.act(meeting.amina, action::Contribute{Kind::problem, "t"});
  EXPECT_EQ(code_of(full), Code::too_many_contributions);
  const auto id = meeting.contribution(meeting.facilitator);
  meeting.board.standing = limits::kContributions;
  meeting.act(meeting.facilitator, action::Moderate{id, true, "spam"});
  EXPECT_TRUE(changed(meeting.act(meeting.amina, action::Contribute{Kind::problem, "t"})));
}

// --- Weighing ------------------------------------------------------------------------------------------

TEST(Budget, is_of_the_phase_and_a_support_taken_back_is_there_again) {
  Meeting meeting(Phase::grouping);
  plan(meeting, {.phase = Phase::grouping, .supports = 2});
  const auto one = meeting.contribution(meeting.amina);
  const auto two = meeting.contribution(meeting.amina);
  const auto three = meeting.contribution(meeting.amina);
  meeting.act(meeting.brahim, action::Support{one, true});
  meeting.act(meeting.brahim, action::Support{two, true});
  EXPECT_EQ(code_of(meeting.act(meeting.brahim, action::Support{three, true})), Code::no_supports_left);
  meeting.act(meeting.brahim, action::Support{one, false});
  EXPECT_TRUE(changed(meeting.act(meeting.brahim, action::Support{three, true})));
}

TEST(Budget, is_not_spent_on_what_was_withdrawn) {
  Meeting meeting(Phase::grouping);
  plan(meeting, {.phase = Phase::grouping, .supports = 1});
  const auto gone = meeting.contribution(meeting.amina);
  const auto there = meeting.contribution(meeting.amina);
  meeting.act(meeting.brahim, action::Support{gone, true});
  meeting.act(meeting.amina, action::Withdraw{gone});
  EXPECT_TRUE(changed(meeting.act(meeting.brahim, action::Support{there, true})));
}

TEST(Budget, for_solutions_is_not_spent_on_problems) {
  Meeting meeting(Phase::grouping);
  const auto problem = meeting.contribution(meeting.amina);
  meeting.act(meeting.brahim, action::Support{problem, true});
  const auto solution = meeting.contribution(meeting.amina, Kind::solution);
  plan(meeting, {.phase = Phase::plenary, .supports = 1});
  meeting.act(meeting.facilitator, action::PhaseEnter{Phase::plenary});
  EXPECT_TRUE(changed(meeting.act(meeting.brahim, action::Support{solution, true})));
}

TEST(Rating, is_of_solutions_once_for_each_person) {
  Meeting meeting(Phase::plenary);
  const auto solution = meeting.contribution(meeting.amina, Kind::solution);
  EXPECT_TRUE(changed(meeting.act(meeting.brahim, action::Rate{solution, 4, 2})));
  EXPECT_TRUE(nothing(meeting.act(meeting.brahim, action::Rate{solution, 4, 2})));
  EXPECT_TRUE(changed(meeting.act(meeting.brahim, action::Rate{solution, 5, 2})));
  EXPECT_TRUE(says(room_of(meeting), R"("rating":{"count":1,"feasibility":2,"impact":5})"));
  EXPECT_EQ(code_of(meeting.act(meeting.amina, action::Rate{solution, 5, 5})), Code::own_contribution);
}

TEST(HiddenTallies, show_the_room_no_figure_until_they_are_revealed_and_phases_only_hide) {
  Meeting meeting(Phase::grouping);
  const auto id = meeting.contribution(meeting.amina);
  plan(meeting, {.phase = Phase::plenary, .hide_tallies = true});
  meeting.act(meeting.facilitator, action::PhaseEnter{Phase::plenary});
  meeting.act(meeting.brahim, action::Support{id, true});
  meeting.act(meeting.facilitator, action::Count{id, CountChannel::hands, 12});
  EXPECT_FALSE(says(room_of(meeting), R"("supports":)"));
  EXPECT_FALSE(says(room_of(meeting), R"("hands")"));
  EXPECT_TRUE(says(staff_of(meeting), R"("supports":1)"));
  meeting.act(meeting.facilitator, action::PhaseEnter{Phase::solutions});
  EXPECT_FALSE(says(room_of(meeting), R"("supports":)")) << "another phase reveals nothing by itself";
  meeting.act(meeting.facilitator, action::TalliesHide{false});
  EXPECT_TRUE(says(room_of(meeting), R"("supports":1)"));
  EXPECT_TRUE(says(room_of(meeting), R"("counted":{"hands":12})"));
}

// --- Merging ---------------------------------------------------------------------------------------------

TEST(Merging, keeps_every_voice_and_counts_a_person_once) {
  Meeting meeting(Phase::grouping);
  const auto head = meeting.contribution(meeting.amina);
  const auto same = meeting.contribution(meeting.amina);
  meeting.act(meeting.brahim, action::Support{head, true});
  meeting.act(meeting.brahim, action::Support{same, true});
  EXPECT_TRUE(changed(meeting.act(meeting.facilitator, action::Merge{head, {same}})));
  EXPECT_EQ(meeting.board.find(same)->merged_into, head);
  EXPECT_EQ(meeting.board.supporters_together(*meeting.board.find(head)), 1U);
  EXPECT_EQ(meeting.board.find(same)->supporters.size(), 1U) << "nobody's vote was moved";
  EXPECT_TRUE(changed(meeting.act(meeting.facilitator, action::Unmerge{{same}})));
  EXPECT_FALSE(meeting.board.find(same)->merged_into);
}

TEST(Merging, of_a_group_takes_its_members_along) {
  Meeting meeting(Phase::grouping);
  const auto first = meeting.contribution(meeting.amina);
  const auto second = meeting.contribution(meeting.amina);
  const auto third = meeting.contribution(meeting.amina);
  meeting.act(meeting.facilitator, action::Merge{second, {third}});
  meeting.act(meeting.facilitator, action::Merge{first, {second}});
  EXPECT_EQ(meeting.board.find(third)->merged_into, first);
  EXPECT_EQ(meeting.board.find(first)->merged.size(), 2U);
  EXPECT_EQ(code_of(meeting.act(meeting.facilitator, action::Merge{third, {first}})), Code::already_merged);
}

TEST(Merging, ends_when_the_head_is_withdrawn_and_takes_nobodys_words_along) {
  Meeting meeting(Phase::grouping);
  const auto head = meeting.contribution(meeting.amina);
  const auto other = meeting.contribution(meeting.brahim);
  meeting.act(meeting.facilitator, action::Merge{head, {other}});
  meeting.act(meeting.amina, action::Withdraw{head});
  EXPECT_FALSE(meeting.board.find(other)->merged_into);
}

TEST(Merging, joins_the_same_kind_only) {
  Meeting meeting(Phase::solutions);
  const auto problem = meeting.contribution(meeting.amina);
  const auto solution = meeting.contribution(meeting.amina, Kind::solution);
  EXPECT_EQ(code_of(meeting.act(meeting.facilitator, action::Merge{problem, {solution}})),
            Code::wrong_reference);
  EXPECT_EQ(code_of(meeting.act(meeting.facilitator, action::Merge{problem, {problem}})),
            Code::wrong_reference);
}

// --- Channels ---------------------------------------------------------------------------------------------

TEST(Channels, of_others_words_are_the_staffs_and_a_table_may_say_how_many_it_is) {
  Meeting meeting;
  EXPECT_EQ(
      code_of(meeting.act(meeting.amina, action::Contribute{Kind::problem, "t", {}, {}, Channel::proxy, {}})),
      Code::not_permitted);
  EXPECT_TRUE(changed(
      meeting.act(meeting.facilitator, action::Contribute{Kind::problem, "t", {}, {}, Channel::paper, 1})));
  EXPECT_TRUE(
      changed(meeting.act(meeting.amina, action::Contribute{Kind::problem, "t", {}, {}, Channel::table, 7})));
  EXPECT_EQ(meeting.board.find(id_cast<ContributionId>(meeting.last_command))->people, 7);
  EXPECT_EQ(code_of(meeting.act(meeting.amina, action::Contribute{Kind::problem, "t", {}, {}, {}, 7})),
            Code::invalid_value);
}

// --- Tables
// --------------------------------------------------------------------------------------------------

TEST(Tables, seat_people_who_then_speak_for_themselves_only) {
  Meeting meeting(Phase::solutions);
  meeting.act(meeting.facilitator, action::TableAdd{"1"});
  const auto first = id_cast<TableId>(meeting.last_command);
  meeting.act(meeting.facilitator, action::TableAdd{"2"});
  const auto second = id_cast<TableId>(meeting.last_command);
  EXPECT_EQ(code_of(meeting.act(meeting.amina, action::TableSetStatus{first, TableStatus::help})),
            Code::not_your_table);
  EXPECT_TRUE(changed(meeting.act(meeting.amina, action::TableSit{first})));
  EXPECT_TRUE(changed(meeting.act(meeting.amina, action::TableSetStatus{first, TableStatus::help})));
  EXPECT_EQ(code_of(meeting.act(meeting.amina, action::TableRapporteur{first, meeting.brahim.id})),
            Code::not_permitted);
  EXPECT_TRUE(changed(meeting.act(meeting.amina, action::TableRapporteur{first, meeting.amina.id})));
  meeting.act(meeting.facilitator, action::TableSeat{second, {meeting.amina.id, meeting.brahim.id}});
  EXPECT_EQ(meeting.board.people_at(second), 2U);
  EXPECT_FALSE(meeting.board.find(first)->rapporteur) << "who left does not report";
  const auto solution = meeting.contribution(meeting.amina, Kind::solution);
  EXPECT_EQ(meeting.board.find(solution)->table, second);
  meeting.act(meeting.facilitator, action::TableRemove{second});
  EXPECT_FALSE(meeting.board.seat_of(meeting.amina.id));
}

TEST(Tables, never_tell_the_room_who_sits_where_but_by_alias) {
  Meeting meeting(Phase::solutions);
  meeting.act(meeting.facilitator, action::TableAdd{"1"});
  const auto table = id_cast<TableId>(meeting.last_command);
  meeting.act(meeting.amina, action::TableSit{table});
  const Event seated{meeting.board.seq, 0, meeting.amina.id, std::nullopt,
                     change::TableSeated{table, {meeting.amina.id}}};
  const auto room = view_event(meeting.board, seated, Audience::room, kNobodyNamed);
  EXPECT_FALSE(says(room, meeting.amina.id.text()));
  EXPECT_TRUE(says(room, alias_of(meeting.board, meeting.amina.id)));
  EXPECT_FALSE(says(room_of(meeting), meeting.amina.id.text()));
  EXPECT_TRUE(says(staff_of(meeting), meeting.amina.id.text()));
}

TEST(Tables, that_were_removed_come_back_with_those_who_sit_nowhere_since) {
  Meeting meeting(Phase::solutions);
  const access::Actor chama{Role::participant, ActorId{numbered(4)}};
  const auto add = [&](const char* title) {
    meeting.act(meeting.facilitator, action::TableAdd{title});
    return id_cast<TableId>(meeting.last_command);
  };
  const auto first = add("1");
  const auto second = add("2");
  meeting.act(meeting.facilitator, action::TableSeat{first, {meeting.amina.id, meeting.brahim.id, chama.id}});
  meeting.act(meeting.amina, action::TableRapporteur{first, meeting.amina.id});
  EXPECT_TRUE(nothing(meeting.act(meeting.facilitator, action::TableRestore{first}))) << "it is there";
  meeting.act(meeting.facilitator, action::TableRemove{first});
  meeting.act(meeting.brahim, action::TableSit{second});
  meeting.act(meeting.facilitator, action::PersonRemove{chama.id, Ground::off_topic});
  EXPECT_TRUE(changed(meeting.act(meeting.facilitator, action::TableRestore{first})));
  ASSERT_TRUE(meeting.board.find(first));
  EXPECT_EQ(meeting.board.find(first)->rapporteur, meeting.amina.id);
  EXPECT_EQ(meeting.board.people_at(first), 1U);
  EXPECT_EQ(meeting.board.seat_of(meeting.brahim.id), second) << "who sat elsewhere stays there";
  EXPECT_EQ(code_of(meeting.act(meeting.facilitator, action::TableRestore{TableId{numbered(250)}})),
            Code::table_not_found);
}

// --- The floor
// ------------------------------------------------------------------------------------------------

TEST(Floor, is_given_first_to_who_has_spoken_least) {
  Meeting meeting(Phase::plenary);
  meeting.act(meeting.facilitator, action::FloorGive{meeting.amina.id});
  meeting.now += 60'000;
  meeting.act(meeting.facilitator, action::FloorEnd{});
  meeting.act(meeting.amina, action::FloorAsk{});
  meeting.act(meeting.brahim, action::FloorAsk{});
  const auto turn = meeting.board.floor.in_turn();
  ASSERT_EQ(turn.size(), 2U);
  EXPECT_EQ(turn[0].participant, meeting.brahim.id);
  EXPECT_TRUE(nothing(meeting.act(meeting.amina, action::FloorAsk{})));
  meeting.act(meeting.facilitator, action::FloorGive{meeting.brahim.id});
  EXPECT_EQ(meeting.board.floor.queue.size(), 1U);
  meeting.act(meeting.amina, action::FloorLeave{});
  EXPECT_TRUE(meeting.board.floor.queue.empty());
}

TEST(Floor, that_was_given_by_mistake_is_as_if_it_had_not_been) {
  Meeting meeting(Phase::plenary);
  const access::Actor chama{Role::participant, ActorId{numbered(4)}};
  meeting.act(meeting.facilitator, action::FloorGive{chama.id});
  for (const auto& one : {meeting.amina, meeting.brahim}) {
    meeting.now += 1'000;
    meeting.act(one, action::FloorAsk{});
  }
  meeting.now += 60'000;
  meeting.act(meeting.facilitator, action::FloorGive{meeting.amina.id});
  EXPECT_EQ(meeting.board.floor.spoken_ms[chama.id], 62'000);
  EXPECT_EQ(code_of(meeting.act(meeting.facilitator, action::FloorTakeBack{meeting.brahim.id})),
            Code::floor_went_on);
  EXPECT_TRUE(changed(meeting.act(meeting.facilitator, action::FloorTakeBack{meeting.amina.id})));
  const auto& floor = meeting.board.floor;
  EXPECT_EQ(floor.speaking->participant, chama.id);
  EXPECT_EQ(floor.speaking->at, 1'700'000'000'000) << "the speech goes on";
  ASSERT_EQ(floor.queue.size(), 2U);
  EXPECT_EQ(floor.queue.front().participant, meeting.amina.id) << "and the place in the queue is kept";
  EXPECT_TRUE(floor.speeches.empty());
  EXPECT_EQ(code_of(meeting.act(meeting.facilitator, action::FloorTakeBack{meeting.amina.id})),
            Code::floor_went_on)
      << "once";
}

TEST(Floor, that_was_ended_by_mistake_goes_on_unless_it_has_gone_on_or_its_speaker_has_gone) {
  Meeting meeting(Phase::plenary);
  const auto give = [&](const access::Actor& to) {
    meeting.act(meeting.facilitator, action::FloorGive{to.id});
  };
  give(meeting.amina);
  meeting.now += 5'000;
  meeting.act(meeting.facilitator, action::FloorEnd{});
  EXPECT_TRUE(changed(meeting.act(meeting.facilitator, action::FloorTakeBack{meeting.amina.id})));
  EXPECT_EQ(meeting.board.floor.speaking->participant, meeting.amina.id);
  meeting.act(meeting.facilitator, action::FloorEnd{});
  EXPECT_EQ(meeting.board.floor.spoken_ms[meeting.amina.id], 5'000) << "counted once";
  give(meeting.brahim);
  EXPECT_EQ(code_of(meeting.act(meeting.facilitator, action::FloorTakeBack{meeting.amina.id})),
            Code::floor_went_on);
  meeting.act(meeting.facilitator, action::PersonRemove{meeting.brahim.id, Ground::off_topic});
  EXPECT_EQ(code_of(meeting.act(meeting.facilitator, action::FloorTakeBack{meeting.brahim.id})),
            Code::floor_went_on)
      << "nobody comes back who was put out";
}

TEST(Floor, is_taken_from_who_is_removed) {
  Meeting meeting(Phase::plenary);
  meeting.act(meeting.facilitator, action::FloorGive{meeting.amina.id});
  meeting.now += 60'000;
  meeting.act(meeting.facilitator, action::PersonRemove{meeting.amina.id, Ground::disrespect});
  EXPECT_FALSE(meeting.board.floor.speaking);
  EXPECT_EQ(meeting.board.floor.spoken_ms.at(meeting.amina.id), 60'000);
}

// --- Writing together
// -----------------------------------------------------------------------------------------

struct Writing : testing::Test {
  Meeting meeting{Phase::solutions};
  DraftId draft = start();

  DraftId start() {
    meeting.act(meeting.amina, action::DraftStart{Kind::solution});
    return id_cast<DraftId>(meeting.last_command);
  }
  Decision write(const access::Actor& who, std::int64_t revision, TextEdit edit) {
    return meeting.act(who, action::DraftChange{draft, std::move(edit), revision});
  }
};

TEST_F(Writing, takes_an_edit_of_an_earlier_revision_as_one_of_the_present_text) {
  EXPECT_TRUE(changed(write(meeting.amina, 0, {{TextEdit::Insert{"نشر المحضر"}}})));
  EXPECT_TRUE(changed(
      write(meeting.brahim, 1, {{TextEdit::Keep{4}, TextEdit::Delete{6}, TextEdit::Insert{"التقرير"}}})));
  const auto late = write(meeting.amina, 1, {{TextEdit::Keep{10}, TextEdit::Insert{"كل شهر "}}});
  EXPECT_EQ(meeting.board.find(draft)->text, "نشر كل شهر التقرير");
  const auto& taken = std::get<change::DraftChanged>(std::get<Change>(late));
  EXPECT_EQ(taken.revision, 3);
  EXPECT_EQ(taken.edit, (TextEdit{{TextEdit::Keep{4}, TextEdit::Insert{"كل شهر "}}})) << "as it was applied";
}

TEST_F(Writing, tells_of_an_edit_that_others_left_nothing_to_do) {
  write(meeting.amina, 0, {{TextEdit::Insert{"ab"}}});
  write(meeting.brahim, 1, {{TextEdit::Delete{1}}});
  EXPECT_TRUE(changed(write(meeting.amina, 1, {{TextEdit::Delete{1}}})));
  EXPECT_EQ(meeting.board.find(draft)->text, "b");
  EXPECT_EQ(meeting.board.find(draft)->revision, 3);
}

TEST_F(Writing, tells_whoever_is_too_late_the_present_revision) {
  const auto most = static_cast<std::int64_t>(limits::kDraftEdits);
  write(meeting.amina, 0, {{TextEdit::Insert{"a"}}});
  for (std::int64_t revision = 1; revision <= most; ++revision)
    ASSERT_TRUE(changed(write(meeting.amina, revision, {{TextEdit::Delete{1}, TextEdit::Insert{"b"}}})));
  const auto stale = write(meeting.brahim, 0, {{TextEdit::Insert{"x"}}});
  EXPECT_EQ(code_of(stale), Code::stale_revision);
  EXPECT_EQ(std::get<Rejection>(stale).limit, most + 1);
  EXPECT_TRUE(changed(write(meeting.brahim, 1, {{TextEdit::Insert{"x"}}})));
  EXPECT_EQ(code_of(write(meeting.brahim, most + 3, {{TextEdit::Insert{"x"}}})), Code::stale_revision)
      << "of a revision to come";
}

TEST_F(Writing, keeps_no_more_bytes_of_edits_than_it_may) {
  const std::string words(limits::kDraftCodePoints, 'a');
  for (std::int64_t revision = 0; revision < 80; revision += 2) {
    ASSERT_TRUE(changed(write(meeting.amina, revision, {{TextEdit::Insert{words}}})));
    ASSERT_TRUE(changed(write(meeting.amina, revision + 1, {{TextEdit::Delete{limits::kDraftCodePoints}}})));
  }
  EXPECT_LE(meeting.board.find(draft)->edit_bytes, limits::kDraftEditBytes);
  EXPECT_EQ(code_of(write(meeting.brahim, 0, {{TextEdit::Insert{"x"}}})), Code::stale_revision);
}

TEST_F(Writing, takes_no_edit_that_reaches_beyond_the_text) {
  write(meeting.amina, 0, {{TextEdit::Insert{"نشر"}}});
  EXPECT_EQ(code_of(write(meeting.amina, 1, {{TextEdit::Keep{200}, TextEdit::Insert{"x"}}})),
            Code::invalid_value);
}

TEST_F(Writing, ends_as_a_contribution_of_all_who_wrote) {
  write(meeting.amina, 0, {{TextEdit::Insert{" نشر"}}});
  write(meeting.brahim, 1, {{TextEdit::Keep{4}, TextEdit::Insert{" المحضر "}}});
  EXPECT_TRUE(changed(meeting.act(meeting.amina, action::DraftHandIn{draft})));
  const auto* contribution = meeting.board.find(id_cast<ContributionId>(meeting.last_command));
  ASSERT_TRUE(contribution);
  EXPECT_EQ(contribution->text, "نشر المحضر");
  EXPECT_TRUE(contribution->is_by(meeting.brahim.id));
  EXPECT_FALSE(meeting.board.find(draft));
  EXPECT_TRUE(changed(meeting.act(meeting.brahim, action::Edit{contribution->id, "معا"})));
}

TEST_F(Writing, of_a_table_is_its_peoples) {
  meeting.act(meeting.facilitator, action::TableAdd{"1"});
  const auto table = id_cast<TableId>(meeting.last_command);
  meeting.act(meeting.amina, action::TableSit{table});
  draft = start();
  EXPECT_EQ(code_of(write(meeting.brahim, 0, {{TextEdit::Insert{"x"}}})), Code::not_your_table);
  EXPECT_TRUE(changed(write(meeting.amina, 0, {{TextEdit::Insert{"x"}}})));
}

TEST_F(Writing, of_no_table_is_not_where_words_wait_and_not_while_writing_is_paused) {
  settle(meeting, {.moderation = Moderation::before});
  EXPECT_EQ(code_of(write(meeting.amina, 0, {{TextEdit::Insert{"x"}}})), Code::table_needed);
  settle(meeting, {.paused = true});
  EXPECT_EQ(code_of(write(meeting.amina, 0, {{TextEdit::Insert{"x"}}})), Code::writing_paused);
  settle(meeting, {});
  plan(meeting, {.phase = Phase::solutions, .silent = true});
  EXPECT_EQ(code_of(write(meeting.amina, 0, {{TextEdit::Insert{"x"}}})), Code::table_needed);
  EXPECT_EQ(code_of(meeting.act(meeting.brahim, action::DraftStart{Kind::solution})), Code::table_needed);
}

struct WritingAtATable : Writing {
  TableId table;

  WritingAtATable() {
    meeting.act(meeting.facilitator, action::TableAdd{"1"});
    table = id_cast<TableId>(meeting.last_command);
    meeting.act(meeting.facilitator, action::TableSeat{table, {meeting.amina.id, meeting.brahim.id}});
    draft = start();
  }
  Event edited(const std::string& words) {
    return {meeting.board.seq, 0, meeting.amina.id, std::nullopt,
            change::DraftChanged{draft, {{TextEdit::Insert{words}}}, 1}};
  }
};

TEST_F(WritingAtATable, goes_on_under_silence_and_before_showing_and_is_then_kept_like_all_that_is_written) {
  plan(meeting, {.phase = Phase::solutions, .silent = true});
  draft = start();
  ASSERT_TRUE(changed(write(meeting.amina, 0, {{TextEdit::Insert{"نشر "}}})));
  ASSERT_TRUE(changed(write(meeting.brahim, 1, {{TextEdit::Keep{4}, TextEdit::Insert{"المحضر"}}})));
  ASSERT_TRUE(changed(meeting.act(meeting.brahim, action::DraftHandIn{draft})));
  EXPECT_TRUE(meeting.board.find(id_cast<ContributionId>(meeting.last_command))->veiled);
  EXPECT_FALSE(says(room_of(meeting), "المحضر"));
  meeting.act(meeting.facilitator, action::Reveal{});
  EXPECT_TRUE(says(room_of(meeting), "نشر المحضر"));
  settle(meeting, {.moderation = Moderation::before});
  draft = start();
  ASSERT_TRUE(changed(write(meeting.amina, 0, {{TextEdit::Insert{"سر"}}})));
  ASSERT_TRUE(changed(meeting.act(meeting.amina, action::DraftHandIn{draft})));
  EXPECT_EQ(meeting.board.find(id_cast<ContributionId>(meeting.last_command))->state, State::waiting);
}

TEST_F(WritingAtATable, is_read_there_and_by_staff_while_the_room_knows_only_that_it_goes_on) {
  write(meeting.amina, 0, {{TextEdit::Insert{"كلام المجموعة"}}});
  EXPECT_FALSE(says(room_of(meeting), "كلام المجموعة"));
  EXPECT_TRUE(says(staff_of(meeting), "كلام المجموعة"));
  const auto event = edited("كلام المجموعة");
  const auto room = view_event(meeting.board, event, Audience::room, kNobodyNamed);
  EXPECT_FALSE(says(room, "كلام المجموعة"));
  EXPECT_FALSE(says(room, alias_of(meeting.board, meeting.amina.id))) << "nor who writes";
  EXPECT_TRUE(says(room, R"("revision":1)"));
  EXPECT_TRUE(says(view_event(meeting.board, event, Audience::staff, kNobodyNamed), "كلام المجموعة"));
  EXPECT_EQ(table_of_edit(meeting.board, event.change), table);
  EXPECT_TRUE(says(view_event_at_table(meeting.board, event), "كلام المجموعة"));
}

TEST_F(WritingAtATable, is_in_the_welcome_of_who_sits_there_and_of_nobody_else) {
  write(meeting.amina, 0, {{TextEdit::Insert{"كلام المجموعة"}}});
  const KeptDrafts kept{{draft, {table, 1, "كلام المجموعة"}}};
  const std::string epoch = "e";
  const auto welcome = [&](const access::Actor& actor) {
    return view_welcome(meeting.board, {kWorkshop, epoch, 1, meeting.board.seq, kept, false, 0},
                        {actor, std::nullopt, "ar"});
  };
  EXPECT_TRUE(says(welcome(meeting.brahim), "كلام المجموعة"));
  const access::Actor other{Role::participant, ActorId{numbered(4)}};
  EXPECT_FALSE(says(welcome(other), "كلام المجموعة"));
  EXPECT_FALSE(says(welcome(meeting.screen), "كلام المجموعة"));
  meeting.act(meeting.facilitator, action::TableSeat{std::nullopt, {meeting.brahim.id}});
  EXPECT_FALSE(says(welcome(meeting.brahim), "كلام المجموعة")) << "who left it";
  meeting.act(meeting.facilitator, action::PersonRemove{meeting.amina.id, Ground::off_topic});
  EXPECT_FALSE(says(welcome(meeting.amina), "كلام المجموعة")) << "who was put out of the room";
}

// --- Rules of a phase --------------------------------------------------------------------------------

struct PhaseWithRules : testing::Test {
  Meeting meeting{Phase::solutions};

  Decision solution(const access::Actor& who, std::optional<std::string> result = {}) {
    return meeting.act(who, action::Contribute{.kind = Kind::solution, .text = "حل", .result = result});
  }
  Decision problem(const access::Actor& who) {
    return meeting.act(who, action::Contribute{.kind = Kind::problem, .text = "إشكالية"});
  }
};

TEST_F(PhaseWithRules, says_which_kinds_participants_write_and_then_mend_and_take_back) {
  plan(meeting, {.phase = Phase::grouping, .contribute = {{Kind::problem}}});
  EXPECT_TRUE(changed(solution(meeting.amina))) << "it is the rule of another phase";
  meeting.act(meeting.facilitator, action::PhaseEnter{Phase::grouping});
  EXPECT_TRUE(changed(problem(meeting.amina)));
  const auto written = id_cast<ContributionId>(meeting.last_command);
  EXPECT_TRUE(says(room_of(meeting), R"("contribute":["problem"])"));
  EXPECT_EQ(code_of(solution(meeting.amina)), Code::wrong_phase);
  EXPECT_TRUE(changed(meeting.act(meeting.amina, action::Edit{written, "أوضح"})));
  EXPECT_TRUE(changed(meeting.act(meeting.amina, action::Withdraw{written})));
  meeting.act(meeting.facilitator, action::PhaseEnter{Phase::plenary});
  EXPECT_EQ(code_of(problem(meeting.amina)), Code::wrong_phase) << "it ends with the phase";
}

TEST_F(PhaseWithRules, may_leave_the_writing_to_the_staff_and_opens_nothing_that_is_closed) {
  plan(meeting, {.phase = Phase::solutions, .contribute = std::vector<Kind>{}});
  EXPECT_EQ(code_of(solution(meeting.amina)), Code::wrong_phase);
  EXPECT_TRUE(changed(solution(meeting.facilitator)));
  plan(meeting, {.phase = Phase::closed, .contribute = {{Kind::problem}}});
  meeting.act(meeting.facilitator, action::PhaseEnter{Phase::closed});
  EXPECT_EQ(code_of(problem(meeting.amina)), Code::workshop_closed);
  EXPECT_TRUE(says(room_of(meeting), R"("contribute":[])"));
}

TEST_F(PhaseWithRules, goes_before_the_settings_while_the_room_is_in_it) {
  settle(meeting, {.results_required = true});
  plan(meeting, {.phase = Phase::solutions, .moderation = Moderation::before, .results_required = false});
  EXPECT_TRUE(changed(solution(meeting.amina)));
  EXPECT_EQ(meeting.board.contributions.back().state, State::waiting);
  EXPECT_TRUE(says(room_of(meeting), R"("moderation":"before")"));
  plan(meeting, {.phase = Phase::solutions});
  EXPECT_EQ(code_of(solution(meeting.amina)), Code::result_required);
  EXPECT_TRUE(changed(solution(meeting.amina, "نتيجة")));
  EXPECT_EQ(meeting.board.contributions.back().state, State::shown);
}

TEST_F(PhaseWithRules, keeps_what_was_written_without_a_name_nameless_for_ever) {
  const Names named{{{meeting.amina.id, "أمينة"}}};
  const auto seen_by = [&](Audience audience) {
    return view_snapshot(meeting.board, kWorkshop, "e", audience, named, 0);
  };
  plan(meeting, {.phase = Phase::solutions, .anonymous = true});
  solution(meeting.amina);
  EXPECT_TRUE(says(seen_by(Audience::room), R"("anonymous":true)"));
  meeting.act(meeting.facilitator, action::PhaseEnter{Phase::plenary});
  for (const auto audience : {Audience::room, Audience::staff}) {
    EXPECT_FALSE(says(seen_by(audience), "أمينة"));
    EXPECT_FALSE(says(seen_by(audience), meeting.amina.id.text())) << "a pseudonym that has a name elsewhere";
  }
  plan(meeting, {.phase = Phase::plenary, .contribute = {{Kind::solution}}});
  solution(meeting.amina);
  EXPECT_TRUE(says(seen_by(Audience::room), "أمينة"));
}

TEST_F(PhaseWithRules, may_let_only_those_hand_in_who_speak_for_a_table) {
  plan(meeting, {.phase = Phase::solutions, .rapporteurs_only = true});
  EXPECT_EQ(code_of(solution(meeting.amina)), Code::rapporteurs_only) << "of no table";
  meeting.act(meeting.facilitator, action::TableAdd{"1"});
  const auto table = id_cast<TableId>(meeting.last_command);
  meeting.act(meeting.facilitator, action::TableSeat{table, {meeting.amina.id, meeting.brahim.id}});
  meeting.act(meeting.amina, action::TableRapporteur{table, meeting.amina.id});
  EXPECT_EQ(code_of(solution(meeting.brahim)), Code::rapporteurs_only);
  EXPECT_TRUE(changed(solution(meeting.amina)));
  EXPECT_TRUE(changed(solution(meeting.facilitator))) << "staff write down what was said";
  ASSERT_TRUE(changed(meeting.act(meeting.brahim, action::DraftStart{Kind::solution})))
      << "all write together";
  const auto draft = id_cast<DraftId>(meeting.last_command);
  ASSERT_TRUE(changed(meeting.act(meeting.brahim, action::DraftChange{draft, {{TextEdit::Insert{"x"}}}, 0})));
  EXPECT_EQ(code_of(meeting.act(meeting.brahim, action::DraftHandIn{draft})), Code::rapporteurs_only);
  EXPECT_TRUE(changed(meeting.act(meeting.amina, action::DraftHandIn{draft})));
}

TEST_F(Writing, is_declared_to_be_that_of_a_table_with_one_phone) {
  write(meeting.amina, 0, {{TextEdit::Insert{"نشر المحاضر"}}});
  EXPECT_EQ(code_of(meeting.act(meeting.facilitator, action::DraftHandIn{.draft = draft, .people = 6})),
            Code::not_permitted)
      << "staff have no phone of a table";
  EXPECT_TRUE(changed(
      meeting.act(meeting.amina, action::DraftHandIn{.draft = draft, .result = "نتيجة", .people = 6})));
  ASSERT_EQ(meeting.board.contributions.size(), 2U);
  for (const auto& one : meeting.board.contributions) {
    EXPECT_EQ(one.channel, Channel::table);
    EXPECT_EQ(one.people, 6);
  }
}

TEST_F(Writing, takes_five_texts_of_one_person_at_most) {
  for (std::size_t i = 1; i < limits::kDraftsPerParticipant; ++i)
    start();
  EXPECT_EQ(code_of(meeting.act(meeting.amina, action::DraftStart{Kind::solution})), Code::too_many_drafts);
  EXPECT_TRUE(changed(meeting.act(meeting.brahim, action::DraftStart{Kind::solution})));
}

TEST_F(Writing, is_bounded_and_handed_in_only_with_words) {
  EXPECT_EQ(code_of(meeting.act(meeting.amina, action::DraftHandIn{draft})), Code::text_empty);
  TextEdit long_one{{TextEdit::Insert{std::string(limits::kDraftCodePoints, 'a')}}};
  EXPECT_TRUE(changed(write(meeting.amina, 0, long_one)));
  EXPECT_EQ(code_of(write(meeting.amina, 1, {{TextEdit::Insert{"b"}}})), Code::draft_too_long);
  EXPECT_EQ(code_of(meeting.act(meeting.amina, action::DraftHandIn{draft})), Code::text_too_long);
}

// --- Expected results ----------------------------------------------------------------------------------

struct ExpectedResults : testing::Test {
  Meeting meeting{Phase::solutions};
  static action::Contribute solution(std::optional<std::string> result) {
    return {.kind = Kind::solution, .text = "نشر المحاضر", .result = std::move(result)};
  }
  const Contribution* last() { return meeting.board.find(id_cast<ContributionId>(meeting.last_command)); }
};

TEST_F(ExpectedResults, come_with_every_solution_where_the_workshop_asks_for_them) {
  settle(meeting, {.results_required = true});
  for (const auto& who : {meeting.amina, meeting.facilitator}) {
    const auto refused = meeting.act(who, solution(std::nullopt));
    EXPECT_EQ(code_of(refused), Code::result_required);
    EXPECT_EQ(std::get<Rejection>(refused).field, "result");
  }
  EXPECT_TRUE(meeting.board.contributions.empty());
  EXPECT_TRUE(changed(meeting.act(meeting.amina, solution("يعرف السكان ما تقرر"))));
  ASSERT_EQ(meeting.board.contributions.size(), 2U);
  const auto& result = meeting.board.contributions[1];
  EXPECT_EQ(result.kind, Kind::result);
  EXPECT_EQ(result.text, "يعرف السكان ما تقرر");
  EXPECT_EQ(result.follows_from, std::vector{last()->id});
  EXPECT_EQ(result.author, meeting.amina.id);
  EXPECT_EQ(result.receipt, "DDDD-EEEE-FFFF");
}

TEST_F(ExpectedResults, may_come_where_they_are_not_asked_for) {
  EXPECT_TRUE(changed(meeting.act(meeting.amina, solution("نتيجة"))));
  EXPECT_EQ(meeting.board.contributions.size(), 2U);
}

TEST_F(ExpectedResults, have_ids_that_no_command_takes_for_itself) {
  meeting.act(meeting.amina, solution("نتيجة"));
  const Command taken{id_cast<CommandId>(Meeting::kResult), solution(std::nullopt), 0};
  EXPECT_EQ(code_of(decide(meeting.board, taken, meeting.brahim, meeting.now, {})), Code::id_reused);
}

TEST_F(ExpectedResults, go_with_nothing_but_a_solution) {
  EXPECT_EQ(code_of(meeting.act(meeting.amina,
                                action::Contribute{.kind = Kind::result, .text = "نتيجة", .result = "أخرى"})),
            Code::wrong_reference);
}

TEST_F(ExpectedResults, are_as_silent_and_wait_as_their_solution) {
  settle(meeting, {.moderation = Moderation::before, .results_required = true});
  plan(meeting, {.phase = Phase::solutions, .silent = true});
  meeting.act(meeting.amina, solution("نتيجة"));
  ASSERT_EQ(meeting.board.contributions.size(), 2U);
  for (const auto& one : meeting.board.contributions) {
    EXPECT_EQ(one.state, State::waiting);
    EXPECT_TRUE(one.veiled);
  }
  EXPECT_FALSE(says(room_of(meeting), "نتيجة"));
}

TEST_F(ExpectedResults, are_spoken_by_as_many_as_their_solution) {
  auto for_a_table = solution("نتيجة");
  for_a_table.channel = Channel::table;
  for_a_table.people = 6;
  meeting.act(meeting.amina, for_a_table);
  EXPECT_EQ(meeting.board.contributions[1].channel, Channel::table);
  EXPECT_EQ(meeting.board.contributions[1].people, 6);
}

TEST_F(ExpectedResults, come_with_a_common_text_that_is_handed_in) {
  settle(meeting, {.results_required = true});
  meeting.act(meeting.facilitator, action::TableAdd{"1"});
  const auto table = id_cast<TableId>(meeting.last_command);
  meeting.act(meeting.amina, action::TableSit{table});
  meeting.act(meeting.amina, action::DraftStart{Kind::solution});
  const auto draft = id_cast<DraftId>(meeting.last_command);
  meeting.act(meeting.amina, action::DraftChange{draft, {{TextEdit::Insert{"نشر المحاضر"}}}, 0});
  EXPECT_EQ(code_of(meeting.act(meeting.amina, action::DraftHandIn{draft})), Code::result_required);
  EXPECT_EQ(code_of(meeting.act(meeting.facilitator, action::DraftHandIn{draft})), Code::result_required)
      << "nor is it brought back without";
  EXPECT_EQ(meeting.board.find(draft)->text, "نشر المحاضر") << "nothing is lost";
  EXPECT_TRUE(changed(meeting.act(meeting.facilitator, action::DraftHandIn{draft, "نتيجة"})));
  ASSERT_EQ(meeting.board.contributions.size(), 2U);
  EXPECT_EQ(meeting.board.contributions[1].follows_from, std::vector{last()->id});
  EXPECT_EQ(meeting.board.contributions[1].table, table);
}

struct ExpectedResultsOfDrafts : ExpectedResults {
  DraftId solution_draft = start({.kind = Kind::solution});

  DraftId start(const action::DraftStart& wanted) {
    meeting.act(meeting.amina, wanted);
    return id_cast<DraftId>(meeting.last_command);
  }
  DraftId start_result() { return start({.kind = Kind::result, .result_of = solution_draft}); }
  void write(const access::Actor& who, const DraftId& draft, std::string words) {
    meeting.act(who, action::DraftChange{
                         draft, {{TextEdit::Insert{std::move(words)}}}, meeting.board.find(draft)->revision});
  }
};

TEST_F(ExpectedResultsOfDrafts, are_spoken_by_as_many_as_their_solution) {
  const auto result_draft = start_result();
  write(meeting.amina, solution_draft, "نشر المحاضر");
  write(meeting.amina, result_draft, "نتيجة");
  EXPECT_TRUE(changed(meeting.act(meeting.amina, action::DraftHandIn{.draft = solution_draft, .people = 6})));
  ASSERT_EQ(meeting.board.contributions.size(), 2U);
  for (const auto& one : meeting.board.contributions)
    EXPECT_EQ(one.people, 6);
}

TEST_F(ExpectedResultsOfDrafts, are_written_by_several_and_handed_in_with_their_solution) {
  settle(meeting, {.results_required = true});
  const auto result_draft = start_result();
  write(meeting.amina, solution_draft, "نشر المحاضر");
  EXPECT_EQ(code_of(meeting.act(meeting.amina, action::DraftHandIn{solution_draft})), Code::result_required)
      << "nothing is written there";
  write(meeting.amina, result_draft, " يتابع");
  write(meeting.brahim, result_draft, "السكان ");
  EXPECT_EQ(code_of(meeting.act(meeting.brahim, action::DraftHandIn{result_draft})), Code::wrong_reference)
      << "it goes with its solution";
  EXPECT_TRUE(changed(meeting.act(meeting.amina, action::DraftHandIn{solution_draft})));
  ASSERT_EQ(meeting.board.contributions.size(), 2U);
  const auto& result = meeting.board.contributions[1];
  EXPECT_EQ(result.kind, Kind::result);
  EXPECT_EQ(result.text, "السكان  يتابع");
  EXPECT_EQ(result.follows_from, std::vector{last()->id});
  EXPECT_TRUE(result.is_by(meeting.brahim.id));
  EXPECT_FALSE(meeting.board.contributions[0].is_by(meeting.brahim.id));
  EXPECT_TRUE(meeting.board.drafts.empty());
}

TEST_F(ExpectedResultsOfDrafts, have_one_place) {
  const auto first = start_result();
  EXPECT_FALSE(changed(
      meeting.act(meeting.brahim, action::DraftStart{.kind = Kind::result, .result_of = solution_draft})));
  EXPECT_EQ(meeting.board.drafts.size(), 2U);
  const action::DraftStart of_a_result{.kind = Kind::result, .result_of = first};
  EXPECT_EQ(code_of(meeting.act(meeting.amina, of_a_result)), Code::wrong_reference);
  const action::DraftStart of_nothing{.kind = Kind::result, .result_of = DraftId{}};
  EXPECT_EQ(code_of(meeting.act(meeting.amina, of_nothing)), Code::draft_not_found);
  const action::DraftStart no_result{.kind = Kind::solution, .result_of = solution_draft};
  EXPECT_EQ(code_of(meeting.act(meeting.amina, no_result)), Code::wrong_reference);
}

TEST_F(ExpectedResultsOfDrafts, are_their_tables) {
  meeting.act(meeting.facilitator, action::TableAdd{"1"});
  const auto table = id_cast<TableId>(meeting.last_command);
  meeting.act(meeting.amina, action::TableSit{table});
  solution_draft = start({.kind = Kind::solution});
  const action::DraftStart wanted{.kind = Kind::result, .result_of = solution_draft};
  EXPECT_EQ(code_of(meeting.act(meeting.brahim, wanted)), Code::not_your_table);
  EXPECT_TRUE(changed(meeting.act(meeting.facilitator, wanted)));
  EXPECT_EQ(meeting.board.result_draft_of(solution_draft)->table, table) << "also when staff begin it";
}

TEST_F(ExpectedResultsOfDrafts, go_when_they_are_empty_and_stay_when_their_solution_goes_without_them) {
  const auto empty = start_result();
  write(meeting.amina, solution_draft, "نشر المحاضر");
  EXPECT_TRUE(changed(meeting.act(meeting.amina, action::DraftHandIn{solution_draft})));
  EXPECT_FALSE(meeting.board.find(empty));

  solution_draft = start({.kind = Kind::solution});
  start_result();
  meeting.act(meeting.amina, action::DraftDiscard{solution_draft});
  EXPECT_TRUE(meeting.board.drafts.empty());

  solution_draft = start({.kind = Kind::solution});
  const auto with_words = start_result();
  write(meeting.amina, with_words, "نتيجة");
  meeting.act(meeting.amina, action::DraftDiscard{solution_draft});
  ASSERT_TRUE(meeting.board.find(with_words));
  EXPECT_TRUE(changed(meeting.act(meeting.amina, action::DraftHandIn{with_words}))) << "a text of its own";
}

TEST_F(ExpectedResultsOfDrafts, are_given_by_who_hands_in_where_nobody_wrote_them) {
  start_result();
  write(meeting.amina, solution_draft, "نشر المحاضر");
  EXPECT_TRUE(changed(meeting.act(meeting.facilitator, action::DraftHandIn{solution_draft, "نتيجة"})));
  ASSERT_EQ(meeting.board.contributions.size(), 2U);
  EXPECT_EQ(meeting.board.contributions[1].text, "نتيجة");
  EXPECT_TRUE(meeting.board.drafts.empty());
}

TEST_F(ExpectedResultsOfDrafts, stay_when_another_result_was_given_with_their_solution) {
  const auto written = start_result();
  write(meeting.amina, written, "نتيجة");
  write(meeting.amina, solution_draft, "نشر المحاضر");
  EXPECT_TRUE(changed(meeting.act(meeting.amina, action::DraftHandIn{solution_draft, "نتيجة أخرى"})));
  EXPECT_EQ(meeting.board.find(written)->follows_from, std::vector{last()->id});
  EXPECT_FALSE(meeting.board.find(written)->result_of);
}

TEST_F(ExpectedResults, count_as_what_one_person_may_write) {
  settle(meeting, {.slow_seconds = 60});
  EXPECT_TRUE(changed(meeting.act(meeting.amina, solution("نتيجة")))) << "both at once";
  EXPECT_EQ(code_of(meeting.act(meeting.amina, solution("نتيجة"))), Code::slow_mode);
}

// --- Notes of the staff -----------------------------------------------------------------------------------

TEST(StaffNotes, carry_their_writers_name_and_what_they_answer_to_the_staff_alone) {
  Meeting meeting;
  meeting.act(meeting.facilitator, action::StaffNote{"المجموعة 3 تحتاج مساعدة"});
  const auto asked = static_cast<std::int64_t>(meeting.board.seq);
  meeting.act(meeting.facilitator, action::StaffNote{"أنا قادمة", asked});
  EXPECT_EQ(meeting.board.notes.back().answers, meeting.board.seq - 1);
  settle(meeting, {.anonymous = true});
  const Names named{{}, {{meeting.facilitator.id, "سلمى"}}};
  const auto staff = view_snapshot(meeting.board, kWorkshop, "e", Audience::staff, named, 0);
  EXPECT_TRUE(says(staff, "سلمى")) << "also where participants are nameless";
  EXPECT_TRUE(says(staff, R"("answers":)" + std::to_string(asked)));
  const auto room = view_snapshot(meeting.board, kWorkshop, "e", Audience::room, named, 0);
  EXPECT_FALSE(says(room, "سلمى"));
  EXPECT_FALSE(says(room, "قادمة"));
}

TEST(StaffNotes, that_answer_what_is_no_longer_there_are_kept_as_notes) {
  Meeting meeting;
  EXPECT_TRUE(changed(meeting.act(meeting.facilitator, action::StaffNote{"نعم", 999})));
  EXPECT_EQ(meeting.board.notes.back().answers, std::nullopt);
}

TEST(StaffNotes, never_put_a_name_on_what_staff_wrote_down_for_others) {
  Meeting meeting;
  meeting.contribution(meeting.facilitator);
  const Names named{{}, {{meeting.facilitator.id, "سلمى"}}};
  EXPECT_FALSE(says(view_snapshot(meeting.board, kWorkshop, "e", Audience::room, named, 0), "سلمى"));
}

// --- Steering ---------------------------------------------------------------------------------------------

TEST(Closing, ends_who_speaks_and_who_wants_to) {
  Meeting meeting;
  meeting.act(meeting.brahim, action::FloorAsk{});
  meeting.act(meeting.facilitator, action::FloorGive{meeting.amina.id});
  meeting.now += 60'000;
  meeting.act(meeting.facilitator, action::PhaseEnter{Phase::closed});
  EXPECT_FALSE(meeting.board.floor.speaking);
  EXPECT_TRUE(meeting.board.floor.queue.empty());
  EXPECT_EQ(meeting.board.floor.spoken_ms.at(meeting.amina.id), 60'000);
}

TEST(Agenda, has_one_item_a_phase_and_links_that_are_safe_to_follow) {
  Meeting meeting;
  EXPECT_EQ(code_of(meeting.act(meeting.facilitator,
                                action::AgendaSet{{{.phase = Phase::problems}, {.phase = Phase::problems}}})),
            Code::invalid_value);
  EXPECT_EQ(code_of(meeting.act(meeting.facilitator, action::AgendaSet{{{.phase = Phase::problems,
                                                                         .link = "javascript:alert(1)"}}})),
            Code::invalid_value);
  EXPECT_TRUE(changed(meeting.act(
      meeting.facilitator, action::AgendaSet{{{.phase = Phase::problems, .question = "ما الذي يعيق؟"}}})));
  EXPECT_TRUE(says(room_of(meeting), "ما الذي يعيق؟"));
}

TEST(Projector, shows_the_work_of_a_table_that_is_there) {
  Meeting meeting(Phase::plenary);
  const auto show = [&](ScreenView view, std::optional<TargetId> target) {
    return meeting.act(meeting.facilitator, action::ProjectorShow{view, target});
  };
  EXPECT_EQ(code_of(show(ScreenView::table, {})), Code::missing_field);
  EXPECT_EQ(code_of(show(ScreenView::table, TargetId{numbered(250)})), Code::table_not_found);
  meeting.act(meeting.facilitator, action::TableAdd{"1"});
  const auto table = id_cast<TargetId>(id_cast<TableId>(meeting.last_command));
  EXPECT_TRUE(changed(show(ScreenView::table, table)));
  EXPECT_TRUE(says(room_of(meeting), R"("view":"table")"));
  EXPECT_EQ(code_of(show(ScreenView::tables, table)), Code::invalid_value);
}

TEST(Projector, shows_only_what_is_there) {
  Meeting meeting(Phase::grouping);
  EXPECT_EQ(code_of(meeting.act(meeting.facilitator, action::ProjectorShow{ScreenView::theme, {}})),
            Code::missing_field);
  EXPECT_EQ(code_of(meeting.act(meeting.facilitator,
                                action::ProjectorShow{ScreenView::theme, TargetId{numbered(250)}})),
            Code::theme_not_found);
  const auto theme = meeting.theme();
  EXPECT_TRUE(changed(
      meeting.act(meeting.facilitator, action::ProjectorShow{ScreenView::theme, id_cast<TargetId>(theme)})));
}

TEST(StaffNotes, are_the_staffs) {
  Meeting meeting;
  meeting.act(meeting.facilitator, action::StaffNote{"five more minutes"});
  const Event noted{meeting.board.seq, 0, meeting.facilitator.id, std::nullopt,
                    change::StaffNoted{std::nullopt, "five more minutes"}};
  EXPECT_FALSE(says(view_event(meeting.board, noted, Audience::room, kNobodyNamed), "five"));
  EXPECT_TRUE(says(view_event(meeting.board, noted, Audience::staff, kNobodyNamed), "five"));
}

TEST(StaffNotes, are_told_to_staff_who_come_later_the_last_of_them_and_never_to_the_room) {
  Meeting meeting;
  const auto snapshot = [&](Audience audience) {
    return view_snapshot(meeting.board, meeting.board.workshop, "epoch", audience, kNobodyNamed, 0);
  };
  meeting.act(meeting.facilitator, action::StaffNote{"the first"});
  EXPECT_TRUE(says(snapshot(Audience::staff), "the first"));
  EXPECT_FALSE(says(snapshot(Audience::room), "the first"));
  for (std::size_t i = 0; i < limits::kStaffNotes; ++i)
    meeting.act(meeting.facilitator, action::StaffNote{"another"});
  EXPECT_EQ(meeting.board.notes.size(), limits::kStaffNotes);
  EXPECT_FALSE(says(snapshot(Audience::staff), "the first"));
}

} // namespace
} // namespace warsha::live
