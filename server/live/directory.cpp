#include "server/live/directory.hpp"

#include "server/live/event_codec.hpp"
#include "server/live/session.hpp"
#include "server/live/workshops.hpp"

namespace warsha::live {

struct Directory::State {
  std::shared_ptr<Workshops> workshops;
};

Directory::Directory(std::vector<Executor*> shards, store::Writer& writer, store::Readers& readers)
    : state_(
          std::make_shared<State>(State{std::make_shared<Workshops>(std::move(shards), writer, readers)})) {
  state_->workshops->start();
}
Directory::~Directory() = default;

std::unique_ptr<net::SocketHandler> Directory::session(const WorkshopId& workshop, Visitor visitor,
                                                       Executor& executor) {
  return std::make_unique<Session>(state_->workshops, workshop, std::move(visitor), executor);
}

void Directory::snapshot(const WorkshopId& workshop, Audience audience, Executor& executor,
                         std::function<void(std::optional<Snapshot>)> answer) {
  auto back = [&executor, answer = std::move(answer)](std::optional<Snapshot> snapshot) {
    executor.run([answer, snapshot = std::move(snapshot)] { answer(snapshot); });
  };
  state_->workshops->with(workshop,
                          [audience, back = std::move(back)](const std::shared_ptr<Workshop>& found) {
                            if (found)
                              found->snapshot(audience, back);
                            else
                              back(std::nullopt);
                          });
}

void Directory::submit(const WorkshopId& workshop, Command command, const access::Actor& actor,
                       std::function<void(std::optional<Outcome>)> answer) {
  // Let go of unanswered when the journal fails: then this one answers as it goes.
  const auto told = std::make_shared<bool>(false);
  const std::shared_ptr<void> otherwise(nullptr, [told, answer](void*) {
    if (!*told)
      answer(std::nullopt);
  });
  state_->workshops->with(workshop, [command = std::move(command), actor, answer, told,
                                     otherwise](const std::shared_ptr<Workshop>& found) {
    if (found)
      found->submit(command, actor, [answer, told, otherwise](const Outcome& outcome) {
        *told = true;
        answer(outcome);
      });
  });
}

void Directory::inspect_then(const WorkshopId& workshop, std::function<void(const Inspection*)> then) {
  state_->workshops->with(workshop, [then = std::move(then)](const std::shared_ptr<Workshop>& found) {
    if (!found)
      return then(nullptr);
    const auto inspection = found->inspect();
    then(&inspection);
  });
}

void Directory::check_rights() {
  for (std::size_t shard = 0; shard < state_->workshops->size(); ++shard)
    state_->workshops->part(shard).executor->post([workshops = state_->workshops, shard] {
      for (auto* session : workshops->part(shard).sessions)
        session->check_rights();
    });
}

void Directory::drain(const std::function<void()>& done) {
  state_->workshops->drain();
  auto left = std::make_shared<std::atomic<std::size_t>>(state_->workshops->size());
  for (std::size_t shard = 0; shard < state_->workshops->size(); ++shard)
    state_->workshops->part(shard).executor->post([workshops = state_->workshops, shard, left, done] {
      for (auto* session : workshops->part(shard).sessions)
        session->say_bye();
      if (--*left == 0)
        done();
    });
}

store::Append opening(const WorkshopId& workshop, const std::string& title, const std::string& language,
                      const std::map<Phase, std::string>& questions, TimeMs now,
                      const std::optional<FormDays>& form) {
  const Event event{1, now, {}, std::nullopt, change::Opened{title, language, questions, form}};
  return {workshop, {{event.seq, encode_body(workshop, event)}}, {}};
}

bool is_written(store::Connection& connection, const WorkshopId& workshop) {
  const auto body = store::find_event(connection, workshop, 1);
  if (!body)
    return false;
  const auto decoded = decode_body(workshop, 1, *body);
  const auto* event = std::get_if<Event>(&decoded);
  const auto* opened = event ? std::get_if<change::Opened>(&event->change) : nullptr;
  return opened && opened->form;
}

} // namespace warsha::live
