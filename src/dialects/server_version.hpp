#pragma once
// What a server says of its version, and the variants of a dialect that follow from it.
#include <compare>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "aludel/sql/compile/dialect.hpp"

namespace aludel::dialects {

/// A version, and who wrote the server when it is not the database that its protocol comes from.
struct ServerVersion {
    int major = 0;
    int minor = 0;
    int patch = 0;
    std::string_view flavour{};  ///< "mariadb", "tidb", "cockroachdb", "yugabytedb"; empty: the database itself

    [[nodiscard]] bool known() const noexcept { return major != 0; }
    [[nodiscard]] bool at_least(int a, int b = 0, int c = 0) const noexcept {
        return major != a ? major > a : minor != b ? minor > b : patch >= c;
    }
    /// "10.11.14"
    [[nodiscard]] std::string text() const;
};

/// `15.14 (Debian …)`, `PostgreSQL 15.14 on …`, `10.11.14-MariaDB-0+deb12u2`, `5.5.5-10.11.14-MariaDB`,
/// `8.0.11-TiDB-v7.5.0`, `CockroachDB CCL v23.1.11 (…)`, `11.2-YB-2.18.0.0-b0`. What is none of this has no number:
/// `known()` is false.
[[nodiscard]] ServerVersion parse_server_version(std::string_view text);

/// NotSupportedError for a server that is older than what aludel speaks to.
[[noreturn]] void throw_too_old(std::string_view database, const ServerVersion& version, std::string_view least);

/// The one dialect for each set of traits that servers of one database differ by; they live as long as the program.
template <class D, class Key>
const Dialect& variant_of(const Key& key, const DialectTraits& traits) {
    static std::mutex mutex;
    static std::map<Key, std::unique_ptr<const D>>* const variants = new std::map<Key, std::unique_ptr<const D>>;
    const std::lock_guard lock(mutex);
    auto& variant = (*variants)[key];
    if (!variant) variant = std::make_unique<const D>(traits);
    return *variant;
}

}  // namespace aludel::dialects
