#include "tests/load/live/live_crowd.hpp"
#include "tests/load/measure/report.hpp"
#include "tests/load/scenarios/scenarios.hpp"

#include <cmath>
#include <map>
#include <nlohmann/json.hpp>
#include <random>
#include <stdexcept>

namespace warsha::load {

namespace {

constexpr std::size_t kChoices = 5;
constexpr auto kSeeTime = std::chrono::seconds(20);

/// One vote in one room of so many people.
class Vote {
public:
  Vote(const Options& options, std::size_t people)
      : options_(options), random_(options.seed), server_(server_of(options)) {
    options_.people = people;
    options_.rooms = 1;
    crowd_ = std::make_unique<LiveCrowd>(loop_, server_, tally_, options_);
  }

  Result play() {
    crowd_->prepare();
    memory_.before = read_process(options_.server_process);
    crowd_->connect();
    memory_.connected = read_process(options_.server_process);
    propose();
    crowd_->enter_phase(Phase::grouping);
    if (!crowd_->settle(kSeeTime))
      throw std::runtime_error("the phase did not reach everybody");
    Meter meter(tally_, options_.server_process);
    meter.start();
    const auto last = vote();
    loop_.run_until([] { return false; }, last);
    const bool seen = crowd_->settle(kSeeTime);
    const auto span = meter.stop();
    const auto result_seen = Clock::now();
    if (!seen)
      tally_.fault("not everybody saw the final result within 20 s");
    memory_.after = read_process(options_.server_process);
    compare_result();
    auto result = describe(options_, span, tally_, true);
    result["result_seen_after_last_vote_ms"] = std::round(in_milliseconds(result_seen - last) * 10) / 10;
    result["server"] = describe(memory_, options_.people, span);
    crowd_->finish();
    return result;
  }

  [[nodiscard]] const Tally& tally() const { return tally_; }

private:
  /// The first ones of the room say what there is to choose from.
  void propose() {
    const auto choices = std::min(kChoices, crowd_->people().size());
    for (std::size_t i = 0; i < choices; ++i)
      crowd_->submit(i, Clock::now());
    if (!crowd_->settle(kSeeTime))
      throw std::runtime_error("the proposals did not reach everybody");
    if (crowd_->rooms()[0]->contributions.size() < 2)
      throw std::runtime_error("a vote needs two people at least");
  }

  /// Everybody at a moment of their own. Gives the last moment.
  TimePoint vote() {
    const auto now = Clock::now();
    tally_.measure(now, now + from_seconds(options_.within_seconds));
    std::uniform_real_distribution<double> moment(0, options_.within_seconds);
    auto last = now;
    for (auto& person : crowd_->people()) {
      const auto when = now + from_seconds(moment(random_));
      const auto& choices = crowd_->rooms()[0]->contributions;
      auto pick = random_() % choices.size();
      while (choices[pick].author == person->identity().number) // nobody supports what they wrote themselves
        pick = random_() % choices.size();
      const auto choice = choices[pick].id;
      ++wanted_[choice];
      last = std::max(last, when);
      loop_.at(when, [this, when, choice, &person = *person] {
        person.send(crowd_->commands().support(choice, true), when);
      });
    }
    return last;
  }

  /// What the board says in the end is what was voted.
  void compare_result() {
    const auto& staff = *crowd_->staff()[0];
    const auto reply =
        crowd_->http().ask_now({"GET",
                                "/api/workshops/" + staff.room().workshop + "/snapshot?audience=staff",
                                {},
                                staff.identity().cookie,
                                false});
    const auto board = nlohmann::json::parse(reply.body, nullptr, false);
    if (!reply.ok() || !board.is_object())
      return tally_.fault("the final board can't be read");
    for (const auto& contribution : board.at("contributions")) {
      const auto id = contribution.at("id").get<std::string>();
      const auto supports = contribution.at("supports").get<std::uint64_t>();
      if (supports != wanted_[id])
        tally_.fault("contribution " + id + " has " + std::to_string(supports) + " supports, not " +
                     std::to_string(wanted_[id]));
    }
  }

  Options options_;
  std::mt19937 random_;
  Server server_;
  EventLoop loop_;
  Tally tally_;
  std::unique_ptr<LiveCrowd> crowd_;
  Memory memory_;
  std::map<std::string, std::uint64_t> wanted_;
};

/// By which power of the number of people a figure grows between two votes: 1 with N, 2 with N².
double power(const Result& few, const Result& many, const char* figure) {
  const auto ratio = many.at(figure).get<double>() / few.at(figure).get<double>();
  const auto people = many.at("people").get<double>() / few.at("people").get<double>();
  return std::round(std::log(ratio) / std::log(people) * 100) / 100;
}

Result growth(const Result& sizes) {
  Result rows = Result::array();
  for (std::size_t i = 0; i < sizes.size(); ++i) {
    const auto& one = sizes[i];
    const auto people = one.at("people").get<double>();
    Result row;
    row["people"] = one.at("people");
    row["frames"] = one.at("frames");
    row["frames_per_person"] = std::round(one.at("frames").get<double>() / people * 10) / 10;
    row["bytes"] = one.at("bytes");
    if (!one.at("seen_ms").is_null())
      row["seen_p99_ms"] = one.at("seen_ms").at("p99");
    if (i > 0) {
      row["frames_power"] = power(sizes[i - 1], one, "frames");
      row["bytes_power"] = power(sizes[i - 1], one, "bytes");
    }
    rows.push_back(row);
  }
  return rows;
}

} // namespace

int run_vote(const Options& options) {
  auto sizes = options.sizes;
  if (sizes.empty())
    sizes.push_back(500);
  Result played = Result::array();
  Tally all;
  for (const auto people : sizes) {
    std::fprintf(stderr, "a vote of %zu people\n", people);
    Vote vote(options, people);
    played.push_back(vote.play());
    all.add_faults_and_notes(vote.tally());
  }
  Result result = played.back();
  result["growth"] = growth(played);
  if (played.size() > 1)
    result["votes"] = played;
  return finish(result, all, options);
}

} // namespace warsha::load
