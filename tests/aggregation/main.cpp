#include "schemas/aggregation.hpp"
#include "tests/aggregation/benches.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace {

using namespace warsha;

struct Options {
  std::string data;
  std::vector<std::string> only;
  std::string parameters, lexicon, administrations, territory, place;
  std::vector<std::string> changes;
  std::string train, test, pairs, items, questions;
  std::vector<std::size_t> sizes{1000, 10000, 100000};

  [[nodiscard]] bool wanted(const char* part) const {
    return only.empty() || std::find(only.begin(), only.end(), part) != only.end();
  }
};

/// "routing.linear_weight=2" in the parameters' document.
void change(nlohmann::json& document, const std::string& assignment) {
  const auto equals = assignment.find('=');
  if (equals == std::string::npos)
    throw std::runtime_error("--set takes FIELD=NUMBER, not " + assignment);
  std::string pointer = "/" + assignment.substr(0, equals);
  std::replace(pointer.begin(), pointer.end(), '.', '/');
  document.at(nlohmann::json::json_pointer(pointer)) = nlohmann::json::parse(assignment.substr(equals + 1));
}

std::string file_or(const std::string& path, std::string_view shipped) {
  return path.empty() ? std::string(shipped) : bench::read_file(path);
}

bool run(const Options& options) {
  auto document = nlohmann::json::parse(file_or(options.parameters, schemas::kAggregationParameters));
  for (const auto& assignment : options.changes)
    change(document, assignment);
  const auto parameters = aggregation::Parameters::parse(document.dump());
  const auto lexicon = aggregation::Lexicon::parse(file_or(options.lexicon, schemas::kLexicon));
  const auto known = aggregation::parse_register(file_or(options.administrations, schemas::kAdministrations));
  const bench::Setting setting{lexicon, parameters, known.administrations, options.territory, options.place};
  std::printf("Parameters %s, lexicon %s%s\n", parameters.version.c_str(), lexicon.version().c_str(),
              options.changes.empty() ? "" : ", with changes");

  const auto in_data = [&](const std::string& given, const char* name) {
    return given.empty() ? options.data + "/" + name : given;
  };
  bool good = true;
  if (options.wanted("routing")) {
    const auto train = bench::read_routing_set(in_data(options.train, "routing-dev.jsonl"));
    if (options.test.empty())
      bench::cross_validate_routing(setting, train);
    else
      bench::test_routing(setting, train, bench::read_routing_set(options.test));
    std::printf(
        "  common methods on the held-out set, text alone: majority 32.0 / 68.4, BM25 69.3 / 88.5, nearest "
        "neighbours "
        "74.6 / 90.2,\n  linear SVM 76.2 / 90.2; title alone 67.6; goals 85 / 97, with title 93, ECE 0.05\n");
  }
  if (options.wanted("pairs")) {
    if (!options.pairs.empty()) {
      bench::measure_pairs(setting, options.pairs, bench::read_pair_set(options.pairs, options.items));
    } else {
      bench::measure_pairs(setting, "neardup-dev",
                           bench::read_pair_set(options.data + "/neardup-dev.jsonl",
                                                options.data + "/neardup-dev-items.json"));
      bench::measure_pairs(setting, "neardup-nap1-dev",
                           bench::read_pair_set(options.data + "/neardup-nap1-dev.jsonl", ""));
    }
    std::printf("  character tf-idf over all pairs: same 28.9, same or related 39.4; goals 60 and 55\n");
  }
  if (options.wanted("questions"))
    bench::measure_questions(
        setting, bench::read_question_set(in_data(options.questions, "external/luxembourg-questions.jsonl")));
  if (options.wanted("agreement"))
    good = bench::check_agreement(options.data + "/external/polis/comments.jsonl",
                                  options.data + "/external/polis/votes.jsonl");
  if (options.wanted("scale"))
    bench::measure_scale(setting, options.sizes);
  return good;
}

} // namespace

int main(int argc, char** argv) {
  Options options;
  CLI::App app("Measures server/aggregation on labelled sets and on made-up proposals, and prints the table.",
               "warsha-aggregation-bench");
  app.add_option("data", options.data, "folder with the sets (see tests/aggregation/README.md)");
  app.add_option("--only", options.only, "parts: routing, pairs, questions, agreement, scale")
      ->delimiter(',')
      ->check(CLI::IsMember({"routing", "pairs", "questions", "agreement", "scale"}));
  app.add_option("--train", options.train, "routing: learn from this set instead of routing-dev.jsonl");
  app.add_option("--test", options.test,
                 "routing: answer this set, instead of holding out groups of the first");
  app.add_option("--pairs", options.pairs, "near-duplicates: this set of labelled pairs");
  app.add_option("--items", options.items, "near-duplicates: the texts of that set, those in no pair too");
  app.add_option("--questions", options.questions, "questions: this set");
  app.add_option("--sizes", options.sizes, "scale: numbers of proposals")->delimiter(',');
  app.add_option("--parameters", options.parameters, "instead of schemas/aggregation/parameters.json");
  app.add_option("--lexicon", options.lexicon, "instead of schemas/aggregation/lexicon.json");
  app.add_option("--administrations", options.administrations,
                 "instead of schemas/aggregation/administrations.json");
  app.add_option("--territory", options.territory, "routing: the region of all texts, as in MA-01");
  app.add_option("--place", options.place, "routing: the town of all texts");
  app.add_option("--set", options.changes, "change one parameter, as in routing.linear_weight=0");
  CLI11_PARSE(app, argc, argv);
  try {
    const bool good = run(options);
    std::printf("\n%s\n", good ? "done" : "FAILED: see above");
    return good ? 0 : 1;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "warsha-aggregation-bench: %s\n", error.what());
    return 1;
  }
}
