#include "server/publication/routes.hpp"

#include "protocol/limits.hpp"
#include "server/access/secrets.hpp"
#include "server/aggregation/defaults.hpp"
#include "server/live/gzip.hpp"
#include "server/net/target.hpp"
#include "server/publication/catalogue.hpp"
#include "server/publication/feed.hpp"
#include "server/publication/open_data.hpp"
#include "server/publication/page_response.hpp"
#include "server/publication/pages.hpp"
#include "server/publication/plans.hpp"
#include "server/publication/selection.hpp"
#include "server/publication/templates.hpp"
#include "server/runtime/executor.hpp"
#include "server/runtime/system.hpp"
#include "server/store/connection.hpp"
#include "server/store/digest.hpp"
#include "server/store/journal.hpp"
#include "server/store/readers.hpp"

#include <functional>
#include <spdlog/spdlog.h>

namespace warsha::publication {

using nlohmann::json;

namespace {

/// What is sent, before it is compressed. No text: there is nothing at this address.
struct Document {
  std::optional<std::string> text;
  std::string type;
};
constexpr auto kHtml = "text/html; charset=utf-8";
constexpr auto kJson = "application/json; charset=utf-8";
constexpr auto kCsv = "text/csv; charset=utf-8";
constexpr auto kAtom = "application/atom+xml; charset=utf-8";

constexpr std::size_t kWorthCompressing = 1024; // bytes

bool matches(std::string_view if_none_match, const std::string& etag) {
  return if_none_match == "*" || if_none_match.find(etag) != std::string_view::npos;
}

net::HttpResponse empty_response(int status, const std::string& etag) {
  auto response = page_response(status);
  response.headers.emplace_back("ETag", etag);
  response.headers.emplace_back("Cache-Control", "no-cache");
  response.headers.emplace_back("Vary", "Accept-Encoding, Accept-Language");
  return response;
}

net::HttpResponse respond_with(const net::HttpRequest& request, int status, const std::string& etag,
                               std::string text, const std::string& type) {
  auto response = empty_response(status, etag);
  response.headers.emplace_back("Content-Type", type);
  if (text.size() >= kWorthCompressing &&
      request.header("accept-encoding").find("gzip") != std::string_view::npos) {
    text = live::gzip(text);
    response.headers.emplace_back("Content-Encoding", "gzip");
  }
  response.body = std::make_shared<const std::string>(std::move(text));
  return response;
}

struct Publication {
  Publication(store::Readers& the_readers, Catalogue& the_catalogue, const std::string& url, bool can_mail)
      : readers(the_readers), catalogue(the_catalogue), public_url(url), mail(can_mail) {}

  const TimeMs began = system::now_ms(); // another program may say the same in other words
  store::Readers& readers;
  Catalogue& catalogue;
  const std::string& public_url; // known when the server listens
  const bool mail;
};

/// Of all that a document is made of, so that one that a reader has already is not even made (RFC
/// 9110, 13.1.2).
std::string etag_of(const Publication& publication, const Visit& visit, const Records& records) {
  auto all = std::to_string(publication.began) + visit.path + " " + visit.texts.language();
  for (const auto& [name, value] : visit.query)
    all += "&" + percent_encoded(name) + "=" + percent_encoded(value);
  for (const auto& record : records)
    all += " " + record->consultation.text() + record->version;
  return "\"" + store::hex(store::sha256(all)).substr(0, 32) + "\"";
}

/// `argument`: of the path; empty when it has none.
using Make = std::function<Document(const Visit&, const Records&, const std::string& argument)>;

Visit visit_of(const net::HttpRequest& request, const std::string& public_url, bool mail) {
  const auto asked = request.query.find("language");
  std::string path; // one slash at its beginning: two would lead to another server
  for (const auto segment : net::path_segments(request.path))
    path += "/" + percent_encoded(segment);
  return {Texts::of(choose_language(asked == request.query.end() ? "" : asked->second,
                                    request.header("accept-language"))),
          path, request.query, public_url, mail};
}

net::HttpResponse answer(Publication& publication, store::Connection& connection,
                         const net::HttpRequest& request, const std::string& argument, const Make& make) {
  const auto visit = visit_of(request, publication.public_url, publication.mail);
  const auto records = publication.catalogue.all(connection);
  const auto etag = etag_of(publication, visit, records);
  if (matches(request.header("if-none-match"), etag))
    return empty_response(304, etag);
  auto document = make(visit, records, argument);
  if (document.text)
    return respond_with(request, 200, etag, std::move(*document.text), document.type);
  return document.type == kHtml ? respond_with(request, 404, etag, missing_page(visit), kHtml)
                                : net::problem(404, {Code::not_found, {}, {}});
}

/// On a reader's thread: a crowd waits in a bounded queue, and whoever finds it full is told so.
void read(Publication& publication, const net::Respond& respond,
          std::function<net::HttpResponse(store::Connection&)> make) {
  const auto work = [respond, make = std::move(make)](store::Connection& connection) {
    try {
      respond(make(connection));
    } catch (const std::exception& error) {
      spdlog::error("a public page failed: {}", error.what());
      respond(net::problem(500, {Code::internal, {}, {}}));
    }
  };
  if (!publication.readers.try_read(limits::kPublicPagesWaiting, work))
    respond(net::problem(503, {Code::busy, {}, {}}, 2000));
}

void add(net::Router& router, const std::shared_ptr<Publication>& publication, const char* pattern,
         Make make) {
  router.add("GET", pattern,
             [publication, make = std::move(make)](const net::HttpRequest& request,
                                                   const std::vector<std::string>& arguments, Executor&,
                                                   net::Respond respond) {
               read(*publication, respond,
                    [publication, make, request, argument = arguments.empty() ? std::string() : arguments[0]](
                        store::Connection& connection) {
                      return answer(*publication, connection, request, argument, make);
                    });
             });
}

const Record* find(const Records& records, const std::string& consultation) {
  for (const auto& record : records)
    if (record->consultation.text() == consultation)
      return record.get();
  return nullptr;
}

/// Every page that there is something to find on.
std::vector<std::string> pages_of(const Records& records) {
  std::vector<std::string> out{"/proposals", "/consultations", "/commitments", "/administrations"};
  for (const auto& plan : plans_of(records))
    out.push_back("/plans/" + plan.about->at("id").get<std::string>());
  for (const auto& one : aggregation::shipped_register().administrations)
    out.push_back("/administrations/" + one.id);
  for (const auto& record : records) {
    const auto consultation = "/consultations/" + record->consultation.text();
    for (const auto* page : {"", "/scores", "/committee"})
      out.push_back(consultation + page);
    for (const auto* kind : {"proposals", "contributions", "commitments"})
      for (const auto& one : record->document.at(kind))
        out.push_back("/" + std::string(kind) + "/" + one.at("id").get<std::string>());
  }
  return out;
}

std::string sitemap(const Visit& visit, const Records& records) {
  const auto all = pages_of(records);
  const auto page = page_of(visit.asked("page"), all.size(), limits::kSitemapUrls);
  std::string out;
  for (auto i = page.first; i < page.end; ++i)
    out += visit.public_url + all[i] + "\n";
  return out;
}

std::string robots(const Visit& visit, const Records& records) {
  std::string out = "User-agent: *\nDisallow: /api/\nDisallow: /j/\nDisallow: /room/\nDisallow: /confirm/\n"
                    "Disallow: /unsubscribe/\n";
  const auto sitemaps = page_of("", pages_of(records).size(), limits::kSitemapUrls).pages;
  for (std::size_t page = 1; page <= sitemaps; ++page)
    out += "Sitemap: " + visit.public_url + "/sitemap.txt" +
           (page == 1 ? "" : "?page=" + std::to_string(page)) + "\n";
  return out;
}

/// What can be told of a contribution that has no public page yet: it is there.
std::string kept_page(const Visit& visit, const store::ReceiptRow& row) {
  const auto& contribution = row.contribution;
  const auto words = contribution.state == "shown" ? contribution.text : std::string();
  return notice_page(visit, {"receipts.kept",
                             "receipts.kept.lead",
                             {{visit.texts(std::string("kind.") + name(contribution.kind)), words, {}}}});
}

/// From a receipt to the public page of what it is of. The receipt comes in a form's body and is in no
/// address: whoever has it speaks for its author.
net::HttpResponse follow_receipt(Publication& publication, store::Connection& connection,
                                 const net::HttpRequest& request) {
  auto asked = request;
  asked.query = form_of(request);
  auto visit = visit_of(asked, publication.public_url, publication.mail);
  const auto typed = visit.asked("receipt");
  visit.query.clear(); // the links to other languages come from it
  const auto receipt = access::normalise_receipt(typed);
  const auto row = receipt.empty() ? std::nullopt : store::find_receipt(connection, receipt);
  if (!row)
    return private_page(404, receipt_page(visit, typed));
  const auto id = row->contribution.id.text();
  for (const auto& record : publication.catalogue.all(connection))
    if (record->contribution(id))
      return see_other("/contributions/" + id + "?language=" + visit.texts.language());
  return private_page(200, kept_page(visit, *row));
}

void add_receipts(net::Router& router, const std::shared_ptr<Publication>& publication) {
  router.add("GET", "/receipts",
             [publication](const net::HttpRequest& request, const std::vector<std::string>&, Executor&,
                           const net::Respond& respond) {
               const auto visit = visit_of(request, publication->public_url, publication->mail);
               respond(private_page(200, receipt_page(visit)));
             });
  router.add("POST", "/receipts",
             [publication](const net::HttpRequest& request, const std::vector<std::string>&, Executor&,
                           const net::Respond& respond) {
               read(*publication, respond, [publication, request](store::Connection& connection) {
                 return follow_receipt(*publication, connection, request);
               });
             });
}

void add_pages(net::Router& router, const std::shared_ptr<Publication>& publication) {
  add(router, publication, "/proposals", [](const Visit& visit, const Records& records, const std::string&) {
    return Document{proposals_page(visit, records), kHtml};
  });
  add(router, publication, "/proposals/{proposal}",
      [](const Visit& visit, const Records& records, const std::string& id) {
        return Document{proposal_page(visit, records, id), kHtml};
      });
  add(router, publication, "/contributions/{contribution}",
      [](const Visit& visit, const Records& records, const std::string& id) {
        return Document{contribution_page(visit, records, id), kHtml};
      });
  add(router, publication, "/consultations",
      [](const Visit& visit, const Records& records, const std::string&) {
        return Document{consultations_page(visit, records), kHtml};
      });
  add(router, publication, "/consultations/{consultation}",
      [](const Visit& visit, const Records& records, const std::string& id) {
        return Document{consultation_page(visit, records, id), kHtml};
      });
  add(router, publication, "/consultations/{consultation}/scores",
      [](const Visit& visit, const Records& records, const std::string& id) {
        return Document{scores_page(visit, records, id), kHtml};
      });
  add(router, publication, "/consultations/{consultation}/committee",
      [](const Visit& visit, const Records& records, const std::string& id) {
        return Document{committee_page(visit, records, id), kHtml};
      });
  add(router, publication, "/plans/{plan}",
      [](const Visit& visit, const Records& records, const std::string& id) {
        return Document{plan_page(visit, records, id), kHtml};
      });
  add(router, publication, "/commitments",
      [](const Visit& visit, const Records& records, const std::string&) {
        return Document{commitments_page(visit, records), kHtml};
      });
  add(router, publication, "/commitments/{commitment}",
      [](const Visit& visit, const Records& records, const std::string& id) {
        return Document{commitment_page(visit, records, id), kHtml};
      });
  add(router, publication, "/administrations",
      [](const Visit& visit, const Records& records, const std::string&) {
        return Document{administrations_page(visit, records), kHtml};
      });
  add(router, publication, "/administrations/{administration}",
      [](const Visit& visit, const Records& records, const std::string& id) {
        return Document{administration_page(visit, records, id), kHtml};
      });
}

/// The contracts, where their references to each other lead.
void add_contracts(net::Router& router, const std::shared_ptr<Publication>& publication) {
  for (const auto* path : {"/schemas/http/openapi.yaml", "/schemas/http/snapshot.schema.json",
                           "/schemas/codes.json", "/schemas/exports/record.schema.json",
                           "/schemas/exports/consultation.schema.json", "/schemas/live/common.schema.json"}) {
    const std::string name(path);
    const auto* type = name.ends_with(".yaml") ? "application/yaml; charset=utf-8" : kJson;
    add(router, publication, path, [name, type](const Visit&, const Records&, const std::string&) {
      return Document{std::string(contract(name.substr(name.rfind('/') + 1))), type};
    });
  }
}

void add_data(net::Router& router, const std::shared_ptr<Publication>& publication) {
  add(router, publication, "/proposals.atom",
      [](const Visit& visit, const Records& records, const std::string&) {
        return Document{feed(visit, records), kAtom};
      });
  add(router, publication, "/sitemap.txt",
      [](const Visit& visit, const Records& records, const std::string&) {
        return Document{sitemap(visit, records), "text/plain; charset=utf-8"};
      });
  add(router, publication, "/robots.txt", [](const Visit& visit, const Records& records, const std::string&) {
    return Document{robots(visit, records), "text/plain; charset=utf-8"};
  });
  add(router, publication, "/api/proposals",
      [](const Visit& visit, const Records& records, const std::string&) {
        return Document{proposals_json(records, Filter::of(visit.query), visit.asked("page")).dump(), kJson};
      });
  add(router, publication, "/api/proposals/{proposal}",
      [](const Visit&, const Records& records, const std::string& id) {
        const auto proposal = proposal_json(records, id);
        return Document{proposal ? std::optional(proposal->dump()) : std::nullopt, kJson};
      });
  add(router, publication, "/api/proposals.csv",
      [](const Visit& visit, const Records& records, const std::string&) {
        return Document{proposals_csv(records, Filter::of(visit.query)), kCsv};
      });
  add(router, publication, "/api/commitments",
      [](const Visit& visit, const Records& records, const std::string&) {
        return Document{commitments_json(records, visit.query, visit.asked("page")).dump(), kJson};
      });
  add(router, publication, "/api/commitments.csv",
      [](const Visit& visit, const Records& records, const std::string&) {
        return Document{commitments_csv(records, visit.query), kCsv};
      });
  add(router, publication, "/api/administrations.csv",
      [](const Visit&, const Records& records, const std::string&) {
        return Document{administrations_csv(records), kCsv};
      });
  add(router, publication, "/api/administrations/{administration}",
      [](const Visit&, const Records& records, const std::string& id) {
        const auto administration = administration_json(records, id);
        return Document{administration ? std::optional(administration->dump()) : std::nullopt, kJson};
      });
  add(router, publication, "/api/commitments/{commitment}",
      [](const Visit&, const Records& records, const std::string& id) {
        for (const auto& record : records)
          if (const auto* commitment = record->commitment(id))
            return Document{commitment->dump(), kJson};
        return Document{std::nullopt, kJson};
      });
  add(router, publication, "/api/plans", [](const Visit&, const Records& records, const std::string&) {
    return Document{plans_json(records).dump(), kJson};
  });
  add(router, publication, "/api/plans/{plan}",
      [](const Visit&, const Records& records, const std::string& id) {
        const auto plan = plan_json(records, id);
        return Document{plan ? std::optional(plan->dump()) : std::nullopt, kJson};
      });
  add(router, publication, "/api/plans/{plan}/balance.csv",
      [](const Visit&, const Records& records, const std::string& id) {
        return Document{plan_balance_csv(records, id), kCsv};
      });
  add(router, publication, "/api/consultations/{consultation}/balance",
      [](const Visit&, const Records& records, const std::string& id) {
        const auto* record = find(records, id);
        return Document{record ? std::optional(record->document.at("balance").dump()) : std::nullopt, kJson};
      });
  add(router, publication, "/api/consultations/{consultation}/record",
      [](const Visit&, const Records& records, const std::string& id) {
        const auto* record = find(records, id);
        return Document{record ? std::optional(record->document.dump()) : std::nullopt, kJson};
      });
  add(router, publication, "/api/consultations/{consultation}/contributions.csv",
      [](const Visit&, const Records& records, const std::string& id) {
        const auto* record = find(records, id);
        return Document{record ? std::optional(contributions_csv(*record)) : std::nullopt, kCsv};
      });
}

} // namespace

net::HttpResponse nothing_here(const net::HttpRequest& request, const std::string& public_url) {
  auto page = missing_page(visit_of(request, public_url, false));
  const auto etag = "\"" + store::hex(store::sha256(page)).substr(0, 32) + "\"";
  return respond_with(request, 404, etag, std::move(page), kHtml);
}

void add_routes(net::Router& router, store::Readers& readers, Catalogue& catalogue,
                const std::string& public_url, bool mail) {
  const auto publication = std::make_shared<Publication>(readers, catalogue, public_url, mail);
  add_pages(router, publication);
  add_receipts(router, publication);
  add_data(router, publication);
  add_contracts(router, publication);
  router.add(
      "GET", stylesheet_path(),
      [](const net::HttpRequest&, const std::vector<std::string>&, Executor&, const net::Respond& respond) {
        respond({200,
                 {{"Content-Type", "text/css; charset=utf-8"},
                  {"Cache-Control", "public, max-age=31536000, immutable"}},
                 std::make_shared<const std::string>(stylesheet())});
      });
}

} // namespace warsha::publication
