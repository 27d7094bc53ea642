#pragma once

#include <aludel/engine/log.hpp>

#include <algorithm>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace aludel::test {

/// The text with each run of white space made one space, and none at its ends.
inline std::string folded(std::string_view text) {
    std::string result;
    bool gap = false;
    for (const char c : text) {
        if (c == ' ' || c == '\n' || c == '\t' || c == '\r') {
            gap = !result.empty();
            continue;
        }
        if (gap) result += ' ';
        gap = false;
        result += c;
    }
    return result;
}

/// Collects what engines log, in the form of the transcripts: a folded statement, then its parameters behind four
/// spaces; BEGIN, COMMIT and ROLLBACK as a line each. Copies share what they collect.
class LogCapture {
  public:
    /// For `EngineOptions::log`.
    LogSink sink() const {
        return [state = state_](const LogRecord& record) {
            std::scoped_lock lock{state->mutex};
            state->lines.push_back(folded(record.message));
            if (record.kind != LogKind::statement) return;
            state->statements.push_back(folded(record.message));
            state->cache.push_back(record.cache);
            state->lines.push_back("    " + std::string{record.parameters});
        };
    }

    std::vector<std::string> lines() const {
        std::scoped_lock lock{state_->mutex};
        return state_->lines;
    }
    /// The statements alone, without parameters, BEGIN, COMMIT and ROLLBACK.
    std::vector<std::string> statements() const {
        std::scoped_lock lock{state_->mutex};
        return state_->statements;
    }
    /// Where the text of each statement came from.
    std::vector<CacheStatus> cache() const {
        std::scoped_lock lock{state_->mutex};
        return state_->cache;
    }
    /// All lines in one string, each ended by a line feed.
    std::string text() const {
        std::string all;
        for (const auto& line : lines()) all += line + '\n';
        return all;
    }
    /// `lines()`, which are forgotten then.
    std::vector<std::string> take() {
        auto taken = lines();
        clear();
        return taken;
    }
    void clear() {
        std::scoped_lock lock{state_->mutex};
        state_->lines.clear();
        state_->statements.clear();
        state_->cache.clear();
    }

  private:
    struct State {
        std::mutex mutex;
        std::vector<std::string> lines, statements;
        std::vector<CacheStatus> cache;
    };
    std::shared_ptr<State> state_ = std::make_shared<State>();
};

}  // namespace aludel::test
