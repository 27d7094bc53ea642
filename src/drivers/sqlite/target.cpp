#include "drivers/sqlite/target.hpp"

#include <aludel/base/error.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <sqlite3.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <optional>
#include <span>
#include <string_view>

namespace aludel::driver::sqlite {

namespace {

constexpr std::array<std::string_view, 10> known_options{"begin", "cache",  "foreign_keys", "immutable", "journal_mode",
                                                         "mode",  "nolock", "timeout",      "uri",       "vfs"};
constexpr std::array<std::string_view, 3> known_drivers{"", "pysqlite", "aiosqlite"};
constexpr std::array<std::string_view, 6> journal_modes{"delete", "truncate", "persist", "memory", "wal", "off"};

std::string lower(std::string_view text) {
    std::string result{text};
    for (char& c : result)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return result;
}

template <class List>
bool contains(const List& list, std::string_view value) {
    return std::find(std::begin(list), std::end(list), value) != std::end(list);
}

[[noreturn]] void fail_option(std::string_view key, std::string_view value, std::string_view wanted) {
    throw ArgumentError(fmt::format("The SQLite URL option {}={} is wrong: it must be {}.", key, value, wanted));
}

// The option in lower case if it is one of the choices; nothing if it is not given.
std::optional<std::string> choice(const URL& url, std::string_view key, std::span<const std::string_view> choices) {
    const std::string* value = url.find_option(key);
    if (!value) return std::nullopt;
    std::string lowered = lower(*value);
    if (!contains(choices, lowered)) fail_option(key, *value, fmt::format("one of {}", fmt::join(choices, ", ")));
    return lowered;
}

std::optional<bool> truth(const URL& url, std::string_view key) {
    constexpr std::array<std::string_view, 8> choices{"on", "off", "true", "false", "1", "0", "yes", "no"};
    const auto value = choice(url, key, choices);
    if (!value) return std::nullopt;
    return *value == "on" || *value == "true" || *value == "1" || *value == "yes";
}

std::chrono::milliseconds timeout_of(const URL& url, std::chrono::milliseconds otherwise) {
    const std::string* text = url.find_option("timeout");
    if (!text) return otherwise;
    double seconds = -1;
    const auto end = text->data() + text->size();
    const auto result = std::from_chars(text->data(), end, seconds);
    if (result.ec != std::errc{} || result.ptr != end || !std::isfinite(seconds) || seconds < 0 || seconds > 1e6)
        fail_option("timeout", *text, "a number of seconds, 0 or more");
    return std::chrono::milliseconds{std::llround(seconds * 1000)};
}

void check_shape(const URL& url) {
    if (!contains(known_drivers, url.driver()))
        throw NoSuchModuleError(fmt::format(
            "SQLite has no driver '{}' here: write sqlite://, or sqlite+pysqlite:// as for Python.", url.driver()));
    if (!url.host().empty() || !url.username().empty() || !url.password().empty() || url.port() != 0)
        throw ArgumentError(
            fmt::format("The SQLite URL {} names a host, but a database is a file: write sqlite:///relative/path.db "
                        "with three slashes, "
                        "sqlite:////absolute/path.db with four, or sqlite:// for a database in memory.",
                        url.str()));
    for (const auto& [key, value] : url.query()) {
        if (!contains(known_options, key))
            throw ArgumentError(fmt::format("The SQLite URL has an unknown option '{}'. The known ones are {}.", key,
                                            fmt::join(known_options, ", ")));
        const auto same = std::count_if(url.query().begin(), url.query().end(),
                                        [&, &name = key](const auto& other) { return other.first == name; });
        if (same > 1) throw ArgumentError(fmt::format("The SQLite URL gives the option '{}' more than once.", key));
    }
}

// The path of the file. `file:app.db` and `file:///abs/app.db` are the forms that Python's users know from uri=true.
std::string path_of(const URL& url) {
    std::string path = url.database();
    if (path.starts_with("file:")) {
        path.erase(0, 5);
        if (path.starts_with("///")) path.erase(0, 2);
    }
    return path;
}

int access_flags(std::string_view mode) {
    if (mode == "ro") return SQLITE_OPEN_READONLY;
    if (mode == "rw") return SQLITE_OPEN_READWRITE;
    return SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
}

// A filename as one of SQLite's URIs, which is how some options reach it.
std::string uri_of(std::string_view path, std::string_view query) {
    std::string uri = "file:";
    for (const char c : path) {
        if (c == '%' || c == '?' || c == '#')
            uri += fmt::format("%{:02X}", static_cast<unsigned char>(c));
        else
            uri += c;
    }
    return fmt::format("{}?{}", uri, query);
}

}  // namespace

bool is_in_memory(const URL& url) {
    const std::string path = path_of(url);
    const std::string* mode = url.find_option("mode");
    return path.empty() || path == ":memory:" || (mode && lower(*mode) == "memory");
}

Target target_of(const URL& url, const ConnectOptions& options) {
    constexpr std::array<std::string_view, 4> modes{"ro", "rw", "rwc", "memory"};
    constexpr std::array<std::string_view, 2> caches{"private", "shared"};
    constexpr std::array<std::string_view, 3> begins{"deferred", "immediate", "exclusive"};
    check_shape(url);
    truth(url, "uri");
    const auto mode = choice(url, "mode", modes);
    const auto cache = choice(url, "cache", caches);

    Target target;
    target.in_memory = is_in_memory(url);
    target.flags = access_flags(mode.value_or("rwc"));
    target.foreign_keys = truth(url, "foreign_keys").value_or(options.foreign_keys);
    target.busy_timeout = timeout_of(url, options.busy_timeout);
    if (const auto kind = choice(url, "begin", begins); kind && *kind != "deferred")
        target.begin = *kind == "immediate" ? "BEGIN IMMEDIATE" : "BEGIN EXCLUSIVE";
    if (const auto* vfs = url.find_option("vfs")) target.vfs = *vfs;
    target.journal_mode = choice(url, "journal_mode", journal_modes).value_or(lower(options.journal_mode));
    if (!target.journal_mode.empty() && !contains(journal_modes, target.journal_mode))
        throw ArgumentError(
            fmt::format("journal_mode is '{}'; SQLite has {}.", options.journal_mode, fmt::join(journal_modes, ", ")));

    // A connection has one user at a time, also where it is the only one: the pool sees to it.
    target.flags |= SQLITE_OPEN_NOMUTEX;
    std::string path = path_of(url);
    if (path.empty()) path = ":memory:";
    std::vector<std::string> parameters;
    if (mode == "memory" && path != ":memory:") parameters.emplace_back("mode=memory");
    if (cache) parameters.push_back("cache=" + *cache);
    if (truth(url, "immutable").value_or(false)) parameters.emplace_back("immutable=1");
    if (truth(url, "nolock").value_or(false)) parameters.emplace_back("nolock=1");
    target.filename = parameters.empty() ? path : uri_of(path, fmt::format("{}", fmt::join(parameters, "&")));
    if (!parameters.empty()) target.flags |= SQLITE_OPEN_URI;
    return target;
}

}  // namespace aludel::driver::sqlite
