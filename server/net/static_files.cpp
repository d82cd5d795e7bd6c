#include "server/net/static_files.hpp"

#include <array>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <unordered_map>

namespace warsha::net {

namespace fs = std::filesystem;

namespace {

/// The first segment of a page's path, and the file that is the page.
struct Page {
  std::string_view first_segment;
  std::string_view file;
};
constexpr Page kPages[] = {{"", "/index.html"},        {"j", "/index.html"},
                           {"room", "/room.html"},     {"console", "/console.html"},
                           {"screen", "/screen.html"}, {"receipt", "/receipt.html"},
                           {"review", "/review.html"}};

struct Type {
  std::string_view extension;
  std::string_view type;
};
constexpr Type kTypes[] = {{".html", "text/html; charset=utf-8"},
                           {".js", "text/javascript; charset=utf-8"},
                           {".css", "text/css; charset=utf-8"},
                           {".json", "application/json; charset=utf-8"},
                           {".webmanifest", "application/manifest+json; charset=utf-8"},
                           {".svg", "image/svg+xml"},
                           {".png", "image/png"},
                           {".ico", "image/x-icon"},
                           {".woff2", "font/woff2"},
                           {".txt", "text/plain; charset=utf-8"}};

std::string_view type_of(const fs::path& path) {
  const auto extension = path.extension().string();
  for (const auto& known : kTypes)
    if (known.extension == extension)
      return known.type;
  return "application/octet-stream";
}

std::string read_file(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in)
    throw std::runtime_error("client: " + path.string() + " can't be read");
  return {std::istreambuf_iterator<char>(in), {}};
}

struct File {
  std::string type;
  std::string etag; // of the plain bytes; each encoding adds its own suffix
  std::shared_ptr<const std::string> plain, brotli, gzip;
};

std::string policy(const fs::path& folder) {
  std::string hashes;
  const auto listed = folder / "csp.json";
  if (fs::exists(listed)) {
    const auto document = nlohmann::json::parse(read_file(listed), nullptr, false);
    if (!document.is_object() || !document.contains("style_hashes"))
      throw std::runtime_error("client: " + listed.string() +
                               " names no style_hashes; build the client again");
    for (const auto& hash : document["style_hashes"])
      hashes += " '" + hash.get<std::string>() + "'";
  }
  return "default-src 'none'; script-src 'self'; style-src 'self'" + hashes +
         "; font-src 'self'; img-src 'self' data:; connect-src 'self'; worker-src 'self'; manifest-src "
         "'self'; "
         "base-uri 'none'; form-action 'self'; frame-src 'self'; frame-ancestors 'self'; "
         "require-trusted-types-for 'script'; "
         "trusted-types svelte-trusted-html warsha-sw";
}

bool accepts(const HttpRequest& request, std::string_view encoding) {
  return request.header("accept-encoding").find(encoding) != std::string_view::npos;
}

} // namespace

struct StaticFiles::State {
  std::unordered_map<std::string, File> files; // by path, "/assets/…"
  std::string policy;
};

StaticFiles::StaticFiles(const fs::path& folder) : state_(std::make_unique<State>()) {
  if (!fs::exists(folder / "index.html"))
    throw std::runtime_error("client: " + folder.string() +
                             " holds no build; run npm run build in client-web");
  state_->policy = policy(folder);
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    const auto extension = entry.path().extension();
    if (!entry.is_regular_file() || extension == ".br" || extension == ".gz")
      continue;
    File file;
    file.type = type_of(entry.path());
    file.plain = std::make_shared<const std::string>(read_file(entry.path()));
    file.etag =
        std::to_string(file.plain->size()) + "-" + std::to_string(std::hash<std::string>{}(*file.plain));
    for (const auto& [suffix, target] : {std::pair{".br", &file.brotli}, std::pair{".gz", &file.gzip}})
      if (auto compressed = entry.path(); fs::exists(compressed += suffix))
        *target = std::make_shared<const std::string>(read_file(compressed));
    state_->files.emplace("/" + fs::relative(entry.path(), folder).generic_string(), std::move(file));
  }
}

StaticFiles::~StaticFiles() = default;

HttpResponse StaticFiles::serve(const HttpRequest& request) const {
  if (request.method != "GET" && request.method != "HEAD")
    return problem(405, {Code::method_not_allowed, {}, {}});
  auto found = state_->files.find(request.path);
  if (found == state_->files.end()) {
    const auto segments = path_segments(request.path);
    const auto first = segments.empty() ? std::string_view{} : segments.front();
    for (const auto& page : kPages)
      if (page.first_segment == first && segments.size() <= 2)
        found = state_->files.find(std::string(page.file));
  }
  if (found == state_->files.end())
    return problem(404, {Code::not_found, {}, {}});
  const auto& file = found->second;

  HttpResponse response;
  std::string etag = file.etag;
  response.body = file.plain;
  if (file.brotli && accepts(request, "br")) {
    response.headers.emplace_back("Content-Encoding", "br");
    response.body = file.brotli;
    etag += "-br";
  } else if (file.gzip && accepts(request, "gzip")) {
    response.headers.emplace_back("Content-Encoding", "gzip");
    response.body = file.gzip;
    etag += "-gz";
  }
  etag = "\"" + etag + "\"";
  const bool immutable = found->first.starts_with("/assets/"); // the build puts a hash in their names
  response.headers.emplace_back("Content-Type", file.type);
  response.headers.emplace_back("Vary", "Accept-Encoding");
  response.headers.emplace_back("ETag", etag);
  response.headers.emplace_back("Cache-Control",
                                immutable ? "public, max-age=31536000, immutable" : "no-cache");
  if (file.type.starts_with("text/html")) {
    response.headers.emplace_back("Content-Security-Policy", state_->policy);
    response.headers.emplace_back("Referrer-Policy", "same-origin");
    response.headers.emplace_back("Cross-Origin-Opener-Policy", "same-origin");
  }
  if (request.header("if-none-match") == etag) {
    response.status = 304;
    response.body = nullptr;
  }
  return response;
}

} // namespace warsha::net
