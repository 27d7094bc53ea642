#include "drivers/mysql/rows.hpp"

#include <algorithm>
#include <cstring>

namespace aludel::driver::mysql {

namespace {

constexpr std::size_t block_size = std::size_t{64} * 1024;

}  // namespace

const char* RowBuffer::keep(std::string_view text) {
    if (text.empty()) return "";
    if (text.size() > left_) {
        const std::size_t size = std::max(block_size, text.size());
        blocks_.push_back(std::make_unique_for_overwrite<char[]>(size));
        free_ = blocks_.back().get();
        left_ = size;
    }
    char* start = free_;
    std::memcpy(start, text.data(), text.size());
    free_ += text.size();
    left_ -= text.size();
    return start;
}

void RowBuffer::add(std::span<const Cell> row) {
    for (const Cell& cell : row) {
        Cell copy = cell;
        if (cell.has_text()) copy.data = keep(cell.text());
        cells_.push_back(copy);
    }
}

bool RowBuffer::next(std::vector<Cell>& row) {
    if (at_ >= cells_.size()) return false;
    std::copy_n(cells_.begin() + static_cast<std::ptrdiff_t>(at_), row.size(), row.begin());
    at_ += row.size();
    return true;
}

void RowBuffer::clear() noexcept {
    cells_.clear();
    blocks_.clear();
    free_ = nullptr;
    left_ = at_ = 0;
}

}  // namespace aludel::driver::mysql
