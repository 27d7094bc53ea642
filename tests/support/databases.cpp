#include "support/databases.hpp"

#include "support/temporary.hpp"

#include <aludel/base/error.hpp>
#include <aludel/engine/driver.hpp>
#include <aludel/engine/engine.hpp>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <initializer_list>
#include <stdexcept>

namespace aludel::test {

namespace {

/// The variable that holds a server's URL; null for a database without a server.
const char* variable_of(Backend backend) noexcept {
    switch (backend) {
        case Backend::sqlite: return nullptr;
        case Backend::postgresql: return "ALUDEL_POSTGRESQL_URL";
        case Backend::mariadb: return "ALUDEL_MARIADB_URL";
    }
    return nullptr;
}

/// A name that no other test process on the server has.
std::string fresh_name() {
    static int count = 0;
    const auto now = std::chrono::system_clock::now().time_since_epoch() / std::chrono::microseconds{1};
    return fmt::format("test_{}_{}_{:x}", ::getpid(), ++count, now & 0xFFFFFF);
}

/// Runs statements on the server itself, outside of transactions.
void administer(Backend backend, std::initializer_list<std::string> statements) {
    EngineOptions options;
    options.isolation_level = IsolationLevel::autocommit;
    const Engine engine = create_engine(std::getenv(variable_of(backend)), options);
    Connection connection = engine.connect();
    for (const auto& statement : statements) connection.exec_driver_sql(statement);
    connection.close();
    engine.dispose();
}

std::string with_option(std::string url, std::string_view option) {
    if (option.empty()) return url;
    return fmt::format("{}{}{}", url, url.find('?') == std::string::npos ? '?' : '&', option);
}

URL server_url(Backend backend) { return make_url(std::getenv(variable_of(backend))); }

std::string url_of_database(Backend backend, const std::string& name) {
    const URL server = server_url(backend);
    return URL::create({.drivername = server.drivername(),
                        .username = server.username(),
                        .password = server.password(),
                        .host = server.host(),
                        .port = server.port(),
                        .database = name,
                        .query = server.query()})
        .str_with_password();
}

}  // namespace

std::string_view to_string(Backend backend) noexcept {
    switch (backend) {
        case Backend::sqlite: return "sqlite";
        case Backend::postgresql: return "postgresql";
        case Backend::mariadb: return "mariadb";
    }
    return "?";
}

std::ostream& operator<<(std::ostream& out, Backend backend) { return out << to_string(backend); }

std::string why_unavailable(Backend backend) {
    if (!driver::find_driver(to_string(backend)))
        return fmt::format("this build has no driver for {}", to_string(backend));
    const char* variable = variable_of(backend);
    if (variable != nullptr && std::getenv(variable) == nullptr)
        return fmt::format("{} is not set; tools/with-databases sets it", variable);
    return {};
}

std::string_view to_string(Capability capability) noexcept {
    switch (capability) {
        case Capability::nul_in_text: return "nul_in_text";
        case Capability::any_bytes_in_text: return "any_bytes_in_text";
        case Capability::lengths: return "lengths";
        case Capability::integer_sizes: return "integer_sizes";
        case Capability::exact_decimals: return "exact_decimals";
        case Capability::infinity: return "infinity";
        case Capability::case_sensitive_text: return "case_sensitive_text";
        case Capability::trailing_spaces: return "trailing_spaces";
        case Capability::transactional_ddl: return "transactional_ddl";
        case Capability::failure_leaves_transaction: return "failure_leaves_transaction";
        case Capability::deferred_constraints: return "deferred_constraints";
        case Capability::update_returning: return "update_returning";
        case Capability::concurrent_writers: return "concurrent_writers";
        case Capability::row_locks: return "row_locks";
        case Capability::read_committed: return "read_committed";
        case Capability::two_phase: return "two_phase";
        case Capability::reused_keys: return "reused_keys";
        case Capability::sequences: return "sequences";
        case Capability::on_conflict: return "on_conflict";
        case Capability::on_duplicate_key: return "on_duplicate_key";
        case Capability::delete_from_many: return "delete_from_many";
        case Capability::limit_in_update: return "limit_in_update";
        case Capability::regular_expressions: return "regular_expressions";
        case Capability::identity_columns: return "identity_columns";
        case Capability::nulls_in_indexes: return "nulls_in_indexes";
        case Capability::numbered_composite_keys: return "numbered_composite_keys";
        case Capability::match: return "match";
    }
    return "?";
}

// Table: what each database has.
bool has(Backend backend, Capability capability) noexcept {
    const bool sqlite = backend == Backend::sqlite;
    const bool postgresql = backend == Backend::postgresql;
    const bool mariadb = backend == Backend::mariadb;
    switch (capability) {
        case Capability::nul_in_text: return sqlite || mariadb;
        case Capability::any_bytes_in_text: return sqlite;
        case Capability::lengths: return postgresql || mariadb;
        case Capability::integer_sizes: return postgresql || mariadb;
        case Capability::exact_decimals: return postgresql || mariadb;
        case Capability::infinity: return sqlite || postgresql;
        case Capability::case_sensitive_text: return sqlite || postgresql;
        case Capability::trailing_spaces: return sqlite || postgresql;
        case Capability::transactional_ddl: return sqlite || postgresql;
        case Capability::failure_leaves_transaction: return sqlite || mariadb;
        case Capability::deferred_constraints: return sqlite || postgresql;
        case Capability::update_returning: return sqlite || postgresql;
        case Capability::concurrent_writers: return postgresql || mariadb;
        case Capability::row_locks: return postgresql || mariadb;
        case Capability::read_committed: return postgresql || mariadb;
        case Capability::two_phase: return postgresql || mariadb;
        case Capability::reused_keys: return sqlite;
        case Capability::sequences: return postgresql || mariadb;
        case Capability::on_conflict: return sqlite || postgresql;
        case Capability::on_duplicate_key: return mariadb;
        case Capability::delete_from_many: return postgresql || mariadb;
        case Capability::limit_in_update: return mariadb;
        case Capability::regular_expressions: return postgresql || mariadb;
        case Capability::identity_columns: return postgresql;
        case Capability::nulls_in_indexes: return postgresql;
        case Capability::numbered_composite_keys: return postgresql || mariadb;
        case Capability::match: return postgresql;
    }
    return false;
}

Database::Database(Backend backend, Space space) : backend_(backend), space_(space) {
    if (const auto why = why_unavailable(backend); !why.empty()) throw std::runtime_error(why);
    if (backend == Backend::sqlite) {
        const auto file = std::make_shared<FreshFile>();
        name_ = file->path();
        url_ = file->url();
        directory_ = file;
        return;
    }
    name_ = fresh_name();
    if (backend == Backend::postgresql && space == Space::schema) {
        administer(backend, {"CREATE SCHEMA " + name_});
        url_ = with_option(server_url(backend).str_with_password(), "options=-csearch_path%3D" + name_);
    } else {
        administer(backend, {"CREATE DATABASE " + name_});
        url_ = url_of_database(backend, name_);
    }
}

Database::~Database() {
    if (backend_ == Backend::sqlite) return;
    try {
        // A test that leaves a transaction open is told so, instead of waiting here for ever.
        if (backend_ == Backend::mariadb)
            administer(backend_, {"SET lock_wait_timeout = 5", "DROP DATABASE " + name_});
        else if (space_ == Space::schema)
            administer(backend_, {"SET lock_timeout = '5s'", "SET client_min_messages = warning",
                                  "DROP SCHEMA " + name_ + " CASCADE"});
        else
            administer(backend_, {"DROP DATABASE " + name_});
    } catch (const std::exception& error) {
        ADD_FAILURE() << "the test's database " << name_ << " could not be dropped: " << error.what();
    }
}

std::string Database::url(std::string_view options) const { return with_option(url_, options); }

}  // namespace aludel::test
