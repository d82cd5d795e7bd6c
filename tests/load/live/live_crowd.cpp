#include "tests/load/live/live_crowd.hpp"

#include "protocol/limits.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <stdexcept>

namespace warsha::load {

using nlohmann::json;

namespace {

constexpr std::size_t kHttpConnections = 64;
constexpr std::size_t kWorkshopsOfAConsultation = 50; // schemas/exports/consultation.schema.json
constexpr std::size_t kConnectingAtOnce = 256;
constexpr auto kSetUpPatience = std::chrono::seconds(180);
constexpr auto kCheckEvery = std::chrono::milliseconds(10);
constexpr auto kSilenceCheck = std::chrono::seconds(5);
/// So many at once stay within what the server permits its staff.
constexpr std::size_t kStaffGroup = 50;
/// How often one of the staff speaks while a person speaks once; they are permitted 12.5 times as much.
constexpr std::size_t kStaffTurns = 12;
static_assert(kStaffTurns * limits::kCommandsPerSecond <= limits::kStaffCommandsPerSecond);
/// People have a burst, but over a whole measurement they keep to their rate.
constexpr double kPartOfLimit = 0.95;
/// Staff count after the people, wherever participants are numbered.
constexpr std::size_t kStaffNumbers = 1'000'000;

json expect(const HttpReply& reply, const char* what) {
  auto document = json::parse(reply.body, nullptr, false);
  if (reply.ok() && document.is_object())
    return document;
  throw std::runtime_error(std::string(what) + ": " +
                           (reply.status == 0 ? reply.body
                            : document.is_object() && document.contains("title")
                                ? document.at("title").get<std::string>()
                                : "status " + std::to_string(reply.status)));
}

json consultation(std::size_t first, std::size_t count) {
  json workshops = json::array();
  for (std::size_t i = first; i < first + count; ++i)
    workshops.push_back({{"key", "w" + std::to_string(i)}, {"title", "ورشة الحمل " + std::to_string(i + 1)}});
  return {{"schema", "warsha.consultation/1"},
          {"title", "لقاء تشاوري للقياس"},
          {"language", "ar"},
          {"region", "سوس - ماسة"},
          {"city", "أكادير"},
          {"venue", "قاعة القياس"},
          {"date", "2026-12-12"},
          {"organisers", {"القياس"}},
          {"workshops", std::move(workshops)}};
}

} // namespace

LiveCrowd::LiveCrowd(EventLoop& loop, const Server& server, Tally& tally, const Options& options)
    : loop_(loop), server_(server), tally_(tally), options_(options), http_(loop, server, kHttpConnections),
      around_{loop,   server, &http_, tally, options.outages,
              {},     {},     0,      0,     std::minstd_rand(options.seed + 1),
              nullptr},
      commands_(options.seed), words_(options.seed) {
  if (options.log_folder.empty())
    return;
  log_ = std::make_unique<HistoryLog>(options.log_folder);
  around_.log = log_.get();
}
LiveCrowd::~LiveCrowd() = default;

void LiveCrowd::prepare() {
  sign_in();
  create_workshops();
  for (std::size_t i = 0; i < rooms_.size() * options_.staff; ++i)
    staff_.push_back(std::make_unique<LiveParticipant>(
        around_, *rooms_[i % rooms_.size()],
        LiveParticipant::Identity{kStaffNumbers + i, staff_cookie_, true, false, false}));
  connect_all(staff_, "opening workshops");
  enter_phase(Phase::problems);
  join_people();
  watch_silence();
}

void LiveCrowd::sign_in() {
  const auto reply = http_.ask_now(
      {"POST", "/api/session", json{{"email", options_.email}, {"password", options_.password}}.dump()});
  expect(reply, "signing in");
  staff_cookie_ = reply.set_cookie;
}

void LiveCrowd::create_workshops() {
  for (std::size_t first = 0; first < options_.rooms; first += kWorkshopsOfAConsultation) {
    const auto count = std::min(kWorkshopsOfAConsultation, options_.rooms - first);
    const auto created = expect(
        http_.ask_now({"POST", "/api/consultations", consultation(first, count).dump(), staff_cookie_}),
        "creating a consultation");
    for (const auto& workshop : created.at("workshops"))
      rooms_.push_back(std::make_unique<LiveRoom>(rooms_.size(), workshop.at("id").get<std::string>(),
                                                  workshop.at("join_code").get<std::string>(), tally_));
  }
}

void LiveCrowd::join_people() {
  std::vector<std::string> cookies(options_.people);
  std::size_t joined = 0;
  std::string wrong;
  for (std::size_t i = 0; i < options_.people; ++i) {
    json wanted{{"code", rooms_[i % rooms_.size()]->join_code}, {"language", "ar"}, {"notice_version", 1}};
    if (i % 4 == 0) // some give a name; most stay anonymous
      wanted["display_name"] = "مشارك " + std::to_string(i + 1);
    http_.ask({"POST", "/api/join", wanted.dump()}, [&, i](const HttpReply& reply) {
      ++joined;
      if (!reply.ok() && wrong.empty())
        wrong = reply.status == 0 ? reply.body : "status " + std::to_string(reply.status);
      cookies[i] = reply.set_cookie;
    });
  }
  wait_for("joining", kSetUpPatience, [&] {
    show_progress("joining", joined, options_.people);
    return joined == options_.people;
  });
  if (!wrong.empty())
    throw std::runtime_error("joining: " + wrong);
  for (std::size_t i = 0; i < options_.people; ++i)
    people_.push_back(std::make_unique<LiveParticipant>(
        around_, *rooms_[i % rooms_.size()],
        LiveParticipant::Identity{i, cookies[i], false, i < apart_from_, i >= apart_from_ && apart_narrow_}));
}

void LiveCrowd::connect_all(std::vector<std::unique_ptr<LiveParticipant>>& all, const std::string& what) {
  const auto live_before = around_.live;
  std::size_t started = 0;
  wait_for(what, kSetUpPatience, [&] {
    const auto live = around_.live - live_before;
    while (started < all.size() && started < live + kConnectingAtOnce)
      all[started++]->connect();
    show_progress(what, live, all.size());
    return live == all.size();
  });
}

void LiveCrowd::connect() {
  connect_all(people_, "connecting");
}

void LiveCrowd::enter_phase(Phase phase) {
  for (std::size_t i = 0; i < rooms_.size(); ++i)
    staff_[i]->send(commands_.enter(phase), Clock::now());
  wait_for("entering a phase", kSetUpPatience, [&] {
    return std::ranges::all_of(staff_, [](const auto& one) { return one->unacknowledged() == 0; });
  });
}

void LiveCrowd::get_ready() {
  const auto most = limits::kContributions * rooms_.size();
  for (std::size_t i = 0; i < std::min({people_.size(), most, apart_from_}); ++i)
    submit(i, Clock::now());
  wait_for("contributing", kSetUpPatience, [&] { return is_settled(); });
}

void LiveCrowd::fill_boards(std::size_t contributions) {
  for (std::size_t done = 0; done < contributions; done += kStaffGroup) {
    const auto count = std::min(kStaffGroup, contributions - done);
    for (std::size_t room = 0; room < rooms_.size(); ++room)
      for (std::size_t i = 0; i < count; ++i)
        staff_[room]->send(
            commands_.contribute(Kind::problem, words_.next(text_bytes_for(options_.message_bytes))),
            Clock::now());
    wait_for("filling the boards", kSetUpPatience, [&] {
      show_progress("filling the boards", done, contributions);
      return std::ranges::all_of(staff_, [](const auto& one) { return one->unacknowledged() == 0; });
    });
  }
}

void LiveCrowd::submit(std::size_t person, TimePoint scheduled) {
  auto& speaker = person < people_.size() ? *people_[person] : *staff_[person - people_.size()];
  const auto text = words_.next(text_bytes_for(options_.message_bytes));
  if (!speaker.contribution.empty())
    return speaker.send(commands_.edit(speaker.contribution, text), scheduled);
  auto command = commands_.contribute(Kind::problem, text);
  speaker.contribution = command.id; // a contribution has the id of the command that made it
  speaker.send(std::move(command), scheduled);
}

std::vector<std::size_t> LiveCrowd::turns() const {
  auto numbers = everybody(people_.size());
  if (options_.rate == "saturate")
    for (std::size_t i = 0; i < staff_.size(); ++i)
      numbers.insert(numbers.end(), kStaffTurns, people_.size() + i);
  return numbers;
}

double LiveCrowd::most_commands_per_second() const {
  return limits::kCommandsPerSecond * kPartOfLimit * static_cast<double>(turns().size());
}

bool LiveCrowd::is_settled() const {
  const auto settled = [](const std::unique_ptr<LiveParticipant>& one) {
    return one->unacknowledged() == 0 &&
           (!one->identity().counts || (one->is_live() && one->position() >= one->room().highest_seq));
  };
  return std::ranges::all_of(people_, settled) && std::ranges::all_of(staff_, settled);
}

bool LiveCrowd::settle(Duration patience) {
  return loop_.run_until([&] { return is_settled(); }, Clock::now() + patience, kCheckEvery);
}

void LiveCrowd::finish() {
  if (is_settled())
    for (auto* all : {&people_, &staff_})
      for (auto& one : *all)
        one->log_end();
  for (auto* all : {&people_, &staff_})
    for (auto& one : *all)
      one->leave(LiveParticipant::Leaving::politely);
}

void LiveCrowd::watch_silence() {
  loop_.after(kSilenceCheck, [this] {
    for (auto& one : people_)
      one->check_silence(Clock::now());
    watch_silence();
  });
}

void LiveCrowd::wait_for(const std::string& what, Duration patience, const std::function<bool()>& done) {
  const auto faults_before = tally_.fault_count();
  const bool all_well = loop_.run_until([&] { return tally_.fault_count() > faults_before || done(); },
                                        Clock::now() + patience, kCheckEvery);
  end_progress();
  if (tally_.fault_count() > faults_before)
    throw std::runtime_error(what + ": " + tally_.faults().back());
  if (!all_well)
    throw std::runtime_error(what + ": not done in " +
                             std::to_string(static_cast<int>(in_seconds(patience))) + " s");
}

} // namespace warsha::load
