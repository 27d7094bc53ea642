#pragma once

#include <aludel/engine/driver.hpp>

#include <atomic>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>

namespace aludel::test {

/// When a `FaultyDriver` fails, and what it has seen. Shared by the driver, its connections and their cursors.
struct FaultPlan {
    /// The operation, counted from 1, that fails; 0: none does.
    int fail_at = 0;
    /// How many operations after it fail, too.
    int then_too = 0;
    /// Whether the failure says that the connection is gone.
    bool disconnect = false;

    std::atomic<int> operations{0};
    std::atomic<int> open_connections{0};
    std::atomic<int> open_cursors{0};
    std::atomic<int> failures{0};

    /// Counts an operation, and fails when its time has come.
    void reach(const char* operation) {
        const int now = ++operations;
        if (fail_at == 0 || now < fail_at || now > fail_at + then_too) return;
        ++failures;
        driver::Failure failure;
        failure.code = 10;  // SQLITE_IOERR
        failure.extended_code = 10;
        failure.message = std::string{"injected at "} + operation;
        failure.disconnected = disconnect;
        throw failure;
    }
    void arm(int step, bool disconnected = false) {
        operations = 0;
        failures = 0;
        fail_at = step;
        disconnect = disconnected;
    }
    void disarm() { fail_at = 0; }
};

/// Passes everything on to another driver, and fails where its plan says so: before the other one is asked.
class FaultyDriver final : public driver::Driver {
  public:
    FaultyDriver(std::string name, std::shared_ptr<const driver::Driver> inner, std::shared_ptr<FaultPlan> plan)
        : name_(std::move(name)), inner_(std::move(inner)), plan_(std::move(plan)) {}

    std::string_view name() const noexcept override { return name_; }
    const Dialect& dialect() const override { return inner_->dialect(); }
    driver::PoolKind pool_kind(const URL& url) const override { return inner_->pool_kind(url); }
    std::span<const IsolationLevel> isolation_levels() const noexcept override { return inner_->isolation_levels(); }
    void validate(const URL& url, const driver::ConnectOptions& options) const override {
        inner_->validate(url, options);
    }
    std::unique_ptr<driver::Connection> connect(const URL& url, const driver::ConnectOptions& options,
                                                Waiter& waiter) const override {
        plan_->reach("connect");
        return std::make_unique<Connection>(inner_->connect(url, options, waiter), plan_);
    }

  private:
    class Cursor final : public driver::Cursor {
      public:
        Cursor(driver::CursorPtr inner, std::shared_ptr<FaultPlan> plan)
            : inner_(std::move(inner)), plan_(std::move(plan)) {
            ++plan_->open_cursors;
        }
        ~Cursor() override { --plan_->open_cursors; }
        void execute(std::span<const Cell> parameters) override {
            plan_->reach("execute");
            inner_->execute(parameters);
        }
        bool next() override {
            plan_->reach("next");
            if (!inner_->next()) return false;
            row_.assign(inner_->row().begin(), inner_->row().end());
            return true;
        }
        std::size_t column_count() const override { return inner_->column_count(); }
        std::string_view column_name(std::size_t index) const override { return inner_->column_name(index); }
        std::int64_t rows_affected() const noexcept override { return inner_->rows_affected(); }
        std::int64_t last_insert_id() const noexcept override { return inner_->last_insert_id(); }
        void release() noexcept override { delete this; }

      private:
        driver::CursorPtr inner_;
        std::shared_ptr<FaultPlan> plan_;
    };

    class Connection final : public driver::Connection {
      public:
        Connection(std::unique_ptr<driver::Connection> inner, std::shared_ptr<FaultPlan> plan)
            : inner_(std::move(inner)), plan_(std::move(plan)) {
            ++plan_->open_connections;
        }
        ~Connection() override { --plan_->open_connections; }
        driver::CursorPtr prepare(std::string_view sql) override {
            plan_->reach("prepare");
            return driver::CursorPtr{new Cursor{inner_->prepare(sql), plan_}};
        }
        void execute_script(std::string_view sql) override {
            plan_->reach("execute_script");
            inner_->execute_script(sql);
        }
        void begin() override {
            plan_->reach("begin");
            inner_->begin();
        }
        void commit() override {
            plan_->reach("commit");
            inner_->commit();
        }
        void rollback() override {
            plan_->reach("rollback");
            inner_->rollback();
        }
        bool in_transaction() const noexcept override { return inner_->in_transaction(); }
        bool is_lost() const noexcept override { return inner_->is_lost(); }
        void set_isolation_level(IsolationLevel level) override {
            plan_->reach("set_isolation_level");
            inner_->set_isolation_level(level);
        }
        bool ping() noexcept override {
            try {
                plan_->reach("ping");
            } catch (const driver::Failure&) {
                return false;
            }
            return inner_->ping();
        }
        void interrupt() noexcept override { inner_->interrupt(); }
        std::string server_version() override { return inner_->server_version(); }

      private:
        std::unique_ptr<driver::Connection> inner_;
        std::shared_ptr<FaultPlan> plan_;
    };

    std::string name_;
    std::shared_ptr<const driver::Driver> inner_;
    std::shared_ptr<FaultPlan> plan_;
};

/// Registers a faulty form of a registered driver under another name, and returns its plan.
inline std::shared_ptr<FaultPlan> register_faulty_driver(const std::string& name, std::string_view inner) {
    auto driver = driver::find_driver(inner);
    if (!driver) throw std::runtime_error("there is no such driver to make faulty");
    auto plan = std::make_shared<FaultPlan>();
    driver::register_driver(std::make_shared<FaultyDriver>(name, std::move(driver), plan));
    return plan;
}

}  // namespace aludel::test
