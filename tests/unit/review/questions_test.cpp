#include "server/review/question_views.hpp"
#include "tests/unit/review/office.hpp"

#include <nlohmann/json.hpp>

/// What an administration asks before it answers: who may ask, who replies, and who reads what of it.
namespace warsha::review {
namespace {

using test::kConsultation;
using test::kWords;
using test::numbered;
using test::Office;

const auto kId = Office::said(10);
const std::string kSecret = "أنا من حي السلام";

/// With a proposal of contribution 10 that is with mtnra.
class Questions : public ::testing::Test {
protected:
  std::optional<Code> ask(Asked to, const std::string& text = "أي سنة؟") {
    const auto wrong = office_.act(office_.officer, action::Ask{proposal, text, to});
    question = id_cast<QuestionId>(office_.last);
    return wrong;
  }
  std::optional<Code> reply_as_author(const std::string& text = kSecret, const ContributionId& of = kId) {
    return office_.act(office_.author, action::ReplyAsAuthor{of, question, text});
  }
  [[nodiscard]] Dossier dossier() const {
    Dossier all;
    for (const auto& [id, row] : office_.rows)
      all.contributions[WorkshopId{numbered(1)}].push_back(row);
    all.names_of_staff = {{office_.officer.id, "Officer"}, {office_.organiser.id, "Organiser"}};
    return all;
  }
  [[nodiscard]] nlohmann::json read_by(Reader reader) const {
    return view_questions(office_.docket, dossier(), *office_.docket.find(proposal), reader);
  }
  [[nodiscard]] nlohmann::json told(bool own_device, const ContributionId& of = kId) const {
    return view_questions_to_author(office_.docket, office_.rows.at(of), own_device);
  }

  Office office_;
  ProposalId proposal = office_.routed();
  QuestionId question;
};

TEST_F(Questions, are_asked_by_who_has_the_proposal_and_by_nobody_else) {
  const action::Ask ask{proposal, "أي سنة؟", Asked::organiser};
  for (const auto* other : {&office_.organiser, &office_.stranger, &office_.author, &office_.member})
    EXPECT_EQ(office_.act(*other, ask), Code::not_permitted);
  EXPECT_EQ(office_.act(office_.officer, action::Ask{ProposalId{numbered(99)}, "؟", Asked::organiser}),
            Code::proposal_not_found);
  EXPECT_EQ(office_.act(office_.officer, ask), std::nullopt);
  office_.act(office_.officer, action::Decline{proposal, "unit", "justice", kWords});
  EXPECT_EQ(office_.act(office_.officer, ask), Code::not_routed);
}

TEST_F(Questions, about_words_that_were_changed_meanwhile_are_not_asked) {
  const auto seen = office_.docket.find(proposal)->changed_seq;
  office_.act(office_.organiser, action::RewordProposal{proposal, "t", "t"});
  EXPECT_EQ(office_.act(office_.officer, action::Ask{proposal, "؟", Asked::authors}, seen),
            Code::changed_meanwhile);
}

TEST_F(Questions, change_neither_the_day_of_the_answer_nor_what_others_work_on) {
  const auto before = *office_.docket.find(proposal);
  ask(Asked::organiser);
  office_.now += 3'600'000;
  office_.act(office_.organiser, action::Reply{question, "2025"});
  const auto& after = *office_.docket.find(proposal);
  EXPECT_EQ(after.due_at, before.due_at);
  EXPECT_EQ(after.changed_seq, before.changed_seq);
  EXPECT_EQ(after.state, before.state);
}

TEST_F(Questions, of_one_administration_about_a_proposal_are_bounded) {
  for (std::size_t i = 0; i < limits::kQuestionsAsked; ++i)
    EXPECT_EQ(ask(Asked::organiser), std::nullopt);
  EXPECT_EQ(ask(Asked::authors), Code::too_many_questions);
}

TEST_F(Questions, to_the_organiser_are_replied_to_once_and_by_an_organiser) {
  ask(Asked::organiser);
  const action::Reply reply{question, "سنة 2025"};
  for (const auto* other : {&office_.officer, &office_.stranger, &office_.author, &office_.member})
    EXPECT_EQ(office_.act(*other, reply), Code::not_permitted);
  EXPECT_EQ(reply_as_author(), Code::question_not_found) << "it is not to authors";
  const auto seen = office_.docket.find(question)->changed_seq;
  EXPECT_EQ(office_.act(office_.organiser, reply, seen), std::nullopt);
  EXPECT_EQ(office_.act(office_.colleague, reply, seen), Code::changed_meanwhile);
  EXPECT_EQ(office_.act(office_.colleague, reply), Code::question_closed);
  EXPECT_EQ(office_.act(office_.organiser, action::Reply{QuestionId{numbered(99)}, "x"}),
            Code::question_not_found);
}

TEST_F(Questions, to_the_organiser_stay_between_the_two) {
  ask(Asked::organiser, "بيننا: أي سنة؟");
  office_.act(office_.organiser, action::Reply{question, "سنة 2025"});
  EXPECT_EQ(read_by(Reader::administration)[0].at("reply").at("text"), "سنة 2025");
  EXPECT_EQ(view_questions_for_organiser(office_.docket, dossier())[0].at("reply").at("by"), "Organiser");
  EXPECT_EQ(read_by(Reader::administration).dump().find("Organiser"), std::string::npos);
  for (const auto reader : {Reader::everybody, Reader::organiser, Reader::committee})
    EXPECT_TRUE(read_by(reader).empty());
  EXPECT_TRUE(told(true).empty());
  // Neither does who gets the proposal next read them.
  office_.act(office_.officer, action::Decline{proposal, "unit", "justice", kWords});
  EXPECT_TRUE(read_by(Reader::administration).empty());
  office_.act(office_.stranger, action::Accept{proposal});
  EXPECT_TRUE(read_by(Reader::administration).empty());
}

TEST_F(Questions, to_the_authors_are_told_to_each_of_them_and_replied_to_for_their_own_contribution) {
  auto& under = office_.rows.at(Office::said(11));
  under.merged_into = kId; // in the meeting
  ask(Asked::authors);
  EXPECT_EQ(told(false)[0].at("text"), "أي سنة؟");
  EXPECT_TRUE(told(false)[0].at("may_reply"));
  EXPECT_TRUE(told(false, under.id)[0].at("may_reply"));
  EXPECT_TRUE(told(true, Office::said(12)).empty());
  EXPECT_EQ(reply_as_author("x", Office::said(12)), Code::question_closed) << "of no part of it";
  EXPECT_EQ(office_.act(office_.organiser, action::Reply{question, "x"}), Code::question_not_found);
  for (const auto* other : {&office_.officer, &office_.organiser, &office_.member})
    EXPECT_EQ(office_.act(*other, action::ReplyAsAuthor{kId, question, "x"}), Code::not_permitted);
  EXPECT_EQ(reply_as_author(), std::nullopt);
  EXPECT_EQ(reply_as_author("آخر"), Code::question_closed) << "it waits to be read";
  EXPECT_FALSE(told(true)[0].at("may_reply"));
  EXPECT_EQ(reply_as_author("وأنا", under.id), std::nullopt);
}

TEST_F(Questions, are_not_replied_to_for_what_was_withdrawn_or_hidden) {
  ask(Asked::authors);
  office_.rows.at(kId).state = "hidden";
  EXPECT_EQ(reply_as_author(), Code::contribution_hidden);
  EXPECT_FALSE(told(true)[0].at("may_reply"));
  office_.rows.at(kId).state = "withdrawn";
  EXPECT_EQ(reply_as_author(), Code::contribution_withdrawn);
}

TEST_F(Questions, an_authors_reply_is_read_by_organisers_alone_until_it_is_published) {
  ask(Asked::authors);
  reply_as_author();
  for (const auto reader : {Reader::everybody, Reader::organiser, Reader::committee, Reader::administration})
    EXPECT_EQ(read_by(reader).dump().find(kSecret), std::string::npos);
  EXPECT_TRUE(read_by(Reader::everybody).empty()) << "the question neither";
  EXPECT_EQ(read_by(Reader::administration)[0].at("waiting"), 1);
  EXPECT_EQ(view_questions_for_organiser(office_.docket, dossier())[0].at("replies")[0].at("text"), kSecret);
  EXPECT_EQ(told(true)[0].at("reply").at("text"), kSecret);
  EXPECT_FALSE(told(false)[0].at("reply").contains("text")) << "a receipt may be shown to others";

  const action::PublishReply publish{kId, question};
  for (const auto* other : {&office_.officer, &office_.author, &office_.member})
    EXPECT_EQ(office_.act(*other, publish), Code::not_permitted);
  EXPECT_EQ(office_.act(office_.organiser, action::PublishReply{Office::said(11), question}),
            Code::no_reply_waiting);
  EXPECT_EQ(office_.act(office_.organiser, publish), std::nullopt);
  EXPECT_EQ(office_.act(office_.colleague, publish), Code::no_reply_waiting) << "once";
  for (const auto reader : {Reader::everybody, Reader::committee, Reader::administration})
    EXPECT_EQ(read_by(reader)[0].at("replies")[0].at("text"), kSecret);
  EXPECT_FALSE(read_by(Reader::everybody)[0].contains("by")) << "no person is named";
  EXPECT_EQ(told(false)[0].at("reply").at("text"), kSecret);
}

TEST_F(Questions, a_reply_that_is_published_is_not_shown_once_its_contribution_may_not_be_read) {
  ask(Asked::authors);
  reply_as_author();
  office_.act(office_.organiser, action::PublishReply{kId, question});
  office_.rows.at(kId).state = "hidden";
  EXPECT_TRUE(read_by(Reader::everybody).empty());
  EXPECT_FALSE(told(false)[0].at("reply").contains("text"));
}

TEST_F(Questions, a_reply_that_is_withheld_goes_back_to_its_author_with_the_reason_and_may_be_written_anew) {
  ask(Asked::authors);
  reply_as_author();
  const auto read = office_.docket.find(question)->replies.at(kId).changed_seq;
  ASSERT_EQ(office_.act(office_.colleague, action::WithholdReply{kId, "فيه عنوان", question}), std::nullopt);
  EXPECT_EQ(told(false)[0].at("reply").at("note"), "فيه عنوان");
  EXPECT_FALSE(told(false)[0].at("reply").contains("text"));
  const auto seen = read_by(Reader::administration)[0];
  EXPECT_EQ(seen.at("withheld"), 1);
  EXPECT_EQ(seen.dump().find(kSecret), std::string::npos);
  EXPECT_EQ(reply_as_author("سنة 2025"), std::nullopt);
  EXPECT_EQ(office_.act(office_.organiser, action::PublishReply{kId, question}, read),
            Code::changed_meanwhile)
      << "these are other words than those that were read";
  EXPECT_EQ(office_.act(office_.organiser, action::PublishReply{kId, question}), std::nullopt);
  EXPECT_EQ(read_by(Reader::everybody)[0].at("replies")[0].at("text"), "سنة 2025");
}

TEST_F(Questions, wait_for_no_reply_once_the_proposal_is_answered_elsewhere_or_gone) {
  ask(Asked::organiser);
  const auto of_organiser = question;
  ask(Asked::authors);
  const auto expect_closed = [&](const char* when) {
    EXPECT_EQ(office_.act(office_.organiser, action::Reply{of_organiser, "x"}), Code::question_closed)
        << when;
    EXPECT_EQ(reply_as_author(), Code::question_closed) << when;
  };
  const auto docket = office_.docket;
  office_.act(office_.officer, action::Answer{proposal, AnswerKind::later, kWords});
  office_.act(office_.head, action::Approve{proposal});
  expect_closed("answered");
  EXPECT_EQ(ask(Asked::organiser), Code::already_answered);
  question = std::next(docket.questions.begin())->first;
  office_.docket = docket;
  office_.act(office_.organiser, action::Route{proposal, "justice"});
  expect_closed("elsewhere");
  EXPECT_FALSE(told(false)[0].at("may_reply"));
  office_.docket = docket;
  office_.act(office_.organiser, action::DissolveProposal{proposal, kWords});
  expect_closed("dissolved");
  EXPECT_TRUE(told(false).empty()) << "it is no part of it any more";
}

TEST_F(Questions, a_reply_that_came_in_time_can_be_published_after_the_answer) {
  ask(Asked::authors);
  reply_as_author();
  office_.act(office_.officer, action::Answer{proposal, AnswerKind::later, kWords});
  office_.act(office_.head, action::Approve{proposal});
  EXPECT_EQ(office_.act(office_.organiser, action::PublishReply{kId, question}), std::nullopt);
  EXPECT_EQ(read_by(Reader::everybody).size(), 1U);
}

TEST_F(Questions, are_in_the_ledger_as_they_were_said) {
  ask(Asked::authors);
  reply_as_author();
  office_.act(office_.organiser, action::WithholdReply{kId, "؟", question});
  reply_as_author("2025");
  office_.act(office_.organiser, action::PublishReply{kId, question});
  ask(Asked::organiser);
  office_.act(office_.organiser, action::Reply{question, "نعم"});
  Docket again;
  again.consultation = kConsultation;
  for (const auto& body : office_.bodies) {
    const auto entry = read_entry(kConsultation, again.seq + 1, body);
    EXPECT_EQ(encode_entry(kConsultation, entry), body);
    apply(again, entry);
  }
  EXPECT_EQ(view_questions_for_organiser(again, dossier()),
            view_questions_for_organiser(office_.docket, dossier()));
}

} // namespace
} // namespace warsha::review
