#include "orm/row_batch.hpp"

#include "orm/change_log.hpp"

#include <algorithm>
#include <utility>

namespace aludel::detail {

namespace {

bool has_functions(const Mapper& mapper) {
    const auto attributes = mapper.attributes();
    return (mapper.version() != nullptr && mapper.makes_versions()) ||
           std::any_of(attributes.begin(), attributes.end(), [](const Attribute& attribute) {
               const ColumnInfo& column = attribute.column();
               return column.insert_default().is_callable() || column.onupdate().is_callable();
           });
}

}  // namespace

RowBatch::RowBatch(const Mapper& mapper, Find find, std::size_t most_rows)
    : mapper_(mapper), find_(find), most_rows_(most_rows), copies_(has_functions(mapper)) {}

bool RowBatch::writes(const Attribute& attribute) const noexcept {
    return std::any_of(columns_.begin(), columns_.end(),
                       [&](const Column& column) { return column.attribute == &attribute; });
}

bool RowBatch::writes_key() const noexcept {
    return std::any_of(columns_.begin(), columns_.end(),
                       [](const Column& column) { return column.attribute->column().primary_key(); });
}

bool RowBatch::takes(const RowDraft& row) const noexcept {
    return objects_.empty() ||
           (!has_expression_ && !row.has_expression && has_key_ == row.has_key &&
            std::equal(columns_.begin(), columns_.end(), row.cargo().begin(), row.cargo().end(),
                       [](const Column& column, const Cargo& cargo) {
                           return column.attribute == cargo.attribute && column.is_default == cargo.is_default;
                       }));
}

void RowBatch::begin(const RowDraft& row) {
    has_expression_ = row.has_expression;
    has_key_ = row.has_key;
    for (const Cargo& cargo : row.cargo()) {
        columns_.push_back({cargo.attribute, cargo.expression, cargo.is_default});
        has_default_ = has_default_ || cargo.is_default;
        has_computed_ = has_computed_ || cargo.expression != nullptr;
        if (!cargo.expression) parameters_.names.push_back(cargo.attribute->column().name());
    }
}

void RowBatch::add(const RowDraft& row) {
    if (objects_.empty()) begin(row);
    for (const Cargo& cargo : row.cargo()) {
        if (!cargo.expression) parameters_.cells.push_back(lasting(cargo.value, row));
    }
    add(*row.object);
}

bool RowBatch::may_take_alike() const noexcept {
    return !objects_.empty() && !is_full() && !copies_ && is_plain() && mapper_.version() == nullptr;
}

/// The values of the columns, where all other attributes are left out.
template <class IsLeftOut>
bool RowBatch::add_values(ObjectHeader& object, IsLeftOut is_left_out) {
    const std::size_t before = parameters_.cells.size();
    auto column = columns_.begin();
    for (const Attribute& attribute : mapper_.attributes()) {
        const bool is_written = column != columns_.end() && column->attribute == &attribute;
        if (is_written) ++column;
        if (is_left_out(attribute) == is_written || (is_written && !take_value(object, attribute))) {
            parameters_.cells.resize(before);
            return false;
        }
    }
    add(object);
    return true;
}

bool RowBatch::add_alike(ObjectHeader& object) {
    return may_take_alike() &&
           add_values(object, [&](const Attribute& attribute) { return !attribute.link(object).is_set(); });
}

bool RowBatch::add_changed_alike(ObjectHeader& object) {
    return may_take_alike() &&
           add_values(object, [&](const Attribute& attribute) { return !has_net_change(object, attribute); });
}

/// Appends what the object has; false if that is NULL, or an expression.
bool RowBatch::take_value(const ObjectHeader& object, const Attribute& attribute) {
    const AttributeLink& link = attribute.link(object);
    if (!link.is_set() || link.has_expression()) return false;
    const Cell cell = attribute.cell_of(object, scratch_);
    if (cell.is_null()) return false;
    const bool is_made = cell.has_text() && cell.data == scratch_.as_text().data();
    parameters_.cells.push_back(is_made ? kept(std::move(scratch_)) : cell);
    return true;
}

/// The value where it stays as long as the batch: in the object, or here.
Cell RowBatch::lasting(const Cell& value, const RowDraft& row) {
    if (!value.has_text() || (!copies_ && row.made().empty())) return value;
    const auto& made = row.made();
    const bool is_made =
        std::any_of(made.begin(), made.end(), [&](const Value& each) { return each.as_text().data() == value.data; });
    return copies_ || is_made ? kept(value.to_value()) : value;
}

void RowBatch::add(ObjectHeader& object) {
    if (find_ == Find::row) put_key(object);
    objects_.push_back(&object);
    ++parameters_.rows;
}

void RowBatch::put_key(const ObjectHeader& object) {
    const auto key = mapper_.primary_key();
    for (std::size_t i = 0; i < key.size(); ++i) put(*key[i], mapper_.key_parameter(i), object);
    if (const Attribute* version = mapper_.version()) put(*version, mapper_.version_parameter(), object);
}

void RowBatch::put(const Attribute& attribute, std::string_view name, const ObjectHeader& object) {
    if (objects_.empty()) parameters_.names.push_back(name);
    Value made;
    const Cell cell = committed_cell(object, attribute, made);
    parameters_.cells.push_back(cell.has_text() ? kept(cell.to_value()) : cell);
}

Cell RowBatch::kept(Value value) { return Cell::of(kept_.emplace_back(std::move(value))); }

void RowBatch::clear() noexcept {
    has_expression_ = false;
    has_key_ = true;
    has_default_ = has_computed_ = false;
    columns_.clear();
    objects_.clear();
    parameters_ = {};
    kept_.clear();
}

ParameterCells RowBatch::parameters_of(std::size_t row) const {
    const std::size_t width = parameters_.names.size();
    const auto first = parameters_.cells.begin() + static_cast<std::ptrdiff_t>(row * width);
    return {parameters_.names, {first, first + static_cast<std::ptrdiff_t>(width)}, 1};
}

const Cell& RowBatch::value(std::size_t row, std::size_t column) const noexcept {
    std::size_t place = row * parameters_.names.size();
    for (std::size_t i = 0; i < column; ++i) place += columns_[i].expression ? 0 : 1;
    return parameters_.cells[place];
}

}  // namespace aludel::detail
