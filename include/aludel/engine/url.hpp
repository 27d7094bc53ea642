#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace aludel {

/// The `?key=value` options of a URL, decoded, in the order in which they were written.
using UrlQuery = std::vector<std::pair<std::string, std::string>>;

/// The parts of a database URL by name, for `URL::create`. Nothing in them is percent-encoded.
struct UrlParts {
    std::string drivername;  ///< `backend` or `backend+driver`
    std::string username;
    std::string password;
    std::string host;
    std::uint16_t port = 0;  ///< 0: the database's usual port
    std::string database;
    UrlQuery query;
};

/// Where a database is: `backend+driver://username:password@host:port/database?option=value`.
///
/// For a database that is a file the path follows three slashes when it is relative (`///data/app.db`) and four when it
/// is absolute (`////var/lib/app.db`). Characters that mean something in a URL are written percent-encoded (`@` in a
/// password is `%40`); spaces and characters outside of ASCII may stand as they are. The names of Python's drivers
/// after the plus are accepted.
///
/// Source: SQLAlchemy's `sqlalchemy.engine.url.URL`; the grammar is RFC 3986.
class URL {
  public:
    URL() = default;

    /// Reads a URL. Touches neither a file nor the network.
    /// @throws ArgumentError that names the part that is wrong and how it is written; a password is never part of the
    /// message.
    static URL parse(std::string_view text);

    /// A URL from its parts, without anything to encode by hand.
    /// @throws ArgumentError for a driver name that could not stand in a URL.
    static URL create(UrlParts parts);

    /// What stands before the plus: the name of the database.
    std::string_view backend() const noexcept;
    /// What stands behind the plus; empty where no driver is named.
    std::string_view driver() const noexcept;

    const std::string& drivername() const noexcept { return parts_.drivername; }
    const std::string& username() const noexcept { return parts_.username; }
    const std::string& password() const noexcept { return parts_.password; }
    const std::string& host() const noexcept { return parts_.host; }
    std::uint16_t port() const noexcept { return parts_.port; }
    const std::string& database() const noexcept { return parts_.database; }
    const UrlQuery& query() const noexcept { return parts_.query; }

    /// The value of an option of the query, or null.
    const std::string* find_option(std::string_view key) const noexcept;

    /// The URL as text with `***` in place of the password: what may be printed.
    std::string str() const;

    /// The URL as text, password included: what `parse` reads back as an equal URL. Keep it out of logs.
    std::string str_with_password() const;

    friend bool operator==(const URL&, const URL&);

  private:
    explicit URL(UrlParts parts) : parts_(std::move(parts)) {}
    std::string render(std::string_view shown_password) const;

    UrlParts parts_;
};

/// `URL::parse` under SQLAlchemy's name.
URL make_url(std::string_view text);

}  // namespace aludel
