#include "engine/logger.hpp"

#include <cstdio>

namespace aludel::detail {

void Logger::warn(std::string_view logger, std::string_view message) noexcept {
    try {
        LogRecord record{.kind = LogKind::note, .logger = logger, .message = message, .level = LogLevel::warning};
        if (has_sink_) return write(record);
        record.time = std::chrono::system_clock::now();
        const std::string text = format_log_record(record);
        std::fwrite(text.data(), 1, text.size(), stderr);
    } catch (...) {
        // A sink must not throw; where one does, or memory is short, the warning is lost and the work goes on.
    }
}

}  // namespace aludel::detail
