#include "aludel/types/uuid.hpp"

#include <algorithm>
#include <boost/uuid/uuid.hpp>
#include <boost/uuid/uuid_generators.hpp>
#include <functional>

#include "aludel/base/error.hpp"
#include "aludel/types/storage_format.hpp"

namespace aludel {

namespace {

std::string_view raw_view(const std::array<std::uint8_t, 16>& bytes) noexcept {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

int hex_digit(char c) noexcept {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

std::string_view without_wrapping(std::string_view text) noexcept {
    constexpr std::string_view urn = "urn:uuid:";
    if (text.starts_with(urn)) return text.substr(urn.size());
    if (text.size() >= 2 && text.front() == '{' && text.back() == '}') return text.substr(1, text.size() - 2);
    return text;
}

bool is_dash_place(std::size_t position) noexcept {
    return position == 8 || position == 13 || position == 18 || position == 23;
}

}  // namespace

Uuid Uuid::random() {
    thread_local boost::uuids::random_generator generator;
    const boost::uuids::uuid value = generator();
    std::array<std::uint8_t, 16> bytes{};
    std::copy(value.begin(), value.end(), bytes.begin());
    return Uuid(bytes);
}

bool Uuid::try_parse(std::string_view text, Uuid& result) noexcept {
    result = Uuid();
    const std::string_view digits = without_wrapping(text);
    const bool dashed = digits.size() == 36;
    if (!dashed && digits.size() != 32) return false;
    std::array<std::uint8_t, 16> bytes{};
    std::size_t count = 0;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        if (dashed && is_dash_place(i)) {
            if (digits[i] != '-') return false;
            continue;
        }
        const int digit = hex_digit(digits[i]);
        if (digit < 0) return false;
        std::uint8_t& byte = bytes[count++ / 2];
        byte = static_cast<std::uint8_t>(byte << 4 | digit);
    }
    result = Uuid(bytes);
    return true;
}

Uuid Uuid::parse(std::string_view text) {
    Uuid result;
    if (!try_parse(text, result))
        throw DataError(Value::text(std::string(text)).repr_shortened(80) +
                            " is no UUID: 32 hexadecimal digits, with the four dashes or without.",
                        "valtext");
    return result;
}

std::string Uuid::hex() const { return format_uuid_hex(raw_view(bytes_)); }

std::string Uuid::to_string() const {
    std::string text = hex();
    for (const std::size_t position : {8u, 13u, 18u, 23u}) text.insert(position, 1, '-');
    return text;
}

std::size_t Uuid::hash() const noexcept { return std::hash<std::string_view>{}(raw_view(bytes_)); }

Value SqlTraits<Uuid>::encode(const Uuid& value) { return Value::uuid(std::string(raw_view(value.bytes()))); }

Uuid SqlTraits<Uuid>::decode(const Cell& cell, const DecodeContext& context) {
    constexpr std::string_view wanted = "a UUID (32 hexadecimal digits, or 16 bytes)";
    Uuid result;
    if (cell.kind == ValueKind::uuid || cell.kind == ValueKind::bytes) {
        if (cell.size != 16) detail::throw_bad_text(cell, context, wanted);
        std::array<std::uint8_t, 16> bytes{};
        std::copy_n(cell.data, 16, reinterpret_cast<char*>(bytes.data()));
        return Uuid(bytes);
    }
    if (cell.kind != ValueKind::text) detail::throw_wrong_kind(cell, context, wanted);
    if (!Uuid::try_parse(cell.text(), result)) detail::throw_bad_text(cell, context, wanted);
    return result;
}

}  // namespace aludel
