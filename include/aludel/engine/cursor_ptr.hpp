#pragma once

#include <memory>

namespace aludel::driver {

class Cursor;

/// Gives a cursor back to its connection, instead of deleting it.
struct ReleaseCursor {
    void operator()(Cursor* cursor) const noexcept;
};
using CursorPtr = std::unique_ptr<Cursor, ReleaseCursor>;

}  // namespace aludel::driver
