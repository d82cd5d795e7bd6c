#include "server/access/passes.hpp"

#include "server/access/base64url.hpp"
#include "server/access/secrets.hpp"
#include "tests/fuzz/targets.hpp"

#include <algorithm>

// No bytes pass for a pass that was not issued; each text of base64url means its own bytes.
namespace warsha::fuzz {
namespace {

constexpr TimeMs kNow = 1764000000000;

const access::Passes& issuer() {
  static const access::Passes kIssuer(std::string(32, 's'));
  return kIssuer;
}

access::Pass pass_of(std::string_view bytes) {
  access::Pass pass{{}, {}, kNow};
  std::copy_n(bytes.begin(), std::min<std::size_t>(bytes.size(), 16), pass.participant.bytes.begin());
  return pass;
}

void check_issued(std::string_view input) {
  const auto pass = pass_of(input);
  const auto token = issuer().issue(pass);
  const auto read = issuer().verify(token, kNow);
  promise(read && read->participant == pass.participant && read->issued_at == pass.issued_at,
          "a pass that was issued is read");
  // Each pair of bytes behind the first sixteen is a place and what is changed there.
  auto changed = token;
  for (std::size_t i = 16; i + 1 < input.size(); i += 2)
    changed[static_cast<unsigned char>(input[i]) % changed.size()] ^= input[i + 1];
  promise(changed == token || !issuer().verify(changed, kNow), "a pass that was changed is none");
  promise(!access::Passes(std::string(32, 't')).verify(token, kNow), "nor is one of another server");
}

void check_codes(std::string_view input) {
  for (const auto normalise : {access::normalise_join_code, access::normalise_receipt}) {
    const auto code = normalise(input);
    promise(normalise(code) == code, "a code in its one form stays as it is");
    for (const char c : code)
      promise(c == '-' || access::kCodeAlphabet.find(c) != std::string_view::npos,
              "of letters that are not mistaken");
  }
}

} // namespace

void passes(std::string_view input) {
  if (const auto pass = issuer().verify(input, kNow))
    promise(issuer().issue(*pass) == input, "a pass that is taken is one that was issued, to the last bit");
  check_issued(input);
  promise(access::from_base64url(access::base64url(input)) == input, "base64url gives back what it took");
  if (const auto bytes = access::from_base64url(input))
    promise(access::base64url(*bytes) == input, "and bytes have one text only");
  check_codes(input);
}

} // namespace warsha::fuzz
