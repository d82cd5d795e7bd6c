#include "protocol/codec.hpp"
#include "tests/bench/meeting.hpp"

#include <benchmark/benchmark.h>
#include <nlohmann/json.hpp>

/// A client's frame to a command: parsed, checked, its text in NFC, its fingerprint taken.
namespace warsha::bench {
namespace {

/// As decomposed as a phone's keyboard can make it: a letter with its mark apart, which NFC joins.
std::string decomposed(std::string text) {
  for (std::size_t at = 0; (at = text.find("إ", at)) != std::string::npos;)
    text.replace(at, std::string_view("إ").size(), "\u0627\u0655");
  return text;
}

std::string contribute_frame(bool normal) {
  Meeting meeting(1);
  auto command = meeting.contribute().command;
  auto& text = std::get<action::Contribute>(command.action).text;
  text = "إنارة إضافية قرب المدرسة: " + text;
  if (!normal)
    text = decomposed(text);
  return encode(command);
}

std::string edit_frame() {
  Meeting meeting(1);
  meeting.contribute_until(1);
  return encode(meeting.edit().command);
}

std::string support_frame() {
  Meeting meeting(1);
  meeting.contribute_until(1);
  return encode(meeting.support().command);
}

void decode_frame(benchmark::State& state, const std::string& frame) {
  for (auto _ : state)
    benchmark::DoNotOptimize(decode(frame));
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * frame.size()));
}

/// The floor: what a document of the same bytes costs.
void parse_alone(benchmark::State& state, const std::string& frame) {
  for (auto _ : state)
    benchmark::DoNotOptimize(nlohmann::json::parse(frame, nullptr, false));
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * frame.size()));
}

BENCHMARK_CAPTURE(decode_frame, contribute, contribute_frame(true));
BENCHMARK_CAPTURE(decode_frame, contribute_to_be_normalised, contribute_frame(false));
BENCHMARK_CAPTURE(decode_frame, edit, edit_frame());
BENCHMARK_CAPTURE(decode_frame, support, support_frame());
BENCHMARK_CAPTURE(parse_alone, contribute, contribute_frame(true));
BENCHMARK_CAPTURE(parse_alone, support, support_frame());

void ack(benchmark::State& state) {
  Meeting meeting(1);
  const auto id = meeting.contribute().command.id;
  for (auto _ : state)
    benchmark::DoNotOptimize(encode_ack(id, 1234, "ABCD-EFGH-JKMN"));
}
BENCHMARK(ack);

} // namespace
} // namespace warsha::bench
