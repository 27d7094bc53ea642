#pragma once

#include <aludel/engine/driver.hpp>

#include <chrono>
#include <cstdint>
#include <string>

namespace aludel::driver::mysql {

/// Whether and how a connection is encrypted.
enum class TlsMode : std::uint8_t {
    disabled,
    preferred,  ///< where the server offers it
    required,
    verify_ca,        ///< and the certificate comes from an authority that is known
    verify_identity,  ///< and names the host
};

/// Where to connect and how, from a URL and the engine's options. Empty texts mean the client library's defaults.
struct Target {
    std::string host;
    std::string unix_socket;
    unsigned port = 0;
    bool over_tcp = false;  ///< even to `localhost`, which else means the socket
    std::string user;
    std::string password;
    std::string database;

    TlsMode tls = TlsMode::preferred;
    std::string ssl_ca;
    std::string ssl_capath;
    std::string ssl_cert;
    std::string ssl_key;
    std::string ssl_cipher;
    std::string ssl_crl;
    std::string tls_version;

    std::chrono::milliseconds connect_timeout{};  ///< zero: as long as it takes
    unsigned read_timeout = 0;                    ///< seconds; zero: none
    unsigned write_timeout = 0;
    bool compress = false;
    std::string application_name;
    std::string init_command;
    std::string auth_plugin;
    std::string plugin_dir;
    std::string server_public_key;
};

/// @throws ArgumentError for what makes no sense, with what would.
Target target_of(const URL& url, const ConnectOptions& options);

/// Where the server is, for messages: `'db.example.com:3306'`, `'/run/mysqld/mysqld.sock'`.
std::string describe(const Target& target);

}  // namespace aludel::driver::mysql
