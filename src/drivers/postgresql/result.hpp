#pragma once

#include <memory>

struct pg_result;

namespace aludel::driver::postgresql {

struct ClearResult {
    void operator()(pg_result* result) const noexcept;
};
/// What the server answered to one statement, or one row of it; null: there is no more.
using ResultPtr = std::unique_ptr<pg_result, ClearResult>;

}  // namespace aludel::driver::postgresql
