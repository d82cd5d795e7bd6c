#include "server/mail/post_office.hpp"

#include "protocol/limits.hpp"
#include "server/mail/address.hpp"
#include "server/mail/backoff.hpp"
#include "server/mail/dispatch.hpp"
#include "server/mail/message.hpp"
#include "server/mail/writing.hpp"
#include "server/publication/texts.hpp"
#include "server/runtime/system.hpp"
#include "server/store/connection.hpp"
#include "server/store/writer.hpp"

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <pthread.h>
#include <spdlog/spdlog.h>
#include <thread>

namespace warsha::mail {

namespace {

/// What became of a message, until it is on disk.
struct Settled {
  MailId id;
  bool accepted = false;
  std::string answer;
};

} // namespace

struct PostOffice::State {
  State(const std::filesystem::path& database, store::Writer& the_writer, review::Ledger& ledger,
        const Links& the_links, SmtpServer server)
      : reading(database, store::Connection::Mode::read_only), writer(the_writer), links(the_links),
        from(server.from), dispatch(writer, ledger, links),
        smtp(std::move(server), [this] { return stopping.load(); }) {}

  // --- On the office's thread -----------------------------------------------------------------------

  void serve() {
    while (!stopping) {
      auto turn = std::chrono::steady_clock::now() + limits::kMailInterval;
      try {
        work();
        turn = next_turn();
      } catch (const std::exception& error) {
        spdlog::error("mail: {}", error.what());
        pause();
      }
      std::unique_lock lock(mutex);
      arrived.wait_until(lock, turn, [this] { return news || stopping; });
      news = false;
    }
  }

  void work() {
    record();
    const auto now = system::now_ms();
    forget(now);
    dispatch.queue_news(reading, now);
    dispatch.queue_daily(reading, now);
    // Not all: what is decided meanwhile is not to wait for a crowd.
    for (std::size_t sent = 0; sent < limits::kMailsPerConnection && may_send(); ++sent) {
      const auto due = store::next_due(reading, system::now_ms());
      if (!due)
        break;
      deliver(*due);
    }
    smtp.rest();
  }

  [[nodiscard]] bool may_send() const {
    return !stopping && paused_until <= std::chrono::steady_clock::now();
  }

  /// When a message's turn comes or the pause is over, or some time later another program may have written.
  [[nodiscard]] std::chrono::steady_clock::time_point next_turn() {
    const auto now = std::chrono::steady_clock::now();
    const auto latest = now + limits::kMailInterval;
    const auto due = store::next_due_at(reading);
    if (!due)
      return latest;
    const auto in = std::chrono::milliseconds(std::max<TimeMs>(0, *due - system::now_ms()));
    return std::min(latest, std::max(now + in, paused_until));
  }

  void deliver(const store::DueMessage& due) {
    // Of staff's addresses less is asked when their account is made.
    if (!due.address || mail::clean_address(*due.address) != due.address)
      return settle({due.id, false, "nobody can be sent it (any more)"});
    const auto now = system::now_ms();
    const bool too_old = now - due.queued_at > limits::kMailGiveUp.count();
    const auto delivery = smtp.send(*due.address, write_out(due, now));
    if (const auto* accepted = std::get_if<Accepted>(&delivery)) {
      failures = 0;
      return settle({due.id, true, accepted->answer});
    }
    if (const auto* refused = std::get_if<Refused>(&delivery)) {
      failures = 0;
      if (refused->for_good || too_old)
        return settle({due.id, false, refused->reason});
      const auto wait = wait_after(due.attempts + 1, limits::kMailRetryFirst, limits::kMailRetryMost);
      return write_now(writer, [&](store::Connection& writing) {
        store::postpone_message(writing, due.id, now + wait.count(), refused->reason);
      });
    }
    const auto& reason = std::get<Unreachable>(delivery).reason;
    if (stopping)
      return;
    if (failures == 0) // once, not at each try
      spdlog::warn("mail: the mail server can't be used for now: {}", reason);
    const auto wait = pause();
    if (too_old)
      return settle({due.id, false, reason});
    // Others go first then: should it be the message after all, it holds up none of them.
    write_now(writer, [&](store::Connection& writing) {
      store::postpone_message(writing, due.id, now + wait.count(), reason);
    });
  }

  [[nodiscard]] std::string write_out(const store::DueMessage& due, TimeMs now) const {
    Message message;
    message.from = from;
    message.from_name = publication::Texts::of(due.language)("public.brand");
    message.to = *due.address;
    message.subject = due.subject;
    message.text = due.text;
    message.html = due.html;
    message.language = due.language;
    message.id = due.id.text();
    message.at = now;
    if (due.stoppable)
      message.stop_url = links.stop(due.id, due.language);
    return written(message);
  }

  /// What the mail server said must reach the disk before anything else is sent: else it would be sent again.
  void settle(Settled settled) {
    unrecorded = std::move(settled);
    record();
  }
  void record() {
    if (!unrecorded)
      return;
    write_now(writer, [this](store::Connection& writing) {
      store::settle_message(writing, unrecorded->id, unrecorded->accepted, system::now_ms(),
                            unrecorded->answer);
    });
    unrecorded.reset();
  }

  void forget(TimeMs now) {
    if (now - forgot_at < kForgetEveryMs)
      return;
    write_now(writer, [now](store::Connection& writing) {
      store::forget_unconfirmed(writing, now - limits::kConfirmationTime.count());
    });
    forgot_at = now;
  }

  std::chrono::milliseconds pause() {
    const auto wait = wait_after(++failures, limits::kMailPauseFirst, limits::kMailPauseMost);
    paused_until = std::chrono::steady_clock::now() + wait;
    return wait;
  }

  static constexpr TimeMs kForgetEveryMs = 60LL * 60 * 1000;

  store::Connection reading;
  store::Writer& writer;
  const Links& links;
  std::string from;
  Dispatch dispatch;
  Smtp smtp;
  std::optional<Settled> unrecorded;
  int failures = 0; // to reach the mail server, one after another
  std::chrono::steady_clock::time_point paused_until{};
  TimeMs forgot_at = 0;

  // --- Shared ---------------------------------------------------------------------------------------
  std::mutex mutex;
  std::condition_variable arrived;
  bool news = false;
  std::atomic<bool> stopping = false;
  std::thread thread;
};

PostOffice::PostOffice(const std::filesystem::path& database, store::Writer& writer, review::Ledger& ledger,
                       const Links& links, SmtpServer server)
    : state_(std::make_unique<State>(database, writer, ledger, links, std::move(server))) {
  state_->thread = std::thread([state = state_.get()] {
    pthread_setname_np(pthread_self(), "mail");
    state->serve();
  });
}

PostOffice::~PostOffice() {
  stop();
}

void PostOffice::stop() {
  {
    const std::lock_guard lock(state_->mutex);
    state_->stopping = true;
  }
  state_->arrived.notify_one();
  if (state_->thread.joinable())
    state_->thread.join();
}

void PostOffice::wake() {
  {
    const std::lock_guard lock(state_->mutex);
    state_->news = true;
  }
  state_->arrived.notify_one();
}

} // namespace warsha::mail
