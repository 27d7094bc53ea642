#pragma once
// text("…"): SQL by hand, with parameters.
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <aludel/sql/expr/argument.hpp>
#include <aludel/sql/expr/column_expr.hpp>
#include <aludel/sql/expr/select.hpp>

namespace aludel {

/// SQL by hand whose rows have these types.
template <class... T>
class TextSelect : public TypedStatement<T...> {
  public:
    explicit TextSelect(NodeRef node) : node_(std::move(node)) {}
    const NodeRef& node() const noexcept { return node_; }
    Subquery subquery(std::string name = {}) const { return Subquery(subquery_of(node_, std::move(name))); }

  private:
    NodeRef node_;
};

/// SQL by hand: a statement, or a part of one. `:name` marks a parameter, `\:` is a colon, `::` stays.
///
/// Values go in through `bindparams` or when it is executed. Never put text of the outside into the SQL itself.
class TextClause : public ColumnExpr<Untyped>, public TypedStatement<> {
  public:
    explicit TextClause(std::string_view sql) : ColumnExpr<Untyped>(detail::text_node(sql, {})), sql_(sql) {}

    /// The values of parameters: `text("… :x").bindparams("x"_a = 1)`. ArgumentError if the SQL has no such parameter.
    template <FixedString... Name, class... V>
    TextClause bindparams(const Arg<Name, V>&... arguments) const {
        TextClause copy = *this;
        (copy.bind(Name.view(), encode_as<literal_type_t<V>>(arguments.value),
                   detail::sql_type_of<literal_type_t<V>>()),
         ...);
        return copy;
    }
    /// The C++ types of its columns, in their order.
    template <class... T>
    TextSelect<T...> columns() const {
        return TextSelect<T...>(node());
    }

  private:
    void bind(std::string_view name, Value value, const SqlType& type);

    std::string sql_;
    std::vector<NodeRef> binds_;
};

inline TextClause text(std::string_view sql) { return TextClause(sql); }

namespace detail {

/// The names of the parameters in a text.
std::vector<std::string> parameter_names(std::string_view sql);

}  // namespace detail
}  // namespace aludel
