#include "server/mail/news.hpp"
#include "tests/unit/review/office.hpp"

#include <algorithm>
#include <gmock/gmock.h>

/// What each entry tells, and to whom.
namespace warsha::mail {
namespace {

using review::test::kWords;
using review::test::Office;
namespace action = review::action;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

/// Acts, and gives what the new entry tells.
std::vector<News> all_told_by(Office& office, const review::Reviewer& who, review::Action action) {
  const auto before = office.docket;
  EXPECT_EQ(office.act(who, std::move(action)), std::nullopt);
  const auto entry =
      review::decode_entry(review::test::kConsultation, office.docket.seq, office.bodies.back());
  return news_of(before, std::get<review::Entry>(entry));
}
/// The same of an entry that tells one thing or nothing.
std::optional<News> told_by(Office& office, const review::Reviewer& who, review::Action action) {
  auto all = all_told_by(office, who, std::move(action));
  EXPECT_LE(all.size(), 1U);
  return all.empty() ? std::nullopt : std::optional(all.front());
}

store::Follower follower(store::About about, const std::string& target,
                         store::Relation relation = store::Relation::reader, std::uint8_t recipient = 100) {
  store::Follower one;
  one.subscription.id = SubscriptionId{live::test::numbered(recipient)};
  one.subscription.recipient = RecipientId{live::test::numbered(recipient)};
  one.subscription.about = about;
  one.subscription.target = target;
  one.subscription.relation = relation;
  one.language = "fr";
  one.text = "text";
  return one;
}
store::Follower of_contribution(std::uint8_t number, store::Relation relation = store::Relation::reader,
                                std::uint8_t recipient = 100) {
  return follower(store::About::contribution, Office::said(number).text(), relation, recipient);
}

TEST(TheNews, of_a_refusal_are_its_reason_and_words) {
  Office office;
  const auto news = told_by(office, office.organiser,
                            action::Refuse{Office::said(10), review::RefusalReason::unclear, kWords});
  ASSERT_TRUE(news);
  EXPECT_EQ(news->kind, NewsKind::refused);
  EXPECT_THAT(news->contributions, ElementsAre(Office::said(10)));
  EXPECT_EQ(news->refusal, review::RefusalReason::unclear);
  EXPECT_EQ(news->words->fr, kWords.fr);
  EXPECT_EQ(news->at, office.docket.contributions.at(Office::said(10)).at)
      << "by its time a decision is known to have been told";
}

TEST(TheNews, are_none_of_what_is_between_those_who_work_on_it) {
  Office office;
  EXPECT_FALSE(told_by(office, office.organiser, action::Screen{Office::said(11), 3, 3, 3}));
  const auto proposal = office.routed();
  EXPECT_FALSE(told_by(office, office.officer, action::Note{proposal, "internal"}));
  EXPECT_FALSE(told_by(office, office.officer, action::Assign{proposal, office.head.id}));
  EXPECT_FALSE(told_by(office, office.officer, action::Answer{proposal, review::AnswerKind::later, kWords}));
  EXPECT_FALSE(told_by(office, office.head, action::RejectAnswer{proposal, "internal"}));
  EXPECT_FALSE(told_by(office, office.officer, action::Answer{proposal, review::AnswerKind::taken, kWords}));
  const auto answer = told_by(office, office.head, action::Approve{proposal});
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->kind, NewsKind::answered);
  EXPECT_EQ(answer->answer, review::AnswerKind::taken);
  EXPECT_EQ(answer->administration, "mtnra");
  EXPECT_EQ(answer->at, office.docket.find(proposal)->answer->at);
  EXPECT_FALSE(told_by(office, office.officer, Office::commit({proposal})));
}

TEST(TheNews, of_a_routing_are_told_when_it_goes_to_somebody_else_only) {
  Office office;
  const auto proposal = office.propose({Office::said(10), Office::said(11)});
  const auto first = told_by(office, office.organiser, action::Route{proposal, "mtnra"});
  ASSERT_TRUE(first);
  EXPECT_EQ(first->due_at, office.docket.find(proposal)->due_at);
  EXPECT_THAT(first->contributions, ElementsAre(Office::said(10), Office::said(11)));
  EXPECT_THAT(first->proposals, ElementsAre(proposal));
  EXPECT_FALSE(told_by(office, office.organiser, action::Route{proposal, "mtnra", {"justice"}}));
  const auto declined = told_by(office, office.officer, action::Decline{proposal, "unit", "justice", kWords});
  ASSERT_TRUE(declined);
  EXPECT_EQ(declined->kind, NewsKind::declined);
  EXPECT_EQ(declined->administration, "mtnra");
  EXPECT_TRUE(told_by(office, office.organiser, action::Route{proposal, "mtnra"})) << "sent back after all";
}

TEST(TheNews, of_answers_that_are_published_together_are_each_in_its_own_words) {
  Office office;
  const auto first = office.propose({Office::said(10)});
  const auto second = office.propose({Office::said(11)});
  for (const auto& id : {first, second})
    EXPECT_EQ(office.act(office.organiser, action::Route{id, "mtnra"}), std::nullopt);
  action::AnswerTogether together;
  together.proposals = {{first, {}}, {second, review::Words{"خاص", "propre"}}};
  together.kind = review::AnswerKind::later;
  together.words = kWords;
  EXPECT_FALSE(told_by(office, office.officer, together));
  const auto news = all_told_by(office, office.head, action::ApproveTogether{{first, second}});
  ASSERT_EQ(news.size(), 2U);
  EXPECT_EQ(news[0].words->fr, kWords.fr);
  EXPECT_EQ(news[1].words->fr, kWords.fr + "\npropre");
  EXPECT_THAT(news[1].contributions, ElementsAre(Office::said(11)));
}

TEST(TheNews, of_a_proposal_that_its_named_owner_accepts_are_those_of_a_routing) {
  Office office;
  const auto proposal = office.routed();
  EXPECT_TRUE(told_by(office, office.officer, action::Decline{proposal, "unit", "justice", kWords}));
  const auto accepted = told_by(office, office.stranger, action::Accept{proposal});
  ASSERT_TRUE(accepted);
  EXPECT_EQ(accepted->kind, NewsKind::routed);
  EXPECT_EQ(accepted->administration, "justice");
  EXPECT_EQ(accepted->due_at, office.docket.find(proposal)->due_at);
}

TEST(TheNews, of_a_commitment_reach_all_that_it_came_from) {
  Office office;
  const auto first = office.answered(10);
  const auto second = office.answered(11);
  EXPECT_EQ(office.act(office.officer, Office::commit({first, second})), std::nullopt);
  const auto commitment = id_cast<CommitmentId>(office.last);
  const auto confirmed = told_by(office, office.organiser, action::ConfirmCommitment{commitment});
  ASSERT_TRUE(confirmed);
  EXPECT_EQ(confirmed->kind, NewsKind::committed);
  EXPECT_THAT(confirmed->contributions, ElementsAre(Office::said(10), Office::said(11)));
  const auto progress =
      told_by(office, office.officer,
              action::Progress{commitment, 1, review::ActivityStatus::completed, kWords, "https://x.ma"});
  ASSERT_TRUE(progress);
  EXPECT_EQ(progress->progress, review::ActivityStatus::completed);
  EXPECT_EQ(progress->link, "https://x.ma");
}

TEST(WhoIsTold, are_followers_of_what_it_concerns_and_nobody_else) {
  Office office;
  const auto proposal = office.propose({Office::said(10)});
  const auto before = office.docket;
  const auto news = told_by(office, office.organiser, action::Route{proposal, "mtnra"});
  const auto told = who_is_told(
      *news, office.docket.seq, before,
      {of_contribution(11, store::Relation::author, 101), of_contribution(10, store::Relation::author, 102),
       follower(store::About::proposal, proposal.text(), store::Relation::reader, 103),
       follower(store::About::consultation, review::test::kConsultation.text(), store::Relation::reader,
                104)});
  ASSERT_EQ(told.size(), 2U);
  EXPECT_EQ(told[0].recipient, RecipientId{live::test::numbered(102)});
  EXPECT_EQ(told[1].recipient, RecipientId{live::test::numbered(103)});
}

TEST(WhoIsTold, gets_one_message_for_all_they_follow_their_own_first) {
  Office office;
  const auto proposal = office.propose({Office::said(10), Office::said(11)});
  const auto before = office.docket;
  const auto news = told_by(office, office.organiser, action::Route{proposal, "mtnra"});
  const auto told = who_is_told(*news, office.docket.seq, before,
                                {follower(store::About::proposal, proposal.text()), of_contribution(10),
                                 of_contribution(11, store::Relation::author)});
  ASSERT_EQ(told.size(), 1U);
  ASSERT_EQ(told[0].parts.size(), 3U);
  EXPECT_EQ(told[0].parts[0].subscription.target, Office::said(11).text());
}

TEST(WhoIsTold, hears_nothing_of_before_they_followed) {
  Office office;
  const auto before = office.docket;
  const auto news = told_by(office, office.organiser,
                            action::Refuse{Office::said(10), review::RefusalReason::unclear, kWords});
  auto late = of_contribution(10);
  late.subscription.told_seq = office.docket.seq;
  EXPECT_THAT(who_is_told(*news, office.docket.seq, before, {late}), IsEmpty());
}

TEST(WhoIsTold, includes_those_whose_words_stand_under_the_decided_ones_but_not_of_a_note_to_its_author) {
  Office office;
  auto under = of_contribution(12, store::Relation::author);
  under.merged_into = Office::said(10);
  const auto before = office.docket;
  const auto returned = told_by(office, office.organiser, action::Return{Office::said(10), "which year?"});
  EXPECT_THAT(who_is_told(*returned, office.docket.seq, before, {under}), IsEmpty());
  const auto waiting = office.docket;
  const auto refused = told_by(office, office.organiser, action::Reconsider{Office::said(10)});
  EXPECT_EQ(who_is_told(*refused, office.docket.seq, waiting, {under}).size(), 1U);
}

TEST(TheNews, of_an_objection_that_leaves_nothing_of_a_proposal_are_told_to_its_followers_too) {
  Office office;
  const auto proposal = office.answered(10, review::AnswerKind::out_of_scope);
  ASSERT_EQ(office.act(office.author,
                       action::Contest{Office::said(10), "why", review::Contested::out_of_scope, {}}),
            std::nullopt);
  const auto before = office.docket;
  const auto all =
      all_told_by(office, office.organiser, action::DecideContestation{Office::said(10), true, kWords});
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].kind, NewsKind::contestation_upheld);
  EXPECT_EQ(all[1].kind, NewsKind::reopened);
  EXPECT_THAT(all[1].proposals, ElementsAre(proposal));
  EXPECT_EQ(all[1].words->fr, kWords.fr);
  auto under = of_contribution(12, store::Relation::author);
  under.merged_into = Office::said(10);
  EXPECT_THAT(who_is_told(all[0], office.docket.seq, before, {under}), IsEmpty());
  EXPECT_EQ(who_is_told(all[1], office.docket.seq, before, {under}).size(), 1U);
}

TEST(WhoIsTold, of_an_objection_to_words_that_may_not_be_read_are_not_its_readers) {
  Office office;
  told_by(office, office.organiser, action::Refuse{Office::said(10), review::RefusalReason::unclear, kWords});
  EXPECT_FALSE(told_by(office, office.author, action::Contest{Office::said(10), "why"})) << "not decided yet";
  const auto before = office.docket;
  const auto decided =
      told_by(office, office.colleague, action::DecideContestation{Office::said(10), true, kWords});
  ASSERT_TRUE(decided);
  EXPECT_EQ(decided->kind, NewsKind::contestation_upheld);
  auto reader = of_contribution(10, store::Relation::reader, 101);
  auto author = of_contribution(10, store::Relation::author, 102);
  reader.text.reset();
  author.text.reset();
  const auto told = who_is_told(*decided, office.docket.seq, before, {reader, author});
  ASSERT_EQ(told.size(), 1U);
  EXPECT_EQ(told[0].recipient, RecipientId{live::test::numbered(102)});
}

TEST(TheNews, of_a_question_to_the_authors_are_for_them_alone_who_hold_a_receipt) {
  Office office;
  const auto proposal = office.routed();
  const auto asked =
      told_by(office, office.officer, action::Ask{proposal, "أي سنة؟", review::Asked::authors});
  ASSERT_TRUE(asked);
  EXPECT_EQ(asked->kind, NewsKind::asked);
  EXPECT_EQ(asked->note, "أي سنة؟");
  EXPECT_EQ(asked->administration, "mtnra");
  auto merged = of_contribution(11, store::Relation::author, 103); // in the meeting, into 10
  merged.merged_into = Office::said(10);
  const auto told = who_is_told(
      *asked, office.docket.seq, office.docket,
      {of_contribution(10, store::Relation::author, 100), of_contribution(10, store::Relation::holder, 101),
       of_contribution(10, store::Relation::reader, 102), merged,
       of_contribution(12, store::Relation::author, 104), follower(store::About::proposal, proposal.text())});
  std::vector<RecipientId> recipients;
  for (const auto& one : told)
    recipients.push_back(one.recipient);
  EXPECT_THAT(recipients,
              ElementsAre(RecipientId{live::test::numbered(100)}, RecipientId{live::test::numbered(101)},
                          RecipientId{live::test::numbered(103)}));
}

TEST(TheNews, of_what_is_between_an_administration_and_the_organiser_are_none) {
  Office office;
  const auto proposal = office.routed();
  EXPECT_FALSE(told_by(office, office.officer, action::Ask{proposal, "؟", review::Asked::organiser}));
  EXPECT_FALSE(told_by(office, office.organiser, action::Reply{id_cast<QuestionId>(office.last), "2025"}));
}

TEST(TheNews, of_a_reply_that_is_withheld_are_the_reason_for_its_author) {
  Office office;
  const auto proposal = office.routed();
  office.act(office.officer, action::Ask{proposal, "؟", review::Asked::authors});
  const auto question = id_cast<QuestionId>(office.last);
  EXPECT_FALSE(told_by(office, office.author, action::ReplyAsAuthor{Office::said(10), question, "سري"}));
  const auto news =
      told_by(office, office.organiser, action::WithholdReply{Office::said(10), "فيه اسم", question});
  ASSERT_TRUE(news);
  EXPECT_EQ(news->kind, NewsKind::withheld);
  EXPECT_EQ(news->note, "فيه اسم");
  auto merged = of_contribution(11, store::Relation::author, 103);
  merged.merged_into = Office::said(10);
  EXPECT_EQ(who_is_told(*news, office.docket.seq, office.docket,
                        {of_contribution(10, store::Relation::author), of_contribution(10), merged})
                .size(),
            1U);
}

} // namespace
} // namespace warsha::mail
