#include "server/app/command_line.hpp"

#include "server/app/admin.hpp"
#include "server/app/export.hpp"
#include "server/app/import.hpp"
#include "server/app/option_checks.hpp"
#include "server/app/terminal.hpp"
#include "server/app/usage_error.hpp"
#include "server/app/verify.hpp"
#include "server/replay/replay.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <iostream>
#include <optional>
#include <string_view>
#include <utility>

namespace warsha::app {

namespace {

using Arguments = std::vector<std::string>;

constexpr int kDone = 0;
constexpr int kFailed = 1;
constexpr int kWrongCommandLine = 2;

struct Command {
  const char* name;
  const char* summary;
  int (*run)(Arguments);
};

void complain(const std::string& who, std::string what) {
  std::ranges::replace(what, '\n', ' ');
  std::cerr << who << ": " << what << '\n';
}

/// Gives the exit status when nothing remains to be done: help was printed, or something is wrong.
[[nodiscard]] std::optional<int> parse(CLI::App& app, Arguments arguments) {
  std::ranges::reverse(arguments); // as CLI11 takes a vector
  try {
    app.parse(std::move(arguments));
    return std::nullopt;
  } catch (const CLI::Success& success) {
    return app.exit(success);
  } catch (const CLI::ConfigError& error) {
    // CLI11's words are "INI was not able to parse NAME", whatever the format.
    const std::string_view words = error.what();
    complain(app.get_name(), "--config: the file says \"" + std::string(words.substr(words.rfind(' ') + 1)) +
                                 "\", which is no option (see `" + app.get_name() + " --help`)");
  } catch (const CLI::FileError& error) {
    complain(app.get_name(), std::string("--config: ") + error.what());
  } catch (const CLI::ValidationError& error) {
    complain(app.get_name(), error.what());
  } catch (const CLI::ParseError& error) {
    complain(app.get_name(), std::string(error.what()) + " (see `" + app.get_name() + " --help`)");
  }
  return kWrongCommandLine;
}

CLI::Option* add_database(CLI::App& app, std::filesystem::path& database, const char* words) {
  return app.add_option("--database", database, words)
      ->envname("WARSHA_DATABASE")
      ->type_name("FILE")
      ->check(check_database)
      ->capture_default_str();
}

// --- serve -----------------------------------------------------------------------------------------

void describe_mail(CLI::App& app, ServeOptions& options) {
  auto* server =
      app.add_option("--mail-server", options.mail_server,
                     "Tell people by mail, handed to this server: smtp:// (with STARTTLS, unless it is "
                     "on this machine) or smtps://")
          ->envname("WARSHA_MAIL_SERVER")
          ->type_name("URL")
          ->check(check_mail_server);
  auto* from = app.add_option("--mail-from", options.mail_from, "The sender's address")
                   ->envname("WARSHA_MAIL_FROM")
                   ->type_name("ADDRESS")
                   ->check(check_mail_from);
  auto* user = app.add_option("--mail-user", options.mail_user, "Sign in to the mail server as")
                   ->envname("WARSHA_MAIL_USER")
                   ->type_name("NAME");
  auto* password = app.add_option("--mail-password-file", options.mail_password_file,
                                  "The password is the first line of this file")
                       ->envname("WARSHA_MAIL_PASSWORD_FILE")
                       ->type_name("FILE")
                       ->check(check_existing_file);
  server->needs(from);
  from->needs(server);
  user->needs(server)->needs(password);
  password->needs(user);
}

void describe_serve(CLI::App& app, ServeOptions& options) {
  app.set_config("--config", "", "Read options from a file of lines such as: listen = \"0.0.0.0:8080\"")
      ->type_name("FILE");
  app.allow_config_extras(CLI::config_extras_mode::error);
  add_database(app, options.database, "The database; it is created when it does not exist");
  app.add_option("--client", options.client, "The folder of the built client")
      ->envname("WARSHA_CLIENT")
      ->type_name("FOLDER")
      ->check(check_client)
      ->capture_default_str();
  app.add_option("--listen", options.listen, "Where to listen; port 0 takes a free one")
      ->envname("WARSHA_LISTEN")
      ->type_name("ADDRESS:PORT")
      ->check(check_listen)
      ->capture_default_str();
  auto* certificate = app.add_option("--tls-certificate", options.tls_certificate,
                                     "Serve https with this certificate (PEM, the chain after it)")
                          ->envname("WARSHA_TLS_CERTIFICATE")
                          ->type_name("FILE")
                          ->check(check_existing_file);
  auto* key = app.add_option("--tls-key", options.tls_key, "The certificate's private key (PEM)")
                  ->envname("WARSHA_TLS_KEY")
                  ->type_name("FILE")
                  ->check(check_existing_file);
  certificate->needs(key);
  key->needs(certificate);
  app.add_option(
         "--public-url", options.public_url,
         "What phones open, for links and QR codes; when left out, http:// or https:// and what --listen "
         "says, which must then be one address of this machine")
      ->envname("WARSHA_PUBLIC_URL")
      ->type_name("URL")
      ->check(check_public_url);
  describe_mail(app, options);
  app.add_option("--shards", options.shards, "Threads that serve; 0 is one for each core")
      ->envname("WARSHA_SHARDS")
      ->type_name("NUMBER")
      ->check(check_shards)
      ->capture_default_str();
  app.add_flag("--behind-proxy", options.behind_proxy,
               "Believe the last X-Forwarded-For: only behind a proxy that writes it")
      ->envname("WARSHA_BEHIND_PROXY");
  app.add_option("--log-level", options.log_level, "trace, debug, info, warn, error or off")
      ->envname("WARSHA_LOG_LEVEL")
      ->type_name("LEVEL")
      ->check(check_log_level)
      ->capture_default_str();
  app.footer(
      "Examples:\n"
      "  Try it on this machine:\n"
      "    warsha serve --database demo.db\n"
      "  Serve a hall whose phones are on the same network:\n"
      "    warsha serve --listen 0.0.0.0:8080 --public-url http://192.168.1.10:8080\n"
      "  With TLS of its own, so that phones keep the page for when the network is gone:\n"
      "    warsha serve --listen 0.0.0.0:443 --tls-certificate chain.pem --tls-key key.pem \\\n"
      "      --public-url https://warsha.example.org\n"
      "  And tell people by mail what became of their contributions:\n"
      "    warsha serve --public-url https://warsha.example.org --mail-server smtp://mail.example.org:587 "
      "\\\n"
      "      --mail-from warsha@example.org --mail-user warsha --mail-password-file "
      "/etc/warsha/mail-password\n"
      "  Behind a reverse proxy, with a configuration file:\n"
      "    warsha serve --config /etc/warsha.toml\n"
      "  where the file says:\n"
      "    database = \"/var/lib/warsha/warsha.db\"\n"
      "    public-url = \"https://warsha.example.org\"\n"
      "    behind-proxy = true\n\n"
      "The command line counts first, then the file, then the environment (WARSHA_DATABASE and the like).\n"
      "Ctrl-C or SIGTERM tells everybody to come back, writes what is queued, and stops.");
}

int serve_command(Arguments arguments) {
  auto parsed = parse_serve(std::move(arguments));
  if (const auto* status = std::get_if<int>(&parsed))
    return *status;
  return serve(std::get<ServeOptions>(parsed));
}

// --- admin -----------------------------------------------------------------------------------------

void add_email(CLI::App& app, AccountOptions& options) {
  app.add_option("--email", options.email, "The account's e-mail address")->type_name("E-MAIL")->required();
}

void add_role(CLI::App& app, RoleOptions& role) {
  app.add_option("--role", role.role, "admin, organiser, facilitator, reviewer or committee")
      ->type_name("ROLE")
      ->required();
  app.add_option(
         "--consultation", role.consultation,
         "The consultation of an organiser or of the committee; for a facilitator, every workshop of it")
      ->type_name("ID");
  app.add_option("--administration", role.administration, "The administration of a reviewer")
      ->type_name("ID");
  app.add_option("--workshop", role.workshop, "The workshop of a facilitator")->type_name("ID");
  app.add_flag("--all", role.all, "Every consultation or workshop that exists now");
}

void add_password(CLI::App& app, AccountOptions& options) {
  app.add_flag("--password-stdin", options.password_from_stdin,
               "Read the password as one line from standard input instead of asking for it");
}

CLI::App& add_action(CLI::App& group, AccountOptions& options, const char* name, const char* summary,
                     void (*run)(const AccountOptions&, std::ostream&)) {
  CLI::App& action = *group.add_subcommand(name, summary);
  add_database(action, options.database, "The database");
  action.callback([&options, run] { run(options, std::cout); });
  return action;
}

void describe_accounts(CLI::App& group, AccountOptions& options) {
  group.require_subcommand(1);
  CLI::App& add = add_action(group, options, "add", "Add an account with a role", add_account);
  add_email(add, options);
  add.add_option("--name", options.name, "The person's name, as others see it")
      ->type_name("NAME")
      ->required();
  add_role(add, options.role);
  add_password(add, options);
  add.footer("Example:\n  warsha admin account add --email amina@example.org --name \"Amina\" --role "
             "organiser --all");

  CLI::App& grant = add_action(group, options, "grant", "Give an account another role", grant_role);
  add_email(grant, options);
  add_role(grant, options.role);

  CLI::App& revoke = add_action(group, options, "revoke",
                                "Take a role back; what is open with it closes within a minute", revoke_role);
  add_email(revoke, options);
  add_role(revoke, options.role);

  CLI::App& password = add_action(group, options, "password",
                                  "Change a password and end the account's sessions", change_password);
  add_email(password, options);
  add_password(password, options);

  CLI::App& disable =
      add_action(group, options, "disable", "Shut an account and end its sessions", disable_account);
  add_email(disable, options);

  CLI::App& list = add_action(group, options, "list", "List the accounts and their roles", list_accounts);
  list.add_flag("--json", options.json, "Print JSON");
}

void describe_consultations(CLI::App& group, ConsultationOptions& options) {
  group.require_subcommand(1);
  CLI::App& list = *group.add_subcommand("list", "List the consultations, their workshops and join codes");
  add_database(list, options.database, "The database");
  list.add_flag("--json", options.json, "Print JSON");
  list.callback([&options] { list_consultations(options, std::cout); });
}

CLI::App& add_action(CLI::App& group, PlanOptions& options, const char* name, const char* summary,
                     void (*run)(const PlanOptions&, std::ostream&)) {
  CLI::App& action = *group.add_subcommand(name, summary);
  add_database(action, options.database, "The database");
  action.callback([&options, run] { run(options, std::cout); });
  return action;
}

void add_plan_id(CLI::App& action, PlanOptions& options) {
  action.add_option("--plan", options.plan, "Which (see `warsha admin plan list`)")
      ->type_name("ID")
      ->required();
}

void add_plan_words(CLI::App& action, PlanOptions& options, bool required) {
  action.add_option("--title-ar", options.title_ar, "Its title in Arabic")
      ->type_name("TITLE")
      ->required(required);
  action.add_option("--title-fr", options.title_fr, "Its title in French")
      ->type_name("TITLE")
      ->required(required);
  action.add_option("--years", options.years, "Its first and last year")
      ->type_name("YEAR-YEAR")
      ->required(required);
  action.add_option("--axis-ar", options.axes_ar, "An axis in Arabic; once for each")->type_name("TITLE");
  action.add_option("--axis-fr", options.axes_fr, "The same axes in French, in the same order")
      ->type_name("TITLE");
}

void add_plan_consultations(CLI::App& action, PlanOptions& options) {
  action.add_option("--consultation", options.consultations, "A consultation; once for each")
      ->type_name("ID");
}

void describe_plans(CLI::App& group, PlanOptions& options) {
  group.require_subcommand(1);
  CLI::App& add = add_action(group, options, "add", "Add a plan; prints its id", add_plan);
  add_plan_words(add, options, true);
  add.footer("Example:\n  warsha admin plan add --title-ar \"خطة العمل الوطنية\" --title-fr \"Plan d’action "
             "national\" --years 2027-2030");
  CLI::App& change =
      add_action(group, options, "change", "Change what is given; axes all together", change_plan);
  add_plan_id(change, options);
  add_plan_words(change, options, false);
  CLI::App& attach = add_action(group, options, "attach",
                                "Make consultations part of a plan, and of no other", attach_consultations);
  add_plan_id(attach, options);
  add_plan_consultations(attach, options);
  attach.add_flag("--all", options.all, "Every consultation that is of no plan");
  CLI::App& detach =
      add_action(group, options, "detach", "Make consultations part of no plan", detach_consultations);
  add_plan_consultations(detach, options);
  CLI::App& list = add_action(group, options, "list", "List the plans with their consultations", list_plans);
  list.add_flag("--json", options.json, "Print JSON");
}

int admin_command(Arguments arguments) {
  CLI::App app("Look after accounts, consultations and plans, beside a running server or without one.",
               "warsha admin");
  app.require_subcommand(1);
  AccountOptions accounts;
  describe_accounts(
      *app.add_subcommand("account", "Staff accounts: add, grant, revoke, password, disable, list"),
      accounts);
  ConsultationOptions consultations;
  describe_consultations(*app.add_subcommand("consultation", "Consultations: list"), consultations);
  PlanOptions plans;
  describe_plans(*app.add_subcommand("plan", "Plans: add, change, attach, detach, list"), plans);
  app.footer("Examples:\n"
             "  warsha admin consultation list\n"
             "  warsha admin account add --email amina@example.org --name \"Amina\" --role organiser --all\n"
             "  warsha admin account add --email karim@example.org --name \"Karim\" --role facilitator "
             "--workshop ID\n"
             "  warsha admin account password --email amina@example.org");
  return parse(app, std::move(arguments)).value_or(kDone); // the chosen action ran as a callback of the parse
}

// --- import, export, verify, replay
// ------------------------------------------------------------------------------

int import_command(Arguments arguments) {
  CLI::App app("Create a consultation with its workshops from a file "
               "(schemas/exports/consultation.schema.json), or take "
               "over one that was held on another machine and comes as a signed bundle (warsha export). "
               "Prints the ids "
               "and join codes.",
               "warsha import");
  ImportOptions options;
  app.add_option("FILE", options.file, "The consultation file, or the bundle")
      ->required()
      ->check(check_existing_file);
  app.add_option("--trust", options.trust,
                 "Of a bundle: the public keys (PEM, one or several) of which one has to have signed it")
      ->type_name("FILE")
      ->check(check_existing_file);
  add_database(app, options.database, "The database; it is created when it does not exist");
  app.add_flag("--json", options.json, "Print JSON");
  app.footer(
      "Examples:\n"
      "  warsha import deploy/demonstration/consultation.json --database demo.db\n"
      "  warsha import larache.warsha-bundle --trust hall.pem --database warsha.db\n\n"
      "A bundle is verified as a whole before anything is written, and written as a whole or not at all. "
      "Brought again, it changes nothing; a later one of the same consultation adds what is new.");
  if (const auto status = parse(app, std::move(arguments)))
    return *status;
  import_file(options, std::cout);
  return kDone;
}

/// What an export needs that CLI11 cannot ask for, because --make-key needs none of it.
void require_export_options(const ExportOptions& options) {
  if (options.out.empty())
    throw UsageError("OUT: name the file to write, such as larache.warsha-bundle");
  if (options.consultation.empty())
    throw UsageError("--consultation: name the consultation (see `warsha admin consultation list`)");
  if (options.key.empty())
    throw UsageError("--key: name the file of the key to sign with (made by `warsha export --make-key`)");
}

int export_command(Arguments arguments) {
  CLI::App app(
      "Write a consultation into one signed file, a bundle, which `warsha import` takes over on another "
      "machine. Works beside a running server. It holds what was said, hidden words too, and every "
      "receipt; no name, account, pass or join code.",
      "warsha export");
  ExportOptions options;
  std::filesystem::path new_key;
  app.add_option("OUT", options.out, "The file to write; it must not exist");
  add_database(app, options.database, "The database; it is only read, and may be in use");
  app.add_option("--consultation", options.consultation, "Which (see `warsha admin consultation list`)")
      ->type_name("ID");
  app.add_option("--key", options.key, "The private key to sign with (PEM, Ed25519)")
      ->type_name("FILE")
      ->check(check_existing_file);
  app.add_option("--instant", options.instant,
                 "The time to write into it, to make the same file again; now, when left out")
      ->type_name("MILLISECONDS")
      ->check(CLI::Range(std::int64_t{0}, (std::int64_t{1} << 53) - 1));
  app.add_option(
         "--make-key", new_key,
         "Instead: make a key in this new file, and print the public key that the central server is to "
         "trust")
      ->type_name("FILE");
  app.footer("Examples:\n"
             "  warsha export --make-key hall-private.pem > hall.pem\n"
             "  warsha export --consultation ID --key hall-private.pem larache.warsha-bundle");
  if (const auto status = parse(app, std::move(arguments)))
    return *status;
  if (!new_key.empty()) {
    if (!options.out.empty() || !options.consultation.empty() || !options.key.empty())
      throw UsageError("--make-key: it makes a key and nothing else; leave the other options out");
    make_key(new_key, std::cout, std::cerr);
    return kDone;
  }
  require_export_options(options);
  export_bundle(options, std::cout);
  return kDone;
}

int verify_command(Arguments arguments) {
  CLI::App app(
      "Recompute the journal's hash chain, the boards and the contributions of a database, and say what does "
      "not agree. Exit status 0: everything is whole; 1: something is not.",
      "warsha verify");
  VerifyOptions options;
  add_database(app, options.database, "The database; it is only read, and may be in use");
  app.footer("Example:\n  warsha verify --database demo.db\n\n"
             "Keep the head hashes that it prints: a journal rewritten as a whole shows only against them.");
  if (const auto status = parse(app, std::move(arguments)))
    return *status;
  options.progress = progress_line();
  return verify(options, std::cout);
}

int replay_command(Arguments arguments) {
  CLI::App app(
      "Create the consultation of a file on a running server, play it through real sockets as separate "
      "participants, and say where the boards differ from the file. Exit status 0: nowhere.",
      "warsha replay");
  replay::Options options;
  bool fast = false;
  app.add_option("FILE", options.file, "The consultation file")->required()->check(check_existing_file);
  app.add_option("--server", options.server, "The running server")
      ->envname("WARSHA_SERVER")
      ->type_name("URL")
      ->check(check_public_url)
      ->required();
  app.add_option("--email", options.email, "The account of an admin there")->type_name("E-MAIL")->required();
  bool password_from_stdin = false;
  app.add_flag("--password-stdin", password_from_stdin,
               "Read the account's password as one line from standard input instead of asking for it");
  app.add_option("--phase-seconds", options.phase_seconds, "How long people think and write in each phase")
      ->type_name("SECONDS")
      ->check(check_phase_seconds)
      ->capture_default_str();
  app.add_flag("--fast", fast, "As fast as the server acknowledges")->excludes("--phase-seconds");
  app.add_option("--seed", options.seed, "Of who says what, and when; the same seed plays the same")
      ->type_name("NUMBER")
      ->check(check_seed)
      ->capture_default_str();
  app.footer("Example:\n"
             "  echo \"$PASSWORD\" | warsha replay deploy/demonstration/consultation.json --server "
             "http://127.0.0.1:8080"
             " \\\n    --email admin@example.org --password-stdin --fast");
  if (const auto status = parse(app, std::move(arguments)))
    return *status;
  if (fast)
    options.phase_seconds = 0;
  options.password = password_from_stdin ? read_line() : ask_password();
  return replay::run(options);
}

constexpr Command kCommands[] = {
    {"serve", "Serve workshops to phones, consoles and projectors", serve_command},
    {"import", "Create a consultation from a file, or take over a bundle", import_command},
    {"export", "Write a consultation into one signed file", export_command},
    {"admin", "Look after accounts, consultations and plans", admin_command},
    {"replay", "Play a consultation file through real sockets", replay_command},
    {"verify", "Check the journal's hash chain and what follows from it", verify_command},
};

int general_command(Arguments arguments) {
  if (!arguments.empty() && !arguments.front().starts_with('-')) {
    complain("warsha", "there is no command \"" + arguments.front() + "\" (see `warsha --help`)");
    return kWrongCommandLine;
  }
  CLI::App app("Warsha: workshops of public consultation, live.", "warsha");
  app.set_version_flag("--version", std::string("warsha ") + WARSHA_VERSION);
  for (const auto& command : kCommands)
    app.add_subcommand(command.name, command.summary);
  app.require_subcommand(1);
  app.footer("Each command explains itself: warsha serve --help\n\n"
             "A first look:\n"
             "  warsha import deploy/demonstration/consultation.json --database demo.db\n"
             "  warsha admin account add --database demo.db --email amina@example.org --name Amina"
             " --role organiser --all\n"
             "  warsha serve --database demo.db");
  return parse(app, std::move(arguments)).value_or(kDone);
}

} // namespace

std::variant<ServeOptions, int> parse_serve(Arguments arguments) {
  CLI::App app("Serve workshops until stopped.", "warsha serve");
  ServeOptions options;
  describe_serve(app, options);
  if (const auto status = parse(app, std::move(arguments)))
    return *status;
  // CLI11 checks what was given; the default has to be there as well.
  if (const auto wrong = check_client(options.client.string()); !wrong.empty()) {
    complain(app.get_name(), "--client: " + wrong);
    return kWrongCommandLine;
  }
  return options;
}

int main(int argc, char** argv) {
  Arguments arguments(argv + 1, argv + argc);
  try {
    for (const auto& command : kCommands)
      if (!arguments.empty() && arguments.front() == command.name)
        return command.run({arguments.begin() + 1, arguments.end()});
    return general_command(std::move(arguments));
  } catch (const UsageError& error) {
    complain("warsha", error.what());
    return kWrongCommandLine;
  } catch (const std::exception& error) {
    complain("warsha", error.what());
    return kFailed;
  }
}

} // namespace warsha::app
