#include "server/app/serve.hpp"

#include "protocol/limits.hpp"
#include "server/access/link_tokens.hpp"
#include "server/access/passes.hpp"
#include "server/app/listen_address.hpp"
#include "server/consultation/entrance.hpp"
#include "server/consultation/routes.hpp"
#include "server/live/boards.hpp"
#include "server/live/directory.hpp"
#include "server/mail/address.hpp"
#include "server/mail/post_office.hpp"
#include "server/mail/routes.hpp"
#include "server/net/server.hpp"
#include "server/net/static_files.hpp"
#include "server/net/tls.hpp"
#include "server/publication/catalogue.hpp"
#include "server/publication/routes.hpp"
#include "server/publication/write_routes.hpp"
#include "server/review/ledger.hpp"
#include "server/runtime/shard.hpp"
#include "server/runtime/system.hpp"
#include "server/runtime/worker.hpp"
#include "server/store/connection.hpp"
#include "server/store/people.hpp"
#include "server/store/readers.hpp"
#include "server/store/writer.hpp"

#include <array>
#include <atomic>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <future>
#include <memory>
#include <optional>
#include <spdlog/spdlog.h>
#include <stdexcept>
#include <sys/resource.h>
#include <thread>
#include <vector>

namespace warsha::app {

namespace {

constexpr std::size_t kReaderThreads = 2;
/// A little more than the WAL comes to hold under load before it begins anew.
constexpr std::size_t kWalBytes = std::size_t{20} << 20;
/// After a client was told to leave, and for its half of the closing handshake.
constexpr auto kDrainTime = std::chrono::milliseconds(1500);
constexpr auto kAbortTime = std::chrono::milliseconds(1500);

/// A room that returns at once needs descriptors: take what the system allows.
void raise_descriptor_limit() {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur < limit.rlim_max) {
    limit.rlim_cur = limit.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &limit);
  }
}

std::string server_secret(const std::filesystem::path& database, const char* name) {
  store::Connection connection(database, store::Connection::Mode::upgrade);
  std::array<std::uint8_t, 32> fresh{};
  system::random(fresh);
  return store::secret(connection, name, {reinterpret_cast<const char*>(fresh.data()), fresh.size()});
}

/// Waits for SIGTERM or SIGINT; they must be blocked in every thread.
void wait_for_end(const sigset_t& signals) {
  int signal = 0;
  ::sigwait(&signals, &signal);
  spdlog::info("{}: draining", signal == SIGINT ? "interrupted" : "terminated");
}

void wait_until_empty(const net::Server& server, std::chrono::milliseconds most) {
  const auto end = std::chrono::steady_clock::now() + most;
  while (server.connections() > 0 && std::chrono::steady_clock::now() < end)
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
}

/// A file or a page of the client; a person who typed another address reads that nothing is there.
net::HttpResponse serve_file(const net::StaticFiles& files, const net::HttpRequest& request,
                             const std::string& public_url) {
  auto response = files.serve(request);
  const bool wants_page = request.header("accept").find("text/html") != std::string_view::npos;
  return response.status == 404 && wants_page ? publication::nothing_here(request, public_url)
                                              : std::move(response);
}

/// Of the first line of a file.
std::string read_password(const std::filesystem::path& file) {
  std::ifstream stream(file);
  std::string line;
  if (!std::getline(stream, line) || line.empty())
    throw std::runtime_error("--mail-password-file: " + file.string() +
                             " can't be read, or its first line is empty");
  if (line.back() == '\r')
    line.pop_back();
  return line;
}

/// None: no mail is sent.
std::optional<mail::SmtpServer> mail_server_of(const ServeOptions& options) {
  if (options.mail_server.empty())
    return std::nullopt;
  return mail::SmtpServer{options.mail_server, *mail::clean_address(options.mail_from), options.mail_user,
                          options.mail_user.empty() ? std::string()
                                                    : read_password(options.mail_password_file)};
}

void run(const ServeOptions& options) {
  const auto listen = parse_listen(options.listen);
  raise_descriptor_limit();
  const net::StaticFiles files(options.client);
  std::optional<net::TlsContext> tls;
  if (!options.tls_certificate.empty())
    tls.emplace(options.tls_certificate, options.tls_key);
  const auto mail_server = mail_server_of(options);
  const access::Passes passes(server_secret(options.database, "passes"));
  const access::LinkTokens link_tokens(server_secret(options.database, "links"));

  // Before any thread starts, so that all inherit it and one sigwait receives them.
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  std::signal(SIGPIPE, SIG_IGN);

  const auto count = options.shards > 0 ? options.shards : std::max(1U, std::thread::hardware_concurrency());
  std::vector<std::unique_ptr<Shard>> shards;
  std::vector<Shard*> shard_pointers;
  std::vector<Executor*> executors;
  for (std::size_t i = 0; i < count; ++i) {
    shards.push_back(std::make_unique<Shard>("shard " + std::to_string(i)));
    shard_pointers.push_back(shards.back().get());
    executors.push_back(shards.back().get());
  }

  auto writer = std::make_unique<store::Writer>(options.database, kWalBytes);
  auto readers = std::make_unique<store::Readers>(options.database, kReaderThreads);
  auto public_readers = std::make_unique<store::Readers>(options.database, 1);
  auto passwords = std::make_unique<Worker>("passwords", limits::kPasswordsWaiting);
  live::Directory directory(executors, *writer, *readers);
  live::Boards boards;
  review::Ledger ledger(*writer);
  consultation::Services services{*writer,
                                  *readers,
                                  *passwords,
                                  passes,
                                  directory,
                                  boards,
                                  ledger,
                                  options.public_url,
                                  tls || options.public_url.starts_with("https://"),
                                  mail_server.has_value()};
  publication::Catalogue catalogue(ledger, boards);
  const mail::Links links(link_tokens, services.public_url);
  std::unique_ptr<mail::PostOffice> post_office;
  mail::Services mail_services{*writer, *public_readers, catalogue, passes, links, {}};
  if (mail_server)
    mail_services.wake = [&post_office] { post_office->wake(); };
  net::Router router;
  consultation::add_routes(router, services);
  publication::add_routes(router, *public_readers, catalogue, services.public_url, services.mail);
  publication::add_write_routes(
      router, {*public_readers, directory, passes, services.public_url, services.secure_cookies});
  mail::add_routes(router, mail_services);
  const consultation::Entrance entrance(passes, *readers);

  net::Endpoints endpoints;
  endpoints.http = [&](const net::HttpRequest& request, Executor& executor, net::Respond respond) {
    if (request.path.starts_with("/api/") || router.leads_to(request.path))
      router.route(request, executor, std::move(respond));
    else
      respond(serve_file(files, request, services.public_url));
  };
  endpoints.upgrade = [&](const net::HttpRequest& request, Executor& executor,
                          std::function<void(net::Upgrade)> answer) {
    consultation::enter_live(entrance, directory, request, executor, std::move(answer));
  };
  endpoints.large_body = [&](const net::HttpRequest& head, Executor&,
                             std::function<void(std::optional<net::HttpResponse>)> answer) {
    consultation::admit_large_body(services, head, std::move(answer));
  };
  net::Server server(shard_pointers,
                     {listen.address, listen.port, options.behind_proxy, tls ? &*tls : nullptr},
                     std::move(endpoints));
  const auto here = url_of(tls ? "https" : "http", {listen.address, server.port()});
  if (services.public_url.empty()) {
    services.public_url = here;
    if (is_every_address(listen.address))
      spdlog::warn("links and QR codes say {}, which no phone can open: give --public-url, such as {}", here,
                   url_of(tls ? "https" : "http", {"192.168.1.10", server.port()}));
  }

  if (mail_server) {
    post_office = std::make_unique<mail::PostOffice>(options.database, *writer, ledger, links, *mail_server);
    ledger.on_entry([&post_office] { post_office->wake(); });
  }

  for (auto& shard : shards)
    shard->start();
  std::printf("listening on %s\n", here.c_str());
  std::fflush(stdout);
  if (mail_server && !services.public_url.starts_with("https://"))
    spdlog::warn("mail: --public-url is not https, and so mail programs will not offer to stop by one click");
  wait_for_end(signals);

  server.stop_accepting();
  std::promise<void> told;
  directory.drain([&told] { told.set_value(); });
  told.get_future().wait();
  wait_until_empty(server, kDrainTime);
  server.abort_connections();
  wait_until_empty(server, kAbortTime);
  // The shards first: what runs on them uses the others. The writer still commits what is queued.
  for (auto& shard : shards)
    shard->stop();
  readers.reset();
  public_readers.reset();
  if (post_office)
    post_office->stop(); // it is still told of what the writer commits last
  passwords.reset();
  writer.reset();
  spdlog::info("stopped");
  if (server.connections() > 0) {
    // Handlers that never ran still hold what they use, in no order that would let go of it safely:
    // everything is on disk, and the system takes the memory.
    spdlog::warn("{} connections did not end", server.connections());
    spdlog::shutdown();
    std::_Exit(0);
  }
}

} // namespace

int serve(const ServeOptions& options) {
  spdlog::set_level(spdlog::level::from_str(options.log_level));
  try {
    run(options);
    return 0;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "warsha serve: %s\n", error.what());
    return 1;
  }
}

} // namespace warsha::app
