#include <aludel/engine/log.hpp>

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <cstdio>
#include <ctime>
#include <iterator>

namespace aludel {

namespace {

std::string_view level_name(LogLevel level) {
    switch (level) {
        case LogLevel::debug: return "DEBUG";
        case LogLevel::warning: return "WARNING";
        case LogLevel::info: break;
    }
    return "INFO";
}

std::string line_start(const LogRecord& record) {
    using std::chrono::milliseconds;
    const auto since_epoch = std::chrono::floor<milliseconds>(record.time.time_since_epoch());
    const auto seconds = static_cast<std::time_t>(std::chrono::floor<std::chrono::seconds>(since_epoch).count());
    std::tm local{};
    ::localtime_r(&seconds, &local);
    return fmt::format("{:%Y-%m-%d %H:%M:%S},{:03} {} {} ", local, since_epoch.count() % 1000, level_name(record.level),
                       record.logger);
}

std::string cache_note(const LogRecord& record) {
    const double seconds = std::chrono::duration<double>(record.cache_age).count();
    switch (record.cache) {
        case CacheStatus::generated: return fmt::format("generated in {:.5f}s", seconds);
        case CacheStatus::cached: return fmt::format("cached since {:.4g}s ago", seconds);
        case CacheStatus::no_key: return fmt::format("no key {:.5f}s", seconds);
        case CacheStatus::raw: break;
    }
    return "raw sql";
}

}  // namespace

std::string format_log_record(const LogRecord& record) {
    const std::string start = line_start(record);
    std::string text = fmt::format("{}{}\n", start, record.message);
    if (record.kind == LogKind::statement)
        fmt::format_to(std::back_inserter(text), "{}[{}] {}\n", start, cache_note(record), record.parameters);
    return text;
}

LogSink standard_output_sink() {
    return [](const LogRecord& record) {
        const std::string text = format_log_record(record);
        std::fwrite(text.data(), 1, text.size(), stdout);
        std::fflush(stdout);
    };
}

}  // namespace aludel
