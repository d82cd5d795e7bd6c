#pragma once

#include "protocol/limits.hpp"
#include "protocol/members.hpp"
#include "protocol/messages.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

/// The lines of a bundle (schemas/exports/bundle.schema.json), each one object in canonical JSON: compact,
/// its keys sorted, so that the same content has one text.
namespace warsha::bundle {

inline constexpr std::string_view kFormat = "warsha-bundle/1";
/// What every bundle begins with, of whatever version, and no consultation file.
inline constexpr std::string_view kBeginning = R"({"bundle":"warsha-bundle/)";

struct ManifestConsultation {
  std::string city;
  TimeMs created_at{};
  std::string date;
  ConsultationId id;
  std::string language;
  std::vector<std::string> organisers;
  std::string region, title, venue;

  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("city", self.city, {.line = limits::kLineGraphemes});
    visit("created_at", self.created_at);
    visit("date", self.date, {.line = limits::kDateGraphemes});
    visit("id", self.id);
    visit("language", self.language);
    visit("organisers", self.organisers, {.line = limits::kLineGraphemes});
    visit("region", self.region, {.line = limits::kLineGraphemes});
    visit("title", self.title, {.line = limits::kLineGraphemes});
    visit("venue", self.venue, {.line = limits::kLineGraphemes});
  }
};

struct ManifestReview {
  std::int64_t entries{};
  std::string head; // hash of the last entry; before the first, of the consultation's id

  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("entries", self.entries, {.most = limits::kBundleReviewEntries});
    visit("head", self.head);
  }
};

struct ManifestWorkshop {
  TimeMs created_at{};
  std::string epoch;
  std::int64_t events{};
  std::string head; // hash of the last event
  WorkshopId id;
  std::int64_t present{};
  std::string title;

  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("created_at", self.created_at);
    visit("epoch", self.epoch, {.line = limits::kEpochGraphemes});
    visit("events", self.events, {.least = 1, .most = limits::kBundleEvents});
    visit("head", self.head);
    visit("id", self.id);
    visit("present", self.present, {.most = limits::kBundlePresent});
    visit("title", self.title, {.line = limits::kLineGraphemes});
  }
};

/// The first line: what follows it.
struct Manifest {
  std::string bundle{kFormat};
  ManifestConsultation consultation;
  TimeMs exported_at{};
  std::string public_key; // that the last line is verified with
  ManifestReview review;
  std::vector<ManifestWorkshop> workshops;

  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("bundle", self.bundle);
    visit("consultation", self.consultation);
    visit("exported_at", self.exported_at);
    visit("public_key", self.public_key);
    visit("review", self.review);
    visit("workshops", self.workshops);
  }
};

/// For each workshop, in the manifest's order: its events, then who was present, sorted.
struct EventLine {
  std::string body; // the very bytes of the journal
  std::string hash;
  std::int64_t seq{};
  WorkshopId workshop;

  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("body", self.body);
    visit("hash", self.hash);
    visit("seq", self.seq, {.least = 1});
    visit("workshop", self.workshop);
  }
};
struct PresentLine {
  ActorId present;
  WorkshopId workshop;

  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("present", self.present);
    visit("workshop", self.workshop);
  }
};
/// Then the entries of the review's ledger.
struct ReviewLine {
  std::string body;
  ConsultationId consultation;
  std::string hash;
  std::int64_t seq{};

  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("body", self.body);
    visit("consultation", self.consultation);
    visit("hash", self.hash);
    visit("seq", self.seq, {.least = 1});
  }
};
/// The last line: of SHA-256 of all lines before it, with their line feeds.
struct SignatureLine {
  std::string signature;

  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("signature", self.signature);
  }
};

using Line = std::variant<Manifest, EventLine, PresentLine, ReviewLine, SignatureLine>;

/// Without a line feed. The texts are UTF-8.
[[nodiscard]] std::string encode(const Line& line);
/// The line, or what is wrong with it. Takes hostile bytes; what it takes, encode() writes to the same bytes.
[[nodiscard]] std::variant<Line, std::string> decode(std::string_view text);
/// "event 4 of workshop 0190…", for a message.
[[nodiscard]] std::string describe(const Line& line);

} // namespace warsha::bundle
