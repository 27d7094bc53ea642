#include <aludel/base/error.hpp>
#include <aludel/engine/url.hpp>

#include <fmt/format.h>
#include <boost/url/encode.hpp>
#include <boost/url/parse.hpp>
#include <boost/url/rfc/unreserved_chars.hpp>
#include <boost/url/url_view.hpp>

#include <algorithm>
#include <iterator>

namespace aludel {

namespace urls = boost::urls;

namespace {

constexpr std::string_view shape = "backend+driver://username:password@host:port/database?option=value";

[[noreturn]] void fail(std::string_view what) {
    throw ArgumentError(fmt::format("Could not read the database URL: {} A URL reads {}.", what, shape));
}

bool is_name_character(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

// Checks `backend` or `backend+driver`. The underscore is why this is done by hand: no scheme of RFC 3986 has one, some
// of Python's drivers do.
void check_drivername(std::string_view name) {
    if (name.empty()) fail("it names no database before '://'.");
    const auto plus = name.find('+');
    const auto backend = name.substr(0, plus);
    const auto driver = plus == std::string_view::npos ? std::string_view{"-"} : name.substr(plus + 1);
    if (backend.empty()) fail(fmt::format("the name '{}' has no database before the '+'.", name));
    if (driver.empty()) fail(fmt::format("the name '{}' has no driver after the '+'.", name));
    const auto parts_are_names = std::all_of(backend.begin(), backend.end(), is_name_character) &&
                                 (driver == "-" || std::all_of(driver.begin(), driver.end(), is_name_character));
    if (!parts_are_names)
        fail(fmt::format(
            "'{}' is not the name of a database; it is made of letters, digits and '_', with one '+' before the "
            "driver.",
            name));
}

bool is_hex_digit(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

// Encodes what people write into URLs although it may not stand there: spaces, letters outside of ASCII, backslashes.
std::string encode_loose_characters(std::string_view text) {
    constexpr std::string_view loose = " \"<>\\^`{|}";
    std::string encoded;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        const auto byte = static_cast<unsigned char>(c);
        if (byte == 0) fail("it holds a NUL character.");
        if (byte < 0x20 || byte == 0x7f) fail(fmt::format("it holds the control character 0x{:02x}.", byte));
        if (c == '#') fail("a '#' must be written %23.");
        if (c == '%' && (i + 2 >= text.size() || !is_hex_digit(text[i + 1]) || !is_hex_digit(text[i + 2])))
            fail("a '%' must be followed by two hexadecimal digits; a '%' itself is written %25.");
        if (byte >= 0x80 || loose.find(c) != std::string_view::npos)
            fmt::format_to(std::back_inserter(encoded), "%{:02X}", byte);
        else
            encoded += c;
    }
    return encoded;
}

// What stands between the two slashes and the path.
std::string_view authority_of(std::string_view rest) { return rest.substr(2, rest.find_first_of("/?", 2) - 2); }

// What is wrong with an authority that is none. It may hold a password, so it is described and not quoted.
[[noreturn]] void explain_authority(std::string_view authority) {
    const auto ats = std::count(authority.begin(), authority.end(), '@');
    if (ats > 1) fail("it has more than one '@'; in a username or a password an '@' is written %40.");
    const auto host = ats == 0 ? authority : authority.substr(authority.find('@') + 1);
    const auto colon = host.rfind(':');
    if (!host.empty() && host.front() == '[' && host.find(']') == std::string_view::npos)
        fail("the IPv6 address has no closing ']'.");
    if (!host.empty() && host.front() == '[') fail(fmt::format("'{}' is not an IPv6 address.", host));
    if (std::count(host.begin(), host.end(), ':') > 1)
        fail("the host has more than one ':'; an IPv6 address stands in brackets, as in [::1]:5432.");
    if (colon != std::string_view::npos)
        fail(
            "what follows the last ':' of the host is no port; a port is a number from 1 to 65535, and a ':', '/' or "
            "'@' in "
            "a password is written percent-encoded.");
    fail("a character stands there that must be percent-encoded.");
}

std::uint16_t checked_port(const urls::url_view& parsed) {
    if (!parsed.has_port() || parsed.port().empty()) return 0;
    const std::string digits{parsed.port()};
    const auto value = digits.size() > 5 ? 0 : std::stoi(digits);
    if (value < 1 || value > 65535) fail("the port is out of range; it is a number from 1 to 65535.");
    return static_cast<std::uint16_t>(value);
}

std::string checked(std::string decoded, std::string_view what) {
    if (decoded.find('\0') != std::string::npos) fail(fmt::format("the {} holds a NUL character.", what));
    return decoded;
}

UrlQuery read_query(const urls::url_view& parsed) {
    urls::encoding_opts decode;
    decode.space_as_plus = true;
    UrlQuery query;
    for (const auto& parameter : parsed.params(decode)) {
        std::string key = checked(parameter.key, "query");
        if (key.empty()) fail("an option after the '?' has no name.");
        if (!parameter.has_value) fail(fmt::format("the option '{}' has no value; it is written {}=value.", key, key));
        query.emplace_back(std::move(key), checked(parameter.value, "query"));
    }
    return query;
}

std::string percent_encode(std::string_view text, std::string_view also_allowed = {}) {
    std::string encoded;
    for (const char c : text) {
        if (urls::unreserved_chars(static_cast<unsigned char>(c)) || also_allowed.find(c) != std::string_view::npos)
            encoded += c;
        else
            fmt::format_to(std::back_inserter(encoded), "%{:02X}", static_cast<unsigned char>(c));
    }
    return encoded;
}

}  // namespace

URL URL::parse(std::string_view text) {
    if (text.empty()) fail("it is empty.");
    const auto colon = text.find("://");
    if (colon == std::string_view::npos) fail("it has no '://' after the name of the database.");
    UrlParts parts;
    parts.drivername = text.substr(0, colon);
    check_drivername(parts.drivername);

    const std::string rest = encode_loose_characters(text.substr(colon + 1));
    const auto result = urls::parse_relative_ref(rest);
    // Boost 1.81 reads what it cannot read of the authority as the beginning of the path.
    if (!result || std::string_view{result->encoded_authority()} != authority_of(rest))
        explain_authority(authority_of(rest));
    const urls::url_view& parsed = *result;
    parts.username = checked(parsed.user(), "username");
    parts.password = checked(parsed.password(), "password");
    parts.host = checked(
        parsed.host_type() == urls::host_type::ipv6 ? std::string{parsed.host_address()} : parsed.host(), "host");
    parts.port = checked_port(parsed);
    parts.database = checked(parsed.path(), "database");
    if (!parts.database.empty()) parts.database.erase(0, 1);
    parts.query = read_query(parsed);
    return URL{std::move(parts)};
}

URL URL::create(UrlParts parts) {
    check_drivername(parts.drivername);
    return URL{std::move(parts)};
}

std::string_view URL::backend() const noexcept {
    const std::string_view name = parts_.drivername;
    return name.substr(0, name.find('+'));
}

std::string_view URL::driver() const noexcept {
    const std::string_view name = parts_.drivername;
    const auto plus = name.find('+');
    return plus == std::string_view::npos ? std::string_view{} : name.substr(plus + 1);
}

const std::string* URL::find_option(std::string_view key) const noexcept {
    const auto found =
        std::find_if(parts_.query.begin(), parts_.query.end(), [&](const auto& option) { return option.first == key; });
    return found == parts_.query.end() ? nullptr : &found->second;
}

std::string URL::render(std::string_view shown_password) const {
    std::string text = parts_.drivername + "://";
    if (!parts_.username.empty() || !parts_.password.empty()) {
        text += percent_encode(parts_.username);
        if (!parts_.password.empty()) text.append(":").append(shown_password);
        text += '@';
    }
    const bool ipv6 = parts_.host.find(':') != std::string::npos;
    text += ipv6 ? '[' + parts_.host + ']' : percent_encode(parts_.host, ",");
    if (parts_.port != 0) text += fmt::format(":{}", parts_.port);
    if (!parts_.database.empty()) text += '/' + percent_encode(parts_.database, "/:@!$&'()*+,;=");
    char separator = '?';
    for (const auto& [key, value] : parts_.query) {
        text += separator + percent_encode(key) + '=' + percent_encode(value, "/:@");
        separator = '&';
    }
    return text;
}

std::string URL::str() const { return render("***"); }
std::string URL::str_with_password() const { return render(percent_encode(parts_.password)); }

bool operator==(const URL& a, const URL& b) {
    return a.parts_.drivername == b.parts_.drivername && a.parts_.username == b.parts_.username &&
           a.parts_.password == b.parts_.password && a.parts_.host == b.parts_.host && a.parts_.port == b.parts_.port &&
           a.parts_.database == b.parts_.database && a.parts_.query == b.parts_.query;
}

URL make_url(std::string_view text) { return URL::parse(text); }

}  // namespace aludel
