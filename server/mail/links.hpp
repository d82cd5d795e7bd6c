#pragma once

#include "server/access/link_tokens.hpp"
#include "server/store/mail.hpp"

#include <optional>
#include <string>

namespace warsha::mail {

/// The addresses that stand in what is sent. For any thread.
class Links {
public:
  /// Both outlive it; the public address, without a slash at its end, is known when the server listens.
  Links(const access::LinkTokens& tokens, const std::string& public_url)
      : tokens_(tokens), public_url_(public_url) {}

  [[nodiscard]] const std::string& public_url() const { return public_url_; }
  [[nodiscard]] std::string confirm(const SubscriptionId& id, const std::string& language) const {
    return public_url_ + "/confirm/" + tokens_.issue(kConfirm, id.bytes) + "?language=" + language;
  }
  /// Ends what a message was sent for.
  [[nodiscard]] std::string stop(const MailId& id, const std::string& language) const {
    return public_url_ + "/unsubscribe/" + tokens_.issue(kStop, id.bytes) + "?language=" + language;
  }
  /// What a token of such an address names; none when it was not issued here.
  [[nodiscard]] std::optional<SubscriptionId> confirmed_by(const std::string& token) const {
    const auto id = tokens_.verify(kConfirm, token);
    return id ? std::optional(SubscriptionId{*id}) : std::nullopt;
  }
  [[nodiscard]] std::optional<MailId> stopped_by(const std::string& token) const {
    const auto id = tokens_.verify(kStop, token);
    return id ? std::optional(MailId{*id}) : std::nullopt;
  }

private:
  static constexpr const char* kConfirm = "confirm";
  static constexpr const char* kStop = "stop";

  const access::LinkTokens& tokens_;
  const std::string& public_url_;
};

} // namespace warsha::mail
