#include <aludel/base/warning.hpp>

#include <cstddef>
#include <cstdio>
#include <mutex>
#include <set>
#include <utility>

namespace aludel {

namespace {

/// Texts that were printed already are forgotten when they are this many, so that memory has a bound.
constexpr std::size_t most_remembered_texts = 1'000;

class Warnings {
  public:
    WarningHandler exchange(WarningHandler handler) {
        const std::scoped_lock lock(mutex_);
        return std::exchange(handler_, std::move(handler));
    }

    /// The handler runs outside of the lock: it may warn itself, or set another.
    void warn(const std::string& text) {
        std::unique_lock lock(mutex_);
        if (const WarningHandler handler = handler_) {
            lock.unlock();
            handler(text);
            return;
        }
        if (printed_.size() >= most_remembered_texts) printed_.clear();
        if (!printed_.insert(text).second) return;
        const std::string line = "aludel: warning: " + text + "\n";
        std::fwrite(line.data(), 1, line.size(), stderr);
    }

  private:
    std::mutex mutex_;
    WarningHandler handler_;
    std::set<std::string, std::less<>> printed_;
};

/// Never destroyed: a warning may arise while the program ends.
Warnings& warnings() {
    static auto& instance = *new Warnings;
    return instance;
}

}  // namespace

WarningHandler set_warning_handler(WarningHandler handler) { return warnings().exchange(std::move(handler)); }

void detail::warn(const std::string& text) { warnings().warn(text); }

}  // namespace aludel
