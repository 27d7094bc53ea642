#pragma once

#include <aludel/dialects/dialects.hpp>
#include <aludel/engine/driver.hpp>
#include <aludel/sql/compile/dialect.hpp>

#include <algorithm>
#include <array>
#include <atomic>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace aludel::test {

/// What a `ScriptedDriver` was told, and how it answers. Shared by the driver, its connections and their cursors.
struct Script {
    std::vector<std::string> calls;
    /// The next call of this text fails so, once.
    std::map<std::string, driver::Failure> failures;
    /// Ends the transaction when it fails, as a database does with a deadlock.
    bool failure_ends_transaction = false;
    /// Ends the transaction without a failure, as data definition does on some databases.
    std::string committing_statement;
    std::string version = "1";
    bool two_phase = true;
    bool lost = false;  ///< the client has noticed that the connection is gone
    std::vector<std::string> prepared;
    std::vector<bool> streamed;  ///< of each execution

    void call(const std::string& text) {
        calls.push_back(text);
        if (const auto found = failures.find(text); found != failures.end()) {
            const driver::Failure failure = found->second;
            failures.erase(found);
            throw failure;
        }
    }
    /// What was called since the last time.
    std::vector<std::string> take() { return std::exchange(calls, {}); }
};

inline driver::Failure failure_of(std::string sqlstate, std::string message, bool disconnected = false) {
    driver::Failure failure;
    failure.sqlstate = std::move(sqlstate);
    failure.message = std::move(message);
    failure.disconnected = disconnected;
    return failure;
}

/// A dialect that says how it was chosen: `for_server` gives one of its own for version 2.
const Dialect& scripted_dialect(int version);

/// A driver without a database: it notes what it is told and fails where its script says so.
class ScriptedDriver final : public driver::Driver {
  public:
    ScriptedDriver(std::string name, std::shared_ptr<Script> script)
        : name_(std::move(name)), script_(std::move(script)) {}

    std::string_view name() const noexcept override { return name_; }
    const Dialect& dialect() const override { return scripted_dialect(1); }
    driver::PoolKind pool_kind(const URL&) const override { return driver::PoolKind::queue; }
    std::span<const IsolationLevel> isolation_levels() const noexcept override {
        static constexpr std::array levels{IsolationLevel::autocommit, IsolationLevel::read_committed,
                                           IsolationLevel::serializable};
        return levels;
    }
    bool has_two_phase() const noexcept override { return script_->two_phase; }
    void validate(const URL&, const driver::ConnectOptions&) const override {}
    std::unique_ptr<driver::Connection> connect(const URL&, const driver::ConnectOptions&, Waiter&) const override {
        script_->call("connect");
        return std::make_unique<Connection>(script_);
    }

  private:
    class Connection;
    class Cursor final : public driver::Cursor {
      public:
        Cursor(Connection& connection, std::string sql) : connection_(connection), sql_(std::move(sql)) {}
        void execute(std::span<const Cell>) override;
        bool next() override { return false; }
        std::size_t column_count() const override { return 0; }
        std::string_view column_name(std::size_t) const override { return {}; }
        std::int64_t rows_affected() const noexcept override { return 1; }
        std::int64_t last_insert_id() const noexcept override { return 0; }
        void release() noexcept override { delete this; }

      private:
        Connection& connection_;
        std::string sql_;
    };

    class Connection final : public driver::Connection {
      public:
        explicit Connection(std::shared_ptr<Script> told) : script(std::move(told)) {}
        driver::CursorPtr prepare(std::string_view sql) override {
            return driver::CursorPtr{new Cursor{*this, std::string{sql}}};
        }
        void execute_script(std::string_view sql) override { call(std::string{sql}); }
        void begin() override {
            call("begin");
            open = true;
        }
        void commit() override { end("commit"); }
        void rollback() override { end("rollback"); }
        bool in_transaction() const noexcept override { return open && !script->lost; }
        bool is_lost() const noexcept override { return script->lost; }
        void set_isolation_level(IsolationLevel level) override { call("level " + std::string{to_string(level)}); }
        void set_access(driver::TransactionAccess access) override {
            call(std::string{"access"} + (access.read_only ? " read only" : "") +
                 (access.deferrable ? " deferrable" : ""));
        }
        void set_statement_timeout(std::chrono::milliseconds timeout) override {
            call("timeout " + std::to_string(timeout.count()));
        }
        void begin_two_phase(std::string_view id) override {
            call("begin " + std::string{id});
            open = true;
        }
        void prepare_two_phase(std::string_view id) override {
            end("prepare " + std::string{id});
            script->prepared.emplace_back(id);
        }
        void commit_prepared(std::string_view id) override {
            call("commit prepared " + std::string{id});
            std::erase(script->prepared, id);
        }
        void rollback_prepared(std::string_view id) override {
            call("rollback prepared " + std::string{id});
            std::erase(script->prepared, id);
        }
        std::vector<std::string> prepared_ids() override { return script->prepared; }
        bool ping() noexcept override { return true; }
        void interrupt() noexcept override {}
        std::string server_version() override { return script->version; }

        void call(const std::string& text) {
            try {
                script->call(text);
            } catch (const driver::Failure& failure) {
                if (script->failure_ends_transaction || failure.disconnected) open = false;
                throw;
            }
        }
        void end(const std::string& how) {
            call(how);
            open = false;
        }

        std::shared_ptr<Script> script;
        bool open = false;
    };

    std::string name_;
    std::shared_ptr<Script> script_;
};

inline void ScriptedDriver::Cursor::execute(std::span<const Cell>) {
    connection_.script->streamed.push_back(streamed_);
    connection_.call(sql_);
    if (sql_ == connection_.script->committing_statement) connection_.open = false;
}

/// A PostgreSQL that writes booleans as 1 and 0 in its version 2.
class ScriptedDialect final : public Dialect {
  public:
    explicit ScriptedDialect(int version) : Dialect("scripted", traits_of(version), {}) {}
    const Dialect& for_server(std::string_view version) const override {
        return version == "2" ? scripted_dialect(2) : *this;
    }
    std::string type_name(const SqlType& type) const override {
        return dialects::by_name("postgresql").type_name(type);
    }
    Diagnosis classify(const FailureReport& report) const override {
        return dialects::by_name("postgresql").classify(report);
    }

  private:
    static DialectTraits traits_of(int version) {
        DialectTraits traits;
        traits.boolean_words = version == 1;
        return traits;
    }
};

inline const Dialect& scripted_dialect(int version) {
    static const ScriptedDialect first{1};
    static const ScriptedDialect second{2};
    return version == 1 ? first : second;
}

/// Registers a driver of its own under a name that nobody else has, and gives its script and a URL.
inline std::pair<std::shared_ptr<Script>, std::string> make_scripted_driver() {
    static std::atomic<int> count{0};
    const std::string name = "scripted" + std::to_string(++count);
    auto script = std::make_shared<Script>();
    driver::register_driver(std::make_shared<ScriptedDriver>(name, script));
    return {script, name + "://host/db"};
}

}  // namespace aludel::test
