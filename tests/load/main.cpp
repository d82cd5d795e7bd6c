#include "tests/load/options.hpp"
#include "tests/load/scenarios/scenarios.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <cstdio>
#include <map>
#include <sys/resource.h>

namespace {

using namespace warsha::load;

const std::map<std::string, Target> kTargets{{"warsha", Target::warsha},
                                             {"ws", Target::ws},
                                             {"bare", Target::bare},
                                             {"socketio", Target::socketio},
                                             {"yjs", Target::yjs}};

void add_common(CLI::App& app, Options& options) {
  app.add_option("--target", options.target_name, "Which protocol: warsha, ws, bare, socketio or yjs")
      ->check(CLI::IsMember(kTargets))
      ->capture_default_str();
  app.add_option("--url", options.url, "The server: http or https, an IPv4 address")->capture_default_str();
  app.add_flag("--tls", options.tls, "Speak https, whatever the URL says; certificates are not verified");
  app.add_option("--server-pid", options.server_process,
                 "The server's process; its CPU time and memory are read from /proc");
  app.add_option("--json", options.json_file, "Write the result to this file as JSON")->type_name("FILE");
  app.add_option("--seed", options.seed, "For everything that is drawn by lot")->capture_default_str();
  app.add_option("--email", options.email, "An admin's account, to make consultations")
      ->capture_default_str();
  app.add_option("--password", options.password, "Its password")->envname("WARSHA_PASSWORD");
  app.add_option("--message-bytes", options.message_bytes, "About how long a delivered message is")
      ->check(CLI::Range(64, 900))
      ->capture_default_str();
  app.add_option("--log", options.log_folder,
                 "Log every client's history to this folder, for `warsha-load check`")
      ->type_name("FOLDER");
  app.add_flag("--outages", options.outages,
               "The server goes and comes meanwhile: come back, and send again what was not acknowledged");
}

void add_people(CLI::App& app, Options& options, std::size_t people, std::size_t rooms) {
  app.add_option("--people", options.people, "How many participants")
      ->check(CLI::Range(1, 100'000))
      ->default_val(people);
  app.add_option("--rooms", options.rooms, "How many rooms they are spread over")
      ->check(CLI::Range(1, 10'000))
      ->default_val(rooms);
}

void add_seconds(CLI::App& app, Options& options, double seconds) {
  app.add_option("--seconds", options.seconds, "How long it is measured")
      ->check(CLI::Range(0.1, 86'400.0))
      ->default_val(seconds);
}

void add_warmup(CLI::App& app, Options& options) {
  app.add_option("--warmup", options.warmup, "How many seconds it runs before that")
      ->check(CLI::Range(0.0, 3600.0))
      ->default_val(2);
}

std::string check_rate(const std::string& text) {
  return text == "saturate" ? std::string{} : CLI::PositiveNumber(text);
}

void describe_steady(CLI::App& app, Options& options) {
  add_people(app, options, 1000, 20);
  add_seconds(app, options, 10);
  add_warmup(app, options);
  app.add_option("--rate", options.rate, "Commands a second, of all people together")
      ->check(CLI::Validator(check_rate, "NUMBER|saturate"))
      ->default_val("100");
  app.add_option(
         "--start-rate", options.start_rate,
         "Where the search for the highest rate begins, when it is known about; otherwise it is looked for")
      ->check(CLI::PositiveNumber);
  app.add_option("--trial-seconds", options.trial_seconds,
                 "How long a rate is held in that search; otherwise a quarter of --seconds, 0.8 to 3")
      ->check(CLI::Range(0.1, 60.0));
  app.add_option(
         "--staff", options.staff,
         "Staff in each room, who help to saturate: they are permitted 100 commands a second, people 8")
      ->check(CLI::Range(1, 50))
      ->default_val(1);
}

void describe_idle(CLI::App& app, Options& options) {
  add_people(app, options, 10'000, 200);
  add_seconds(app, options, 5);
}

void describe_vote(CLI::App& app, Options& options) {
  app.add_option("--sizes", options.sizes, "How many people vote in one room; several for several votes")
      ->check(CLI::Range(2, 10'000))
      ->default_val(std::vector<std::size_t>{500});
  app.add_option("--within", options.within_seconds, "The seconds in which all vote")
      ->check(CLI::Range(0.0, 3600.0))
      ->default_val(2);
}

void describe_return(CLI::App& app, Options& options) {
  add_people(app, options, 10'000, 200);
  app.add_option("--contributions", options.contributions, "How many each board holds")
      ->check(CLI::Range(0, 1900))
      ->default_val(300);
  app.add_option("--meanwhile", options.meanwhile, "Events of each room while everybody is away")
      ->check(CLI::Range(0, 100))
      ->default_val(5);
  app.add_option("--jitter-ms", options.jitter_ms, "They come back spread over so many milliseconds")
      ->check(CLI::Range(0, 600'000))
      ->default_val(0);
  app.add_flag("--fresh", options.fresh,
               "As pages that are opened anew: without a position, each needs a snapshot");
  app.add_flag("--half-open", options.half_open,
               "The lost sockets stay open without a reader, as the server sees it when a network goes");
}

void describe_slow(CLI::App& app, Options& options) {
  add_people(app, options, 400, 4);
  add_seconds(app, options, 10);
  add_warmup(app, options);
  app.add_option("--rate", options.rate, "Commands a second, of all people together")
      ->check(CLI::PositiveNumber)
      ->default_val("400");
  app.add_option("--share", options.slow_share, "The part of them who read nothing")
      ->check(CLI::Range(0.0, 0.9))
      ->default_val(0.01);
  app.add_option("--pairs", options.pairs, "How often it is measured with and without them")
      ->check(CLI::Range(1, 100))
      ->default_val(3);
  app.get_option("--message-bytes")->default_val(900);
}

void describe_day(CLI::App& app, Options& options) {
  add_people(app, options, 1200, 30);
  app.add_option("--factor", options.factor, "How many times faster than a real day of 103 minutes")
      ->check(CLI::Range(1.0, 1000.0))
      ->default_val(60);
}

void describe_check(CLI::App& app, Options& options) {
  app.add_option("--log", options.log_folder, "The folder of the histories, of any number of runs")
      ->type_name("FOLDER")
      ->check(CLI::ExistingDirectory)
      ->required();
  app.add_option("--database", options.database, "The server's database; it may be running")
      ->type_name("FILE")
      ->check(CLI::ExistingFile)
      ->required();
  app.add_flag("--receipts", options.ask_receipts, "Also ask the server at --url for each receipt");
  app.add_option("--url", options.url, "The server")->capture_default_str();
  app.add_option("--json", options.json_file, "Write the violations to this file as JSON")->type_name("FILE");
}

struct Scenario {
  const char* name;
  const char* about;
  void (*describe)(CLI::App&, Options&);
  int (*run)(const Options&);
  bool peers; // whether it can be played against other servers than Warsha
};
constexpr Scenario kScenarios[] = {
    {"steady", "Rooms of people who speak at a fixed total rate, or at the highest that is sustained",
     describe_steady, run_steady, true},
    {"idle", "People who are there and say nothing: memory and CPU of a connection", describe_idle, run_idle,
     true},
    {"vote", "Everybody of one room votes within two seconds; growth with the size of the room",
     describe_vote, run_vote, false},
    {"return", "Everybody loses the network and comes back at the same moment", describe_return, run_return,
     false},
    {"slow", "A steady load with and without people who read nothing, in turn", describe_slow, run_slow,
     false},
    {"check", "Compares logged histories with the server's database", describe_check, run_check, false},
    {"day", "Workshops side by side through all their phases, with people who come and go", describe_day,
     run_day, false},
};

/// A descriptor for each participant; root may have as many as the kernel allows.
void raise_descriptor_limit() {
  constexpr rlim_t kWanted = 200'000;
  rlimit limit{kWanted, kWanted};
  if (::setrlimit(RLIMIT_NOFILE, &limit) == 0)
    return;
  ::getrlimit(RLIMIT_NOFILE, &limit);
  limit.rlim_cur = limit.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &limit);
}

} // namespace

int main(int argc, char** argv) {
  CLI::App app{
      "Simulates thousands of participants against a server, from one thread, and measures what they "
      "experience. Prints a table; exits with 1 when anything was lost, doubled or out of order."};
  app.name("warsha-load");
  app.require_subcommand(1);
  std::array<Options, std::size(kScenarios)> all_options; // each scenario has its own defaults
  for (std::size_t i = 0; i < std::size(kScenarios); ++i) {
    auto* one = app.add_subcommand(kScenarios[i].name, kScenarios[i].about);
    if (kScenarios[i].run != run_check)
      add_common(*one, all_options[i]);
    kScenarios[i].describe(*one, all_options[i]);
  }
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& success) {
    return app.exit(success);
  } catch (const CLI::ParseError& error) {
    app.exit(error);
    return 2;
  }
  const auto chosen = app.get_subcommands().front()->get_name();
  const auto& scenario = *std::ranges::find(kScenarios, chosen, &Scenario::name);
  auto& options = all_options[static_cast<std::size_t>(&scenario - kScenarios)];
  options.target = kTargets.at(options.target_name);
  options.scenario = chosen;
  if (options.target != Target::warsha && !scenario.peers) {
    std::fprintf(stderr, "warsha-load: %s can be played against warsha only\n", chosen.c_str());
    return 2;
  }
  if (options.rooms > options.people) {
    std::fprintf(stderr, "warsha-load: --rooms: there are fewer people than rooms\n");
    return 2;
  }
  raise_descriptor_limit();
  try {
    return scenario.run(options);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "warsha-load: %s\n", error.what());
    return 1;
  }
}
