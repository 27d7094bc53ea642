// Counting statements in tests.
#pragma once

#include <aludel/base/error.hpp>
#include <aludel/orm/session.hpp>

#include <concepts>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace aludel {

/// A block sent more statements than expected, or fewer.
class StatementCountError : public Error {
  public:
    explicit StatementCountError(std::string message, std::string_view code = "stmtcount")
        : Error(std::move(message), code) {}
};

namespace detail {

/// Records the statements of a session while it lives.
class StatementRecord {
  public:
    explicit StatementRecord(SessionCore& session) : session_(session.shared_from_this()) {
        session_->record_statements(&texts_);
    }
    StatementRecord(const StatementRecord&) = delete;
    StatementRecord& operator=(const StatementRecord&) = delete;
    ~StatementRecord() { session_->record_statements(nullptr); }
    /// @throws StatementCountError that lists the statements, if there are more or fewer.
    void require(std::uint64_t count) const;

  private:
    std::shared_ptr<SessionCore> session_;
    std::vector<std::string> texts_;
};

}  // namespace detail

/// Runs `block()`, which must send exactly `count` statements in this session: `expect_statements(session, 2, [&] { …
/// })`. BEGIN, COMMIT and ROLLBACK are not counted. What the block returns is returned.
/// @throws StatementCountError that lists the statements; what the block throws.
template <std::invocable Block>
auto expect_statements(Session& session, std::uint64_t count, Block&& block) {
    const detail::StatementRecord record(session.core());
    if constexpr (std::is_void_v<std::invoke_result_t<Block>>) {
        std::invoke(std::forward<Block>(block));
        record.require(count);
    } else {
        auto result = std::invoke(std::forward<Block>(block));
        record.require(count);
        return result;
    }
}

}  // namespace aludel
