#include <aludel/orm/expect_statements.hpp>

#include <fmt/format.h>

namespace aludel::detail {

void StatementRecord::require(std::uint64_t count) const {
    if (texts_.size() == count) {
        return;
    }
    std::string message = fmt::format("{} statement(s) were expected, {} were sent:", count, texts_.size());
    for (std::size_t i = 0; i < texts_.size(); ++i) {
        message += fmt::format("\n  {}. {}", i + 1, texts_[i]);
    }
    throw StatementCountError(message);
}

}  // namespace aludel::detail
