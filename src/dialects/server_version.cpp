#include "dialects/server_version.hpp"

#include <algorithm>
#include <charconv>

#include <aludel/base/ascii.hpp>
#include "aludel/base/error.hpp"

namespace aludel::dialects {

namespace {

constexpr struct {
    std::string_view sign, flavour;
} flavours[] = {
    {"mariadb", "mariadb"}, {"tidb", "tidb"},           {"cockroachdb", "cockroachdb"},
    {"-yb-", "yugabytedb"}, {"yugabyte", "yugabytedb"},
};

std::string lower(std::string_view text) {
    std::string made(text);
    for (auto& c : made)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return made;
}

/// The numbers of the first version in `text`, which loses them.
ServerVersion take_version(std::string_view& text) {
    ServerVersion version;
    const auto* const start = std::find_if(text.begin(), text.end(), ascii::is_digit);
    text.remove_prefix(static_cast<std::size_t>(start - text.begin()));
    for (int* part : {&version.major, &version.minor, &version.patch}) {
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), *part);
        if (error != std::errc()) break;
        text.remove_prefix(static_cast<std::size_t>(end - text.data()));
        if (text.size() < 2 || text.front() != '.' || !ascii::is_digit(text[1])) break;
        text.remove_prefix(1);
    }
    return version;
}

}  // namespace

std::string ServerVersion::text() const {
    return std::to_string(major) + '.' + std::to_string(minor) + '.' + std::to_string(patch);
}

ServerVersion parse_server_version(std::string_view text) {
    const std::string folded = lower(text);
    std::string_view rest = folded;
    ServerVersion version = take_version(rest);
    for (const auto& known : flavours)
        if (folded.find(known.sign) != std::string::npos) {
            // old replication clients need a 5 in front: "5.5.5-10.11.14-mariadb"
            if (known.flavour == "mariadb" && rest.size() > 1 && rest.front() == '-' && ascii::is_digit(rest[1]))
                version = take_version(rest);
            version.flavour = known.flavour;
            break;
        }
    return version;
}

void throw_too_old(std::string_view database, const ServerVersion& version, std::string_view least) {
    throw NotSupportedError("The server is " + std::string(database) + ' ' + version.text() + "; aludel speaks to " +
                            std::string(database) + ' ' + std::string(least) + " and later. Upgrade the server.");
}

}  // namespace aludel::dialects
