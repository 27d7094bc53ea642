#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace aludel {

enum class LogKind : std::uint8_t { begin, commit, rollback, statement, note };

enum class LogLevel : std::uint8_t { debug, info, warning };

/// Where the text of a statement came from.
enum class CacheStatus : std::uint8_t {
    generated,  ///< compiled for this execution, and kept
    cached,     ///< taken from the engine's statement cache
    no_key,     ///< compiled, but never kept: savepoints, DDL
    raw,        ///< given as text to the driver as it is
};

/// One event of an engine's log. The views are valid during the call of the sink only.
struct LogRecord {
    LogKind kind = LogKind::note;
    std::string_view logger = "aludel.engine.Engine";
    /// The statement as it was sent, or the message: `BEGIN (implicit)`, `COMMIT`, `ROLLBACK`.
    std::string_view message;
    /// The parameters as Python would print them: `('ed', 1)`. Only for `LogKind::statement`.
    std::string_view parameters = {};
    CacheStatus cache = CacheStatus::raw;
    /// Time that it took to compile the statement, or its age in the cache.
    std::chrono::nanoseconds cache_age{};
    std::chrono::system_clock::time_point time = {};
    LogLevel level = LogLevel::info;
};

/// Receives what an engine logs. Calls come one after the other, from whichever thread ran the statement; a sink must
/// not use the engine that calls it, and must not throw.
using LogSink = std::function<void(const LogRecord&)>;

/// The record as SQLAlchemy prints it, one or two lines, each ended by a line feed:
/// `2026-01-31 12:00:00,123 INFO aludel.engine.Engine SELECT 1` and `… [generated in 0.00012s] ()`.
std::string format_log_record(const LogRecord& record);

/// The sink that `echo` uses unless another is given: `format_log_record` to standard output.
LogSink standard_output_sink();

}  // namespace aludel
