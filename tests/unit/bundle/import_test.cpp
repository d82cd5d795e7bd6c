#include "server/app/verify.hpp"
#include "tests/unit/bundle/support.hpp"

/// From one database to another: what arrives, what does not, and what happens when it comes again.
namespace warsha::tests {
namespace {

using ::testing::HasSubstr;

TEST_F(Bundles, everything_arrives_and_verifies) {
  const auto imported = import(hall.bundle(key));
  EXPECT_EQ(imported.consultation, hall.consultation.id);
  EXPECT_FALSE(imported.was_there);
  ASSERT_EQ(imported.workshops.size(), 2U);
  EXPECT_EQ(imported.workshops[0].added, 7U);

  const auto row = store::find_consultation(central, hall.consultation.id);
  ASSERT_TRUE(row);
  EXPECT_EQ(row->title, hall.consultation.title);
  EXPECT_EQ(row->organisers, hall.consultation.organisers);
  const auto receipt = store::find_receipt(central, "NMKJ-HGFE-DCBA");
  ASSERT_TRUE(receipt);
  EXPECT_EQ(receipt->contribution.id, hall.second);
  EXPECT_EQ(receipt->contribution.text, "الحافلة لا تصل مساءً");
  EXPECT_EQ(receipt->contribution.supports, 1);
  EXPECT_EQ(store::find_receipt(central, "ABCD-EFGH-JKMN")->contribution.state, "hidden");
  EXPECT_EQ(store::read_head(central, hall.workshop.id)->hash,
            store::read_head(hall.connection, hall.workshop.id)->hash);
  EXPECT_EQ(store::read_review_head(central, hall.consultation.id).hash,
            store::read_review_head(hall.connection, hall.consultation.id).hash);

  std::ostringstream report;
  EXPECT_EQ(app::verify({folder.file("central.db"), {}}, report), 0) << report.str();
}

TEST_F(Bundles, no_name_nor_what_people_said_of_themselves_nor_a_join_code_travels) {
  const auto bundle = hall.bundle(key);
  for (const auto* secret : {"مينة", "woman", "under_35", "association", "AAAAAA", "join_code"})
    EXPECT_EQ(bundle.find(secret), std::string::npos) << secret;
  import(bundle);
  const auto person = store::find_participant(central, hall.author);
  ASSERT_TRUE(person);
  EXPECT_FALSE(person->display_name);
  EXPECT_NE(store::find_workshop(central, hall.workshop.id)->join_code, "AAAAAA");
}

TEST_F(Bundles, how_many_were_present_arrives_because_scores_count_them) {
  import(hall.bundle(key));
  EXPECT_EQ(store::attending(central, hall.workshop.id).size(), 2U);
  EXPECT_TRUE(store::attending(central, hall.other.id).empty());
}

TEST_F(Bundles, what_was_imported_exports_to_the_same_bytes) {
  const auto bundle = hall.bundle(key, kNow + 5);
  import(bundle);
  std::ostringstream again;
  bundle::write(central, hall.consultation.id, key, kNow + 5, again);
  EXPECT_EQ(again.str(), bundle);
}

TEST_F(Bundles, the_same_bundle_again_changes_nothing) {
  import(hall.bundle(key));
  const auto codes = store::find_workshop(central, hall.workshop.id)->join_code;
  const auto again = import(hall.bundle(key, kNow + 1));
  EXPECT_TRUE(again.was_there);
  EXPECT_EQ(again.added, 0U);
  EXPECT_EQ(again.workshops[0].join_code, codes);
}

TEST_F(Bundles, a_bundle_brought_home_leaves_names_as_they_are) {
  std::istringstream stream(hall.bundle(key));
  EXPECT_EQ(bundle::import(hall.connection, stream, trusted).added, 0U);
  EXPECT_EQ(store::find_participant(hall.connection, hall.author)->display_name, "مينة بنعلي");
}

TEST_F(Bundles, a_later_bundle_adds_what_is_new) {
  import(hall.bundle(key));
  hall.happen(hall.workshop, {live::change::Shown{hall.first}, live::change::Supported{hall.first}});
  hall.review(review::action::Screen{hall.first, 1, 1, 1});
  const auto later = hall.bundle(key);
  const auto imported = import(later);
  EXPECT_TRUE(imported.was_there);
  EXPECT_EQ(imported.added, 3U);
  EXPECT_EQ(store::find_receipt(central, "ABCD-EFGH-JKMN")->contribution.state, "shown");
  std::ostringstream report;
  EXPECT_EQ(app::verify({folder.file("central.db"), {}}, report), 0) << report.str();
  std::ostringstream again;
  bundle::write(central, hall.consultation.id, key, kNow, again);
  EXPECT_EQ(again.str(), later);
}

TEST_F(Bundles, of_another_trusted_key_add_nothing_to_a_consultation) {
  import(hall.bundle(key));
  hall.happen(hall.workshop, {live::change::PhaseEntered{Phase::closed}});
  const auto other = bundle::SigningKey::make(folder.file("other.pem"));
  trusted.push_back(other.public_key());
  EXPECT_THAT(refusal(hall.bundle(other)), testing::HasSubstr("did not come to this database with the key"));
  EXPECT_EQ(import(hall.bundle(key)).added, 1U) << "and the first attempt left nothing behind";
}

TEST_F(Bundles, hold_events_of_every_kind) {
  live::change::AgendaSet agenda;
  agenda.agenda.push_back(
      {.phase = Phase::problems, .question = "ما الذي يعيق؟", .duration_ms = 600'000, .silent = true});
  hall.happen(hall.workshop, {agenda, live::change::SettingsSet{{.anonymous = true, .quorum = 12}},
                              live::change::TableAdded{system::new_id<TableId>(), "الأولى"},
                              live::change::StaffNoted{std::nullopt, "a note"}});
  EXPECT_EQ(import(hall.bundle(key)).workshops[0].added, 11U);
}

TEST_F(Bundles, whose_review_does_not_follow_are_refused) {
  const auto proposal =
      id_cast<ProposalId>(hall.review(review::action::Propose{"عنوان", "نص", {hall.second}}));
  hall.review(review::action::Route{proposal, "mtnra"});
  hall.review(review::action::Approve{proposal}); // nobody proposed an answer
  EXPECT_THAT(refusal(hall.bundle(key)), testing::HasSubstr("it names what doesn't exist"));
  EXPECT_TRUE(central_is_empty());
}

TEST_F(Bundles, whose_review_accepts_what_nobody_handed_on_are_refused) {
  const auto proposal =
      id_cast<ProposalId>(hall.review(review::action::Propose{"عنوان", "نص", {hall.second}}));
  hall.review(review::action::Accept{proposal});
  EXPECT_THAT(refusal(hall.bundle(key)), testing::HasSubstr("entry 3: it names what doesn't exist"));
  EXPECT_TRUE(central_is_empty());
}

TEST_F(Bundles, of_a_clock_that_lives_in_another_year_are_refused_and_of_a_wrong_zone_are_not) {
  constexpr TimeMs kHour = 3'600'000;
  const auto now = system::now_ms();
  hall.review(review::action::Screen{hall.first, 1, 1, 1}, now + 12 * kHour);
  EXPECT_GT(import(hall.bundle(key)).added, 0U);
  hall.review(review::action::Screen{hall.first, 2, 1, 1}, now + 365 * 24 * kHour);
  EXPECT_THAT(refusal(hall.bundle(key)), testing::HasSubstr("entry 3: its time has not come yet"));
  EXPECT_EQ(store::read_review_head(central, hall.consultation.id).seq, 2U);
}

TEST_F(Bundles, an_earlier_bundle_after_a_later_one_changes_nothing) {
  const auto earlier = hall.bundle(key);
  hall.happen(hall.workshop, {live::change::Shown{hall.first}});
  import(hall.bundle(key));
  EXPECT_EQ(import(earlier).added, 0U);
  EXPECT_EQ(store::read_head(central, hall.workshop.id)->seq, 8U);
}

TEST_F(Bundles, a_bundle_that_parted_from_what_is_here_is_refused_at_the_first_difference) {
  const auto before = hall.bundle(key);
  import(before);
  // The same hall's database, put back and gone another way: here, the central server went on by itself.
  store::Append append{hall.workshop.id, {}, {}};
  const live::Event event{8, kNow, hall.author, live::Cause{system::new_id<CommandId>(), 1},
                          live::change::Shown{hall.first}};
  append.events.push_back({8, live::encode_body(hall.workshop.id, event)});
  auto head = *store::read_head(central, hall.workshop.id);
  store::in_transaction(central, [&] { store::write_append(central, append, head); });
  hall.happen(hall.workshop, {live::change::Supported{hall.first}});
  EXPECT_THAT(refusal(hall.bundle(key)),
              HasSubstr("workshop " + hall.workshop.id.text() +
                        ", event 8: another event stands in its place in this database"));
}

TEST_F(Bundles, a_receipt_that_is_anothers_here_is_refused_and_nothing_is_kept) {
  TemporaryFolder elsewhere;
  Hall second_hall(elsewhere.file("hall.db")); // with the same receipts
  import(hall.bundle(key));
  EXPECT_THAT(refusal(second_hall.bundle(key)),
              HasSubstr("workshop " + second_hall.workshop.id.text() +
                        ", event 3: its receipt is that of another contribution in this database"));
  EXPECT_FALSE(store::find_consultation(central, second_hall.consultation.id));
}

TEST_F(Bundles, a_consultation_that_is_not_there_is_not_exported) {
  std::ostringstream out;
  EXPECT_THROW(bundle::write(hall.connection, system::new_id<ConsultationId>(), key, kNow, out),
               bundle::BundleError);
}

} // namespace
} // namespace warsha::tests
