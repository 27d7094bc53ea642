#include "engine/bound_rows.hpp"

#include <aludel/sql/compile/bind_values.hpp>
#include <aludel/sql/compile/dialect.hpp>

namespace aludel::detail {

Cell BoundRows::store(const Cell& given, const BindSlot& slot, const CompiledStatement& compiled,
                      const Dialect& dialect) {
    if (dialect.stores_as_is(given, slot.type)) return given;
    kept.push_back(stored_value(given.to_value(), slot, compiled, dialect));
    return Cell::of(kept.back());
}

}  // namespace aludel::detail
