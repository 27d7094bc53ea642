// expect: aludel: these two cannot be calculated with each other
#include <aludel/sql/expr/constructs.hpp>
#include <aludel/sql/expr/select.hpp>

using namespace aludel;

void program(const ColumnExpr<int>& number, const ColumnExpr<std::optional<std::string>>& text_column) {
#ifdef WRONG
    auto sum = number + "1";
#else
    auto sum = number + 1;
#endif
    static_cast<void>(text_column);
    static_cast<void>(number);
}
