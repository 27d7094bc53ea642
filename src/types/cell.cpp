#include "aludel/types/cell.hpp"

#include <string>

namespace aludel {

Cell Cell::of(const Value& value) noexcept {
    const ValueKind kind = value.kind();
    if (kind == ValueKind::real) return from_real(value.as_real());
    const Cell cell = from_text(value.as_text(), kind);
    return cell.has_text() ? cell : from_integer(value.as_integer(), kind);
}

Value Cell::to_value() const {
    switch (kind) {
        case ValueKind::null: return Value::null();
        case ValueKind::boolean: return Value::of(integer != 0);
        case ValueKind::integer: return Value::of(integer);
        case ValueKind::unsigned_integer: return Value::of(static_cast<std::uint64_t>(integer));
        case ValueKind::real: return Value::of(real);
        case ValueKind::text: return Value::text(std::string(text()));
        case ValueKind::bytes: return Value::bytes(std::string(text()));
        case ValueKind::date: return Value::date(integer);
        case ValueKind::time: return Value::time(integer);
        case ValueKind::datetime: return Value::datetime(integer);
        case ValueKind::timestamp: return Value::timestamp(integer);
        case ValueKind::interval: return Value::interval(integer);
        case ValueKind::decimal: return Value::decimal(std::string(text()));
        case ValueKind::uuid: return Value::uuid(std::string(text()));
        case ValueKind::json: return Value::json(std::string(text()));
    }
    return Value::null();
}

std::vector<Cell> cells_of(std::span<const Value> values) {
    std::vector<Cell> cells;
    cells.reserve(values.size());
    for (const Value& value : values) cells.push_back(Cell::of(value));
    return cells;
}

}  // namespace aludel
