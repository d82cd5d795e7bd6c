#include "server/consultation/document.hpp"
#include "tests/fuzz/targets.hpp"

// A file is refused by one line, or read; what was read and is written again reads the same.
namespace warsha::fuzz {
namespace {

consultation::ConsultationFile read_again(const std::string& written) {
  auto read = consultation::parse_document(written);
  promise(std::holds_alternative<consultation::ConsultationFile>(read),
          "a file that is written again is read");
  return std::get<consultation::ConsultationFile>(std::move(read));
}

} // namespace

void documents(std::string_view input) {
  const auto read = consultation::parse_document(input);
  if (const auto* error = std::get_if<consultation::DocumentError>(&read)) {
    promise(!error->what.empty(), "a refusal says why");
    return;
  }
  const auto& file = std::get<consultation::ConsultationFile>(read);
  for (const bool prepared_only : {false, true}) {
    const auto written = consultation::encode_document(file, prepared_only);
    promise(consultation::encode_document(read_again(written), prepared_only) == written, "as the same");
  }
}

} // namespace warsha::fuzz
