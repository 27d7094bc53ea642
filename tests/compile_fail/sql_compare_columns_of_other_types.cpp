// expect: aludel: this column cannot be compared with a value of that type
#include <aludel/sql/expr/constructs.hpp>
#include <aludel/sql/expr/select.hpp>

using namespace aludel;

void program(const ColumnExpr<int>& number, const ColumnExpr<std::optional<std::string>>& text_column) {
#ifdef WRONG
    Expr criterion = number == text_column;
#else
    Expr criterion = number == cast<int>(text_column);
#endif
    static_cast<void>(text_column);
    static_cast<void>(number);
}
