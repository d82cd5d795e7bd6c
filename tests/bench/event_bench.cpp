#include "server/live/event_codec.hpp"
#include "server/live/views.hpp"
#include "tests/bench/meeting.hpp"

#include <benchmark/benchmark.h>

/// An event in its three encodings: for the journal, for the room, for staff; and read back from the journal.
namespace warsha::bench {
namespace {

struct Sample {
  Meeting meeting{1};
  live::Event event;
  live::Names names;
};

Sample added() {
  Sample sample;
  sample.meeting.contribute_until(300);
  sample.event = *sample.meeting.act(sample.meeting.contribute());
  return sample;
}

Sample edited() {
  Sample sample;
  sample.meeting.contribute_until(300);
  sample.event = *sample.meeting.act(sample.meeting.edit());
  return sample;
}

Sample supported() {
  Sample sample;
  sample.meeting.contribute_until(300);
  auto event = sample.meeting.act(sample.meeting.support());
  while (!event) // one's own is refused
    event = sample.meeting.act(sample.meeting.support());
  sample.event = std::move(*event);
  return sample;
}

void encode_for_both_audiences(benchmark::State& state, const Sample& sample) {
  for (auto _ : state) {
    benchmark::DoNotOptimize(
        live::view_event(sample.meeting.board(), sample.event, live::Audience::room, sample.names));
    benchmark::DoNotOptimize(
        live::view_event(sample.meeting.board(), sample.event, live::Audience::staff, sample.names));
  }
}

void encode_for_the_journal(benchmark::State& state, const Sample& sample) {
  for (auto _ : state)
    benchmark::DoNotOptimize(live::encode_body(sample.meeting.id(), sample.event));
}

void decode_from_the_journal(benchmark::State& state, const Sample& sample) {
  const auto body = live::encode_body(sample.meeting.id(), sample.event);
  for (auto _ : state)
    benchmark::DoNotOptimize(live::decode_body(sample.meeting.id(), sample.event.seq, body));
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * body.size()));
}

BENCHMARK_CAPTURE(encode_for_both_audiences, added, added());
BENCHMARK_CAPTURE(encode_for_both_audiences, edited, edited());
BENCHMARK_CAPTURE(encode_for_both_audiences, supported, supported());
BENCHMARK_CAPTURE(encode_for_the_journal, added, added());
BENCHMARK_CAPTURE(encode_for_the_journal, edited, edited());
BENCHMARK_CAPTURE(encode_for_the_journal, supported, supported());
BENCHMARK_CAPTURE(decode_from_the_journal, added, added());
BENCHMARK_CAPTURE(decode_from_the_journal, edited, edited());
BENCHMARK_CAPTURE(decode_from_the_journal, supported, supported());

} // namespace
} // namespace warsha::bench
