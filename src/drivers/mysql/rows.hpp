#pragma once

#include <aludel/types/cell.hpp>

#include <cstddef>
#include <memory>
#include <span>
#include <vector>

namespace aludel::driver::mysql {

/// Rows in memory of their own.
class RowBuffer {
  public:
    /// Copies a row, texts included.
    void add(std::span<const Cell> row);

    /// Copies the next row's cells into `row`, whose texts live until `clear`. False when there is none.
    bool next(std::vector<Cell>& row);

    void clear() noexcept;

  private:
    const char* keep(std::string_view text);

    std::vector<Cell> cells_;
    std::vector<std::unique_ptr<char[]>> blocks_;
    char* free_ = nullptr;
    std::size_t left_ = 0;
    std::size_t at_ = 0;
};

}  // namespace aludel::driver::mysql
