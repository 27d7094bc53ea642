// What must not change, whatever is sent: a table with its rows, and the catalogue around it.
#pragma once

#include "support/databases.hpp"

#include <aludel/engine/engine.hpp>

#include <string>

namespace aludel::test {

class Canary {
  public:
    /// Makes the canary's table. Tables of the test come after it, and before `remember`.
    Canary(const Engine& engine, Backend backend);

    /// What is there now is what must be there from now on.
    void remember() { remembered_ = seen(); }
    /// Empty, or how the rows and the schema differ from what was remembered.
    std::string difference() const;

  private:
    std::string seen() const;

    const Engine& engine_;
    Backend backend_;
    std::string remembered_;
};

}  // namespace aludel::test
