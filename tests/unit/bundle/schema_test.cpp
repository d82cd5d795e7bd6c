#include "tests/unit/bundle/support.hpp"

#include <fstream>
#include <nlohmann/json.hpp>
// valijson 1.0 includes what it needs in this order.
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validator.hpp>

/// What is written is what schemas/exports/bundle.schema.json describes to others.
namespace warsha::tests {
namespace {

class DescribedBundle : public Bundles {
protected:
  DescribedBundle() {
    std::ifstream in(WARSHA_SOURCE_DIR "/schemas/exports/bundle.schema.json");
    const auto document = nlohmann::json::parse(in);
    valijson::SchemaParser().populateSchema(valijson::adapters::NlohmannJsonAdapter(document), schema_);
  }
  [[nodiscard]] bool fits(const nlohmann::json& line) {
    return valijson::Validator().validate(schema_, valijson::adapters::NlohmannJsonAdapter(line), nullptr);
  }

  valijson::Schema schema_;
};

TEST_F(DescribedBundle, every_line_that_is_written_fits_the_schema) {
  for (const auto& line : lines_of(hall.bundle(key)))
    EXPECT_TRUE(fits(nlohmann::json::parse(line))) << line;
}

TEST_F(DescribedBundle, the_schema_refuses_what_the_reader_refuses) {
  for (const auto& line : lines_of(hall.bundle(key))) {
    auto document = nlohmann::json::parse(line);
    document["name"] = "x";
    EXPECT_FALSE(fits(document)) << document;
    EXPECT_TRUE(std::holds_alternative<std::string>(bundle::decode(document.dump())));
    document.erase("name");
    const auto whole = document;
    for (const auto& [member, value] : whole.items()) {
      document = whole;
      document.erase(member);
      EXPECT_FALSE(fits(document)) << document;
      EXPECT_TRUE(std::holds_alternative<std::string>(bundle::decode(document.dump()))) << document;
    }
  }
}

} // namespace
} // namespace warsha::tests
