// expect: aludel: < <= > >= cannot be used with NULL
#include <aludel/sql/expr/constructs.hpp>
#include <aludel/sql/expr/select.hpp>

using namespace aludel;

void program(const ColumnExpr<int>& number, const ColumnExpr<std::optional<std::string>>& text_column) {
#ifdef WRONG
    Expr criterion = number < nullptr;
#else
    Expr criterion = number != nullptr;
#endif
    static_cast<void>(text_column);
    static_cast<void>(number);
}
