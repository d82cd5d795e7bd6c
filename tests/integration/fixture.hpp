#pragma once

#include "server/runtime/system.hpp"
#include "tests/support/http.hpp"
#include "tests/support/live_socket.hpp"
#include "tests/support/server_process.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace warsha::test {

using nlohmann::json;

inline std::string new_id() {
  return system::new_id<CommandId>().text();
}

inline json command(const std::string& action, json members = json::object()) {
  members["type"] = "command";
  members["id"] = new_id();
  members["action"] = action;
  return members;
}
inline json contribute(const std::string& text, const std::string& kind = "problem") {
  return command("contribute", {{"kind", kind}, {"text", text}});
}
inline json support(const std::string& contribution, bool on = true) {
  return command("support", {{"contribution", contribution}, {"on", on}});
}
inline json hide(const std::string& contribution, const std::string& reason) {
  return command("moderate", {{"contribution", contribution}, {"hidden", true}, {"reason", reason}});
}

/// What somebody holds: the cookie of a pass or a session.
struct Person {
  std::string cookie;
  std::string id;
  [[nodiscard]] Headers headers() const { return {{"Cookie", cookie}}; }
};

/// The real server, with the demonstration and nobody in it yet.
class ServedWarsha : public ::testing::Test {
protected:
  void SetUp() override {
    const auto created = server.import_demonstration();
    workshop = created.at("workshops").at(0).at("id");
    join_code = created.at("workshops").at(0).at("join_code");
    other_workshop = created.at("workshops").at(1).at("id");
    other_join_code = created.at("workshops").at(1).at("join_code");
    server.start(server_options);
  }

  /// Where the server is reached.
  [[nodiscard]] virtual std::uint16_t port() const { return server.port(); }

  Reply request(const std::string& method, const std::string& target, const std::string& body = {},
                const Headers& headers = {}) const {
    return send_request(port(), method, target, body, headers);
  }
  Reply get(const std::string& target, const Headers& headers = {}) const {
    return request("GET", target, {}, headers);
  }
  Reply post(const std::string& target, const json& body, const Headers& headers = {}) const {
    return request("POST", target, body.dump(), headers);
  }

  [[nodiscard]] json join_body() const {
    return {{"code", join_code}, {"language", "ar"}, {"notice_version", 1}};
  }
  Person join() const { return join(join_body()); }
  Person join(const json& body) const {
    const auto reply = post("/api/join", body);
    EXPECT_EQ(reply.status, 201) << reply.body;
    return {reply.cookie(), reply.json()["participant"].value("id", "")};
  }
  static json credentials(const std::string& role, const std::string& password = kPassword) {
    return {{"email", role + "@example.org"}, {"password", password}};
  }
  /// Adds the account while the server runs, and signs in.
  Person sign_in(const std::string& role, const std::vector<std::string>& scope = {"--all"}) {
    server.add_account(role, scope);
    const auto reply = post("/api/session", credentials(role));
    EXPECT_EQ(reply.status, 201) << reply.body;
    return {reply.cookie(), {}};
  }

  [[nodiscard]] std::string path(const std::string& rest = {}) const {
    return "/api/workshops/" + workshop + rest;
  }
  json snapshot(const Person& person, const std::string& audience = "room") const {
    const auto reply = get(path("/snapshot?audience=" + audience), person.headers());
    EXPECT_EQ(reply.status, 200) << reply.body;
    return reply.json();
  }

  LiveSocket connect(const Person& person, const std::string& as = "participant", bool narrow = false) const {
    return LiveSocket(port(), "/live/" + workshop + "?as=" + as, person.headers(), narrow);
  }
  static void hello(LiveSocket& socket, const std::string& epoch, std::uint64_t seq) {
    socket.send({{"type", "hello"}, {"resume", {{"epoch", epoch}, {"seq", seq}}}});
  }
  /// Connected, and following from the present on.
  LiveSocket follow(const Person& person, const std::string& as = "participant", bool narrow = false) const {
    auto socket = connect(person, as, narrow);
    EXPECT_EQ(socket.status(), 101) << socket.refusal();
    const auto now = snapshot(person, as == "staff" ? "staff" : "room");
    hello(socket, now.at("epoch"), now.at("seq"));
    socket.until("welcome");
    return socket;
  }
  static json ask(LiveSocket& socket, const json& wanted) {
    socket.send(wanted);
    return socket.answer_to(wanted.at("id"));
  }
  /// The same, which must go well.
  static json done(LiveSocket& socket, const json& wanted) {
    auto answer = ask(socket, wanted);
    EXPECT_EQ(answer.at("type"), "ack") << answer;
    return answer;
  }
  static std::string refused(LiveSocket& socket, const json& wanted) {
    const auto answer = ask(socket, wanted);
    return answer.at("type") == "reject" ? answer.at("code").get<std::string>() : answer.dump();
  }
  static void enter(LiveSocket& staff, const std::string& phase) {
    done(staff, command("phase.enter", {{"phase", phase}}));
  }
  /// The next event of that type.
  static json event(LiveSocket& socket, const std::string& type) {
    json found;
    socket.until([&](const json& message) {
      if (message.at("type") == "events")
        for (const auto& one : message.at("events"))
          if (found.is_null() && one.at("type") == type)
            found = one;
      return !found.is_null();
    });
    return found;
  }
  static const json* contribution(const json& snapshot, const std::string& id) {
    for (const auto& one : snapshot.at("contributions"))
      if (one.at("id") == id)
        return &one;
    return nullptr;
  }

  ServerProcess server;
  std::vector<std::string> server_options;
  std::string workshop, join_code, other_workshop, other_join_code;
};

} // namespace warsha::test
