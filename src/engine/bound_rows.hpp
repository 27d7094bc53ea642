// The rows of an executemany, as the database stores them.
#pragma once

#include <aludel/sql/compile/compiled.hpp>
#include <aludel/types/cell.hpp>

#include <cstddef>
#include <deque>
#include <span>
#include <vector>

namespace aludel::detail {

struct BoundRows {
    std::span<const Cell> cells;  // row behind row: those that were given, or the next
    std::vector<Cell> own;
    std::deque<Value> kept;  // what had to be converted, where the cells view it
    std::size_t width = 0;
    std::size_t rows = 0;

    /// The value as the database stores it: as it is where it can be, which then has to stay where it is.
    Cell store(const Cell& given, const BindSlot& slot, const CompiledStatement& compiled, const Dialect& dialect);
};

}  // namespace aludel::detail
