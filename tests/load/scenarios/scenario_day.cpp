#include "tests/load/live/live_crowd.hpp"
#include "tests/load/measure/report.hpp"
#include "tests/load/scenarios/scenarios.hpp"

#include <array>
#include <map>
#include <random>

namespace warsha::load {

namespace {

using Leaving = LiveParticipant::Leaving;

constexpr auto kDrainTime = std::chrono::seconds(20);

/// How a phase goes: its length, and how often one person does a thing, in seconds of a real workshop. 0:
/// never.
struct Course {
  Phase phase;
  double minutes;
  double contributes;
  double edits;
  double supports;
  double types;
  double staff_places; // the facilitator puts a card under a theme
};
constexpr std::array kCourses{
    // clang-format off
    Course{.phase = Phase::introduction, .minutes = 10, .contributes = 0,   .edits = 0,    .supports = 0,   .types = 0,  .staff_places = 0},
    Course{.phase = Phase::problems,     .minutes = 30, .contributes = 600, .edits = 1800, .supports = 0,   .types = 40, .staff_places = 0},
    Course{.phase = Phase::grouping,     .minutes = 15, .contributes = 0,   .edits = 0,    .supports = 120, .types = 0,  .staff_places = 6},
    Course{.phase = Phase::solutions,    .minutes = 30, .contributes = 700, .edits = 1800, .supports = 300, .types = 40, .staff_places = 0},
    Course{.phase = Phase::plenary,      .minutes = 15, .contributes = 0,   .edits = 0,    .supports = 40,  .types = 0,  .staff_places = 0},
    Course{.phase = Phase::closed,       .minutes = 3,  .contributes = 0,   .edits = 0,    .supports = 0,   .types = 0,  .staff_places = 0},
    // clang-format on
};
constexpr double kAwayEvery = 1200; // a screen is locked, somebody goes out
constexpr double kAwayFor = 120;
constexpr std::size_t kThemes = 6;
constexpr int kTimerMs = 600'000;

class Day {
public:
  explicit Day(const Options& options)
      : options_(options), random_(options.seed), server_(server_of(options)),
        crowd_(loop_, server_, tally_, options_) {}

  int play() {
    crowd_.prepare();
    memory_.before = read_process(options_.server_process);
    crowd_.connect();
    memory_.connected = read_process(options_.server_process);
    themes_.resize(crowd_.rooms().size());
    // Somebody is always speaking when the phase ends.
    crowd_.surroundings().tolerated = {"wrong_phase", "workshop_closed", "contribution_not_found"};
    for (auto& person : crowd_.people())
      later(kAwayEvery, [this, &person = *person] { go_away(person); });
    Meter meter(tally_, options_.server_process);
    meter.start();
    tally_.measure(Clock::now(), TimePoint::max());
    for (const auto& course : kCourses)
      play_phase(course);
    over_ = true;
    const auto span = meter.stop();
    memory_.after = read_process(options_.server_process);
    come_together();
    auto result = describe(options_, span, tally_, true);
    result["factor"] = options_.factor;
    result["went_away"] = went_away_;
    result["contributions"] = contributions();
    result["server"] = describe(memory_, options_.people, span);
    crowd_.finish();
    return finish(result, tally_, options_);
  }

private:
  void play_phase(const Course& course) {
    ++phase_;
    crowd_.enter_phase(course.phase);
    for (auto& staff : crowd_.staff())
      open_phase(*staff, course);
    for (auto& person : crowd_.people()) {
      repeat(course.contributes,
             [this, &person = *person, phase = course.phase] { contribute(person, phase); });
      repeat(course.edits, [this, &person = *person] { edit(person); });
      repeat(course.supports, [this, &person = *person] { support(person); });
      repeat(course.types, [&person = *person] { person.send_typing(); });
    }
    const auto end = Clock::now() + from_seconds(course.minutes * 60 / options_.factor);
    loop_.run_until(
        [&] {
          show_progress(std::string("the day, phase ") + name(course.phase), phase_, kCourses.size());
          return false;
        },
        end, std::chrono::milliseconds(100));
    end_progress();
  }

  void open_phase(LiveParticipant& staff, const Course& course) {
    const auto now = Clock::now();
    if (course.phase != Phase::closed && course.phase != Phase::introduction)
      staff.send(crowd_.commands().start_timer(kTimerMs), now);
    if (course.staff_places == 0)
      return;
    for (std::size_t i = 0; i < kThemes; ++i) {
      auto theme = crowd_.commands().add_theme(crowd_.words().next(30));
      themes_[staff.room().number].push_back(theme.id);
      staff.send(std::move(theme), now);
    }
    repeat(course.staff_places, [this, &staff] { place(staff); });
  }

  void contribute(LiveParticipant& person, Phase phase) {
    if (!person.is_live())
      return;
    const auto kind = phase == Phase::problems ? Kind::problem : Kind::solution;
    auto command =
        crowd_.commands().contribute(kind, crowd_.words().next(text_bytes_for(options_.message_bytes)));
    person.contribution = command.id;
    person.send(std::move(command), Clock::now());
  }

  void edit(LiveParticipant& person) {
    if (person.is_live() && !person.contribution.empty())
      person.send(crowd_.commands().edit(person.contribution,
                                         crowd_.words().next(text_bytes_for(options_.message_bytes))),
                  Clock::now());
  }

  /// On, and off again when the same one is met a second time.
  void support(LiveParticipant& person) {
    const auto& all = person.room().contributions;
    if (!person.is_live() || all.empty())
      return;
    const auto& choice = all[random_() % all.size()];
    if (choice.author == person.identity().number)
      return;
    auto& supports = supported_[{person.identity().number, choice.id}];
    supports = !supports;
    person.send(crowd_.commands().support(choice.id, supports), Clock::now());
  }

  /// Cards in turn, themes in turn: no card is put where it lies.
  void place(LiveParticipant& staff) {
    const auto& cards = staff.room().contributions;
    const auto& themes = themes_[staff.room().number];
    auto& turn = placed_[staff.room().number];
    if (cards.empty() || turn >= cards.size() * (themes.size() - 1))
      return;
    const auto& card = cards[turn % cards.size()];
    staff.send(crowd_.commands().place(card.id, themes[(turn / cards.size()) % themes.size()]), Clock::now());
    ++turn;
  }

  void go_away(LiveParticipant& person) {
    if (over_)
      return;
    ++went_away_;
    person.leave(went_away_ % 2 == 0 ? Leaving::politely : Leaving::abruptly);
    later(kAwayFor, [this, &person] {
      person.connect();
      later(kAwayEvery, [this, &person] { go_away(person); });
    });
  }

  /// Whoever is away in the end comes back, and then everybody has the same board.
  void come_together() {
    if (!crowd_.settle(std::chrono::seconds(static_cast<int>(kAwayFor * 6 / options_.factor) + 20)))
      tally_.fault("not everybody had everything at the end of the day");
    if (!loop_.run_until([&] { return tally_.unseen() == 0; }, Clock::now() + kDrainTime))
      tally_.fault(std::to_string(tally_.unseen()) + " commands were not seen by everybody who was there");
  }

  [[nodiscard]] std::size_t contributions() {
    std::size_t sum = 0;
    for (const auto& room : crowd_.rooms())
      sum += room->contributions.size();
    return sum;
  }

  /// Again and again in this phase, at times of a Poisson process; `every` is of real time.
  void repeat(double every, std::function<void()> work) {
    if (every == 0)
      return;
    later(every, [this, every, work = std::move(work), phase = phase_] {
      if (phase != phase_ || over_)
        return;
      work();
      repeat(every, work);
    });
  }

  void later(double mean_seconds, std::function<void()> work) {
    const auto delay = std::exponential_distribution<double>(1 / mean_seconds)(random_);
    loop_.after(from_seconds(delay / options_.factor), std::move(work));
  }

  const Options& options_;
  std::mt19937 random_;
  Server server_;
  EventLoop loop_;
  Tally tally_;
  LiveCrowd crowd_;
  Memory memory_;
  std::size_t phase_ = 0;
  bool over_ = false;
  std::size_t went_away_ = 0;
  std::vector<std::vector<std::string>> themes_; // by room
  std::map<std::size_t, std::size_t> placed_;    // by room: how many were put
  std::map<std::pair<std::size_t, std::string>, bool> supported_;
};

} // namespace

int run_day(const Options& options) {
  return Day(options).play();
}

} // namespace warsha::load
