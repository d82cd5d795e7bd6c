#include "protocol/limits.hpp"
#include "server/live/directory.hpp"
#include "server/runtime/executor.hpp"
#include "server/store/readers.hpp"
#include "tests/unit/store/support.hpp"

#include <atomic>
#include <condition_variable>
#include <deque>
#include <gtest/gtest.h>
#include <map>
#include <mutex>
#include <thread>

namespace warsha::live {

namespace {

/// A shard whose thread is the test's and whose clock is moved by hand.
class HandExecutor final : public Executor {
public:
  void post(std::function<void()> work) override {
    {
      const std::lock_guard lock(mutex_);
      posted_.push_back(std::move(work));
    }
    arrived_.notify_one();
  }
  void after(std::chrono::milliseconds delay, std::function<void()> work) override {
    const std::lock_guard lock(mutex_);
    timers_.emplace(now_ + delay, std::move(work));
  }
  [[nodiscard]] bool is_current() const override { return std::this_thread::get_id() == thread_; }

  /// Waits for something posted, and runs it.
  void run_one() {
    std::unique_lock lock(mutex_);
    arrived_.wait(lock, [this] { return !posted_.empty(); });
    auto work = std::move(posted_.front());
    posted_.pop_front();
    lock.unlock();
    work();
  }
  /// Runs what becomes due meanwhile.
  void advance(std::chrono::milliseconds time) {
    const auto end = now_ + time;
    while (auto work = due(end))
      work();
    now_ = end;
  }

private:
  std::function<void()> due(std::chrono::milliseconds end) {
    const std::lock_guard lock(mutex_);
    if (timers_.empty() || timers_.begin()->first > end)
      return {};
    now_ = timers_.begin()->first;
    auto work = std::move(timers_.begin()->second);
    timers_.erase(timers_.begin());
    return work;
  }

  std::thread::id thread_ = std::this_thread::get_id();
  std::mutex mutex_;
  std::condition_variable arrived_;
  std::deque<std::function<void()>> posted_;
  std::multimap<std::chrono::milliseconds, std::function<void()>> timers_;
  std::chrono::milliseconds now_{0};
};

class KeptSocket final : public net::Socket {
public:
  std::optional<CloseCode> closed;

  void send(net::SharedFrame) override {}
  [[nodiscard]] std::size_t queued_bytes() const override { return 0; }
  void drop_queued() override {}
  void close(CloseCode code) override {
    if (!closed)
      closed = code;
  }
};

/// A facilitator's console, with the role that the test says.
class Console : public testing::Test {
protected:
  void SetUp() override {
    session = directory.session(workshop,
                                {{Role::facilitator, system::new_id<ActorId>()},
                                 std::nullopt,
                                 "",
                                 [this](store::Connection&) {
                                   ++asked;
                                   return role.load();
                                 }},
                                executor);
    session->on_open(socket);
    session->on_message(R"({"type":"hello"})"); // so that it is not closed for want of one
  }
  void TearDown() override {
    if (session)
      session->on_close();
  }

  tests::TemporaryFolder folder;
  std::filesystem::path file = folder.file("warsha.db");
  HandExecutor executor; // the others' threads use it to their end
  store::Writer writer{file};
  store::Readers readers{file, 1};
  live::Directory directory{{&executor}, writer, readers};
  WorkshopId workshop = system::new_id<WorkshopId>();
  std::atomic<std::optional<Role>> role{std::optional(Role::facilitator)};
  std::atomic<int> asked = 0;
  KeptSocket socket;
  std::unique_ptr<net::SocketHandler> session;
};

} // namespace

TEST_F(Console, is_closed_within_a_minute_when_its_role_is_taken_back) {
  executor.run_one(); // the workshop is not there: what else happens is of no interest
  socket.closed.reset();
  executor.advance(limits::kRightsInterval);
  executor.run_one();
  EXPECT_FALSE(socket.closed);
  role = std::optional<Role>();
  executor.advance(limits::kRightsInterval);
  executor.run_one();
  EXPECT_EQ(socket.closed, CloseCode::not_permitted);
  EXPECT_EQ(asked, 2);
}

TEST_F(Console, is_closed_at_once_when_rights_are_checked) {
  executor.run_one();
  socket.closed.reset();
  role = std::optional<Role>();
  directory.check_rights();
  executor.run_one(); // the question
  executor.run_one(); // the answer
  EXPECT_EQ(socket.closed, CloseCode::not_permitted);
}

TEST_F(Console, that_is_gone_is_not_asked_about) {
  executor.run_one();
  session->on_close();
  session.reset();
  executor.advance(2 * limits::kRightsInterval);
  EXPECT_EQ(asked, 0);
}

} // namespace warsha::live
