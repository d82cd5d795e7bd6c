#include "server/consultation/document.hpp"

#include "protocol/codec.hpp"
#include "protocol/limits.hpp"
#include "protocol/text.hpp"
#include "schemas/embedded.hpp"

#include <nlohmann/json.hpp>
#include <set>
// valijson 1.0 includes what it needs in this order.
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validation_results.hpp>
#include <valijson/validator.hpp>

namespace warsha::consultation {

using nlohmann::json;

namespace {

const valijson::Schema& schema() {
  static const valijson::Schema& kSchema = []() -> valijson::Schema& {
    static valijson::Schema made;
    static const json document = json::parse(schemas::kConsultationFile);
    const valijson::adapters::NlohmannJsonAdapter adapter(document);
    valijson::SchemaParser().populateSchema(adapter, made);
    return made;
  }();
  return kSchema;
}

std::optional<DocumentError> against_schema(const json& document) {
  valijson::Validator validator;
  valijson::ValidationResults results;
  const valijson::adapters::NlohmannJsonAdapter adapter(document);
  if (validator.validate(schema(), adapter, &results))
    return std::nullopt;
  // The innermost error comes first and says most.
  valijson::ValidationResults::Error error;
  results.popError(error);
  std::string where;
  for (const auto& part : error.context) {
    if (part == "<root>")
      continue;
    where += '/';
    for (const char c : part) // valijson writes ["name"] and [3]
      if (c != '[' && c != ']' && c != '"')
        where += c;
  }
  return DocumentError{where, error.description};
}

/// Leaves the reading of a document; caught in parse_document.
struct Fault {
  DocumentError error;
};

std::string clean(const json& value, const std::string& where, std::size_t most, bool one_line) {
  const auto& typed = value.get_ref<const std::string&>();
  auto result = one_line ? clean_line(typed, most) : clean_text(typed, most);
  if (const auto* code = std::get_if<Code>(&result))
    throw Fault{
        {where, std::string(sentence(*code)) +
                    (*code == Code::text_too_long ? " At most " + std::to_string(most) + " letters." : "")}};
  return std::move(std::get<std::string>(result));
}

std::string line(const json& object, const char* field, const std::string& where,
                 std::size_t most = limits::kLineGraphemes) {
  return clean(object.at(field), where + "/" + field, most, true);
}

std::vector<std::string> keys(const json& object, const char* field) {
  return object.contains(field) ? object.at(field).get<std::vector<std::string>>()
                                : std::vector<std::string>{};
}

class WorkshopReader {
public:
  WorkshopReader(const json& object, std::string where) : object_(object), where_(std::move(where)) {}

  FileWorkshop read() {
    FileWorkshop workshop;
    workshop.key = object_.at("key").get<std::string>();
    workshop.title = line(object_, "title", where_);
    if (object_.contains("questions"))
      for (const auto& [phase, question] : object_.at("questions").items())
        workshop.questions[*parse<Phase>(phase)] =
            clean(question, where_ + "/questions/" + phase, limits::kLineGraphemes, true);
    if (object_.contains("moderation"))
      workshop.moderation = *parse<Moderation>(object_.at("moderation").get<std::string>());
    for (const auto& theme : object_.value("themes", json::array()))
      workshop.themes.push_back(
          read_theme(theme, where_ + "/themes/" + std::to_string(workshop.themes.size())));
    for (const auto& contribution : object_.value("contributions", json::array()))
      workshop.contributions.push_back(read_contribution(
          contribution, where_ + "/contributions/" + std::to_string(workshop.contributions.size())));
    return workshop;
  }

private:
  FileTheme read_theme(const json& object, const std::string& where) {
    FileTheme theme{object.at("key").get<std::string>(),
                    line(object, "title", where, limits::kThemeTitleGraphemes)};
    if (!themes_.insert(theme.key).second)
      throw Fault{{where + "/key", "the key \"" + theme.key + "\" is used twice"}};
    return theme;
  }

  FileContribution read_contribution(const json& object, const std::string& where) {
    FileContribution contribution;
    contribution.key = object.at("key").get<std::string>();
    contribution.kind = *parse<Kind>(object.at("kind").get<std::string>());
    contribution.text = clean(object.at("text"), where + "/text", limits::kContributionGraphemes, false);
    contribution.supports = object.value("supports", std::size_t{0});
    contribution.answers = keys(object, "answers");
    contribution.follows_from = keys(object, "follows_from");
    if (object.contains("theme"))
      contribution.theme = object.at("theme").get<std::string>();

    if (contribution.kind == Kind::problem && !kinds_.empty() && last_problem_passed_)
      throw Fault{{where, "a problem comes after the first solution or result; all problems come before"}};
    last_problem_passed_ = last_problem_passed_ || contribution.kind != Kind::problem;
    if (contribution.theme && contribution.kind != Kind::problem)
      throw Fault{{where + "/theme", "only problems are grouped under themes"}};
    if (contribution.theme && !themes_.contains(*contribution.theme))
      throw Fault{{where + "/theme", "no theme has the key \"" + *contribution.theme + "\""}};
    check(contribution.answers, contribution.kind == Kind::solution, Kind::problem, where + "/answers");
    check(contribution.follows_from, contribution.kind == Kind::result, Kind::solution,
          where + "/follows_from");
    if (!kinds_.emplace(contribution.key, contribution.kind).second)
      throw Fault{{where + "/key", "the key \"" + contribution.key + "\" is used twice"}};
    return contribution;
  }

  void check(const std::vector<std::string>& references, bool fits, Kind kind, const std::string& where) {
    if (!references.empty() && !fits)
      throw Fault{{where, "a solution answers problems, a result follows from solutions"}};
    for (const auto& key : references) {
      const auto found = kinds_.find(key);
      if (found == kinds_.end() || found->second != kind)
        throw Fault{
            {where, std::string("no ") + name(kind) + " before this one has the key \"" + key + "\""}};
    }
  }

  const json& object_;
  std::string where_;
  std::set<std::string> themes_;
  std::map<std::string, Kind> kinds_;
  bool last_problem_passed_ = false;
};

ConsultationFile read(const json& document) {
  ConsultationFile file;
  file.title = line(document, "title", "");
  file.language = document.at("language").get<std::string>();
  file.region = line(document, "region", "");
  file.city = line(document, "city", "");
  file.venue = line(document, "venue", "");
  file.date = line(document, "date", "");
  for (const auto& organiser : document.at("organisers"))
    file.organisers.push_back(clean(organiser, "/organisers/" + std::to_string(file.organisers.size()),
                                    limits::kLineGraphemes, true));
  file.participants = document.value("participants", std::size_t{1});
  std::set<std::string> workshop_keys;
  for (const auto& workshop : document.at("workshops")) {
    const auto where = "/workshops/" + std::to_string(file.workshops.size());
    file.workshops.push_back(WorkshopReader(workshop, where).read());
    if (!workshop_keys.insert(file.workshops.back().key).second)
      throw Fault{{where + "/key", "the key \"" + file.workshops.back().key + "\" is used twice"}};
  }
  return file;
}

json encode(const FileWorkshop& workshop, bool prepared_only) {
  json out{{"key", workshop.key}, {"title", workshop.title}};
  for (const auto& [phase, question] : workshop.questions)
    out["questions"][name(phase)] = question;
  if (workshop.moderation != Moderation::after)
    out["moderation"] = name(workshop.moderation);
  if (prepared_only)
    return out;
  for (const auto& theme : workshop.themes)
    out["themes"].push_back({{"key", theme.key}, {"title", theme.title}});
  for (const auto& contribution : workshop.contributions) {
    json item{{"key", contribution.key}, {"kind", name(contribution.kind)}, {"text", contribution.text}};
    if (contribution.theme)
      item["theme"] = *contribution.theme;
    if (!contribution.answers.empty())
      item["answers"] = contribution.answers;
    if (!contribution.follows_from.empty())
      item["follows_from"] = contribution.follows_from;
    if (contribution.supports > 0)
      item["supports"] = contribution.supports;
    out["contributions"].push_back(std::move(item));
  }
  return out;
}

} // namespace

std::variant<ConsultationFile, DocumentError> parse_document(std::string_view text) {
  const auto document = parse_json(text);
  if (!document)
    return DocumentError{"", "not JSON, or nested too deeply"};
  if (auto error = against_schema(*document))
    return *error;
  try {
    return read(*document);
  } catch (const Fault& fault) {
    return fault.error;
  }
}

std::string encode_document(const ConsultationFile& file, bool prepared_only) {
  json out{{"schema", "warsha.consultation/1"},
           {"title", file.title},
           {"language", file.language},
           {"region", file.region},
           {"city", file.city},
           {"venue", file.venue},
           {"date", file.date},
           {"organisers", file.organisers},
           {"participants", file.participants},
           {"workshops", json::array()}};
  for (const auto& workshop : file.workshops)
    out["workshops"].push_back(encode(workshop, prepared_only));
  return out.dump();
}

} // namespace warsha::consultation
