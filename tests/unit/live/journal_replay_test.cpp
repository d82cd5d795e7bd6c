#include "server/live/event_codec.hpp"
#include "server/live/rebuild.hpp"
#include "server/live/views.hpp"
#include "tests/unit/live/support.hpp"

#include <gtest/gtest.h>
#include <random>
#include <set>

namespace warsha::live {
namespace {

using namespace test;

const WorkshopId kWorkshop{numbered(9)};
const Names kNobodyNamed;

/// Acts at random, as people would: mostly sensible, sometimes not allowed.
class Crowd {
public:
  explicit Crowd(unsigned seed) : random_(seed) { board.workshop = kWorkshop; }

  std::vector<std::string> bodies;
  Board board;

  void open() {
    const auto days = pick(10) == 0 ? std::optional(some_days()) : std::nullopt; // a written consultation
    take(Event{1, now_, {}, std::nullopt, change::Opened{"ورشة", "ar", {{Phase::problems, "سؤال؟"}}, days}});
  }

  void act() {
    now_ += 137;
    const auto actor = pick(9) < 6 ? participant() : facilitator_;
    const Command command{fresh_id(), action(), random_()};
    auto decision = decide(board, command, actor, now_,
                           {"AAAA-BBBB-" + std::to_string(1000 + board.seq),
                            id_cast<ContributionId>(fresh_id()), "CCCC-DDDD-" + std::to_string(board.seq)});
    for (auto& change : changes_of(std::move(decision)))
      take(Event{board.seq + 1, now_, actor.id, Cause{command.id, command.fingerprint}, std::move(change)});
  }

private:
  unsigned pick(unsigned most) { return random_() % most; }

  CommandId fresh_id() {
    std::array<std::uint8_t, 10> bytes{};
    for (auto& byte : bytes)
      byte = static_cast<std::uint8_t>(random_());
    return CommandId{uuid::make(now_, bytes)};
  }
  access::Actor participant() {
    return {Role::participant, ActorId{numbered(static_cast<std::uint8_t>(10 + pick(5)))}};
  }

  ContributionId some_contribution() {
    return board.contributions.empty()
               ? ContributionId{numbered(1)}
               : board.contributions[pick(static_cast<unsigned>(board.contributions.size()))].id;
  }
  ThemeId some_theme() {
    return board.themes.empty() ? ThemeId{numbered(1)}
                                : board.themes[pick(static_cast<unsigned>(board.themes.size()))].id;
  }
  TableId some_table() {
    return board.tables.empty() ? TableId{numbered(1)}
                                : board.tables[pick(static_cast<unsigned>(board.tables.size()))].id;
  }
  TableId some_removed_table() {
    return board.removed_tables.empty() ? some_table() : board.removed_tables.back().table.id;
  }
  ActorId last_turn() { return board.floor.last_turn ? board.floor.last_turn->of : participant().id; }
  /// Half of the time none, so that there is not always a draft to write in.
  DraftId some_draft() {
    if (board.drafts.empty() || pick(2) == 0)
      return DraftId{numbered(1)};
    return std::next(board.drafts.begin(), pick(static_cast<unsigned>(board.drafts.size())))->first;
  }
  Ground some_ground() { return static_cast<Ground>(pick(7)); }
  TextEdit some_edit(const DraftId& id) {
    TextEdit edit;
    const auto* draft = board.find(id);
    const auto length = draft ? static_cast<unsigned>(count_code_points(draft->text)) : 0;
    const auto keep = pick(length + 1);
    if (keep > 0)
      edit.parts.emplace_back(TextEdit::Keep{keep});
    if (length > keep && pick(3) == 0)
      edit.parts.emplace_back(TextEdit::Delete{1 + pick(length - keep)});
    edit.parts.emplace_back(TextEdit::Insert{words()});
    return edit;
  }
  AgendaItem some_item(Phase phase) {
    AgendaItem item{
        phase,        words(), std::nullopt, "https://example.org/", 60'000 + pick(1000), pick(2) == 0,
        pick(2) == 0, pick(4), pick(4) == 0};
    if (pick(4) == 0)
      item.contribute = {Kind::problem, Kind::solution};
    item.rapporteurs_only = pick(8) == 0;
    if (pick(4) == 0)
      item.moderation = static_cast<Moderation>(pick(2));
    if (pick(4) == 0)
      item.results_required = pick(2) == 0;
    return item;
  }
  std::vector<AgendaItem> some_agenda() {
    std::vector<AgendaItem> agenda;
    for (const auto phase : {Phase::problems, Phase::grouping, Phase::solutions, Phase::plenary})
      if (pick(2) == 0)
        agenda.push_back(some_item(phase));
    return agenda;
  }
  FormDays some_days() { return {now_, now_ + static_cast<TimeMs>(1 + pick(30)) * 86'400'000}; }
  Settings some_settings() {
    return {pick(2) == 0, static_cast<Moderation>(pick(2)), pick(4) == 0, pick(50), pick(2) == 0, pick(2)};
  }

  std::optional<std::string> some_result() { return pick(2) == 0 ? std::nullopt : std::optional(words()); }
  std::string words() { return "نص " + std::to_string(pick(1000)) + " \"quoted\"\nline"; }

  Action action() {
    switch (pick(51)) {
    case 50:
      return action::FormSet{some_days()};
    case 48:
      return action::TableRestore{some_removed_table()};
    case 49:
      return pick(2) == 0 ? Action{action::TakeOver{some_contribution(), "5e7d9a10"}}
                          : action::FloorTakeBack{last_turn()};
    case 20:
      return action::Rate{some_contribution(), 1 + pick(5), 1 + pick(5)};
    case 21:
      return action::Count{some_contribution(), static_cast<CountChannel>(pick(2)), pick(30)};
    case 22:
      return action::TalliesHide{pick(2) == 0};
    case 23:
    case 24:
      return action::Merge{some_contribution(), {some_contribution()}};
    case 25:
      return action::Unmerge{{some_contribution()}};
    case 26:
      return action::Reword{some_contribution(), pick(3) == 0 ? std::nullopt : std::optional(words())};
    case 27:
      return action::Freeze{some_contribution(), pick(2) == 0};
    case 28:
      return pick(4) == 0 ? Action{action::PersonRemove{participant().id, some_ground()}}
                          : Action{action::PersonReadmit{participant().id}};
    case 29:
      return action::Reveal{};
    case 30:
      return action::AgendaSet{some_agenda()};
    case 31:
      return action::SettingsSet{some_settings()};
    case 32:
      return action::ProjectorShow{static_cast<ScreenView>(pick(11)), std::nullopt};
    case 33:
      return action::CaptionSet{pick(2) == 0 ? std::nullopt : std::optional(words())};
    case 34:
      return action::StaffNote{
          words(), board.notes.empty() ? std::nullopt
                                       : std::optional(static_cast<std::int64_t>(board.notes.back().seq))};
    case 35:
      return action::TableAdd{words()};
    case 36:
      return action::TableRename{some_table(), words()};
    case 37:
      return pick(4) == 0 ? Action{action::TableRemove{some_table()}}
                          : Action{action::TableSit{some_table()}};
    case 38:
      return action::TableSeat{pick(4) == 0 ? std::nullopt : std::optional(some_table()), {participant().id}};
    case 39:
      return action::TableRapporteur{some_table(), participant().id};
    case 40:
      return action::TableSetStatus{some_table(), static_cast<TableStatus>(pick(3))};
    case 41:
      return pick(3) == 0 ? Action{action::FloorLeave{}} : Action{action::FloorAsk{}};
    case 42:
      return pick(3) == 0 ? Action{action::FloorEnd{}} : Action{action::FloorGive{participant().id}};
    case 43:
      return pick(2) == 0 ? Action{action::DraftStart{.kind = pick(2) == 0 ? Kind::solution : Kind::result}}
                          : Action{action::DraftStart{.kind = Kind::result, .result_of = some_draft()}};
    case 44:
    case 45:
    case 46: {
      const auto draft = some_draft();
      const auto* there = board.find(draft);
      const auto late = pick(3) == 0 ? pick(4) : 0; // made before others that came in meanwhile
      return action::DraftChange{draft, some_edit(draft),
                                 there ? std::max<std::int64_t>(0, there->revision - late) : 0};
    }
    case 47:
      return pick(4) == 0 ? Action{action::DraftDiscard{some_draft()}}
                          : Action{action::DraftHandIn{some_draft(), some_result()}};
    case 19:
      return action::Moderate{some_contribution(), pick(2) == 0, std::nullopt, some_ground()};
    case 0:
      return action::PhaseEnter{static_cast<Phase>(pick(5))};
    case 1:
      return action::TimerStart{std::chrono::seconds(60)};
    case 2:
      return action::TimerExtend{std::chrono::seconds(30)};
    case 3:
      return pick(2) == 0 ? Action{action::TimerStop{}} : Action{action::TimerPause{pick(2) == 0}};
    case 4:
      return action::ThemeAdd{words()};
    case 5:
      return action::ThemeRename{some_theme(), words()};
    case 6:
      return pick(3) == 0 ? Action{action::ThemeRemove{some_theme()}} : Action{action::ThemeAdd{words()}};
    case 7:
    case 8:
      return action::Place{some_contribution(), pick(4) == 0 ? std::nullopt : std::optional(some_theme())};
    case 9:
      return action::Moderate{some_contribution(), pick(2) == 0, "سبب"};
    case 10:
      return action::Edit{some_contribution(), words()};
    case 11:
      return action::Withdraw{some_contribution()};
    case 12:
    case 13:
      return action::Support{some_contribution(), pick(3) != 0};
    default: {
      const auto kind = static_cast<Kind>(pick(3));
      action::Contribute contribute{kind, words(), {}, {}};
      if (kind == Kind::solution && !board.contributions.empty())
        contribute.answers.push_back(some_contribution());
      if (kind == Kind::solution)
        contribute.result = some_result();
      return contribute;
    }
    }
  }

  void take(Event event) {
    bodies.push_back(encode_body(kWorkshop, event));
    apply(board, event);
  }

  std::mt19937 random_;
  TimeMs now_ = 1'700'000'000'000;
  access::Actor facilitator_{Role::facilitator, ActorId{numbered(3)}};
};

std::string everything(const Board& board) {
  return view_snapshot(board, kWorkshop, "epoch", Audience::staff, kNobodyNamed, 0);
}

TEST(JournalReplay, any_sequence_of_commands_is_rebuilt_exactly_from_its_events) {
  for (unsigned seed = 0; seed < 200; ++seed) {
    Crowd crowd(seed);
    crowd.open();
    for (int i = 0; i < 300; ++i)
      crowd.act();
    Rebuild rebuild(kWorkshop);
    for (std::size_t i = 0; i < crowd.bodies.size(); ++i)
      ASSERT_EQ(rebuild.apply(i + 1, crowd.bodies[i]), std::nullopt)
          << "seed " << seed << ", event " << i + 1;
    ASSERT_EQ(everything(rebuild.board()), everything(crowd.board)) << "seed " << seed;
    const auto rows = rebuild.contributions();
    ASSERT_EQ(rows.size(), crowd.board.contributions.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
      EXPECT_EQ(rows[i].receipt, crowd.board.contributions[i].receipt);
      EXPECT_EQ(rows[i].changed_seq, crowd.board.contributions[i].changed_seq);
    }
  }
}

/// A type of event that no crowd ever makes would be rebuilt by nobody.
TEST(JournalReplay, is_tried_with_every_type_of_event) {
  std::set<std::string> types;
  for (unsigned seed = 0; seed < 100; ++seed) {
    Crowd crowd(seed);
    crowd.open();
    for (int i = 0; i < 300; ++i)
      crowd.act();
    for (std::size_t i = 0; i < crowd.bodies.size(); ++i)
      types.insert(event_type(std::get<Event>(decode_body(kWorkshop, i + 1, crowd.bodies[i])).change));
  }
  EXPECT_EQ(types.size(), std::variant_size_v<Change>);
}

TEST(JournalReplay, the_same_event_gives_the_same_bytes) {
  Crowd crowd(7);
  crowd.open();
  for (int i = 0; i < 200; ++i)
    crowd.act();
  for (std::size_t i = 0; i < crowd.bodies.size(); ++i) {
    const auto decoded = decode_body(kWorkshop, i + 1, crowd.bodies[i]);
    ASSERT_TRUE(std::holds_alternative<Event>(decoded));
    EXPECT_EQ(encode_body(kWorkshop, std::get<Event>(decoded)), crowd.bodies[i]);
  }
}

TEST(JournalReplay, a_journal_that_does_not_fit_is_refused_with_its_reason) {
  Crowd crowd(1);
  crowd.open();
  const auto& first = crowd.bodies.front();
  EXPECT_TRUE(Rebuild(kWorkshop).apply(2, first)) << "another seq";
  EXPECT_TRUE(Rebuild(WorkshopId{numbered(8)}).apply(1, first)) << "another workshop";
  EXPECT_TRUE(Rebuild(kWorkshop).apply(1, "not json"));
  EXPECT_TRUE(Rebuild(kWorkshop).apply(1, R"({"type":"workshop.opened"})"));
  Event placed{1, 0, ActorId{numbered(3)}, std::nullopt,
               change::Placed{ContributionId{numbered(4)}, std::nullopt}};
  EXPECT_TRUE(Rebuild(kWorkshop).apply(1, encode_body(kWorkshop, placed)))
      << "a contribution that doesn't exist";
  const auto added = [](Seq seq) {
    change::Added twice;
    twice.contribution = ContributionId{numbered(4)};
    twice.text = "text";
    return encode_body(kWorkshop,
                       Event{seq, 0, ActorId{numbered(3)}, Cause{CommandId{numbered(4)}, 0}, twice});
  };
  Rebuild rebuild(kWorkshop);
  EXPECT_FALSE(rebuild.apply(1, added(1)));
  EXPECT_TRUE(rebuild.apply(2, added(2))) << "a contribution that is there already";
}

// --- What each audience sees -------------------------------------------------------------------------

TEST(Views, the_room_is_never_sent_hidden_words_or_pseudonyms) {
  Meeting meeting;
  meeting.act(meeting.amina, action::Contribute{Kind::problem, "كلام محجوب", {}, {}});
  const auto id = id_cast<ContributionId>(meeting.last_command);
  meeting.act(meeting.facilitator, action::Moderate{id, true, "سبب معلن"});
  const auto room = view_snapshot(meeting.board, kWorkshop, "e", Audience::room, kNobodyNamed, 0);
  const auto staff = view_snapshot(meeting.board, kWorkshop, "e", Audience::staff, kNobodyNamed, 0);
  EXPECT_EQ(room.find("كلام محجوب"), std::string::npos);
  EXPECT_EQ(room.find(meeting.amina.id.text()), std::string::npos);
  EXPECT_EQ(room.find("AAAA-BBBB-CCCC"), std::string::npos) << "a receipt is its author's alone";
  EXPECT_NE(room.find("سبب معلن"), std::string::npos) << "that something was hidden, and why, is public";
  EXPECT_NE(staff.find("كلام محجوب"), std::string::npos);
  EXPECT_EQ(staff.find("AAAA-BBBB-CCCC"), std::string::npos);

  const Event edited{meeting.board.seq, 0, meeting.amina.id, std::nullopt, change::Edited{id, "كلام آخر"}};
  EXPECT_EQ(view_event(meeting.board, edited, Audience::room, kNobodyNamed).find("كلام آخر"),
            std::string::npos);
  EXPECT_NE(view_event(meeting.board, edited, Audience::staff, kNobodyNamed).find("كلام آخر"),
            std::string::npos);
}

TEST(Views, withdrawn_words_are_shown_to_nobody) {
  Meeting meeting;
  meeting.act(meeting.amina, action::Contribute{Kind::problem, "كلام مسحوب", {}, {}});
  meeting.act(meeting.amina, action::Withdraw{id_cast<ContributionId>(meeting.last_command)});
  for (const auto audience : {Audience::room, Audience::staff})
    EXPECT_EQ(view_snapshot(meeting.board, kWorkshop, "e", audience, kNobodyNamed, 0).find("كلام مسحوب"),
              std::string::npos);
}

TEST(Views, a_name_stands_beside_a_contribution_only_when_its_author_chose_so) {
  Meeting meeting;
  meeting.contribution(meeting.amina);
  const Names named{{{meeting.amina.id, "أمينة"}}};
  EXPECT_NE(view_snapshot(meeting.board, kWorkshop, "e", Audience::room, named, 0).find("أمينة"),
            std::string::npos);
  EXPECT_EQ(view_snapshot(meeting.board, kWorkshop, "e", Audience::room, kNobodyNamed, 0).find("author_name"),
            std::string::npos);
}

TEST(Views, a_welcome_holds_ones_own_receipts_and_only_what_is_on_disk) {
  Meeting meeting;
  meeting.contribution(meeting.amina);
  const std::string epoch = "e";
  const Visitor amina{meeting.amina, std::nullopt, "ar"};
  const Visitor brahim{meeting.brahim, std::nullopt, "ar"};
  const auto welcome = [&](const Visitor& visitor, Seq committed) {
    return view_welcome(meeting.board, {kWorkshop, epoch, 1, committed, {}, false, 0}, visitor);
  };
  EXPECT_NE(welcome(amina, meeting.board.seq).find("AAAA-BBBB-CCCC"), std::string::npos);
  EXPECT_EQ(welcome(brahim, meeting.board.seq).find("AAAA-BBBB-CCCC"), std::string::npos);
  EXPECT_EQ(welcome(amina, meeting.board.seq - 1).find("AAAA-BBBB-CCCC"), std::string::npos)
      << "what is not committed is not kept yet";
}

TEST(Views, a_welcome_tells_staff_the_receipts_of_what_they_typed_without_its_words) {
  Meeting meeting;
  meeting.act(meeting.facilitator, action::Contribute{Kind::problem, "بطاقة من ورق", {}, {}});
  const std::string epoch = "e";
  const auto welcome = view_welcome(meeting.board, {kWorkshop, epoch, 1, meeting.board.seq, {}, false, 0},
                                    {meeting.facilitator, std::nullopt, "ar"});
  EXPECT_NE(welcome.find("AAAA-BBBB-CCCC"), std::string::npos);
  EXPECT_EQ(welcome.find("بطاقة من ورق"), std::string::npos);
}

} // namespace
} // namespace warsha::live
