#pragma once

namespace aludel::driver {

/// Makes PostgreSQL known to `create_engine`. A program that links the whole of aludel has it registered already.
///
/// URLs: `postgresql://user:password@host:port/database`; what is left out is as for `psql`, the environment (`PGHOST`,
/// `PGPASSFILE`, …) included. `postgresql:///database?host=/run/postgresql` goes through a socket in that folder. The
/// names of Python's drivers are accepted: `postgresql+psycopg2://`. Several servers are tried in turn:
/// `?host=db1:5432&host=db2:5433`, or libpq's lists `?host=db1,db2&port=5432,5433`. Options of the URL, which go before
/// those of `EngineOptions`; the names are libpq's, whose manual has the details:
///
/// - `connect_timeout` (seconds): for each server; 0: as long as it takes
/// - `application_name`, `fallback_application_name` (a name): how the server's lists show the connection
/// - `sslmode` (`disable`, `allow`, `prefer`, `require`, `verify-ca`, `verify-full`): whether TLS is used, and what of
/// the server's certificate is checked
/// - `sslrootcert`, `sslcert`, `sslkey`, `sslpassword`, `sslcrl`, `sslcrldir` (files): the authority, the client's own
/// certificate and key, what is revoked
/// - `sslsni`, `sslcompression`, `ssl_min_protocol_version`, `ssl_max_protocol_version`: as libpq has them
/// - `target_session_attrs` (`any`, `read-write`, `read-only`, `primary`, `standby`, `prefer-standby`): which of
/// several servers will do
/// - `keepalives`, `keepalives_idle`, `keepalives_interval`, `keepalives_count`, `tcp_user_timeout` (seconds, the last
/// one milliseconds): how soon a peer is missed that has vanished without a word: after about a minute, unless said
/// otherwise
/// - `options` (`-c name=value`): settings of the session
/// - `user`, `password`, `passfile`, `service`, `hostaddr`, `port`: where they do not stand before the `?`
/// - `channel_binding`, `gssencmode`, `gsslib`, `krbsrvname`, `requirepeer`: as libpq has them
/// - `client_encoding` (`utf8`): accepted for URLs written for Python
///
/// BEGIN travels with the first statement of its transaction. A statement is prepared on the server when it runs for
/// the second time on a connection. A value has the type that a literal has which says the same: an integer is
/// `integer`, `bigint` or `numeric`, whichever is the smallest, and text has none, so that it fits enumerations, arrays
/// and whatever else a literal in quotes fits. Dates of infinity, intervals of months and numbers that are none (`NaN`)
/// come as text: read as a date they are a DataError, as std::string they are what the server wrote.
void register_postgresql();

}  // namespace aludel::driver
