#include "protocol/codec.hpp"

#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <iterator>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
// valijson 1.0 includes what it needs in this order.
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validator.hpp>

namespace warsha {
namespace {

using nlohmann::json;
namespace fs = std::filesystem;
const fs::path kSchemas = fs::path(WARSHA_SOURCE_DIR) / "schemas/live";

json read_json(const fs::path& path) {
  std::ifstream in(path);
  return json::parse(std::string(std::istreambuf_iterator<char>(in), {}));
}

/// Puts what common.schema.json defines in the place of every reference to it: valijson 1.0 loads no other
/// files.
json inlined(const json& value, const json& common) {
  if (value.is_object() && value.contains("$ref")) {
    const auto target = value["$ref"].get<std::string>();
    const auto hash = target.find("#/definitions/");
    const auto name = target.substr(hash + 14);
    if (target.starts_with("common.schema.json") || common.contains(name))
      return inlined(common.at(name), common);
    return value;
  }
  if (!value.is_structured())
    return value;
  json out = value;
  for (auto& [key, member] : out.items())
    member = inlined(member, common);
  return out;
}

bool satisfies(const json& message, const std::string& schema_name) {
  const auto common = read_json(kSchemas / "common.schema.json").at("definitions");
  const auto document = inlined(read_json(kSchemas / schema_name), common);
  valijson::Schema schema;
  valijson::SchemaParser().populateSchema(valijson::adapters::NlohmannJsonAdapter(document), schema);
  return valijson::Validator().validate(schema, valijson::adapters::NlohmannJsonAdapter(message), nullptr);
}

std::map<std::string, json> examples(const char* folder) {
  std::map<std::string, json> all;
  for (const auto& entry : fs::directory_iterator(kSchemas / "examples" / folder))
    all[entry.path().stem().string()] = read_json(entry.path());
  return all;
}

bool from_client(const json& example) {
  const auto schema = example.at("schema").get<std::string>();
  return schema == "command.schema.json" || schema == "hello.schema.json" || schema == "typing.schema.json" ||
         schema == "signal.schema.json" || schema == "seen.schema.json";
}

TEST(Examples, every_valid_example_satisfies_its_schema) {
  const auto all = examples("valid");
  ASSERT_GT(all.size(), 40U);
  for (const auto& [name, example] : all)
    EXPECT_TRUE(satisfies(example.at("message"), example.at("schema"))) << name;
}

TEST(Examples, every_valid_message_of_a_client_is_decoded) {
  for (const auto& [name, example] : examples("valid"))
    if (from_client(example)) {
      EXPECT_TRUE(std::holds_alternative<ClientMessage>(decode(example.at("message").dump()))) << name;
    }
}

TEST(Examples, every_invalid_message_is_refused_with_its_code_and_field) {
  const auto all = examples("invalid");
  ASSERT_GT(all.size(), 30U);
  for (const auto& [name, example] : all) {
    const auto frame =
        example.contains("frame") ? example["frame"].get<std::string>() : example["message"].dump();
    const auto decoded = decode(frame);
    const auto* error = std::get_if<DecodeError>(&decoded);
    ASSERT_NE(error, nullptr) << name;
    EXPECT_STREQ(warsha::name(error->rejection.code), example.at("code").get<std::string>().c_str()) << name;
    EXPECT_EQ(error->rejection.field, example.value("field", "")) << name;
  }
}

TEST(Examples, a_schema_refuses_what_a_schema_can_tell) {
  // Graphemes, permitted characters and surrounding space are beyond a schema; the decoder alone refuses
  // those.
  for (const auto& [name, example] : examples("invalid"))
    if (example.contains("message") && !example.at("code").get<std::string>().starts_with("text_")) {
      EXPECT_FALSE(satisfies(example.at("message"), example.at("schema"))) << name;
    }
}

TEST(Examples, every_action_has_one) {
  std::set<std::string> seen;
  for (const auto& [name, example] : examples("valid"))
    if (example.at("message").contains("action"))
      seen.insert(example.at("message").at("action").get<std::string>());
  for (const auto* action : kActionNames)
    EXPECT_TRUE(seen.contains(action)) << action;
}

} // namespace
} // namespace warsha
