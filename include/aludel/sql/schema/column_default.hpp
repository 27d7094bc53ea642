// What fills a column that a statement leaves out: a constant, an SQL expression, or a function of the program.
#pragma once

#include <functional>
#include <string>
#include <utility>

#include "aludel/sql/expr/node.hpp"
#include "aludel/types/value.hpp"

namespace aludel {

/// The default of a column, without its C++ type. `insert_default(...)`, `onupdate(...)` and `server_default(...)` make
/// it.
///
/// As a server default a text constant is written as an SQL string literal and an expression as SQL; as an insert or
/// update default a constant is bound, an expression is written into the statement, and a function is called once per
/// row.
class ColumnDefault {
  public:
    enum class Kind : unsigned char { none, constant, expression, callable };

    ColumnDefault() = default;

    static ColumnDefault constant(Value value);
    static ColumnDefault expression(NodeRef sql);
    /// `make` is called once for each row that is written, on the thread that executes the statement.
    static ColumnDefault callable(std::function<Value()> make);

    Kind kind() const noexcept { return kind_; }
    explicit operator bool() const noexcept { return kind_ != Kind::none; }
    bool is_constant() const noexcept { return kind_ == Kind::constant; }
    bool is_expression() const noexcept { return kind_ == Kind::expression; }
    bool is_callable() const noexcept { return kind_ == Kind::callable; }

    /// The value to bind: the constant, or what the function returns now. Not for expressions.
    Value value() const;
    /// The SQL; null unless `is_expression()`.
    const NodeRef& sql() const noexcept { return sql_; }

  private:
    Kind kind_ = Kind::none;
    Value value_;
    NodeRef sql_;
    std::function<Value()> make_;
};

}  // namespace aludel
