#include <aludel/sql/expr/nodes.hpp>
#include <aludel/sql/expr/select.hpp>

#include <aludel/base/error.hpp>

namespace aludel {

namespace detail {

std::int64_t checked_rows(std::int64_t rows, const char* what) {
    if (rows < 0)
        throw ArgumentError(std::string(what) + " needs a number that is not negative, not " + std::to_string(rows));
    return rows;
}

NodeRef row_count_bind(std::int64_t rows, const char* what) {
    checked_rows(rows, what);
    return make_ref<BindNode>(Value::of(static_cast<long long>(rows)), "param", SqlType{.kind = TypeKind::integer});
}

}  // namespace detail

Exists::Exists(SelectDraft draft) : Expr(detail::exists_node(freeze(draft))), draft_(std::move(draft)) {}

Exists exists() {
    SelectDraft draft;
    draft.columns = {detail::literal_column_node("*", {})};
    return Exists(std::move(draft));
}

}  // namespace aludel
