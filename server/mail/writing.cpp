#include "server/mail/writing.hpp"

#include "server/store/writer.hpp"

#include <exception>
#include <future>

namespace warsha::mail {

void write_now(store::Writer& writer, std::function<void(store::Connection&)> task) {
  std::promise<std::exception_ptr> done;
  writer.run(std::move(task), [&done](std::exception_ptr failed) { done.set_value(std::move(failed)); });
  if (const auto failed = done.get_future().get())
    std::rethrow_exception(failed);
}

} // namespace warsha::mail
