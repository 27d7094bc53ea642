// expect: aludel: a pattern must be text
#include <aludel/sql/expr/constructs.hpp>
#include <aludel/sql/expr/select.hpp>

using namespace aludel;

void program(const ColumnExpr<int>& number, const ColumnExpr<std::optional<std::string>>& text_column) {
#ifdef WRONG
    Expr criterion = text_column.like(5);
#else
    Expr criterion = text_column.like("5%");
#endif
    static_cast<void>(text_column);
    static_cast<void>(number);
}
