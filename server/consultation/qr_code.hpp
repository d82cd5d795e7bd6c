#pragma once

#include <string>
#include <string_view>

namespace warsha::consultation {

/// A QR code (ISO/IEC 18004, error correction M) as an SVG with its quiet zone of four modules.
[[nodiscard]] std::string qr_svg(std::string_view text);

} // namespace warsha::consultation
