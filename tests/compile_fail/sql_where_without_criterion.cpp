// expect: aludel: this is not a criterion
#include <aludel/sql/expr/constructs.hpp>
#include <aludel/sql/expr/select.hpp>

using namespace aludel;

void program(const ColumnExpr<int>& number, const ColumnExpr<std::optional<std::string>>& text_column) {
#ifdef WRONG
    auto query = select(number).where(number + 1);
#else
    auto query = select(number).where(number + 1 == 2);
#endif
    static_cast<void>(text_column);
    static_cast<void>(number);
}
