#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

/// Every limit that a peer can meet, in one place: its unit, and what happens beyond it.
namespace warsha::limits {

using namespace std::chrono_literals;

// --- Live socket -----------------------------------------------------------------------------

/// Bytes of one message from a client; beyond it the socket closes with 1009.
/// Also bounds JSON depth: nlohmann's dump() recurses and overflows the stack at about 100,000.
inline constexpr std::size_t kMessageBytes = std::size_t{32} * 1024;
/// Nesting of a JSON document from outside; deeper is `malformed`.
inline constexpr std::size_t kJsonDepth = 16;
/// Malformed messages of one connection before it is closed with 4502. A text that is refused is none.
inline constexpr int kMalformedMessages = 64;
/// Commands a participant may send in a burst, and the steady rate after it, over all their sockets that one
/// shard has; beyond: `too_fast`.
inline constexpr double kCommandBurst = 60;
inline constexpr double kCommandsPerSecond = 8;
/// Commands that one with an id that was used before counts as.
inline constexpr int kReusedIdCommands = 20;
/// Staff group cards with a mouse and a replay drives whole workshops through one socket.
inline constexpr double kStaffCommandBurst = 500;
inline constexpr double kStaffCommandsPerSecond = 100;
/// Time for the first `hello`; beyond it the socket closes with 4001.
inline constexpr auto kHelloTime = 10s;
/// A tick tells a client that the socket lives, and lets it notice a gap.
inline constexpr auto kTickInterval = 15s;
/// Nothing received (data or pong) for this long: the peer is gone.
inline constexpr auto kIdleTime = 60s;
/// One write not completed in this time: close 4008; the client comes back and resumes.
inline constexpr auto kWriteTime = 10s;
/// Bytes waiting for one client; beyond it they are dropped and the client is told to resync.
/// About 800 events of a full room: a phone that far behind is quicker with a snapshot.
inline constexpr std::size_t kQueueBytes = std::size_t{256} * 1024;
/// Room for answers beyond that: a welcome with all that one person may have written. Beyond it: close 4008.
inline constexpr std::size_t kAnswerBytes = std::size_t{512} * 1024;
/// Bytes of answers to pings that a client leaves unread before its connection ends.
inline constexpr std::size_t kControlBytes = std::size_t{16} * 1024;
/// Bytes that the kernel takes for one connection beyond what is on its way: it would take megabytes, unseen.
inline constexpr int kUnsentBytes = 64 * 1024;
/// Events replayed to a client that resumes; one further behind gets a resync.
inline constexpr std::size_t kResumeEvents = 500;
/// And bytes of them: more, and the snapshot is less, which is compressed and need not come in one frame.
inline constexpr std::size_t kResumeBytes = std::size_t{128} * 1024;
/// Two publications of a workshop keep this distance for each pair of people in the room, so that what a room
/// costs does not grow with the square of its people. 50 people: half a millisecond; 500: 50 ms.
inline constexpr auto kPublicationDistancePerPair = 200ns;
/// And while several events come at a time this one for each person, so that they leave together: 50 people:
/// 5 ms.
inline constexpr auto kPublicationDistancePerPerson = 100us;
inline constexpr std::chrono::milliseconds kPublicationDistanceMost = 100ms;
/// Presence is conflated to one message in this time.
inline constexpr auto kPresenceInterval = 1s;
/// A `typing` lapses after this.
inline constexpr auto kTypingTime = 6s;
/// Clients told to leave come back spread over this time.
inline constexpr auto kReconnectSpread = 4s;

// --- Words ------------------------------------------------------------------------------------

/// Lengths of texts in grapheme clusters (what a person counts as letters).
inline constexpr std::size_t kContributionGraphemes = 500;
inline constexpr std::size_t kThemeTitleGraphemes = 80;
inline constexpr std::size_t kReasonGraphemes = 300;
inline constexpr std::size_t kDisplayNameGraphemes = 60;
inline constexpr std::size_t kLineGraphemes = 500;
/// The question and the guidance of a phase, and the note that asks for other words.
inline constexpr std::size_t kQuestionGraphemes = 300;
inline constexpr std::size_t kGuidanceGraphemes = 500;
inline constexpr std::size_t kLinkGraphemes = 300;
inline constexpr std::size_t kTableTitleGraphemes = 40;
inline constexpr std::size_t kCaptionGraphemes = 300;
/// A text while it is written together, and the parts of one edit of it.
inline constexpr std::size_t kDraftCodePoints = 2000;
inline constexpr std::size_t kEditParts = 100;
/// Edits of a draft that are kept to fit later ones in: an edit that was made before more of them than that,
/// or before more bytes of them, is `stale_revision`. Eight who type without a pause make some eight a
/// second.
inline constexpr std::size_t kDraftEdits = 512;
inline constexpr std::size_t kDraftEditBytes = std::size_t{64} * 1024;
/// A proposal, and what is said of it on its way.
inline constexpr std::size_t kProposalTitleGraphemes = 200;
inline constexpr std::size_t kProposalGraphemes = 2000;
inline constexpr std::size_t kAnswerGraphemes = 2000;
/// Code points no text may pass whatever its graphemes: a grapheme can hold endless marks.
inline constexpr std::size_t kTextCodePoints = 4000;

// --- A workshop --------------------------------------------------------------------------------

/// Contributions of participants that stand; who hides spam makes room.
inline constexpr std::size_t kContributions = 2000;
/// All that were ever added, staff's and hidden ones too.
inline constexpr std::size_t kContributionsEver = 10'000;
inline constexpr std::size_t kContributionsPerParticipant = 200;
inline constexpr std::size_t kThemes = 100;
inline constexpr std::size_t kReferences = 20;
inline constexpr std::size_t kTables = 40;
/// Drafts of a workshop that are being written.
inline constexpr std::size_t kDrafts = 200;
/// Of them: begun by one participant.
inline constexpr std::size_t kDraftsPerParticipant = 5;
/// People named by one command.
inline constexpr std::size_t kSeatedAtOnce = 100;
/// People that one contribution may speak for, as declared.
inline constexpr std::int64_t kPeopleBehind = 99;
/// People that one contribution counts for, written together or said in an imported journal: schemas/sql/0010
/// has it too.
inline constexpr std::int64_t kPeopleTogether = 10'000;
/// A show of hands, paper votes, a quorum.
inline constexpr std::int64_t kCounted = 10'000;
inline constexpr std::int64_t kSupportsMost = 50;
inline constexpr std::int64_t kRatingMost = 5;
/// Slow mode: the time between two contributions of one person.
inline constexpr std::int64_t kSlowSecondsMost = 600;
/// Contributions that one `seen` names.
inline constexpr std::size_t kSeenAtOnce = 50;
/// A card stays held by a co-facilitator this long after the last word of it; so does a cursor.
inline constexpr auto kSignalTime = 10s;
/// Signals are conflated to one message in this time.
inline constexpr auto kSignalInterval = 300ms;
/// Notes of staff that a console which comes later is still told.
inline constexpr std::size_t kStaffNotes = 100;
/// Of them: those that the overview shows of each workshop.
inline constexpr std::size_t kOverviewNotes = 4;
/// The latest of one's own contributions that a welcome tells: all of a participant's.
inline constexpr std::size_t kOwnTold = 2'000;
/// People of whom a figure by kind of participant tells at least.
inline constexpr std::size_t kGroupLeast = 3;
/// A table that nobody wrote for or at in this time is silent, while writing is open.
inline constexpr std::chrono::milliseconds kTableSilence = 5min;
/// What the overview counts as the pace: contributions in steps of this, so many of them back.
inline constexpr std::chrono::milliseconds kPaceStep = 30s;
inline constexpr std::size_t kPaceSteps = 10;
inline constexpr std::chrono::milliseconds kTimerLeast = 1s;
inline constexpr std::chrono::milliseconds kTimerMost = 4h;

/// So long the form of a written consultation may be open.
inline constexpr std::chrono::milliseconds kFormTimeMost = std::chrono::hours(24 * 366);
/// Forms sent in, a bucket per source and one for each form; a library or a village shares one address.
/// Beyond: `too_fast`, and the page comes back with what was typed.
inline constexpr double kFormsPerSource = 20;
inline constexpr double kFormsPerSourcePerSecond = 1.0 / 30;
inline constexpr double kFormsOfOne = 120;
inline constexpr double kFormsOfOnePerSecond = 0.5;
/// UTF-16 units that a browser lets somebody type into a field of the form: more than any text of
/// kContributionGraphemes has, and three of them stay within a request's body however they are encoded.
inline constexpr std::size_t kFormFieldUnits = 2000;

/// A workshop that nobody uses for this long leaves the memory; who comes back waits milliseconds for it.
inline constexpr auto kWorkshopRest = 60s;

// --- The review ---------------------------------------------------------------------------------

inline constexpr std::size_t kProposalContributions = 50;
inline constexpr std::size_t kContributingAdministrations = 10;
inline constexpr std::size_t kAdvised = 3; // administrations that a routing decision remembers as advised
inline constexpr std::size_t kAuditedShown =
    200; // routing decisions on the page that audits the advice; the CSV has all
inline constexpr std::size_t kAdministrationIdBytes = 40;
/// Working days that an administration has for its answer, from the day a proposal is sent to it.
inline constexpr int kAnswerWorkingDays = 30;
/// Administrations that may say "not ours" of a proposal; then the organiser decides whose it is.
inline constexpr std::size_t kTransfers = 3;
/// Proposals that get one answer, or are published, by one action.
inline constexpr std::size_t kProposalsTogether = 50;
/// Words that an administration keeps to begin its answers with.
inline constexpr std::size_t kAnswerTemplates = 200;
inline constexpr std::size_t kAnswerTemplateTitleGraphemes = 120;
/// Suggestions of a docket's proposals, and of what may belong to one of them.
inline constexpr std::size_t kProposalSuggestions = 300;
inline constexpr std::size_t kSuggestedBeside = 6;
inline constexpr std::size_t kProposalsPerPage = 50;
inline constexpr std::size_t kContributionsPerPage = 100;
inline constexpr int kTriedWeightMost = 100; // of a criterion, by whoever tries other weights
inline constexpr std::size_t kFeedEntries = 100;
inline constexpr std::size_t kSitemapUrls = 50'000; // of one file: sitemaps.org/protocol.html
/// Public pages that wait for their turn; who comes then is asked to come again.
inline constexpr std::size_t kPublicPagesWaiting = 128;
/// Boards that are kept in memory for who only reads what was said.
inline constexpr std::size_t kBoardsKept = 256;
/// A public record is at most so much behind what is said in a meeting.
inline constexpr std::chrono::seconds kRecordAge = 10s;
/// What one commitment of the plan holds: its words in two languages stay within one request's body.
inline constexpr std::size_t kCommitmentProposals = 50;
inline constexpr std::size_t kActivities = 12;
inline constexpr std::size_t kCommitmentsPerPage = 50;
/// An author says why a decision is wrong, once.
inline constexpr std::size_t kContestationGraphemes = 500;
/// What an administration asks the organiser or the authors about a proposal, and what they reply.
inline constexpr std::size_t kAskedGraphemes = 500;
inline constexpr std::size_t kReplyGraphemes = 1000;
/// Questions of one administration about one proposal: each to the authors is a letter to all of them who
/// follow.
inline constexpr std::size_t kQuestionsAsked = 10;
/// Criteria of a plan's grid: all of the catalogue (server/review/grid_actions.hpp) at most.
inline constexpr std::size_t kGridCriteria = 11;
inline constexpr std::int64_t kWeights = 100; // what the weights of a grid add up to
/// What the committee is asked at once, and how many of its members must vote at most.
inline constexpr std::size_t kListProposals = 100;
inline constexpr std::int64_t kQuorumMost = 1000;
/// Time that the committee has for a list: nobody approves by silence over a night, and no list waits for
/// ever.
inline constexpr std::chrono::hours kListTimeLeast{3 * 24};
inline constexpr std::chrono::hours kListTimeMost{92 * 24};
/// A day as it is written: 2027-03-31.
inline constexpr std::size_t kDateGraphemes = 10;

// --- Mail ----------------------------------------------------------------------------------------

/// RFC 5321, 4.5.3.1: an address, and the part before its @.
inline constexpr std::size_t kMailAddressBytes = 254;
inline constexpr std::size_t kMailLocalPartBytes = 64;
/// Requests to be told by mail, a bucket per source and one for the server. A hall behind one address follows
/// its contributions at the same time. Beyond: `too_fast`.
inline constexpr double kFollowsPerSource = 60;
inline constexpr double kFollowsPerSourcePerSecond = 0.5;
inline constexpr double kFollows = 300;
inline constexpr double kFollowsPerSecond = 1;
/// So long a link that confirms is good; what nobody confirmed is forgotten with its address.
inline constexpr std::chrono::milliseconds kConfirmationTime = 72h;
/// Confirmations that one address is sent in that time when it confirmed none, and when it did. Beyond:
/// nothing is sent, and nobody is told.
inline constexpr std::int64_t kConfirmationsUnanswered = 3;
inline constexpr std::int64_t kConfirmationsAnswered = 20;
/// The mail server said "not now" (4xx) of one message: tried again after this, then twice as long each time.
inline constexpr std::chrono::milliseconds kMailRetryFirst = 3s;
inline constexpr std::chrono::milliseconds kMailRetryMost = 4h;
/// The mail server can't be reached or refuses us: so long nothing is tried.
inline constexpr std::chrono::milliseconds kMailPauseFirst = 1s;
inline constexpr std::chrono::milliseconds kMailPauseMost = 10min;
/// A message that could not be handed over for so long is given up (RFC 5321, 4.5.4.1).
inline constexpr std::chrono::milliseconds kMailGiveUp = std::chrono::hours(24 * 5);
inline constexpr std::chrono::seconds kMailConnectTime = 15s;
/// For its answer to a step, the longest of which is that to a whole message, which it may look through first
/// (RFC 5321, 4.5.3.2.6); and for a message from its beginning. Given up earlier, it is sent again although
/// it was taken over.
inline constexpr std::chrono::seconds kMailAnswerTime = 10min;
inline constexpr std::chrono::seconds kMailTransferTime = 11min;
/// How often is looked what another program wrote, and whether the day changed.
inline constexpr std::chrono::seconds kMailInterval = 15s;
/// Messages that go over one connection, before it is looked what is new.
inline constexpr std::size_t kMailsPerConnection = 50;
/// What is kept of the mail server's answer.
inline constexpr std::size_t kMailAnswerBytes = 300;
/// A title in a subject, and what was said in a message, before they are cut.
inline constexpr std::size_t kMailTitleCodePoints = 80;
inline constexpr std::size_t kMailQuoteCodePoints = 200;
/// Answers and commitments that one message about a consultation lists.
inline constexpr std::size_t kMailListed = 20;
/// Administrations are reminded when so many working days are left for an answer and on the last, on the
/// first day that it is late and then each time so many more have passed.
inline constexpr int kDueSoonWorkingDays = 5;
inline constexpr int kLateAgainWorkingDays = 5;
/// From this hour on (UTC) of a working day: at eight in Morocco.
inline constexpr int kReminderHourUtc = 7;

// --- Bundles --------------------------------------------------------------------------------------

/// Bytes of one line of a bundle, beyond which it is refused: a request's body with every letter escaped.
inline constexpr std::size_t kBundleLineBytes = std::size_t{512} * 1024;
/// And of its first line, which names up to 50 workshops.
inline constexpr std::size_t kBundleManifestBytes = std::size_t{2} * 1024 * 1024;
/// As in a consultation file.
inline constexpr std::size_t kBundleWorkshops = 50;
inline constexpr std::size_t kBundleOrganisers = 20;
/// Of all workshops together. The fullest of rooms makes some ten thousands in a day.
inline constexpr std::int64_t kBundleEvents = 2'000'000;
inline constexpr std::int64_t kBundlePresent = 200'000;
inline constexpr std::int64_t kBundleReviewEntries = 500'000;
/// So far an entry's time may be ahead of who imports it: a laptop whose clock or zone is wrong by hours, not
/// one that lives in another year.
inline constexpr std::chrono::milliseconds kBundleAhead = 24h;
/// And no older than 2023, which a laptop without its battery's clock is.
inline constexpr std::chrono::milliseconds kBundleEarliest{1'672'531'200'000};
inline constexpr std::size_t kEpochGraphemes = 64;
/// Events that an import writes to the database at a time, within its one transaction.
inline constexpr std::size_t kBundleEventsAtOnce = 256;

// --- HTTP --------------------------------------------------------------------------------------

inline constexpr std::size_t kRequestHeaderBytes = std::size_t{16} * 1024;
inline constexpr std::size_t kRequestBodyBytes = std::size_t{64} * 1024;
/// A consultation file posted by an administrator; nobody else's is read.
inline constexpr std::size_t kDocumentBytes = std::size_t{4} * 1024 * 1024;
/// For a request, and for each move of an answer or a document that goes on moving.
inline constexpr auto kRequestTime = 15s;
/// And beside that for as long as its bytes take at this pace (64 kbit/s); beyond it the connection is
/// closed.
inline constexpr std::size_t kTransferBytesPerSecond = 8 * 1024;
inline constexpr auto kKeepAliveTime = 60s;
/// Open connections of one shard; beyond it new ones are closed at once.
inline constexpr std::size_t kConnectionsPerShard = 20000;

// --- Access ------------------------------------------------------------------------------------

/// Wrong join codes: a bucket per address and one for the whole server. Right codes cost nothing,
/// so a whole room behind one address joins at once, unless somebody there has just spent the bucket by
/// guessing: then everybody behind it waits, since letting right codes through would tell the guesser which
/// they are.
inline constexpr double kJoinFailuresPerAddress = 30;
inline constexpr double kJoinFailuresPerAddressPerSecond = 0.5;
inline constexpr double kJoinFailures = 300;
inline constexpr double kJoinFailuresPerSecond = 5;
/// Sign-ins that fail or are being looked at: the same two buckets, smaller. Beyond: `too_fast`.
inline constexpr double kSignInFailuresPerAddress = 10;
inline constexpr double kSignInFailuresPerAddressPerSecond = 0.1;
inline constexpr double kSignInFailures = 100;
inline constexpr double kSignInFailuresPerSecond = 1;
/// Bytes of an e-mail address or a password; beyond it none is set, and none let in.
inline constexpr std::size_t kCredentialBytes = 256;
/// Passwords that wait to be compared, each for about 60 ms: a second in all. Beyond: `busy`.
inline constexpr std::size_t kPasswordsWaiting = 16;
inline constexpr auto kPassTime = std::chrono::hours(24 * 400);
inline constexpr auto kStaffSessionTime = std::chrono::hours(12);
/// How often it is asked whether a live socket's session still gives a right: so long a console may outlive a
/// disabled account, a changed password or a role that was taken back. Then: close 4501.
inline constexpr auto kRightsInterval = 60s;

} // namespace warsha::limits
