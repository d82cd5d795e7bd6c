#include "server/runtime/worker.hpp"

#include <future>
#include <gtest/gtest.h>
#include <stdexcept>
#include <thread>
#include <vector>

namespace warsha::tests {

namespace {

/// Keeps a worker busy while it lives.
class Busy {
public:
  explicit Busy(Worker& worker) {
    std::promise<void> begun;
    EXPECT_TRUE(worker.try_run([&begun, released = release_.get_future().share()] {
      begun.set_value();
      released.wait();
    }));
    begun.get_future().wait();
  }
  ~Busy() { release_.set_value(); }
  Busy(const Busy&) = delete;
  Busy& operator=(const Busy&) = delete;

private:
  std::promise<void> release_;
};

} // namespace

TEST(Worker, does_one_thing_after_another) {
  Worker worker("test", 10);
  std::vector<int> done;
  std::promise<void> all;
  for (int i = 0; i < 5; ++i)
    ASSERT_TRUE(worker.try_run([&done, &all, i] {
      done.push_back(i);
      if (i == 4)
        all.set_value();
    }));
  all.get_future().wait();
  EXPECT_EQ(done, (std::vector<int>{0, 1, 2, 3, 4}));
}

TEST(Worker, takes_no_more_than_may_wait) {
  Worker worker("test", 2);
  {
    const Busy busy(worker);
    EXPECT_TRUE(worker.try_run([] {}));
    EXPECT_TRUE(worker.try_run([] {}));
    EXPECT_FALSE(worker.try_run([] {}));
  }
  std::promise<void> again;
  while (!worker.try_run([&] { again.set_value(); }))
    std::this_thread::yield();
  again.get_future().wait();
}

TEST(Worker, goes_on_after_what_threw) {
  Worker worker("test", 2);
  ASSERT_TRUE(worker.try_run([] { throw std::runtime_error("no"); }));
  std::promise<void> next;
  ASSERT_TRUE(worker.try_run([&] { next.set_value(); }));
  next.get_future().wait();
}

} // namespace warsha::tests
