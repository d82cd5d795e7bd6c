#include "server/aggregation/router.hpp"
#include "tests/aggregation/benches.hpp"
#include "tests/aggregation/statistics.hpp"

#include <algorithm>
#include <cstdio>
#include <map>
#include <set>

namespace warsha::bench {

namespace {

using aggregation::Decision;
using aggregation::Router;
using aggregation::Routing;

enum class Given { text, text_and_title, title };

struct Answered {
  Answer answer;
  std::string source;
};

Decision decision_of(const LabelledText& text) {
  return {text.id, text.text, text.title, text.labels, {}};
}

Answer answer(const Setting& setting, const Router& router, const LabelledText& text, Given given) {
  const Routing routing = router.route({given == Given::title ? std::string_view() : text.text,
                                        given == Given::text ? std::string_view() : text.title,
                                        setting.territory, setting.place});
  Answer result;
  result.confidence = routing.suggestions.front().confidence;
  for (std::size_t i = 0; i < 3 && i < routing.suggestions.size(); ++i) {
    const bool right = std::find(text.labels.begin(), text.labels.end(),
                                 routing.suggestions[i].administration) != text.labels.end();
    result.first = result.first || (i == 0 && right);
    result.in_three = result.in_three || right;
  }
  return result;
}

double share(const std::vector<Answer>& answers, const std::vector<std::size_t>& draw, bool Answer::*right) {
  double sum = 0;
  for (const auto i : draw)
    sum += answers[i].*right;
  return draw.empty() ? 0 : 100 * sum / static_cast<double>(draw.size());
}

void print_row(const char* name, const std::vector<Answer>& answers) {
  const auto first =
      bootstrap(answers.size(), [&](const auto& draw) { return share(answers, draw, &Answer::first); });
  const auto three =
      bootstrap(answers.size(), [&](const auto& draw) { return share(answers, draw, &Answer::in_three); });
  std::printf("  %-34s %5zu   %5.1f [%5.1f, %5.1f]   %5.1f [%5.1f, %5.1f]   %.3f\n", name, answers.size(),
              first.value, first.low, first.high, three.value, three.low, three.high,
              expected_calibration_error(answers));
}

void print_header() {
  std::printf("  %-34s %5s   %-21s   %-21s   %s\n", "", "texts", "top-1 % [95 %]", "top-3 % [95 %]", "ECE");
}

/// The surest answers first: what abstaining on the rest would give.
void print_coverage(std::vector<Answer> answers) {
  std::stable_sort(answers.begin(), answers.end(),
                   [](const auto& a, const auto& b) { return a.confidence > b.confidence; });
  std::printf("  answered %% -> right %%:");
  for (const int percent : {20, 40, 60, 80, 90, 100}) {
    const std::size_t count = answers.size() * static_cast<std::size_t>(percent) / 100;
    double right = 0;
    for (std::size_t i = 0; i < count; ++i)
      right += answers[i].first;
    std::printf("  %d -> %.1f", percent, count > 0 ? 100 * right / static_cast<double>(count) : 0.0);
  }
  std::printf("\n");
}

void print_by_source(const std::vector<Answered>& answered, const char* given) {
  std::map<std::string, std::vector<Answer>> by_source;
  std::vector<Answer> all;
  for (const auto& [answer, source] : answered) {
    by_source[source].push_back(answer);
    all.push_back(answer);
  }
  print_row((std::string("all, ") + given).c_str(), all);
  if (by_source.size() > 1)
    for (const auto& [source, answers] : by_source)
      print_row((source + ", " + given).c_str(), answers);
}

constexpr std::pair<Given, const char*> kGivens[] = {
    {Given::text, "text alone"}, {Given::text_and_title, "with title"}, {Given::title, "title alone"}};

void print_all(const std::map<Given, std::vector<Answered>>& answers) {
  print_header();
  for (const auto& [given, name] : kGivens)
    print_by_source(answers.at(given), name);
  for (const auto& [given, name] : kGivens) {
    std::vector<Answer> all;
    for (const auto& answered : answers.at(given))
      all.push_back(answered.answer);
    std::printf("  %-12s", name);
    print_coverage(std::move(all));
  }
}

} // namespace

void cross_validate_routing(const Setting& setting, const std::vector<LabelledText>& texts) {
  std::set<std::string> groups;
  for (const auto& text : texts)
    groups.insert(text.group);
  std::map<Given, std::vector<Answered>> answers;
  for (const auto& group : groups) {
    Router router(setting.lexicon, setting.parameters, setting.administrations);
    std::vector<Decision> decisions;
    for (const auto& text : texts)
      if (text.group != group)
        decisions.push_back(decision_of(text));
    router.learn(decisions);
    for (const auto& text : texts)
      if (text.group == group)
        for (const auto& [given, name] : kGivens)
          answers[given].push_back({answer(setting, router, text, given), text.source});
  }
  std::printf("\nRouting, each commitment and each workshop held out in turn (%zu)\n", groups.size());
  print_all(answers);
}

void test_routing(const Setting& setting, const std::vector<LabelledText>& train,
                  const std::vector<LabelledText>& test) {
  Router router(setting.lexicon, setting.parameters, setting.administrations);
  std::vector<Decision> decisions;
  for (const auto& text : train)
    decisions.push_back(decision_of(text));
  router.learn(decisions);
  std::map<Given, std::vector<Answered>> answers;
  for (const auto& text : test)
    for (const auto& [given, name] : kGivens)
      answers[given].push_back({answer(setting, router, text, given), text.source});
  std::printf("\nRouting, %zu decisions learned, a set of its own answered\n", train.size());
  print_all(answers);
}

void measure_questions(const Setting& setting, const std::vector<LabelledText>& questions) {
  std::set<std::string> ministries;
  std::vector<Decision> train;
  std::vector<const LabelledText*> test;
  for (const auto& question : questions) {
    ministries.insert(question.labels.front());
    if (aggregation::key_of(question.text) % 5 == 0)
      test.push_back(&question);
    else
      train.push_back(decision_of(question));
  }
  std::vector<aggregation::Administration> bodies;
  for (const auto& ministry : ministries)
    bodies.push_back({ministry, "ministry", "", "", {}, {}, {}});
  Router router(setting.lexicon, setting.parameters, bodies);
  router.learn(train);
  std::vector<Answer> answers;
  for (const auto* question : test)
    answers.push_back(answer(setting, router, *question, Given::text));
  std::printf("\nLuxembourg, question -> ministry (%zu), a fifth held out; best linear model 68.9 / 87.4, "
              "goal 74 / 92\n",
              ministries.size());
  print_header();
  print_row("text alone", answers);
  print_coverage(std::move(answers));
}

} // namespace warsha::bench
