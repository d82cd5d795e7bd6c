#pragma once

#include "server/net/http.hpp"

namespace warsha::publication {

/// A public page's answer without its body: nothing of it runs, is framed, or tells another site where a
/// reader came from.
[[nodiscard]] net::HttpResponse page_response(int status);

/// A whole page for one reader, which nobody keeps.
[[nodiscard]] net::HttpResponse private_page(int status, std::string html);

} // namespace warsha::publication
