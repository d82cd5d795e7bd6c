#pragma once

#include "server/net/http.hpp"

#include <map>
#include <string>

namespace warsha::publication {

/// A public page's answer without its body: nothing of it runs, is framed, or tells another site where a
/// reader came from.
[[nodiscard]] net::HttpResponse page_response(int status);

/// A whole page for one reader, which nobody keeps.
[[nodiscard]] net::HttpResponse private_page(int status, std::string html);

/// The same, where a script of this server may run beside it.
[[nodiscard]] net::HttpResponse scripted_page(int status, std::string html);

/// After a form: the browser goes on to this page of ours with GET (RFC 9110, 15.4.4).
[[nodiscard]] net::HttpResponse see_other(const std::string& path);

/// The fields of a form in a request's body (application/x-www-form-urlencoded).
[[nodiscard]] std::map<std::string, std::string> form_of(const net::HttpRequest& request);
/// Of such a form, or of a query; empty when it is not there.
[[nodiscard]] std::string value_of(const std::map<std::string, std::string>& fields, const char* name);

} // namespace warsha::publication
