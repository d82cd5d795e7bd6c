#include "server/publication/page_parts.hpp"
#include "server/publication/pages.hpp"
#include "server/publication/templates.hpp"

namespace warsha::publication {

using nlohmann::json;

namespace {

json private_frame(const Visit& visit, const std::string& heading, const std::string& lead) {
  auto model = frame(visit, "", visit.texts(heading), visit.texts(lead));
  model["private"] = true;
  model["heading"] = visit.texts(heading);
  model["lead"] = visit.texts(lead);
  return model;
}

json view(const FollowedThing& thing) {
  const auto& words = thing.words.empty() ? thing.what : thing.words;
  json out{{"what", thing.words.empty() ? std::string() : thing.what}};
  if (thing.url.empty())
    out["unlinked"] = {{"words", words}};
  else
    out["linked"] = {{"words", words}, {"url", thing.url}};
  return out;
}

} // namespace

std::string notice_page(const Visit& visit, const Notice& notice) {
  const auto& texts = visit.texts;
  auto model = private_frame(visit, notice.heading, notice.lead);
  for (const auto& thing : notice.things)
    model["list"]["things"].push_back(view(thing));
  bool first = true;
  for (const auto& choice : notice.choices) {
    model["choices"].push_back({{"action", choice.action},
                                {"label", texts(choice.label)},
                                {"value", choice.value},
                                {"primary", first}});
    first = false;
  }
  if (notice.choices.empty())
    model["onward"] = {{"url", "/proposals?language=" + texts.language()},
                       {"label", texts("public.proposals")}};
  return fill("notice.html", texts, model);
}

std::string receipt_page(const Visit& visit, const std::string& typed) {
  auto model = private_frame(visit, "public.receipt", "receipts.lead");
  model["typed"] = typed;
  if (!typed.empty())
    model["wrong"] = {{"sentence", visit.texts("receipts.wrong")}};
  return fill("receipts.html", visit.texts, model);
}

std::string follow_page(const Visit& visit, const std::string& about, const std::string& target,
                        const std::string& address, Code wrong) {
  const auto sentence = std::string("follow.wrong.") + name(wrong);
  auto model = private_frame(visit, "error.title", sentence);
  offer_mail(visit, model, about, target);
  model["follow"]["address"] = address;
  model["follow"]["wrong"] = {{"sentence", visit.texts(sentence)}};
  return fill("notice.html", visit.texts, model);
}

} // namespace warsha::publication
