#include "server/consultation/body.hpp"
#include "tests/fuzz/targets.hpp"

#include <nlohmann/json.hpp>

// A body is refused by a problem that is JSON, or its members are as they were written.
namespace warsha::fuzz {
namespace {

constexpr std::size_t kMostBytes = 60;

void check_problem(const Rejection& rejection) {
  const auto response = net::problem(422, rejection, 1500);
  const auto document = nlohmann::json::parse(*response.body, nullptr, false);
  promise(document.is_object() && document.at("code") == name(rejection.code), "a problem is JSON");
}

} // namespace

void bodies(std::string_view input) {
  net::HttpRequest request;
  request.body = std::string(input);
  const auto read = consultation::Body::read(request, {"code", "language", "display_name", "notice_version"});
  if (const auto* wrong = std::get_if<Rejection>(&read))
    return check_problem(*wrong);
  const auto& body = std::get<consultation::Body>(read);
  const auto document = nlohmann::json::parse(input, nullptr, false);
  promise(document.is_object(), "what is read is a JSON object");
  for (const auto* field : {"code", "language", "display_name", "notice_version"}) {
    promise(body.has(field) == document.contains(field), "a member is there or not");
    const auto text = body.text(field, kMostBytes);
    if (const auto* wrong = std::get_if<Rejection>(&text))
      check_problem(*wrong);
    else
      promise(document.at(field) == std::get<std::string>(text) &&
                  document.at(field).get<std::string>().size() <= kMostBytes,
              "a text is the one that was written, within its limit");
    if (const auto number = body.integer(field))
      promise(document.at(field).dump() == std::to_string(*number), "a number is the one that was written");
  }
}

} // namespace warsha::fuzz
