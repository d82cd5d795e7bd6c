#include "server/bundle/reader.hpp"

#include "server/bundle/bundle_error.hpp"
#include "server/bundle/digest.hpp"
#include "server/bundle/hex.hpp"
#include "server/bundle/line_reader.hpp"
#include "server/live/event_codec.hpp"
#include "server/review/entry_codec.hpp"
#include "server/store/chain.hpp"

#include <algorithm>
#include <set>

namespace warsha::bundle {

namespace {

constexpr const char* kManifest = "the manifest";

class Reading {
public:
  Reading(std::istream& stream, std::span<const PublicKey> trusted, Visitor& visitor)
      : lines_(stream), trusted_(trusted), visitor_(visitor) {}

  store::Hash run() {
    read_manifest();
    visitor_.manifest(manifest_);
    for (const auto& workshop : manifest_.workshops) {
      read_journal(workshop);
      visitor_.journal_read(workshop);
      read_present(workshop);
    }
    read_review();
    return read_signature();
  }

private:
  /// The next line, which must be of this kind. `where` names what is expected, when it is not there.
  template <class Kind, class Where>
  Kind take(const Where& where, std::size_t most = limits::kBundleLineBytes) {
    using Found = LineReader::Found;
    switch (lines_.next(most)) {
    case Found::end:
      throw BundleError(where(), "the file ends before it; it is cut off");
    case Found::cut_off:
      throw BundleError(where(), "the file ends within it; it is cut off");
    case Found::too_long:
      throw BundleError(at_line(where()), "the line has more than " + std::to_string(most) + " bytes");
    case Found::line:
      break;
    }
    if constexpr (!std::same_as<Kind, SignatureLine>) {
      digest_.take(lines_.line());
      digest_.take("\n");
    }
    auto decoded = decode(lines_.line());
    if (const auto* wrong = std::get_if<std::string>(&decoded))
      throw BundleError(at_line(where()), *wrong);
    auto& line = std::get<Line>(decoded);
    if (auto* wanted = std::get_if<Kind>(&line))
      return std::move(*wanted);
    throw misplaced(where(), line);
  }

  [[nodiscard]] std::string at_line(const std::string& where) const {
    return where + " (line " + std::to_string(lines_.number()) + ")";
  }
  [[nodiscard]] BundleError misplaced(const std::string& where, const Line& found) const {
    return {at_line(where), "it is not there; in its place stands " + describe(found)};
  }

  // --- The manifest ------------------------------------------------------------------------------

  void read_manifest() {
    manifest_ = take<Manifest>([] { return std::string(kManifest); }, limits::kBundleManifestBytes);
    if (manifest_.bundle != kFormat)
      throw BundleError(kManifest, "this program reads " + std::string(kFormat) + " and no other version");
    const auto key = unhex<32>(manifest_.public_key);
    if (!key)
      throw BundleError(kManifest, "its public key is not 64 hexadecimal digits");
    key_ = *key;
    if (std::ranges::find(trusted_, key_) == trusted_.end())
      throw BundleError(kManifest, "the key that signed it is not trusted: " + manifest_.public_key);
    check_consultation(manifest_.consultation);
    check_workshops();
  }

  static void check_consultation(const ManifestConsultation& consultation) {
    const auto& language = consultation.language;
    if (language != "ar" && language != "fr" && language != "en")
      throw BundleError(kManifest, "its language is none of ar, fr, en");
    if (consultation.organisers.empty() || consultation.organisers.size() > limits::kBundleOrganisers)
      throw BundleError(kManifest,
                        "it names no organiser, or more than " + std::to_string(limits::kBundleOrganisers));
  }

  void check_workshops() const {
    if (manifest_.workshops.empty() || manifest_.workshops.size() > limits::kBundleWorkshops)
      throw BundleError(kManifest,
                        "it has no workshop, or more than " + std::to_string(limits::kBundleWorkshops));
    std::set<WorkshopId> ids;
    std::int64_t events = 0;
    std::int64_t present = 0;
    for (const auto& workshop : manifest_.workshops) {
      if (!ids.insert(workshop.id).second)
        throw BundleError(kManifest, "it has workshop " + workshop.id.text() + " twice");
      events += workshop.events;
      present += workshop.present;
    }
    if (events > limits::kBundleEvents)
      throw BundleError(kManifest, "it has more than " + std::to_string(limits::kBundleEvents) + " events");
    if (present > limits::kBundlePresent)
      throw BundleError(kManifest,
                        "more than " + std::to_string(limits::kBundlePresent) + " people were present");
  }

  // --- What it announces -------------------------------------------------------------------------

  void read_journal(const ManifestWorkshop& workshop) {
    auto hash = store::chain_start(workshop.id);
    for (std::int64_t seq = 1; seq <= workshop.events; ++seq) {
      const auto where = [&] { return event_name(workshop.id, seq); };
      const auto line = take<EventLine>(where);
      if (line.workshop != workshop.id || line.seq != seq)
        throw misplaced(where(), line);
      hash = follow(hash, line.body, line.hash, where);
      const auto event = live::decode_body(workshop.id, static_cast<Seq>(seq), line.body);
      const auto* read = std::get_if<live::Event>(&event);
      if (!read || live::encode_body(workshop.id, *read) != line.body)
        throw BundleError(where(), "its body is not a canonical event of this workshop and this place");
      visitor_.event(workshop, static_cast<Seq>(seq), line.body, hash);
    }
    if (hex(hash) != workshop.head)
      throw BundleError("workshop " + workshop.id.text(),
                        "its last event's hash is not the head that the manifest names");
  }

  void read_present(const ManifestWorkshop& workshop) {
    ActorId last;
    for (std::int64_t i = 1; i <= workshop.present; ++i) {
      const auto where = [&] {
        return "workshop " + workshop.id.text() + ", person " + std::to_string(i) + " of " +
               std::to_string(workshop.present) + " present";
      };
      const auto line = take<PresentLine>(where);
      if (line.workshop != workshop.id)
        throw misplaced(where(), line);
      if (line.present <= last)
        throw BundleError(at_line(where()),
                          "the ids of who was present are not sorted, or one is there twice");
      last = line.present;
      visitor_.present(workshop, line.present);
    }
  }

  void read_review() {
    const auto& consultation = manifest_.consultation.id;
    auto hash = store::review_start(consultation);
    for (std::int64_t seq = 1; seq <= manifest_.review.entries; ++seq) {
      const auto where = [&] { return entry_name(seq); };
      const auto line = take<ReviewLine>(where);
      if (line.consultation != consultation || line.seq != seq)
        throw misplaced(where(), line);
      hash = follow(hash, line.body, line.hash, where);
      const auto entry = review::decode_entry(consultation, static_cast<Seq>(seq), line.body);
      const auto* read = std::get_if<review::Entry>(&entry);
      if (!read || review::encode_entry(consultation, *read) != line.body)
        throw BundleError(where(), "its body is not a canonical entry of this review and this place");
      visitor_.review_entry(static_cast<Seq>(seq), line.body, hash);
    }
    if (hex(hash) != manifest_.review.head)
      throw BundleError("the review", "its last entry's hash is not the head that the manifest names");
  }

  template <class Where>
  static store::Hash follow(const store::Hash& before, const std::string& body, const std::string& hash,
                            const Where& where) {
    const auto next = store::chain_next(before, body);
    if (hex(next) != hash)
      throw BundleError(where(), "its body and its hash do not belong together");
    return next;
  }

  store::Hash read_signature() {
    const auto line = take<SignatureLine>([] { return std::string("the signature"); });
    if (lines_.next(0) != LineReader::Found::end)
      throw BundleError("the signature", "something follows it; it is the last line");
    const auto signature = unhex<64>(line.signature);
    const auto digest = digest_.finish();
    if (!signature || !is_signed_by(key_, digest, *signature))
      throw BundleError("the signature",
                        "it is not the key's signature of these lines: something was changed "
                        "after the export, or another signed it");
    return digest;
  }

  LineReader lines_;
  std::span<const PublicKey> trusted_;
  Visitor& visitor_;
  Manifest manifest_;
  PublicKey key_{};
  Digest digest_;
};

} // namespace

store::Hash read(std::istream& stream, std::span<const PublicKey> trusted, Visitor& visitor) {
  return Reading(stream, trusted, visitor).run();
}

std::string event_name(const WorkshopId& workshop, std::int64_t seq) {
  return "workshop " + workshop.text() + ", event " + std::to_string(seq);
}

std::string entry_name(std::int64_t seq) {
  return "the review, entry " + std::to_string(seq);
}

} // namespace warsha::bundle
