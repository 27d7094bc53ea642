// expect: aludel: this column cannot be set to a value of that type
#include <aludel/sql/expr/constructs.hpp>
#include <aludel/sql/expr/select.hpp>

using namespace aludel;

void program(const ColumnExpr<int>& number, const ColumnExpr<std::optional<std::string>>& text_column) {
#ifdef WRONG
    Assignment assignment = number = std::nullopt;
#else
    Assignment assignment = text_column = std::nullopt;
#endif
    static_cast<void>(text_column);
    static_cast<void>(number);
}
