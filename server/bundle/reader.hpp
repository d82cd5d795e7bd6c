#pragma once

#include "server/bundle/format.hpp"
#include "server/bundle/keys.hpp"
#include "server/store/digest.hpp"

#include <iosfwd>
#include <span>
#include <string>

namespace warsha::bundle {

/// Is told what a bundle holds, in its order, each piece once it fits what came before. That the whole is
/// signed is known only when read() returns.
class Visitor {
public:
  virtual ~Visitor() = default;
  virtual void manifest(const Manifest&) {}
  virtual void event(const ManifestWorkshop&, Seq, std::string_view /*body*/, const store::Hash&) {}
  /// After the last event of a workshop.
  virtual void journal_read(const ManifestWorkshop&) {}
  virtual void present(const ManifestWorkshop&, const ActorId&) {}
  virtual void review_entry(Seq, std::string_view /*body*/, const store::Hash&) {}
};

/// Reads a bundle line by line and believes nothing: every line is canonical and the one that the manifest
/// announces there, every body canonical, every hash follows from the one before, every chain ends at its
/// head, the key is one of `trusted` and the last line its signature. Throws BundleError at the first thing
/// that is otherwise, naming it. Memory: a line and a manifest, whatever the file (limits.hpp). Gives the
/// digest that was signed.
store::Hash read(std::istream& stream, std::span<const PublicKey> trusted, Visitor& visitor);

/// "workshop 0190…, event 4"
[[nodiscard]] std::string event_name(const WorkshopId& workshop, std::int64_t seq);
/// "the review, entry 4"
[[nodiscard]] std::string entry_name(std::int64_t seq);

} // namespace warsha::bundle
