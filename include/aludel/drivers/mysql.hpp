#pragma once

namespace aludel::driver {

/// Makes MySQL and MariaDB known to `create_engine`, under both names. A program that links the whole of aludel has
/// them registered already.
///
/// URLs: `mysql://user:password@host:port/database`, and the same with `mariadb`. Without a host, or with `localhost`
/// and no port, the connection goes over the socket of the client library's configuration or of `unix_socket`; with a
/// port or another host it goes over TCP. Options of the URL, which go before those of `EngineOptions`:
///
/// | option | values | meaning |
/// | --- | --- | --- |
/// | `unix_socket` | a path | the server's socket, in place of host and port |
/// | `connect_timeout` | seconds | `EngineOptions::connect_timeout` unless said otherwise |
/// | `read_timeout`, `write_timeout` | seconds | how long the server may be silent until it is given up |
/// | `ssl_mode` | `disabled`, `preferred`, `required`, `verify_ca`, `verify_identity` | see below |
/// | `ssl` | `true`, `false` | `required`, `disabled` |
/// | `ssl_ca`, `ssl_capath` | a file, a folder | the authorities that are known; asks for `verify_ca` |
/// | `ssl_verify_cert` | `true`, `false` | `verify_ca` |
/// | `ssl_verify_identity`, `ssl_check_hostname` | `true`, `false` | `verify_identity` |
/// | `ssl_crl` | a file | certificates that are revoked |
/// | `ssl_cert`, `ssl_key` | files | the client's own certificate |
/// | `ssl_cipher`, `tls_version` | names | what may be used |
/// | `application_name` | a text | the attribute `program_name` of the connection |
/// | `init_command` | a statement | runs on each new connection, before what is said below |
/// | `compress` | `true`, `false` | whether packets are compressed |
/// | `auth_plugin`, `plugin_dir` | a name, a folder | how the client proves who it is |
/// | `server_public_key` | a file | with which a password is encrypted where TLS is not used |
/// | `charset`, `use_unicode` | `utf8mb4`, `true` | accepted for URLs written for Python |
/// | `local_infile`, `binary_prefix` | `false`; any | accepted for URLs written for Python |
///
/// Over TCP a connection is encrypted where the server can (`preferred`) unless the options ask for more: `required`
/// fails where it cannot, `verify_ca` checks the certificate, `verify_identity` the host's name in it as well.
///
/// Every session has UTF-8 with four bytes, the time zone +00:00 and the server's own `sql_mode` made strict: a value
/// that does not fit is an error and is never cut. An UPDATE counts the rows that match, whether or not they change. A
/// server is never given a file of its client.
///
/// What is prepared stays prepared, `EngineOptions::prepared_cache_size` statements for each connection. Rows of
/// parameters go to MariaDB many at a time. A statement that takes longer than its time is ended by KILL QUERY over a
/// second connection.
///
/// Data definition commits the transaction. Two-phase transactions are those of XA; MariaDB leaves a prepared one to
/// its connection, so that another process can end it only when that connection is closed.
void register_mysql();

}  // namespace aludel::driver
