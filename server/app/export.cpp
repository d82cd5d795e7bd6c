#include "server/app/export.hpp"

#include "server/app/usage_error.hpp"
#include "server/bundle/bundle_error.hpp"
#include "server/bundle/reader.hpp"
#include "server/bundle/writer.hpp"
#include "server/runtime/system.hpp"
#include "server/store/connection.hpp"
#include "server/store/digest.hpp"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <ostream>
#include <span>
#include <sys/stat.h>
#include <unistd.h>

namespace warsha::app {

namespace {

[[nodiscard]] bundle::SigningKey read_key(const std::filesystem::path& file) {
  try {
    return bundle::SigningKey::read(file);
  } catch (const bundle::KeyError& error) {
    throw UsageError(std::string("--key: ") + error.what());
  }
}

/// For its owner alone: it holds hidden words and every receipt.
void create_private(const std::filesystem::path& file) {
  const int made = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (made < 0)
    throw UsageError(
        "OUT: " + file.string() + ": " +
        (errno == EEXIST ? "there is a file of that name; it is not overwritten" : std::strerror(errno)));
  ::close(made);
}

/// It is to be carried away at once, perhaps by pulling out what it stands on.
void reach_the_disk(const std::filesystem::path& file) {
  const int handle = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
  const bool reached = handle >= 0 && ::fsync(handle) == 0;
  if (handle >= 0)
    ::close(handle);
  if (!reached)
    throw std::runtime_error(file.string() + " could not be written to the disk");
}

[[nodiscard]] bundle::Manifest write_file(const ExportOptions& options, const ConsultationId& consultation,
                                          const bundle::SigningKey& key) {
  store::Connection connection(options.database, store::Connection::Mode::read_only);
  std::ofstream stream(options.out, std::ios::binary | std::ios::trunc);
  auto manifest =
      bundle::write(connection, consultation, key, options.instant.value_or(system::now_ms()), stream);
  stream.close();
  if (!stream)
    throw std::runtime_error(options.out.string() + " could not be written; is there space?");
  reach_the_disk(options.out);
  return manifest;
}

[[nodiscard]] store::Hash read_again(const std::filesystem::path& file, const bundle::PublicKey& key) {
  std::ifstream stream(file, std::ios::binary);
  bundle::Visitor nobody;
  return bundle::read(stream, std::span(&key, 1), nobody);
}

void print(const bundle::Manifest& manifest, const store::Hash& digest, std::ostream& out) {
  out << manifest.consultation.id.text() << "  " << manifest.consultation.date << "  "
      << manifest.consultation.title << '\n';
  for (const auto& workshop : manifest.workshops)
    out << "  " << workshop.id.text() << "  " << workshop.events << " events, " << workshop.present
        << " people, head " << workshop.head << "  " << workshop.title << '\n';
  out << "  review: " << manifest.review.entries << " entries\n"
      << "digest " << store::hex(digest) << ", signed by " << manifest.public_key << '\n';
}

} // namespace

void export_bundle(const ExportOptions& options, std::ostream& out) {
  const auto consultation = ConsultationId::parse(options.consultation);
  if (!consultation)
    throw UsageError("--consultation: \"" + options.consultation +
                     "\" is not an id (see `warsha admin consultation list`)");
  const auto key = read_key(options.key);
  create_private(options.out);
  try {
    const auto manifest = write_file(options, *consultation, key);
    print(manifest, read_again(options.out, key.public_key()), out);
  } catch (...) {
    std::error_code ignored;
    std::filesystem::remove(options.out, ignored);
    throw;
  }
}

void make_key(const std::filesystem::path& file, std::ostream& out, std::ostream& advice) {
  try {
    out << bundle::SigningKey::make(file).public_pem() << std::flush;
  } catch (const bundle::KeyError& error) {
    throw UsageError(std::string("--make-key: ") + error.what());
  }
  advice << "The private key is in " << file.string()
         << ": it stays on this machine. What is printed above is its public half: save it on the central "
            "server as a file for `warsha import --trust`.\n";
}

} // namespace warsha::app
