#include "drivers/postgresql/numeric.hpp"

#include "drivers/postgresql/failure.hpp"
#include "drivers/postgresql/wire.hpp"

#include <algorithm>
#include <cstdint>
#include <cstring>

namespace aludel::driver::postgresql {

namespace {

constexpr std::size_t header_size = 8;

struct Header {
    explicit Header(std::string_view value) noexcept
        : groups(read_wire<std::int16_t>(value)),
          weight(read_wire<std::int16_t>(value, 2)),
          sign(read_wire<std::uint16_t>(value, 4)),
          scale(read_wire<std::int16_t>(value, 6)) {}

    int groups;
    int weight;  // the place of the first group, in powers of 10,000
    unsigned sign;
    int scale;
};

constexpr unsigned negative = 0x4000;
constexpr unsigned special = 0xc000;

std::string_view special_name(unsigned sign) noexcept {
    if (sign == 0xd000) return "Infinity";
    return sign == 0xf000 ? "-Infinity" : "NaN";
}

// The four digits of the group at this place, where missing ones are zero.
void put_group(char* to, std::string_view groups, const Header& header, int place) noexcept {
    const int index = header.weight - place;
    int group =
        index >= 0 && index < header.groups ? read_wire<std::int16_t>(groups, 2 * static_cast<std::size_t>(index)) : 0;
    for (int i = 3; i >= 0; --i) {
        to[i] = static_cast<char>('0' + group % 10);
        group /= 10;
    }
}

}  // namespace

std::size_t numeric_text_room(std::string_view value) {
    const bool has_header = value.size() >= header_size;
    const Header header{has_header ? value : std::string_view{"\0\0\0\0\0\0\0", header_size}};
    if (!has_header || header.groups < 0 || header.scale < 0 ||
        value.size() != header_size + 2 * static_cast<std::size_t>(header.groups))
        throw failure_of("08P01", "the server sent a numeric that is none");
    return 16 + 4 * static_cast<std::size_t>(std::max(header.weight, 0)) + static_cast<std::size_t>(header.scale);
}

char* write_numeric(char* to, std::string_view value) noexcept {
    const Header header{value};
    std::string_view groups = value;
    groups.remove_prefix(header_size);
    if ((header.sign & special) == special) {
        const std::string_view name = special_name(header.sign);
        std::memcpy(to, name.data(), name.size());
        return to + name.size();
    }
    if (header.sign == negative) *to++ = '-';
    char digits[4];
    bool leading = true;
    for (int place = std::max(header.weight, 0); place >= 0; --place) {
        put_group(digits, groups, header, place);
        for (int i = 0; i < 4; ++i) {
            leading = leading && digits[i] == '0' && !(place == 0 && i == 3);
            if (!leading) *to++ = digits[i];
        }
    }
    if (header.scale == 0) return to;
    *to++ = '.';
    int left = header.scale;
    for (int place = -1; left > 0; --place) {
        put_group(digits, groups, header, place);
        const int count = std::min(left, 4);
        to = std::copy_n(digits, count, to);
        left -= count;
    }
    return to;
}

}  // namespace aludel::driver::postgresql
