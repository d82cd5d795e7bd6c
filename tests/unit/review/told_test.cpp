#include "server/review/balance.hpp"
#include "server/review/told.hpp"
#include "tests/unit/review/office.hpp"

#include <gmock/gmock.h>

/// How many authors were told, so that the count closes.
namespace warsha::review::test {
namespace {

class TheAuthors : public ::testing::Test {
protected:
  ToldAuthors told() const {
    std::vector<store::ContributionRow> rows;
    for (const auto& [id, row] : office.rows)
      rows.push_back(row);
    return told_authors(office.docket, rows, mails, reads);
  }
  void refuse(std::uint8_t number) {
    EXPECT_EQ(
        office.act(office.organiser, action::Refuse{Office::said(number), RefusalReason::unclear, kWords}),
        std::nullopt);
  }
  void expect(std::size_t decided, std::size_t by_mail, std::size_t on_device, std::size_t unreached) const {
    const auto now = told();
    EXPECT_EQ(now.decided, decided);
    EXPECT_EQ(now.by_mail, by_mail);
    EXPECT_EQ(now.on_device, on_device);
    EXPECT_EQ(now.unreached.size(), unreached);
    EXPECT_EQ(now.decided, now.by_mail + now.on_device + now.unreached.size());
  }
  Office office;
  std::multimap<ContributionId, TimeMs> mails;
  std::map<ContributionId, TimeMs> reads;
};

TEST_F(TheAuthors, of_what_is_not_decided_are_not_counted) {
  office.routed();
  office.act(office.organiser, action::Return{Office::said(11), "which year?"});
  expect(0, 0, 0, 0);
  refuse(12);
  expect(1, 0, 0, 1);
  office.rows.at(Office::said(12)).state = "withdrawn";
  expect(0, 0, 0, 0);
}

TEST_F(TheAuthors, whom_nothing_reached_are_named_by_what_they_said) {
  refuse(10);
  refuse(11);
  refuse(12);
  mails.emplace(Office::said(11), office.now);
  EXPECT_EQ(told().unreached, (std::vector{Office::said(10), Office::said(12)}));
}

TEST_F(TheAuthors, are_told_by_the_mail_about_this_decision_and_by_no_other) {
  refuse(10);
  mails.emplace(Office::said(10), office.now);
  expect(1, 1, 0, 0);
  office.act(office.organiser, action::Reconsider{Office::said(10)});
  expect(0, 0, 0, 0);
  office.now += 1000;
  refuse(10);
  expect(1, 0, 0, 1);
  mails.emplace(Office::said(10), office.now);
  expect(1, 1, 0, 0);
}

TEST_F(TheAuthors, are_told_on_their_device_when_they_read_it_after_the_decision) {
  reads.emplace(Office::said(10), office.now - 1);
  office.answered(10);
  expect(1, 0, 0, 1);
  reads[Office::said(10)] = office.now + 5;
  expect(1, 0, 1, 0);
  mails.emplace(Office::said(10), office.now);
  expect(1, 1, 0, 0);
}

TEST_F(TheAuthors, of_what_stands_under_another_share_its_decision) {
  office.rows.at(Office::said(11)).merged_into = Office::said(10);
  office.answered(10);
  expect(2, 0, 0, 2);
  EXPECT_EQ(decided_at(office.docket, office.rows.at(Office::said(11))),
            decided_at(office.docket, office.rows.at(Office::said(10))));
}

} // namespace
} // namespace warsha::review::test
