#pragma once

#include "server/review/docket.hpp"

#include <optional>
#include <string>
#include <vector>

/// Where somebody decided otherwise than who was asked: all of it public.
namespace warsha::review {

enum class OverrulingKind : std::uint8_t {
  committee_not_followed, // a commitment was confirmed with what the committee did not approve
  not_approved,           // the administration takes it, the committee did not approve it
  sent_back               // the administration said "not ours", and it was sent to it again
};

struct Overruling {
  OverrulingKind kind{};
  ProposalId proposal;
  std::string administration; // the one that answered, promised or declined
  TimeMs at{};
  std::optional<Words> words; // of who decided; of what was sent back: the administration's own
  std::optional<CommitmentId> commitment;
  std::optional<ListId> list;
};

/// The earliest first.
[[nodiscard]] std::vector<Overruling> overrulings(const Docket& docket, TimeMs now);

} // namespace warsha::review

template <> struct warsha::Words<warsha::review::OverrulingKind> {
  static constexpr std::array kAll{"committee_not_followed", "not_approved", "sent_back"};
};
