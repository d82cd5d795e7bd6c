#include "tests/load/measure/arrivals.hpp"

#include <algorithm>

namespace warsha::load {

struct Arrivals::State : std::enable_shared_from_this<Arrivals::State> {
  State(EventLoop& its_loop, std::vector<std::size_t> turns, unsigned seed, Submit its_submit)
      : loop(its_loop), submit(std::move(its_submit)), random(seed), order(std::move(turns)),
        at(order.size()) {}

  EventLoop& loop;
  Submit submit;
  std::mt19937 random;
  std::vector<std::size_t> order;
  std::size_t at;
  double per_second = 0;
  std::uint64_t turn = 0; // what was started before belongs to an earlier one
  TimePoint next{};

  std::size_t somebody() {
    if (at == order.size()) {
      std::shuffle(order.begin(), order.end(), random);
      at = 0;
    }
    return order[at++];
  }

  void plan_next() {
    next += from_seconds(std::exponential_distribution<double>(per_second)(random));
    loop.at(next, [weak = weak_from_this(), mine = turn] {
      if (const auto self = weak.lock(); self && self->turn == mine) {
        self->submit(self->somebody(), self->next);
        if (self->turn == mine)
          self->plan_next();
      }
    });
  }
};

Arrivals::Arrivals(EventLoop& loop, std::vector<std::size_t> turns, unsigned seed, Submit submit)
    : state_(std::make_shared<State>(loop, std::move(turns), seed, std::move(submit))) {}
Arrivals::~Arrivals() = default;

void Arrivals::start(double per_second) {
  ++state_->turn;
  state_->per_second = per_second;
  state_->next = Clock::now();
  state_->plan_next();
}

void Arrivals::stop() {
  ++state_->turn;
}

} // namespace warsha::load
