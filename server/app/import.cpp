#include "server/app/import.hpp"

#include "protocol/limits.hpp"
#include "server/app/usage_error.hpp"
#include "server/consultation/document.hpp"
#include "server/consultation/service.hpp"
#include "server/runtime/system.hpp"
#include "server/store/connection.hpp"

#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <ostream>

namespace warsha::app {

namespace {

[[nodiscard]] std::string read_file(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  if (!stream)
    throw UsageError("FILE: cannot read " + file.string());
  std::error_code error;
  if (std::filesystem::file_size(file, error) > limits::kDocumentBytes)
    throw UsageError("FILE: " + file.string() + " has more than " + std::to_string(limits::kDocumentBytes) +
                     " bytes, the most for a consultation file");
  return {std::istreambuf_iterator<char>(stream), {}};
}

[[nodiscard]] consultation::ConsultationFile read_consultation(const std::filesystem::path& file) {
  auto parsed = consultation::parse_document(read_file(file));
  if (const auto* wrong = std::get_if<consultation::DocumentError>(&parsed))
    throw UsageError("FILE: " + file.string() + ": " + wrong->line());
  return std::get<consultation::ConsultationFile>(std::move(parsed));
}

void print_json(const consultation::Created& created, std::ostream& out) {
  auto workshops = nlohmann::json::array();
  for (const auto& workshop : created.workshops)
    workshops.push_back(
        {{"key", workshop.key}, {"id", workshop.id.text()}, {"join_code", workshop.join_code}});
  out << nlohmann::json{{"consultation", created.consultation.text()}, {"workshops", workshops}}.dump(2)
      << '\n';
}

void print_text(const consultation::Created& created, const consultation::ConsultationFile& file,
                std::ostream& out) {
  out << created.consultation.text() << "  " << file.date << "  " << file.title << '\n';
  for (std::size_t i = 0; i < created.workshops.size(); ++i)
    out << "  " << created.workshops[i].id.text() << "  " << created.workshops[i].join_code << "  "
        << file.workshops[i].title << '\n';
}

} // namespace

void import_file(const ImportOptions& options, std::ostream& out) {
  const auto file = read_consultation(options.file);
  store::Connection connection(options.database, store::Connection::Mode::read_write);
  consultation::Created created;
  store::in_transaction(connection,
                        [&] { created = consultation::create(connection, file, system::now_ms()); });
  if (options.json)
    print_json(created, out);
  else
    print_text(created, file, out);
}

} // namespace warsha::app
