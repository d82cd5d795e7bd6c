#pragma once

#include "server/runtime/system.hpp"
#include "server/store/connection.hpp"
#include "server/store/consultations.hpp"
#include "server/store/journal.hpp"
#include "server/store/people.hpp"
#include "server/store/writer.hpp"

#include <array>
#include <exception>
#include <filesystem>
#include <functional>
#include <future>
#include <memory>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

namespace warsha::tests {

/// A folder that goes away with its content.
class TemporaryFolder {
public:
  TemporaryFolder() : path_(std::filesystem::temp_directory_path() / system::new_id<CommandId>().text()) {
    std::filesystem::create_directories(path_);
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  [[nodiscard]] std::filesystem::path file(const std::string& name) const { return path_ / name; }

private:
  std::filesystem::path path_;
};

constexpr TimeMs kNow = 1'700'000'000'000;

[[nodiscard]] inline store::ConsultationRow sample_consultation() {
  return {
      system::new_id<ConsultationId>(),   "لقاء جهوي", "ar", "الشمال", "العرائش", "دار الثقافة", "2026-02-14",
      {"جمعية المدينة", "Réseau «Nord»"}, kNow};
}

[[nodiscard]] inline store::WorkshopRow sample_workshop(const ConsultationId& consultation, int position,
                                                        const std::string& join_code) {
  return {
      system::new_id<WorkshopId>(), consultation, position, "ورشة " + join_code, join_code, "epoch-1", kNow};
}

[[nodiscard]] inline store::ContributionRow sample_contribution(const std::string& receipt, Seq seq) {
  store::ContributionRow row;
  row.id = system::new_id<ContributionId>();
  row.receipt = receipt;
  row.kind = Kind::problem;
  row.state = "shown";
  row.text = "لا توجد إنارة قرب المدرسة";
  row.author = system::new_id<ActorId>();
  row.added_seq = seq;
  row.changed_seq = seq;
  row.added_at = kNow;
  return row;
}

/// One event, whose body is as good as any other for a store.
[[nodiscard]] inline store::Append sample_append(const WorkshopId& workshop, Seq seq) {
  return {workshop, {{seq, R"({"seq":)" + std::to_string(seq) + "}"}}, {}};
}

[[nodiscard]] inline store::Append sample_append(const WorkshopId& workshop, store::ContributionRow row) {
  auto append = sample_append(workshop, row.added_seq);
  append.contributions.push_back(std::move(row));
  return append;
}

/// Appends and waits: whether it was kept.
[[nodiscard]] inline bool append_now(store::Writer& writer, store::Append append) {
  std::promise<bool> kept;
  writer.append(std::move(append), [&](const store::AppendOutcome& ended) { kept.set_value(ended.kept); });
  return kept.get_future().get();
}

/// Runs a task and waits; throws what it threw.
inline void run_now(store::Writer& writer, std::function<void(store::Connection&)> task) {
  std::promise<std::exception_ptr> done;
  writer.run(std::move(task), [&](std::exception_ptr error) { done.set_value(std::move(error)); });
  if (const auto error = done.get_future().get())
    std::rethrow_exception(error);
}

/// Holds the writer inside a task, so that all that is queued meanwhile becomes one group.
class Hold {
public:
  explicit Hold(store::Writer& writer) {
    auto begun = std::make_shared<std::promise<void>>();
    auto released = std::make_shared<std::future<void>>(release_.get_future());
    auto begins = begun->get_future();
    writer.run(
        [begun, released](store::Connection&) {
          begun->set_value();
          released->wait();
        },
        nullptr);
    begins.wait();
  }
  ~Hold() { release_.set_value(); }
  Hold(const Hold&) = delete;
  Hold& operator=(const Hold&) = delete;

private:
  std::promise<void> release_;
};

} // namespace warsha::tests
