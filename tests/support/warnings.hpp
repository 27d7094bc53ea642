#pragma once

#include <aludel/base/warning.hpp>

#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace aludel::test {

/// Collects the process's warnings while it lives.
class Warnings {
  public:
    Warnings()
        : before_(set_warning_handler([state = state_](std::string_view text) {
              const std::scoped_lock lock(state->mutex);
              state->texts.emplace_back(text);
          })) {}
    Warnings(const Warnings&) = delete;
    Warnings& operator=(const Warnings&) = delete;
    ~Warnings() { set_warning_handler(std::move(before_)); }

    /// What was collected, which is forgotten then.
    std::vector<std::string> take() {
        const std::scoped_lock lock(state_->mutex);
        return std::exchange(state_->texts, {});
    }

  private:
    struct State {
        std::mutex mutex;
        std::vector<std::string> texts;
    };
    std::shared_ptr<State> state_ = std::make_shared<State>();
    WarningHandler before_;
};

}  // namespace aludel::test
