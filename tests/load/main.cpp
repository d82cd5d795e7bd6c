#include "tests/load/options.hpp"
#include "tests/load/scenarios.hpp"

#include <CLI/CLI.hpp>
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
  app.add_option("--url", options.url, "The server: http or https, an IPv4 address")->capture_default_str();
  app.add_option("--server-pid", options.server_process,
                 "The server's process; its CPU time and memory are read from /proc");
  app.add_option("--json", options.json_file, "Write the result to this file as JSON")->type_name("FILE");
  app.add_option("--seed", options.seed, "For everything that is drawn by lot")->capture_default_str();
  app.add_option("--email", options.email, "An admin's account, to make consultations")
      ->capture_default_str();
  app.add_option("--password", options.password, "Its password")->envname("WARSHA_PASSWORD");
  app.add_option("--people", options.people, "How many participants")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  app.add_option("--rooms", options.rooms, "How many rooms they are spread over")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  app.add_option("--message-bytes", options.message_bytes, "About how long a delivered message is")
      ->check(CLI::Range(64, 900))
      ->capture_default_str();
}

void add_rate(CLI::App& app, Options& options) {
  app.add_option("--rate", options.rate, "Commands a second, of all people together")
      ->check([](const std::string& text) {
        return text == "saturate" ? std::string{} : CLI::PositiveNumber(text);
      })
      ->type_name("NUMBER|saturate")
      ->capture_default_str();
  app.add_option("--seconds", options.seconds, "How long it is measured")->capture_default_str();
  app.add_option("--warmup", options.warmup, "How long it runs before that")->capture_default_str();
}

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
  Options options;
  auto* steady = app.add_subcommand(
      "steady", "Rooms of people who speak at a fixed total rate, or at the highest that is sustained");
  steady->add_option("--target", options.target_name, "Which protocol: warsha, ws, bare, socketio or yjs")
      ->check(CLI::IsMember(kTargets))
      ->capture_default_str();
  add_common(*steady, options);
  add_rate(*steady, options);
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& success) {
    return app.exit(success);
  } catch (const CLI::ParseError& error) {
    app.exit(error);
    return 2;
  }
  options.target = kTargets.at(options.target_name);
  options.scenario = app.get_subcommands().front()->get_name();
  raise_descriptor_limit();
  try {
    return run_steady(options);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "warsha-load: %s\n", error.what());
    return 1;
  }
}
