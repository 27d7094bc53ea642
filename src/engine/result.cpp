#include <aludel/base/error.hpp>
#include <aludel/engine/result.hpp>
#include <aludel/sql/expr/nodes.hpp>
#include <aludel/sql/schema/table_info.hpp>

#include <fmt/format.h>

#include <utility>

namespace aludel {

namespace {

std::vector<std::string> names_of(const RowCursor& cursor) {
    std::vector<std::string> names;
    if (!cursor.is_open()) return names;
    // The database's names may be cut or decorated; the compiler knows what was asked for.
    const bool compiled = cursor.compiled() && cursor.compiled()->columns.size() == cursor.column_count();
    for (std::size_t i = 0; i < cursor.column_count(); ++i)
        names.emplace_back(compiled ? std::string_view{cursor.compiled()->columns[i].name} : cursor.column_name(i));
    return names;
}

std::string describe_column(const DecodeContext& context) {
    const auto& core = *static_cast<const detail::ResultCore*>(context.source);
    if (const auto& compiled = core.cursor().compiled(); compiled && context.index < compiled->columns.size()) {
        const NodeRef& node = compiled->columns[context.index].node;
        if (node && node->kind() == NodeKind::column) {
            if (const ColumnInfo* info = static_cast<const ColumnNode&>(*node).info()) return info->full_name();
        }
    }
    const auto& keys = *core.keys();
    return context.index < keys.size() ? keys[context.index] : std::string{};
}

const SqlType* type_of_column(const DecodeContext& context) {
    const auto& compiled = static_cast<const detail::ResultCore*>(context.source)->cursor().compiled();
    return compiled && context.index < compiled->columns.size() ? &compiled->columns[context.index].type : nullptr;
}

std::string describe_key(const DecodeContext& context) {
    return (*static_cast<const std::vector<std::string>*>(context.source))[context.index];
}

}  // namespace

namespace detail {

ResultCore::ResultCore() = default;
ResultCore::ResultCore(ResultCore&&) noexcept = default;
ResultCore& ResultCore::operator=(ResultCore&&) noexcept = default;
ResultCore::~ResultCore() = default;

ResultCore::ResultCore(RowCursor cursor)
    : cursor_(std::move(cursor)), keys_(std::make_shared<const std::vector<std::string>>(names_of(cursor_))) {}

DecodeContext ResultCore::context(std::size_t index) const noexcept {
    return {this, index, &describe_column, &type_of_column};
}

void ResultCore::require_columns(std::size_t count) const {
    if (!cursor_.returns_rows() || cursor_.column_count() == count) return;
    throw ArgumentError(fmt::format("The rows of this result have {} columns, but {} types were given for them.",
                                    cursor_.column_count(), count));
}

void ResultCore::fail_no_row() { throw NoResultFound("No row was found when one was required"); }

void ResultCore::fail_many_rows(bool none_would_do) {
    throw MultipleResultsFound(none_would_do ? "Multiple rows were found when one or none was required"
                                             : "Multiple rows were found when exactly one was required");
}

Row DynamicRow::read(ResultCore& core) {
    std::vector<Value> values;
    values.reserve(core.cells().size());
    for (const Cell& cell : core.cells()) values.push_back(cell.to_value());
    return {core.keys(), std::move(values)};
}

}  // namespace detail

CursorResult::CursorResult(detail::ResultCore core) : Rows(std::move(core)) {}

const std::vector<Value>& CursorResult::inserted_primary_key() const {
    if (core_.primary_key.empty())
        throw InvalidRequestError("Only an INSERT of one row, made by insert(), has an inserted_primary_key.");
    return core_.primary_key;
}

Row::Row(RowKeys keys, std::vector<Value> values) : keys_(std::move(keys)), values_(std::move(values)) {}

bool operator==(const Row& a, const Row& b) { return a.values_ == b.values_; }

const Value& Row::operator[](std::size_t index) const {
    if (index >= values_.size())
        throw NoSuchColumnError(
            fmt::format("The row has {} columns; there is none at index {}.", values_.size(), index));
    return values_[index];
}

const Value& Row::operator[](std::string_view name) const { return values_[position(name)]; }

std::size_t Row::position(std::string_view name) const {
    for (std::size_t i = 0; i < keys_->size(); ++i)
        if ((*keys_)[i] == name) return i;
    throw NoSuchColumnError(fmt::format("Could not locate column in row for column '{}'", name));
}

DecodeContext Row::context(std::size_t index) const noexcept { return {keys_.get(), index, &describe_key, nullptr}; }

std::string Row::repr() const {
    std::string text = "(";
    for (std::size_t i = 0; i < values_.size(); ++i) text += (i == 0 ? "" : ", ") + values_[i].repr();
    return text + (values_.size() == 1 ? ",)" : ")");
}

}  // namespace aludel
