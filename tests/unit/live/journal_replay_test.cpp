#include "server/live/event_codec.hpp"
#include "server/live/rebuild.hpp"
#include "server/live/views.hpp"
#include "tests/unit/live/support.hpp"

#include <gtest/gtest.h>
#include <random>

namespace warsha::live {
namespace {

using namespace test;

const WorkshopId kWorkshop{numbered(9)};
const Names kNobodyNamed;

/// Acts at random, as people would: mostly sensible, sometimes not allowed.
class Crowd {
public:
  explicit Crowd(unsigned seed) : random_(seed) {}

  std::vector<std::string> bodies;
  Board board;

  void open() {
    take(Event{1, now_, {}, std::nullopt, change::Opened{"ورشة", "ar", {{Phase::problems, "سؤال؟"}}}});
  }

  void act() {
    now_ += 137;
    const auto actor = pick(9) < 6 ? participant() : facilitator_;
    const Command command{fresh_id(), action(), random_()};
    auto decision = decide(board, command, actor, now_, "AAAA-BBBB-" + std::to_string(1000 + board.seq));
    if (auto* change = std::get_if<Change>(&decision))
      take(Event{board.seq + 1, now_, actor.id, Cause{command.id, command.fingerprint}, std::move(*change)});
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
  std::string words() { return "نص " + std::to_string(pick(1000)) + " \"quoted\"\nline"; }

  Action action() {
    switch (pick(16)) {
    case 0:
      return action::PhaseEnter{static_cast<Phase>(pick(5))};
    case 1:
      return action::TimerStart{std::chrono::seconds(60)};
    case 2:
      return action::TimerExtend{std::chrono::seconds(30)};
    case 3:
      return action::TimerStop{};
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
    for (int i = 0; i < 150; ++i)
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
}

// --- What each audience sees -------------------------------------------------------------------------

TEST(Views, the_room_is_never_sent_hidden_words_or_pseudonyms) {
  Table table;
  table.act(table.amina, action::Contribute{Kind::problem, "كلام محجوب", {}, {}});
  const auto id = id_cast<ContributionId>(table.last_command);
  table.act(table.facilitator, action::Moderate{id, true, "سبب معلن"});
  const auto room = view_snapshot(table.board, kWorkshop, "e", Audience::room, kNobodyNamed, 0);
  const auto staff = view_snapshot(table.board, kWorkshop, "e", Audience::staff, kNobodyNamed, 0);
  EXPECT_EQ(room.find("كلام محجوب"), std::string::npos);
  EXPECT_EQ(room.find(table.amina.id.text()), std::string::npos);
  EXPECT_EQ(room.find("AAAA-BBBB-CCCC"), std::string::npos) << "a receipt is its author's alone";
  EXPECT_NE(room.find("سبب معلن"), std::string::npos) << "that something was hidden, and why, is public";
  EXPECT_NE(staff.find("كلام محجوب"), std::string::npos);
  EXPECT_EQ(staff.find("AAAA-BBBB-CCCC"), std::string::npos);

  const Event edited{table.board.seq, 0, table.amina.id, std::nullopt, change::Edited{id, "كلام آخر"}};
  EXPECT_EQ(view_event(table.board, edited, Audience::room, kNobodyNamed).find("كلام آخر"),
            std::string::npos);
  EXPECT_NE(view_event(table.board, edited, Audience::staff, kNobodyNamed).find("كلام آخر"),
            std::string::npos);
}

TEST(Views, withdrawn_words_are_shown_to_nobody) {
  Table table;
  table.act(table.amina, action::Contribute{Kind::problem, "كلام مسحوب", {}, {}});
  table.act(table.amina, action::Withdraw{id_cast<ContributionId>(table.last_command)});
  for (const auto audience : {Audience::room, Audience::staff})
    EXPECT_EQ(view_snapshot(table.board, kWorkshop, "e", audience, kNobodyNamed, 0).find("كلام مسحوب"),
              std::string::npos);
}

TEST(Views, a_name_stands_beside_a_contribution_only_when_its_author_chose_so) {
  Table table;
  table.contribution(table.amina);
  const Names named{{table.amina.id, "أمينة"}};
  EXPECT_NE(view_snapshot(table.board, kWorkshop, "e", Audience::room, named, 0).find("أمينة"),
            std::string::npos);
  EXPECT_EQ(view_snapshot(table.board, kWorkshop, "e", Audience::room, kNobodyNamed, 0).find("author_name"),
            std::string::npos);
}

TEST(Views, a_welcome_holds_ones_own_receipts_and_only_what_is_on_disk) {
  Table table;
  table.contribution(table.amina);
  const std::string epoch = "e";
  const Visitor amina{table.amina, std::nullopt, "ar"};
  const Visitor brahim{table.brahim, std::nullopt, "ar"};
  const auto welcome = [&](const Visitor& visitor, Seq committed) {
    return view_welcome(table.board, {kWorkshop, epoch, 1, committed, false, 0}, visitor);
  };
  EXPECT_NE(welcome(amina, table.board.seq).find("AAAA-BBBB-CCCC"), std::string::npos);
  EXPECT_EQ(welcome(brahim, table.board.seq).find("AAAA-BBBB-CCCC"), std::string::npos);
  EXPECT_EQ(welcome(amina, table.board.seq - 1).find("AAAA-BBBB-CCCC"), std::string::npos)
      << "what is not committed is not kept yet";
}

} // namespace
} // namespace warsha::live
