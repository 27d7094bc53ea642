#include "aludel/sql/schema/column_default.hpp"

#include "aludel/base/error.hpp"

namespace aludel {

ColumnDefault ColumnDefault::constant(Value value) {
    ColumnDefault made;
    made.kind_ = Kind::constant;
    made.value_ = std::move(value);
    return made;
}

ColumnDefault ColumnDefault::expression(NodeRef sql) {
    if (!sql) throw ArgumentError("The SQL expression of a column's default is empty; give one such as func::now()");
    ColumnDefault made;
    made.kind_ = Kind::expression;
    made.sql_ = std::move(sql);
    return made;
}

ColumnDefault ColumnDefault::callable(std::function<Value()> make) {
    if (!make) throw ArgumentError("The function of a column's default is empty; give one that can be called");
    ColumnDefault made;
    made.kind_ = Kind::callable;
    made.make_ = std::move(make);
    return made;
}

Value ColumnDefault::value() const { return kind_ == Kind::callable ? make_() : value_; }

}  // namespace aludel
