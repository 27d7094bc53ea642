#include "aludel/types/bytes.hpp"

#include <cstring>

namespace aludel {

Bytes to_bytes(std::string_view text) {
    Bytes bytes(text.size());
    if (!text.empty()) std::memcpy(bytes.data(), text.data(), text.size());
    return bytes;
}

Value SqlTraits<Bytes>::encode(const Bytes& value) {
    return Value::bytes(value.empty() ? std::string()
                                      : std::string(reinterpret_cast<const char*>(value.data()), value.size()));
}

Bytes SqlTraits<Bytes>::decode(const Cell& cell, const DecodeContext& context) {
    if (cell.kind != ValueKind::bytes) detail::throw_wrong_kind(cell, context, "binary data (Bytes)");
    return to_bytes(cell.text());
}

}  // namespace aludel
