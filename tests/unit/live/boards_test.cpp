#include "protocol/limits.hpp"
#include "server/live/boards.hpp"
#include "tests/unit/bundle/support.hpp"

namespace warsha::live {
namespace {

using tests::Hall;

/// What is read of a meeting again and again, long after it.
class KeptBoards : public testing::Test {
protected:
  std::shared_ptr<const Board> read(const WorkshopId& workshop) {
    return boards.read(hall.connection, workshop);
  }

  tests::TemporaryFolder folder;
  Hall hall{folder.file("warsha.db")};
  Boards boards;
};

TEST_F(KeptBoards, are_those_of_their_journals) {
  const auto board = read(hall.workshop.id);
  EXPECT_EQ(board->seq, hall.boards.at(hall.workshop.id).seq);
  EXPECT_EQ(board->find(hall.second)->text, "الحافلة لا تصل مساءً");
  EXPECT_EQ(read(hall.other.id)->seq, 1U);
  EXPECT_EQ(read(system::new_id<WorkshopId>()), nullptr);
}

TEST_F(KeptBoards, are_read_once_as_long_as_nothing_happens_in_the_workshop) {
  const auto before = read(hall.workshop.id);
  hall.happen(hall.other, {change::PhaseEntered{Phase::problems}});
  EXPECT_EQ(read(hall.workshop.id), before);
  hall.happen(hall.workshop, {change::PhaseEntered{Phase::closed}});
  EXPECT_EQ(read(hall.workshop.id)->phase, Phase::closed);
  EXPECT_EQ(before->phase, Phase::problems) << "who has it keeps it";
}

TEST_F(KeptBoards, make_place_for_others_the_one_that_was_read_longest_ago_first) {
  const auto first = read(hall.workshop.id);
  const auto second = read(hall.other.id);
  store::in_transaction(hall.connection, [&] {
    for (std::size_t i = 2; i <= limits::kBoardsKept; ++i) {
      const auto row =
          tests::sample_workshop(hall.consultation.id, static_cast<int>(i), "C" + std::to_string(10'000 + i));
      store::add_workshop(hall.connection, row);
      EXPECT_EQ(read(hall.workshop.id), first);
      EXPECT_NE(read(row.id), nullptr);
    }
  });
  EXPECT_EQ(read(hall.workshop.id), first);
  EXPECT_NE(read(hall.other.id), second);
}

} // namespace
} // namespace warsha::live
