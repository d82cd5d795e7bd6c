#include "server/bundle/writer.hpp"

#include "server/bundle/bundle_error.hpp"
#include "server/bundle/digest.hpp"
#include "server/bundle/hex.hpp"
#include "server/store/bundle.hpp"
#include "server/store/connection.hpp"
#include "server/store/consultations.hpp"
#include "server/store/inspection.hpp"
#include "server/store/journal.hpp"
#include "server/store/people.hpp"

#include <algorithm>
#include <ostream>

namespace warsha::bundle {

namespace {

[[nodiscard]] std::string hex_of(std::string_view bytes) {
  store::Hash hash{};
  std::copy_n(bytes.begin(), std::min(bytes.size(), hash.size()), hash.begin());
  return hex(hash);
}

class Writing {
public:
  Writing(store::Connection& connection, const SigningKey& key, std::ostream& out)
      : connection_(connection), key_(key), out_(out) {}

  Manifest run(const ConsultationId& consultation, TimeMs exported_at) {
    auto manifest = describe_all(consultation, exported_at);
    put(manifest);
    for (const auto& workshop : manifest.workshops) {
      put_journal(workshop.id);
      for (const auto& person : present_in(workshop.id))
        put(PresentLine{person, workshop.id});
    }
    put_review(consultation);
    out_ << encode(SignatureLine{hex(key_.sign(digest_.finish()))}) << '\n';
    return manifest;
  }

private:
  void put(const Line& line) {
    auto text = encode(line);
    text += '\n';
    digest_.take(text);
    out_ << text;
  }

  Manifest describe_all(const ConsultationId& id, TimeMs exported_at) {
    const auto row = store::find_consultation(connection_, id);
    if (!row)
      throw BundleError("consultation " + id.text(), "there is none of this id in the database");
    Manifest manifest;
    manifest.consultation = {row->city,       row->created_at, row->date,  row->id,   row->language,
                             row->organisers, row->region,     row->title, row->venue};
    manifest.exported_at = exported_at;
    manifest.public_key = hex(key_.public_key());
    const auto review = store::read_review_head(connection_, id);
    manifest.review = {static_cast<std::int64_t>(review.seq), hex(review.hash)};
    for (const auto& workshop : store::workshops_of(connection_, id)) {
      const auto head = store::read_head(connection_, workshop.id);
      manifest.workshops.push_back(
          {workshop.created_at, workshop.epoch, static_cast<std::int64_t>(head->seq), hex(head->hash),
           workshop.id, static_cast<std::int64_t>(present_in(workshop.id).size()), workshop.title});
    }
    return manifest;
  }

  void put_journal(const WorkshopId& workshop) {
    store::read_journal(connection_, workshop, [&](Seq seq, std::string_view body, std::string_view hash) {
      put(EventLine{std::string(body), hex_of(hash), static_cast<std::int64_t>(seq), workshop});
    });
  }

  /// Sorted by id: when somebody came is nobody's matter elsewhere.
  [[nodiscard]] std::vector<ActorId> present_in(const WorkshopId& workshop) {
    auto people = store::attending(connection_, workshop);
    std::ranges::sort(people);
    return people;
  }

  void put_review(const ConsultationId& consultation) {
    store::read_review_with_hashes(
        connection_, consultation, [&](Seq seq, std::string_view body, std::string_view hash) {
          put(ReviewLine{std::string(body), consultation, hex_of(hash), static_cast<std::int64_t>(seq)});
        });
  }

  store::Connection& connection_;
  const SigningKey& key_;
  std::ostream& out_;
  Digest digest_;
};

} // namespace

Manifest write(store::Connection& connection, const ConsultationId& consultation, const SigningKey& key,
               TimeMs exported_at, std::ostream& out) {
  Manifest manifest;
  store::at_one_moment(connection,
                       [&] { manifest = Writing(connection, key, out).run(consultation, exported_at); });
  return manifest;
}

} // namespace warsha::bundle
