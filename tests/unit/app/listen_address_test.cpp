#include "server/app/listen_address.hpp"

#include <gtest/gtest.h>

namespace warsha::tests {

TEST(ListenAddress, becomes_an_address_that_a_browser_takes) {
  for (const auto& [listen, url] : {std::pair{"127.0.0.1:8080", "http://127.0.0.1:8080"},
                                    {"[::1]:8080", "http://[::1]:8080"},
                                    {"[2001:db8::7]:80", "http://[2001:db8::7]:80"}})
    EXPECT_EQ(app::url_of("http", app::parse_listen(listen)), url);
}

TEST(ListenAddress, of_every_address_is_none_to_open) {
  for (const auto* listen : {"0.0.0.0:8080", "[::]:8080", "[0:0:0:0:0:0:0:0]:8080"})
    EXPECT_TRUE(app::is_every_address(app::parse_listen(listen).address)) << listen;
  for (const auto* listen : {"127.0.0.1:8080", "10.0.0.0:8080", "[::1]:8080", "[fe80::]:8080"})
    EXPECT_FALSE(app::is_every_address(app::parse_listen(listen).address)) << listen;
}

} // namespace warsha::tests
