#include "server/bundle/bundle_error.hpp"
#include "server/bundle/hex.hpp"
#include "server/bundle/reader.hpp"
#include "server/live/board.hpp"
#include "server/live/rebuild.hpp"
#include "server/review/entry_codec.hpp"
#include "server/store/chain.hpp"
#include "tests/fuzz/seed_ids.hpp"
#include "tests/fuzz/targets.hpp"

#include <map>
#include <nlohmann/json.hpp>
#include <sstream>

// A bundle as it comes; behind an 'm' with its hashes, heads and signature made to fit, so that what only its
// signer could have written is read too. It is refused by one line, or it is what its content is written as.
namespace warsha::fuzz {
namespace {

using nlohmann::json;

const bundle::SigningKey& key() {
  static const auto kKey = bundle::SigningKey::of(kSeedSecret);
  return kKey;
}

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  for (std::size_t end = 0; (end = text.find('\n')) != std::string_view::npos; text.remove_prefix(end + 1))
    lines.emplace_back(text.substr(0, end));
  return lines;
}

/// Hashes of events and entries, heads and the signature, as far as the lines can be read.
std::string mended(std::string_view input) {
  auto lines = lines_of(input);
  std::map<std::string, store::Hash> heads;
  const auto follow = [&](auto& line, const std::string& of) {
    const auto [head, first] = heads.try_emplace(of, sha256(of));
    line.hash = bundle::hex(head->second = store::chain_next(head->second, line.body));
  };
  for (auto& text : lines) {
    auto decoded = bundle::decode(text);
    auto* line = std::get_if<bundle::Line>(&decoded);
    if (auto* event = line ? std::get_if<bundle::EventLine>(line) : nullptr)
      follow(*event, event->workshop.text());
    if (auto* entry = line ? std::get_if<bundle::ReviewLine>(line) : nullptr)
      follow(*entry, entry->consultation.text());
    if (line)
      text = bundle::encode(*line);
  }
  if (!lines.empty())
    if (auto first = bundle::decode(lines[0]); auto* line = std::get_if<bundle::Line>(&first))
      if (auto* manifest = std::get_if<bundle::Manifest>(line)) {
        manifest->public_key = bundle::hex(key().public_key());
        for (auto& workshop : manifest->workshops)
          if (const auto head = heads.find(workshop.id.text()); head != heads.end())
            workshop.head = bundle::hex(head->second);
        if (const auto head = heads.find(manifest->consultation.id.text()); head != heads.end())
          manifest->review.head = bundle::hex(head->second);
        lines[0] = bundle::encode(*line);
      }
  if (!lines.empty())
    lines.pop_back();
  std::string all;
  for (const auto& line : lines)
    all += line + '\n';
  return all + bundle::encode(bundle::SignatureLine{bundle::hex(key().sign(sha256(all)))}) + '\n';
}

/// Writes down what it is told, and puts it on boards as an import does.
class Told : public bundle::Visitor {
public:
  std::string lines;

  void manifest(const bundle::Manifest& manifest) override {
    put(manifest);
    consultation_ = manifest.consultation.id;
    docket_.consultation = consultation_;
  }
  void event(const bundle::ManifestWorkshop& workshop, Seq seq, std::string_view body,
             const store::Hash& hash) override {
    put(bundle::EventLine{std::string(body), bundle::hex(hash), static_cast<std::int64_t>(seq), workshop.id});
    if (seq == 1)
      board_.emplace(workshop.id);
    if (!refused_)
      refused_ = board_->apply(seq, body).has_value();
  }
  void journal_read(const bundle::ManifestWorkshop&) override {
    promise(board_->contributions().size() == board_->board().contributions.size(), "a row of each");
    board_.reset();
    refused_ = false;
  }
  void present(const bundle::ManifestWorkshop& workshop, const ActorId& person) override {
    put(bundle::PresentLine{person, workshop.id});
  }
  void review_entry(Seq seq, std::string_view body, const store::Hash& hash) override {
    put(bundle::ReviewLine{std::string(body), consultation_, bundle::hex(hash),
                           static_cast<std::int64_t>(seq)});
    try {
      review::apply(docket_, std::get<review::Entry>(review::decode_entry(consultation_, seq, body)));
    } catch (const std::out_of_range&) { // as the import refuses it
    }
  }

private:
  void put(const bundle::Line& line) { lines += bundle::encode(line) + '\n'; }

  ConsultationId consultation_;
  std::optional<live::Rebuild> board_;
  bool refused_ = false;
  review::Docket docket_;
};

bool is_read(const std::string& text, Told& told) {
  std::istringstream stream(text);
  const auto trusted = key().public_key();
  try {
    const auto digest = bundle::read(stream, {&trusted, 1}, told);
    promise(digest == sha256(told.lines), "the digest is that of what was told");
    return true;
  } catch (const bundle::BundleError& error) {
    const std::string_view what = error.what();
    promise(!what.empty() && what.find('\n') == std::string_view::npos, "a refusal is one line");
    return false;
  }
}

} // namespace

void bundles(std::string_view input) {
  const bool mend = input.starts_with('m');
  auto text = mend ? mended(input.substr(1)) : std::string(input);
  Told told;
  if (!is_read(text, told))
    return;
  promise(text.starts_with(told.lines), "what is read is written the same");
  promise(lines_of(text.substr(told.lines.size())).size() == 1, "and one line of signature after it");
  text[text.size() / 3] = static_cast<char>(text[text.size() / 3] ^ 1);
  Told changed;
  promise(!is_read(text, changed), "a byte that was changed after the signing is noticed");
}

} // namespace warsha::fuzz
