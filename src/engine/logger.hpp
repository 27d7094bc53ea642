#pragma once

#include <aludel/engine/options.hpp>

#include <atomic>
#include <mutex>
#include <string>
#include <string_view>

namespace aludel::detail {

/// An engine's log: asks for text only when somebody listens, and calls the sink from one thread at a time.
class Logger {
  public:
    explicit Logger(const EngineOptions& options)
        : sink_(options.log ? options.log : standard_output_sink()),
          has_sink_(options.log != nullptr),
          on_(options.echo || options.log),
          hide_(options.hide_parameters || !options.echo_parameters) {}

    bool is_on() const noexcept { return on_.load(std::memory_order_relaxed); }
    void turn(bool on) noexcept { on_.store(on, std::memory_order_relaxed); }
    bool hides_parameters() const noexcept { return hide_; }

    void write(LogRecord record) {
        record.time = std::chrono::system_clock::now();
        std::scoped_lock lock{mutex_};
        sink_(record);
    }
    /// Something that its user should see whether or not the log is on: to the sink, or to standard error without one.
    void warn(std::string_view logger, std::string_view message) noexcept;
    void message(LogKind kind, std::string_view text) {
        if (is_on()) write({.kind = kind, .message = text});
    }

  private:
    LogSink sink_;
    std::mutex mutex_;
    bool has_sink_;
    std::atomic<bool> on_;
    bool hide_;
};

}  // namespace aludel::detail
