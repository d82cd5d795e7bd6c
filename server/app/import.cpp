#include "server/app/import.hpp"

#include "protocol/limits.hpp"
#include "server/app/usage_error.hpp"
#include "server/bundle/bundle_error.hpp"
#include "server/bundle/format.hpp"
#include "server/bundle/importing.hpp"
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

void import_consultation(const ImportOptions& options, std::ostream& out) {
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

// --- Bundles ---------------------------------------------------------------------------------------

[[nodiscard]] bool is_bundle(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  std::string beginning(bundle::kBeginning.size(), '\0');
  stream.read(beginning.data(), static_cast<std::streamsize>(beginning.size()));
  return stream.gcount() == static_cast<std::streamsize>(beginning.size()) && beginning == bundle::kBeginning;
}

[[nodiscard]] std::vector<bundle::PublicKey> read_trusted(const ImportOptions& options) {
  if (options.trust.empty())
    throw UsageError("--trust: the file is a bundle; name the file of the public key that it shall be signed "
                     "with");
  try {
    return bundle::read_public_keys(options.trust);
  } catch (const bundle::KeyError& error) {
    throw UsageError(std::string("--trust: ") + error.what());
  }
}

[[nodiscard]] const char* outcome_of(const bundle::Imported& imported) {
  if (!imported.was_there)
    return "imported";
  return imported.added > 0 ? "continued" : "already there";
}

void print_json(const bundle::Imported& imported, std::ostream& out) {
  auto workshops = nlohmann::json::array();
  for (const auto& workshop : imported.workshops)
    workshops.push_back({{"id", workshop.id.text()},
                         {"join_code", workshop.join_code},
                         {"events", workshop.events},
                         {"added", workshop.added}});
  out << nlohmann::json{{"consultation", imported.consultation.text()},
                        {"outcome", outcome_of(imported)},
                        {"workshops", workshops}}
             .dump(2)
      << '\n';
}

void print_text(const bundle::Imported& imported, std::ostream& out) {
  out << imported.consultation.text() << "  " << imported.date << "  " << imported.title << ": "
      << outcome_of(imported) << (imported.was_there && imported.added == 0 ? ", nothing changed" : "")
      << '\n';
  for (const auto& workshop : imported.workshops)
    out << "  " << workshop.id.text() << "  " << workshop.join_code << "  " << workshop.events << " events, "
        << workshop.added << " of them new  " << workshop.title << '\n';
}

void import_bundle(const ImportOptions& options, std::ostream& out) {
  const auto trusted = read_trusted(options);
  std::ifstream stream(options.file, std::ios::binary);
  if (!stream)
    throw UsageError("FILE: cannot read " + options.file.string());
  store::Connection connection(options.database, store::Connection::Mode::read_write);
  const auto imported = bundle::import(connection, stream, trusted);
  if (options.json)
    print_json(imported, out);
  else
    print_text(imported, out);
}

} // namespace

void import_file(const ImportOptions& options, std::ostream& out) {
  if (is_bundle(options.file) || !options.trust.empty())
    import_bundle(options, out);
  else
    import_consultation(options, out);
}

} // namespace warsha::app
