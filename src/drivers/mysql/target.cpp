#include "drivers/mysql/target.hpp"

#include <aludel/base/error.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <optional>
#include <span>
#include <string_view>

namespace aludel::driver::mysql {

namespace {

using namespace std::string_view_literals;

// Those of Python's drivers that mean the same here, so that URLs can be taken over.
constexpr std::array known_options{"application_name"sv,
                                   "auth_plugin"sv,
                                   "binary_prefix"sv,
                                   "charset"sv,
                                   "compress"sv,
                                   "connect_timeout"sv,
                                   "init_command"sv,
                                   "local_infile"sv,
                                   "plugin_dir"sv,
                                   "read_timeout"sv,
                                   "server_public_key"sv,
                                   "ssl"sv,
                                   "ssl_ca"sv,
                                   "ssl_capath"sv,
                                   "ssl_cert"sv,
                                   "ssl_check_hostname"sv,
                                   "ssl_cipher"sv,
                                   "ssl_crl"sv,
                                   "ssl_key"sv,
                                   "ssl_mode"sv,
                                   "ssl_verify_cert"sv,
                                   "ssl_verify_identity"sv,
                                   "tls_version"sv,
                                   "unix_socket"sv,
                                   "use_unicode"sv,
                                   "write_timeout"sv};
constexpr std::array known_drivers{""sv,        "mysqldb"sv, "pymysql"sv,          "mysqlconnector"sv, "aiomysql"sv,
                                   "asyncmy"sv, "cymysql"sv, "mariadbconnector"sv, "mariadb"sv,        "libmariadb"sv};

template <class List>
bool contains(const List& list, std::string_view value) {
    return std::find(std::begin(list), std::end(list), value) != std::end(list);
}

std::string lower(std::string_view text) {
    std::string result{text};
    for (char& c : result)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return result;
}

[[noreturn]] void fail_option(std::string_view key, std::string_view value, std::string_view wanted) {
    throw ArgumentError(fmt::format("The MySQL URL option {}={} is wrong: it must be {}.", key, value, wanted));
}

std::string text_of(const URL& url, std::string_view key) {
    const std::string* value = url.find_option(key);
    return value ? *value : std::string{};
}

std::optional<bool> truth(const URL& url, std::string_view key) {
    const std::string* value = url.find_option(key);
    if (!value) return std::nullopt;
    const std::string lowered = lower(*value);
    if (contains(std::array{"on"sv, "true"sv, "1"sv, "yes"sv}, lowered)) return true;
    if (contains(std::array{"off"sv, "false"sv, "0"sv, "no"sv}, lowered)) return false;
    fail_option(key, *value, "one of on, off, true, false, 1, 0, yes, no");
}

std::optional<double> seconds_of(const URL& url, std::string_view key) {
    const std::string* text = url.find_option(key);
    if (!text) return std::nullopt;
    double seconds = -1;
    const auto end = text->data() + text->size();
    const auto result = std::from_chars(text->data(), end, seconds);
    if (result.ec != std::errc{} || result.ptr != end || !std::isfinite(seconds) || seconds < 0 || seconds > 1e6)
        fail_option(key, *text, "a number of seconds, 0 or more");
    return seconds;
}

unsigned whole_seconds_of(const URL& url, std::string_view key) {
    return static_cast<unsigned>(std::ceil(seconds_of(url, key).value_or(0)));
}

void check_shape(const URL& url) {
    if (!contains(known_drivers, url.driver()))
        throw NoSuchModuleError(
            fmt::format("{0} has no driver '{1}' here: write {0}://, or one of Python's names such as {0}+pymysql://.",
                        url.backend(), url.driver()));
    for (const auto& [key, value] : url.query()) {
        if (!contains(known_options, key))
            throw ArgumentError(fmt::format("The MySQL URL has an unknown option '{}'. The known ones are {}.", key,
                                            fmt::join(known_options, ", ")));
        const auto same = std::count_if(url.query().begin(), url.query().end(),
                                        [&, &name = key](const auto& other) { return other.first == name; });
        if (same > 1) throw ArgumentError(fmt::format("The MySQL URL gives the option '{}' more than once.", key));
    }
}

// Options that may be given, but only with the one value that is always in force.
void check_fixed(const URL& url) {
    if (const auto* charset = url.find_option("charset"); charset && lower(*charset) != "utf8mb4")
        fail_option("charset", *charset, "utf8mb4: text is UTF-8 on every connection");
    if (truth(url, "use_unicode") == false) fail_option("use_unicode", "0", "1: text is UTF-8 on every connection");
    if (truth(url, "local_infile") == true)
        fail_option("local_infile", "1", "0: a server is never given files of its client");
    truth(url, "binary_prefix");
}

void check_address(const URL& url, const Target& target) {
    if (!target.unix_socket.empty() && !target.host.empty() && target.host != "localhost")
        throw ArgumentError(
            fmt::format("The MySQL URL {} names a host and a unix_socket; leave one of them out.", url.str()));
    if (!target.unix_socket.empty() && target.port != 0)
        throw ArgumentError(
            fmt::format("The MySQL URL {} names a port and a unix_socket; leave one of them out.", url.str()));
}

TlsMode mode_named(std::string_view text) {
    const std::string name = lower(text);
    if (name == "disabled") return TlsMode::disabled;
    if (name == "preferred") return TlsMode::preferred;
    if (name == "required") return TlsMode::required;
    if (name == "verify_ca") return TlsMode::verify_ca;
    if (name == "verify_identity") return TlsMode::verify_identity;
    fail_option("ssl_mode", text, "one of disabled, preferred, required, verify_ca, verify_identity");
}

bool wants_tls(const URL& url) {
    return std::any_of(url.query().begin(), url.query().end(), [](const auto& option) {
        return option.first.starts_with("ssl_") && option.first != "ssl_mode" && option.first != "ssl_check_hostname" &&
               option.first != "ssl_verify_cert" && option.first != "ssl_verify_identity";
    });
}

// The strictest of what the options ask for. Naming an authority asks for its certificate to be checked, and naming any
// file at all for encryption.
TlsMode tls_mode(const URL& url, const Target& target) {
    const bool has_ca = !target.ssl_ca.empty() || !target.ssl_capath.empty();
    const auto ssl = truth(url, "ssl");
    const bool checks_name =
        truth(url, "ssl_check_hostname").value_or(false) || truth(url, "ssl_verify_identity").value_or(false);
    const auto verify = truth(url, "ssl_verify_cert");
    TlsMode mode = TlsMode::preferred;
    if (wants_tls(url) || ssl == true) mode = TlsMode::required;
    if ((has_ca && verify != false) || verify == true) mode = TlsMode::verify_ca;
    if (checks_name) mode = TlsMode::verify_identity;
    if (const auto* named = url.find_option("ssl_mode")) {
        const TlsMode given = mode_named(*named);
        if (given == TlsMode::disabled && mode != TlsMode::preferred)
            fail_option("ssl_mode", *named, "left out, since other options ask for TLS");
        mode = given == TlsMode::disabled ? given : std::max(mode, given);
    }
    if (ssl == false && mode != TlsMode::preferred && mode != TlsMode::disabled)
        fail_option("ssl", "false", "left out, since other options ask for TLS");
    if (ssl == false) return TlsMode::disabled;
    // The library checks against the system's authorities only together with the name.
    return mode == TlsMode::verify_ca && !has_ca ? TlsMode::verify_identity : mode;
}

void read_tls(const URL& url, Target& target) {
    target.ssl_ca = text_of(url, "ssl_ca");
    target.ssl_capath = text_of(url, "ssl_capath");
    target.ssl_cert = text_of(url, "ssl_cert");
    target.ssl_key = text_of(url, "ssl_key");
    target.ssl_cipher = text_of(url, "ssl_cipher");
    target.ssl_crl = text_of(url, "ssl_crl");
    target.tls_version = text_of(url, "tls_version");
    target.tls = tls_mode(url, target);
}

}  // namespace

Target target_of(const URL& url, const ConnectOptions& options) {
    check_shape(url);
    check_fixed(url);
    Target target;
    target.host = url.host();
    target.port = url.port();
    target.user = url.username();
    target.password = url.password();
    target.database = url.database();
    target.unix_socket = text_of(url, "unix_socket");
    check_address(url, target);
    target.over_tcp =
        target.unix_socket.empty() && (target.port != 0 || (!target.host.empty() && target.host != "localhost"));
    read_tls(url, target);
    const auto timeout = seconds_of(url, "connect_timeout");
    target.connect_timeout =
        timeout ? std::chrono::milliseconds{std::llround(*timeout * 1000)} : options.connect_timeout;
    target.read_timeout = whole_seconds_of(url, "read_timeout");
    target.write_timeout = whole_seconds_of(url, "write_timeout");
    target.compress = truth(url, "compress").value_or(false);
    target.application_name =
        url.find_option("application_name") ? text_of(url, "application_name") : options.application_name;
    target.init_command = text_of(url, "init_command");
    target.auth_plugin = text_of(url, "auth_plugin");
    target.plugin_dir = text_of(url, "plugin_dir");
    target.server_public_key = text_of(url, "server_public_key");
    return target;
}

std::string describe(const Target& target) {
    if (!target.unix_socket.empty()) return fmt::format("'{}'", target.unix_socket);
    const std::string_view host = target.host.empty() ? "localhost" : std::string_view{target.host};
    return target.port != 0 ? fmt::format("'{}:{}'", host, target.port) : fmt::format("'{}'", host);
}

}  // namespace aludel::driver::mysql
