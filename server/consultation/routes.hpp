#pragma once

#include "server/consultation/services.hpp"

namespace warsha::net {
class Router;
}

namespace warsha::consultation {

/// Every endpoint of schemas/http/openapi.yaml. `services` must outlive the router.
void add_routes(net::Router& router, Services& services);

} // namespace warsha::consultation
