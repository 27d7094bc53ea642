#pragma once
// Writes a tree as SQL text for one dialect.
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include <aludel/sql/compile/compiled.hpp>
#include <aludel/sql/compile/dialect.hpp>
#include <aludel/sql/expr/node.hpp>
#include <aludel/sql/expr/statement_nodes.hpp>

#include "sql/compile/placeholders.hpp"
#include "sql/expr/column_names.hpp"

namespace aludel::detail {

/// Where in a statement an expression stands.
struct Context {
    bool columns_clause = false;        // labels are written as `x AS name`
    bool within_label = false;          // …but not inside a label
    bool include_table = true;          // columns with their table
    bool in_binary = false;             // beside an operator: items of documents have parentheses there
    const SqlNode* by_label = nullptr;  // this label stands for itself by its name
};

/// ASC, DESC, NULLS FIRST, NULLS LAST.
bool is_direction(Operator op);
/// What an item of ORDER BY orders by.
const SqlNode& without_direction(const SqlNode& item);

class Renderer {
  public:
    Renderer(const Dialect& dialect, CompileOptions options) : dialect_(dialect), options_(options) {}

    /// A statement, or an expression alone.
    std::string render_root(const SqlNode& root);

    StatementKind kind() const noexcept { return kind_; }
    std::vector<ResultColumn>& result_columns() noexcept { return columns_; }
    bool returns_rows() const noexcept { return returns_rows_; }
    std::vector<Placeholder>& placeholders() noexcept { return placeholders_; }
    std::vector<std::string>& warnings() noexcept { return warnings_; }

  private:
    struct Level {
        std::vector<const SqlNode*> own;      // FROM elements of the enclosing statement
        std::vector<const SqlNode*> visible;  // …and of those around it
        const SelectDraft* select = nullptr;
    };

    // expressions
    std::string render(const SqlNode& node, const Context& context = {});
    std::string grouped(const SqlNode& node, Operator against, const Context& context = {},
                        int against_precedence = custom_precedence_unset);
    bool needs_parentheses(const SqlNode& node, Operator against, int against_precedence) const;
    std::string render_column(const ColumnNode& node, const Context& context);
    std::string render_bind(const BindNode& node, bool negated = false, std::string_view function = {});
    std::string render_constant(Value value, const SqlType& type);
    std::string render_unary(const UnaryNode& node, const Context& context);
    std::string render_nulls_order(const UnaryNode& node, const Context& context);
    std::string render_boolean(const SqlNode& element, bool wanted, const Context& context);
    std::string render_binary(const BinaryNode& node, const Context& context);
    std::string render_like(const BinaryNode& node, const Context& context);
    std::string render_part(const BinaryNode& node, const Context& context);
    std::string render_in(const BinaryNode& node, const Context& context);
    std::string render_between(const BinaryNode& node, const Context& context);
    std::string render_function(const FunctionNode& node, const Context& context);
    std::string render_list(const SqlNode& node, const Context& context);
    std::string render_cast(const NamedNode& node, const Context& context);
    std::string render_case(const SqlNode& node, const Context& context);
    std::string render_over(const OverNode& node, const Context& context);
    std::string render_frame_bound(const FrameBound& bound);
    std::string render_label(const NamedNode& node, const Context& context);
    std::string render_label_reference(const NamedNode& node, const Context& context);
    std::string render_text(const NamedNode& node);

    // documents, arrays, text search, ordered aggregates
    std::string render_special_binary(const BinaryNode& node, const Context& context);
    std::string render_json_operator(const BinaryNode& node, std::string_view symbol, const Context& context);
    std::string render_json_item(const BinaryNode& node, const Context& context);
    std::string render_json_call(const BinaryNode& node, const Context& context);
    std::string render_array_item(const BinaryNode& node, const Context& context);
    std::string render_search(const BinaryNode& node, const Context& context);
    std::string render_regexp(const BinaryNode& node, const Context& context);
    std::string render_special(const SqlNode& node, const Context& context);
    std::string render_quantified(const UnaryNode& node, const Context& context);
    std::string render_excluded(const SqlNode& node);
    std::string function_argument(const SqlNode& node, std::string_view function, const Context& context);
    std::string words(const std::vector<StatementWords>& all, bool behind) const;

    std::string joined(std::span<const NodeRef> items, std::string_view separator, const Context& context);
    std::string escape_clause(const std::string& escape) const;
    std::string criteria(const std::vector<NodeRef>& items, const Context& context = {});

    // SELECT
    std::string render_select(const SelectNode& node, bool as_from, bool top);
    std::string render_compound(const CompoundNode& node, bool as_from, bool top);
    std::string render_query(const SqlNode& node, bool as_from, bool top);
    std::string render_from(const SqlNode& node);
    std::string render_cte(const AliasNode& node);
    std::string cte_head(const AliasNode& node, const std::string& name);
    std::string cte_body(const SqlNode& element);
    void require_ctes(const std::vector<NodeRef>& ctes);
    std::string render_alias(const AliasNode& node);
    std::string render_subquery(const AliasNode& node);
    std::string render_row_source(const RowSourceNode& node);
    std::string render_value_rows(const RowSourceDraft& source);
    std::string with_hints(const SqlNode& from, std::string text) const;
    std::string with_clause();
    std::string render_select_column(const ColumnName& name, bool as_from, bool top);
    std::string ordering_clause(const std::vector<NodeRef>& items, const Context& context);
    std::string grouping_clause(const std::vector<NodeRef>& items);
    std::string ordering_item(const SqlNode& node, Context context);
    std::string limit_clause(const NodeRef& limit, const NodeRef& offset);
    std::string fetch_clause(const SelectDraft& select);
    std::string lock_clause(const RowLock& lock);
    std::string distinct_clause(const SelectDraft& select);
    std::vector<const SqlNode*> displayed_froms(const SelectDraft& select, bool as_from, bool lateral) const;
    void push_level(const std::vector<const SqlNode*>& froms, const SelectDraft* select);
    void lint(const std::vector<const SqlNode*>& froms, const SelectDraft& select);
    std::string quoted_from(const SqlNode& from);

    // INSERT, UPDATE, DELETE
    std::string render_insert(const InsertNode& node);
    std::string render_update(const UpdateNode& node);
    std::string render_delete(const DeleteNode& node);
    std::string render_rows(const InsertDraft& insert);
    std::string inserted_query(const InsertDraft& insert);
    std::string upsert_clause(const InsertDraft& insert);
    std::string conflict_target(const UpsertDraft& upsert);
    std::string upsert_settings(const UpsertDraft& upsert);
    std::string row_limit(std::int64_t limit, const char* statement) const;
    std::string only_word(bool only) const;
    std::string returning_clause(const std::vector<NodeRef>& items, bool supported);
    std::string assignment_value(const SqlNode& value);
    std::vector<const SqlNode*> extra_tables(const NodeRef& table, const std::vector<NodeRef>& values,
                                             const std::vector<NodeRef>& where) const;
    std::string table_name(const SqlNode& table);

    // names
    std::string resolve(std::string_view name);
    std::string generated_name(std::string_view name, bool cut);
    std::string bind_name(const BindNode& node);
    std::string mark(Placeholder placeholder);

    static constexpr int custom_precedence_unset = -1000;

    const Dialect& dialect_;
    CompileOptions options_;
    StatementKind kind_ = StatementKind::select;
    bool returns_rows_ = false;
    std::vector<ResultColumn> columns_;
    std::vector<Level> levels_;
    std::vector<Placeholder> placeholders_;
    std::map<std::string, std::string, std::less<>> anonymous_;  // identity and seed -> name
    std::map<std::string, int, std::less<>> counters_;           // seed -> last number
    std::map<std::string, std::string, std::less<>> cut_names_;
    std::map<std::string, const BindNode*, std::less<>> bind_names_;
    std::vector<std::pair<const AliasNode*, std::string>> ctes_;
    std::vector<TableHint> hints_;  // of the SELECTs that are being written
    bool recursive_cte_ = false;
    int cte_depth_ = 0;             // how many common table expressions around what is being written
    bool lateral_ = false;          // the next SELECT sees the FROM elements of the one around it
    bool duplicate_key_ = false;    // inside of ON DUPLICATE KEY UPDATE
    bool written_columns_ = false;  // an INSERT or UPDATE reserves its columns' names
    std::vector<std::string> reserved_names_;
    std::vector<std::string> warnings_;
};

}  // namespace aludel::detail
