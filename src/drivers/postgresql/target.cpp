#include "drivers/postgresql/target.hpp"

#include <aludel/base/error.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <span>
#include <string_view>

namespace aludel::driver::postgresql {

namespace {

using Choices = std::span<const std::string_view>;

constexpr std::array<std::string_view, 6> known_drivers{"", "psycopg2", "psycopg2cffi", "psycopg", "asyncpg", "pg8000"};

constexpr std::array<std::string_view, 6> ssl_modes{"disable", "allow",     "prefer",
                                                    "require", "verify-ca", "verify-full"};
constexpr std::array<std::string_view, 3> preferences{"disable", "prefer", "require"};
constexpr std::array<std::string_view, 4> tls_versions{"TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3"};
constexpr std::array<std::string_view, 6> session_kinds{"any",     "read-write", "read-only",
                                                        "primary", "standby",    "prefer-standby"};
constexpr std::array<std::string_view, 4> encodings{"utf8", "UTF8", "utf-8", "UTF-8"};
constexpr std::array<std::string_view, 2> switches{"0", "1"};

enum class Form : std::uint8_t { text, choice, number, list };

struct Option {
    std::string_view name;  // libpq's
    Form form = Form::text;
    Choices choices = {};
};

// What a URL may say to libpq.
constexpr Option known_options[] = {
    {"application_name"},
    {"channel_binding", Form::choice, preferences},
    {"client_encoding", Form::choice, encodings},
    {"connect_timeout", Form::number},
    {"fallback_application_name"},
    {"gssencmode", Form::choice, preferences},
    {"gsslib"},
    {"host", Form::list},
    {"hostaddr", Form::list},
    {"keepalives", Form::choice, switches},
    {"keepalives_count", Form::number},
    {"keepalives_idle", Form::number},
    {"keepalives_interval", Form::number},
    {"krbsrvname"},
    {"options"},
    {"passfile"},
    {"password"},
    {"port", Form::list},
    {"requirepeer"},
    {"service"},
    {"ssl_max_protocol_version", Form::choice, tls_versions},
    {"ssl_min_protocol_version", Form::choice, tls_versions},
    {"sslcert"},
    {"sslcompression", Form::choice, switches},
    {"sslcrl"},
    {"sslcrldir"},
    {"sslkey"},
    {"sslmode", Form::choice, ssl_modes},
    {"sslpassword"},
    {"sslrootcert"},
    {"sslsni", Form::choice, switches},
    {"target_session_attrs", Form::choice, session_kinds},
    {"tcp_user_timeout", Form::number},
    {"user"},
};

const Option* find_known(std::string_view name) {
    const auto* found = std::ranges::find(known_options, name, &Option::name);
    return found == std::end(known_options) ? nullptr : found;
}

[[noreturn]] void fail_unknown(std::string_view name) {
    std::vector<std::string_view> names;
    for (const Option& option : known_options) names.push_back(option.name);
    throw ArgumentError(fmt::format("The PostgreSQL URL has an unknown option '{}'. The known ones are {}.", name,
                                    fmt::join(names, ", ")));
}

// A secret is never shown.
[[noreturn]] void fail_value(std::string_view name, std::string_view value, std::string_view wanted) {
    throw ArgumentError(fmt::format("The PostgreSQL URL option {}={} is wrong: it must be {}.", name, value, wanted));
}

long number_of(std::string_view name, std::string_view text) {
    long number = -1;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
    if (read.ec != std::errc{} || read.ptr != text.data() + text.size() || number < 0 || number > 2'000'000'000)
        fail_value(name, text, "a whole number, 0 or more");
    return number;
}

void check_value(const Option& option, const std::string& value) {
    if (option.form == Form::number) number_of(option.name, value);
    if (option.form == Form::choice && std::ranges::find(option.choices, value) == option.choices.end())
        fail_value(option.name, value, fmt::format("one of {}", fmt::join(option.choices, ", ")));
}

void check_shape(const URL& url) {
    if (std::ranges::find(known_drivers, url.driver()) == known_drivers.end())
        throw NoSuchModuleError(
            fmt::format("PostgreSQL has no driver '{}' here: write postgresql://, or postgresql+psycopg2:// as for "
                        "Python.",
                        url.driver()));
    for (const auto& [name, value] : url.query()) {
        const Option* option = find_known(name);
        if (!option) fail_unknown(name);
        check_value(*option, value);
        const auto same = std::ranges::count(url.query(), name, [](const auto& other) { return other.first; });
        if (same > 1 && name != "host")
            throw ArgumentError(fmt::format("The PostgreSQL URL gives the option '{}' more than once.", name));
    }
    const auto twice = [&](std::string_view option, bool given, std::string_view place) {
        if (given && url.find_option(option))
            throw ArgumentError(fmt::format(
                "The PostgreSQL URL gives the {} twice: before the '?' and as the option '{}'.", place, option));
    };
    twice("user", !url.username().empty(), "user");
    twice("password", !url.password().empty(), "password");
    twice("host", !url.host().empty(), "host");
    twice("port", url.port() != 0, "port");
}

std::vector<std::string> split(const std::string& list) {
    std::vector<std::string> parts{""};
    for (const char c : list) {
        if (c == ',')
            parts.emplace_back();
        else
            parts.back() += c;
    }
    return parts;
}

// `host=name:port`, which SQLAlchemy repeats for every server.
void add_host(std::vector<Server>& servers, std::string host) {
    const auto colon = host.find(':');
    std::string port;
    if (!host.starts_with('/') && colon != host.npos && host.find(':', colon + 1) == host.npos) {
        port = host.substr(colon + 1);
        host.resize(colon);
    }
    servers.push_back({std::move(host), {}, std::move(port)});
}

// libpq's lists: one value for each server; for ports also one for all of them.
void spread(std::vector<Server>& servers, std::string Server::* member, const URL& url, std::string_view option) {
    const std::string* list = url.find_option(option);
    if (!list) return;
    const auto parts = split(*list);
    if (servers.empty()) servers.resize(parts.size());
    const bool one_for_all = parts.size() == 1 && option == "port";
    if (parts.size() != servers.size() && !one_for_all)
        fail_value(option, *list, fmt::format("one value for each of the {} hosts", servers.size()));
    for (std::size_t i = 0; i < servers.size(); ++i) {
        std::string& place = servers[i].*member;
        if (!place.empty()) fail_value(option, *list, "left out where the hosts name their ports");
        place = parts[one_for_all ? 0 : i];
    }
}

std::vector<Server> servers_of(const URL& url) {
    std::vector<Server> servers;
    if (!url.host().empty()) servers.push_back({url.host(), {}, {}});
    for (const auto& [name, value] : url.query())
        if (name == "host")
            for (std::string& host : split(value)) add_host(servers, std::move(host));
    spread(servers, &Server::address, url, "hostaddr");
    spread(servers, &Server::port, url, "port");
    if (servers.empty()) servers.emplace_back();
    for (Server& server : servers)
        if (url.port() != 0 && server.port.empty()) server.port = std::to_string(url.port());
    for (const Server& server : servers)
        if (!server.port.empty() && (number_of("port", server.port) < 1 || number_of("port", server.port) > 65535))
            fail_value("port", server.port, "a number from 1 to 65535");
    return servers;
}

class ParameterList {
  public:
    explicit ParameterList(std::vector<std::pair<std::string, std::string>>& list) : list_(list) {}
    void set(std::string_view name, std::string value) { list_.emplace_back(name, std::move(value)); }
    void set_if(std::string_view name, const std::string& value) {
        if (!value.empty()) set(name, value);
    }
    void set_default(std::string_view name, std::string value) {
        const auto same = [&](const auto& entry) { return entry.first == name; };
        if (std::ranges::none_of(list_, same)) set(name, std::move(value));
    }

  private:
    std::vector<std::pair<std::string, std::string>>& list_;
};

// A peer that has vanished without a word is noticed within about a minute, unless the URL says otherwise.
void add_defaults(ParameterList& parameters, const ConnectOptions& options) {
    if (!options.application_name.empty()) parameters.set_default("application_name", options.application_name);
    parameters.set_default("fallback_application_name", "aludel");
    parameters.set_default("keepalives_idle", "30");
    parameters.set_default("keepalives_interval", "10");
    parameters.set_default("keepalives_count", "3");
    parameters.set_default("tcp_user_timeout", "60000");
    parameters.set("client_encoding", "UTF8");
}

}  // namespace

std::string Server::place() const {
    std::string place = !host.empty() ? host : address;
    place = place.empty() ? "the usual host" : fmt::format("\"{}\"", place);
    return port.empty() ? place : fmt::format("{}, port {}", place, port);
}

Target target_of(const URL& url, const ConnectOptions& options) {
    check_shape(url);
    Target target;
    ParameterList parameters{target.parameters};
    target.servers = servers_of(url);
    parameters.set_if("user", url.username());
    parameters.set_if("password", url.password());
    parameters.set_if("dbname", url.database());
    target.connect_timeout = options.connect_timeout;
    constexpr std::array<std::string_view, 5> not_passed_on{"host", "hostaddr", "port", "client_encoding",
                                                            "connect_timeout"};
    for (const auto& [name, value] : url.query()) {
        if (name == "connect_timeout")
            target.connect_timeout = std::chrono::seconds{number_of(name, value)};
        else if (name == "target_session_attrs")
            target.session_kind = value;
        else if (std::ranges::find(not_passed_on, name) == not_passed_on.end())
            parameters.set(name, value);
    }
    add_defaults(parameters, options);
    return target;
}

}  // namespace aludel::driver::postgresql
