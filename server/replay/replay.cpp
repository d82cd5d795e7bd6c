#include "server/replay/replay.hpp"

#include "server/replay/comparison.hpp"
#include "server/replay/live_client.hpp"
#include "server/replay/plan.hpp"
#include "server/runtime/system.hpp"

#include <algorithm>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <random>
#include <set>
#include <stdexcept>
#include <thread>
#include <unistd.h>

namespace warsha::replay {

namespace asio = boost::asio;
using nlohmann::json;
using Clock = std::chrono::steady_clock;

namespace {

/// Latencies in milliseconds.
class Latencies {
public:
  void add(Clock::duration time) {
    values_.push_back(std::chrono::duration<double, std::milli>(time).count());
  }
  [[nodiscard]] std::string summary() {
    if (values_.empty())
      return "none";
    std::sort(values_.begin(), values_.end());
    const auto at = [&](double part) {
      return values_[static_cast<std::size_t>(part * static_cast<double>(values_.size() - 1))];
    };
    char line[96];
    std::snprintf(line, sizeof line, "p50 %.1f ms, p99 %.1f ms, max %.1f ms (%zu)", at(0.5), at(0.99),
                  at(1.0), values_.size());
    return line;
  }

private:
  std::vector<double> values_;
};

struct Tally {
  std::size_t planned = 0;
  std::size_t acknowledged = 0;
  std::vector<std::string> faults;
  Latencies to_ack;
  Latencies to_seen;
};

/// One workshop being played.
class Player {
public:
  struct Person {
    std::string cookie;
    std::unique_ptr<LiveClient> client;
  };

  Player(asio::io_context& context, const Options& options, const ServerAddress& server, WorkshopId id,
         WorkshopPlan plan, Tally& tally)
      : context_(context), options_(options), server_(server), id_(id), plan_(std::move(plan)), tally_(tally),
        random_(options.seed + 7) {
    for (const auto& stage : plan_.stages)
      tally_.planned += stage.steps.size();
  }

  void connect(const std::string& staff_cookie, const std::vector<std::string>& cookies,
               std::function<void()> done) {
    done_ = std::move(done);
    for (const auto& cookie : cookies)
      people_.push_back({cookie, client(cookie, false)});
    facilitator_ = {staff_cookie, client(staff_cookie, true)};
    for (auto& person : people_)
      person.client->start();
    facilitator_.client->start();
    play_stage();
  }

  void stop() {
    for (auto& person : people_)
      person.client->stop();
    facilitator_.client->stop();
  }

  [[nodiscard]] LiveClient::Figures figures() const {
    auto sum = facilitator_.client->figures();
    for (const auto& person : people_) {
      const auto one = person.client->figures();
      sum.events += one.events;
      sum.reconnections += one.reconnections;
      sum.resyncs += one.resyncs;
    }
    return sum;
  }
  [[nodiscard]] const WorkshopPlan& plan() const { return plan_; }
  [[nodiscard]] const WorkshopId& id() const { return id_; }
  [[nodiscard]] Seq last_acknowledged() const { return last_acknowledged_; }
  [[nodiscard]] const std::map<std::string, std::string>& receipts() const { return receipts_; }

private:
  std::unique_ptr<LiveClient> client(const std::string& cookie, bool staff) {
    LiveClient::Observer observer;
    observer.on_ack = [this](const CommandId& id, const json& ack) { acknowledged(id, ack); };
    observer.on_reject = [this](const CommandId& id, const std::string& code) {
      tally_.faults.push_back("command " + id.text() + " was rejected: " + code);
      finished(id);
    };
    observer.on_event = [this](const json& event) { seen(event); };
    observer.on_fault = [this](const std::string& fault) { tally_.faults.push_back(fault); };
    return std::make_unique<LiveClient>(context_, LiveClient::Settings{server_, id_, cookie, staff},
                                        std::move(observer));
  }

  void play_stage() {
    if (stage_ == plan_.stages.size())
      return done_();
    const auto& stage = plan_.stages[stage_];
    open_ = stage.steps.size();
    if (open_ == 0)
      return next_stage();
    for (const auto& step : stage.steps)
      later(stage.thinking ? delay() : std::chrono::milliseconds(0), [this, &step] { speak(step); });
  }

  std::chrono::milliseconds delay() {
    const auto most = static_cast<int>(options_.phase_seconds * 1000);
    return std::chrono::milliseconds(most == 0 ? 0 : std::uniform_int_distribution<int>(0, most)(random_));
  }

  void later(std::chrono::milliseconds delay, std::function<void()> then) {
    auto timer = std::make_shared<asio::steady_timer>(context_, delay);
    timer->async_wait([timer, then = std::move(then)](boost::system::error_code error) {
      if (!error)
        then();
    });
  }

  void speak(const Step& step) {
    auto& person = step.speaker == kFacilitator ? facilitator_ : people_[step.speaker];
    if (step.speaker != kFacilitator && options_.phase_seconds > 0)
      person.client->send_typing();
    sent_.emplace(step.command.id.text(), Clock::now());
    person.client->send(step.command);
  }

  void acknowledged(const CommandId& id, const json& ack) {
    ++tally_.acknowledged;
    tally_.to_ack.add(Clock::now() - sent_.at(id.text()));
    last_acknowledged_ = std::max(last_acknowledged_, ack.at("seq").get<Seq>());
    if (ack.contains("receipt"))
      receipts_[id.text()] = ack.at("receipt").get<std::string>();
    finished(id);
  }

  void finished(const CommandId&) {
    if (--open_ == 0)
      next_stage();
  }

  void next_stage() {
    ++stage_;
    // Not from within the client that told us: its turn ends first.
    later(std::chrono::milliseconds(0), [this] { play_stage(); });
  }

  void seen(const json& event) {
    if (event.at("type") != "contribution.added")
      return;
    const auto found = sent_.find(event.at("contribution").at("id").get<std::string>());
    if (found != sent_.end())
      tally_.to_seen.add(Clock::now() - found->second);
  }

  asio::io_context& context_;
  const Options& options_;
  ServerAddress server_;
  WorkshopId id_;
  WorkshopPlan plan_;
  Tally& tally_;
  std::mt19937 random_;
  std::vector<Person> people_;
  Person facilitator_;
  std::function<void()> done_;
  std::size_t stage_ = 0;
  std::size_t open_ = 0;
  Seq last_acknowledged_ = 0;
  std::map<std::string, Clock::time_point> sent_;
  std::map<std::string, std::string> receipts_; // by contribution
};

consultation::ConsultationFile read_file(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in)
    throw std::runtime_error(path.string() + " can't be read");
  const std::string text(std::istreambuf_iterator<char>(in), {});
  auto document = consultation::parse_document(text);
  if (const auto* wrong = std::get_if<consultation::DocumentError>(&document))
    throw std::runtime_error(path.string() + ": " + wrong->line());
  return std::get<consultation::ConsultationFile>(std::move(document));
}

json expect(const HttpReply& reply, int status, const char* what) {
  if (reply.status == status)
    return json::parse(reply.body, nullptr, false);
  const auto problem = json::parse(reply.body, nullptr, false);
  throw std::runtime_error(
      std::string(what) + ": " +
      (reply.status == 0 ? "the server does not answer"
       : problem.is_object() && problem.contains("title")
           ? problem.at("title").get<std::string>() + " (" + problem.value("field", "") + ")"
           : "status " + std::to_string(reply.status)));
}

struct Joined {
  WorkshopId id;
  std::vector<std::string> cookies;
};

Joined join_people(const ServerAddress& server, const json& created, std::size_t people,
                   const std::string& language) {
  Joined joined;
  joined.id = WorkshopId::parse(created.at("id").get<std::string>()).value();
  for (std::size_t i = 0; i < people; ++i) {
    json wanted{{"code", created.at("join_code")}, {"language", language}, {"notice_version", 1}};
    if (i % 4 == 0) // some give a name; most stay anonymous
      wanted["display_name"] = "Participant " + std::to_string(i + 1);
    const auto reply = request(server, "POST", "/api/join", wanted.dump(), {});
    expect(reply, 201, "joining");
    joined.cookies.push_back(reply.set_cookie);
  }
  return joined;
}

/// A line that is drawn over on a terminal, and printed now and then elsewhere.
void show_progress(asio::steady_timer& timer, const Tally& tally) {
  const auto part =
      tally.planned == 0 ? 1.0 : static_cast<double>(tally.acknowledged) / static_cast<double>(tally.planned);
  const bool terminal = ::isatty(STDERR_FILENO) != 0;
  constexpr int kWidth = 32;
  const int filled = static_cast<int>(part * kWidth);
  std::fprintf(stderr, "%s[%s%s] %zu of %zu acknowledged%s", terminal ? "\r" : "",
               std::string(static_cast<std::size_t>(filled), '#').c_str(),
               std::string(static_cast<std::size_t>(kWidth - filled), '.').c_str(), tally.acknowledged,
               tally.planned, terminal ? " " : "\n");
  timer.expires_after(terminal ? std::chrono::milliseconds(200) : std::chrono::milliseconds(5000));
  timer.async_wait([&timer, &tally](boost::system::error_code error) {
    if (!error)
      show_progress(timer, tally);
  });
}

void check_receipts(const ServerAddress& server, const consultation::FileWorkshop& workshop,
                    const Player& player, std::vector<std::string>& differences) {
  for (const auto& said : workshop.contributions) {
    const auto id = player.plan().contributions.at(said.key).text();
    const auto receipt = player.receipts().find(id);
    if (receipt == player.receipts().end()) {
      differences.push_back(workshop.key + "/" + said.key + ": has no receipt");
      continue;
    }
    const auto reply = request(server, "GET", "/api/receipts/" + receipt->second, {}, {});
    const auto fate = json::parse(reply.body, nullptr, false);
    if (reply.status != 200 || !fate.is_object() || fate.value("text", "") != said.text)
      differences.push_back(workshop.key + "/" + said.key + ": its receipt " + receipt->second +
                            " does not lead to it");
  }
}

/// A snapshot that holds all that was acknowledged: the server may serve one that is a second old.
json read_board(const ServerAddress& server, const Player& player, const std::string& cookie) {
  for (int attempt = 0;; ++attempt) {
    auto snapshot =
        expect(request(server, "GET", "/api/workshops/" + player.id().text() + "/snapshot?audience=staff", {},
                       cookie),
               200, "reading a board");
    if (snapshot.at("seq").get<Seq>() >= player.last_acknowledged())
      return snapshot;
    if (attempt == 20)
      throw std::runtime_error("the board lacks events that were acknowledged");
    std::this_thread::sleep_for(std::chrono::milliseconds(250));
  }
}

std::set<std::string> titles_on(const ServerAddress& server, const std::string& cookie) {
  std::set<std::string> titles;
  const auto all =
      expect(request(server, "GET", "/api/workshops", {}, cookie), 200, "listing the consultations");
  for (const auto& one : all.at("consultations"))
    titles.insert(one.at("title").get<std::string>());
  return titles;
}

int play(const Options& options) {
  auto file = read_file(options.file);
  const auto server = parse_server(options.server);
  const auto signed_in = request(server, "POST", "/api/session",
                                 json{{"email", options.email}, {"password", options.password}}.dump(), {});
  expect(signed_in, 201, "signing in");
  file.title = told_apart(file.title, titles_on(server, signed_in.set_cookie));
  const auto created = expect(request(server, "POST", "/api/consultations",
                                      consultation::encode_document(file, true), signed_in.set_cookie),
                              201, "creating the consultation");

  asio::io_context context{1};
  Tally tally;
  std::vector<std::unique_ptr<Player>> players;
  std::vector<std::vector<std::string>> cookies;
  const auto seats = seat(std::max(file.participants, 2 * file.workshops.size()), file.workshops.size());
  for (std::size_t i = 0; i < file.workshops.size(); ++i) {
    auto joined = join_people(server, created.at("workshops").at(i), seats[i], file.language);
    players.push_back(std::make_unique<Player>(
        context, options, server, joined.id,
        plan_workshop(file.workshops[i], seats[i], options.seed + static_cast<unsigned>(i), system::now_ms()),
        tally));
    cookies.push_back(std::move(joined.cookies));
  }

  asio::steady_timer progress(context);
  std::size_t playing = players.size();
  const auto began = Clock::now();
  for (std::size_t i = 0; i < players.size(); ++i)
    players[i]->connect(signed_in.set_cookie, cookies[i], [&] {
      if (--playing > 0)
        return;
      progress.cancel();
      // What was acknowledged last is still on its way to the others.
      auto settle = std::make_shared<asio::steady_timer>(context, std::chrono::milliseconds(500));
      settle->async_wait([&context, settle](boost::system::error_code) { context.stop(); });
    });
  show_progress(progress, tally);
  context.run();
  const std::chrono::duration<double> took = Clock::now() - began;
  std::fprintf(stderr, "\n");

  std::vector<std::string> differences = tally.faults;
  LiveClient::Figures figures;
  std::size_t people = 0;
  for (std::size_t i = 0; i < players.size(); ++i) {
    const auto one = players[i]->figures();
    figures.events += one.events;
    figures.reconnections += one.reconnections;
    figures.resyncs += one.resyncs;
    people += cookies[i].size();
    const auto snapshot = read_board(server, *players[i], signed_in.set_cookie);
    const auto differs = compare(file.workshops[i], players[i]->plan(), snapshot);
    differences.insert(differences.end(), differs.begin(), differs.end());
    check_receipts(server, file.workshops[i], *players[i], differences);
    players[i]->stop();
  }

  std::printf("%zu participants in %zu workshops; %zu of %zu commands acknowledged in %.1f s\n", people,
              players.size(), tally.acknowledged, tally.planned, took.count());
  std::printf("submit to ack:  %s\n", tally.to_ack.summary().c_str());
  std::printf("submit to seen: %s\n", tally.to_seen.summary().c_str());
  std::printf("%zu events seen, every one in order; %zu reconnections, %zu resynchronisations\n",
              figures.events, figures.reconnections, figures.resyncs);
  for (const auto& difference : differences)
    std::printf("differs: %s\n", difference.c_str());
  std::size_t items = 0;
  for (const auto& workshop : file.workshops)
    items += workshop.contributions.size();
  if (differences.empty())
    std::printf("equal: %zu contributions and their receipts, item by item\n", items);
  return differences.empty() ? 0 : 1;
}

} // namespace

int run(const Options& options) {
  try {
    return play(options);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "warsha replay: %s\n", error.what());
    return 1;
  }
}

} // namespace warsha::replay
