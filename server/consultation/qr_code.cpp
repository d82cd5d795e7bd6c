#include "server/consultation/qr_code.hpp"

#include <memory>
#include <qrencode.h>
#include <stdexcept>

namespace warsha::consultation {

std::string qr_svg(std::string_view text) {
  constexpr int kQuietZone = 4;
  const std::string terminated(text);
  const std::unique_ptr<QRcode, decltype(&QRcode_free)> code(
      QRcode_encodeString8bit(terminated.c_str(), 0, QR_ECLEVEL_M), &QRcode_free);
  if (!code)
    throw std::runtime_error("the address is too long for a QR code");
  const int size = code->width + 2 * kQuietZone;
  std::string path;
  for (int y = 0; y < code->width; ++y)
    for (int x = 0; x < code->width; ++x)
      if (code->data[y * code->width + x] & 1)
        path += "M" + std::to_string(x + kQuietZone) + " " + std::to_string(y + kQuietZone) + "h1v1h-1z";
  const auto side = std::to_string(size);
  return R"(<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 )" + side + " " + side +
         R"(" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h)" + side + "v" + side +
         "H0z\"/><path fill=\"#000\" d=\"" + path + "\"/></svg>";
}

} // namespace warsha::consultation
