#pragma once

#include "server/consultation/services.hpp"
#include "server/net/http.hpp"

#include <functional>
#include <optional>

namespace warsha::consultation {

/// Every endpoint of schemas/http/openapi.yaml. `services` must outlive the router.
void add_routes(net::Router& router, Services& services);

/// Lets only an administrator post a consultation file: for net::Endpoints. Answers here or on a reader's
/// thread.
void admit_large_body(Services& services, const net::HttpRequest& head,
                      std::function<void(std::optional<net::HttpResponse>)> answer);

} // namespace warsha::consultation
