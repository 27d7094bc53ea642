// CREATE INDEX and DROP INDEX.
#include "aludel/base/error.hpp"
#include "aludel/sql/compile/ddl.hpp"
#include "aludel/sql/compile/ddl_hooks.hpp"
#include "aludel/sql/compile/dialect.hpp"
#include "sql/compile/ddl_text.hpp"

namespace aludel {
namespace {

std::string index_name(const IndexInfo& index, const Dialect& dialect, bool with_schema) {
    const auto name = index.name();
    if (name.empty())
        throw CompileError("An index of table '" + index.table().key() +
                           "' has no name, and expressions alone make none; write Index(\"name\", ...)");
    const auto text = detail::constraint_name_text(name, index.is_named(), dialect);
    const auto& schema_name = index.table().schema();
    return with_schema && !schema_name.empty() ? dialect.quote(schema_name) + '.' + text : text;
}

bool stands_in_parentheses(const SqlNode& node, IndexGrouping grouping) {
    const bool is_order = node.op() == Operator::asc || node.op() == Operator::desc;
    switch (grouping) {
        case IndexGrouping::none: return false;
        case IndexGrouping::operators: return node.kind() == NodeKind::binary || node.kind() == NodeKind::list;
        case IndexGrouping::expressions: break;
    }
    return node.kind() != NodeKind::column && node.kind() != NodeKind::text && !is_order;
}

[[noreturn]] void fail_nulls_order(const IndexInfo& index, const Dialect& dialect) {
    throw CompileError("Index '" + index.name() + "' says where NULL stands, which an index of " +
                       std::string(dialect.name()) + " cannot; leave NULLS FIRST and NULLS LAST out");
}

std::string expression_item(const IndexInfo& index, const SqlNode& expression, const Dialect& dialect) {
    const bool says_nulls = expression.op() == Operator::nulls_first || expression.op() == Operator::nulls_last;
    if (says_nulls && !dialect.traits().nulls_order) fail_nulls_order(index, dialect);
    const auto text = detail::expression_text(NodeRef(&expression), dialect);
    return stands_in_parentheses(expression, dialect.traits().ddl.index_grouping) ? '(' + text + ')' : text;
}

/// A column or an expression with its length or class of operators, then its order.
std::string item_text(const IndexInfo& index, const IndexInfo::Item& item, const Dialect& dialect) {
    const auto text =
        item.column ? dialect.quote(item.column->name()) : expression_item(index, *item.expression, dialect);
    const auto name = item.column ? std::string_view(item.column->name()) : std::string_view();
    if (item.nulls != NullsOrder::usual && !dialect.traits().nulls_order) fail_nulls_order(index, dialect);
    std::string order = item.descending ? " DESC" : "";
    if (item.nulls != NullsOrder::usual) order += item.nulls == NullsOrder::first ? " NULLS FIRST" : " NULLS LAST";
    return text + dialect.ddl_hooks().after_index_item(index, name) + order;
}

}  // namespace

std::string create_index_sql(const IndexInfo& index, const Dialect& dialect) {
    const bool schema_on_index = dialect.traits().ddl.index_has_schema;
    std::string items;
    const auto& hooks = dialect.ddl_hooks();
    for (const auto& item : index.items()) items += (items.empty() ? "" : ", ") + item_text(index, item, dialect);
    return std::string(index.unique() ? "CREATE UNIQUE " : "CREATE ") + hooks.before_index(index) + "INDEX " +
           hooks.before_index_name(index) + index_name(index, dialect, schema_on_index) + " ON " +
           (schema_on_index ? detail::quoted_name(index.table().name(), dialect)
                            : detail::table_text(index.table(), dialect)) +
           ' ' + hooks.before_index_items(index, dialect) + '(' + items + ')' + hooks.after_index(index, dialect);
}

std::string drop_index_sql(const IndexInfo& index, const Dialect& dialect) {
    if (dialect.traits().ddl.drop_index_names_table)
        return "DROP INDEX " + index_name(index, dialect, false) + " ON " + detail::table_text(index.table(), dialect);
    return "DROP INDEX " + dialect.ddl_hooks().before_index_name(index) + index_name(index, dialect, true);
}

}  // namespace aludel
