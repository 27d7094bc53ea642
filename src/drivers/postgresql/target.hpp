#pragma once

#include <aludel/engine/driver.hpp>
#include <aludel/engine/url.hpp>

#include <chrono>
#include <string>
#include <utility>
#include <vector>

namespace aludel::driver::postgresql {

/// One of the servers that are tried; what is empty is as libpq has it by default.
struct Server {
    std::string host;
    std::string address;
    std::string port;

    /// For messages: `"db1", port 5432`.
    std::string place() const;
};

/// Where to connect.
struct Target {
    std::vector<Server> servers;                                  ///< tried one after the other; at least one
    std::vector<std::pair<std::string, std::string>> parameters;  ///< the rest, as libpq's keywords with their values
    std::chrono::milliseconds connect_timeout{};                  ///< for each server; zero: as long as it takes
    std::string session_kind;                                     ///< libpq's `target_session_attrs`; empty: any
};

/// Reads a PostgreSQL URL.
/// @throws ArgumentError for an option that does not exist or has a wrong value.
Target target_of(const URL& url, const ConnectOptions& options);

}  // namespace aludel::driver::postgresql
