#include "sql/expr/column_names.hpp"

#include <algorithm>
#include <cstdint>

#include <aludel/sql/expr/statement_nodes.hpp>
#include <aludel/sql/schema/table_info.hpp>

#include "sql/expr/from_elements.hpp"

namespace aludel::detail {

namespace {

struct Naming {
    std::string own;        // the natural name; empty: none
    std::string qualified;  // table_column
    std::string anonymous;  // unique for this expression
};

std::string pointer_text(const void* pointer) { return std::to_string(reinterpret_cast<std::uintptr_t>(pointer)); }

std::string qualified_name(const ColumnNode& column) {
    std::string name = column_name(column);
    if (!column.from()) return name;
    const SqlNode& from = *column.from();
    std::string label = from_name(from);
    if (label.empty()) return name;
    label += '_' + name;
    const TableInfo* table = nullptr;
    if (from.kind() == NodeKind::table) {
        table = &as<TableNode>(from).table();
        if (!table->schema().empty()) {
            std::string schema = table->schema();
            std::replace(schema.begin(), schema.end(), '.', '_');
            label = schema + '_' + label;
        }
    }
    // a column that is really called like the label
    if (table && table->find_column(label)) {
        int counter = 1;
        std::string unique = label;
        while (table->find_column(unique)) unique = label + '_' + std::to_string(counter++);
        label = unique;
    }
    return label;
}

const SqlNode& wrapped(const SqlNode& node) {
    if (node.kind() == NodeKind::cast) return *as<NamedNode>(node).element();
    if (node.op() == Operator::is_true || node.op() == Operator::is_false) return *as<UnaryNode>(node).element();
    return node;
}

Naming naming_of(const SqlNode& node) {
    Naming names;
    switch (node.kind()) {
        case NodeKind::column: {
            const auto& column = as<ColumnNode>(node);
            names.own = column_name(column);
            names.qualified = qualified_name(column);
            names.anonymous = anonymous_name(identity_of(node), is_anonymous(names.own) ? "anon" : names.own);
            return names;
        }
        case NodeKind::label:
            names.own = names.qualified = as<NamedNode>(node).name();
            names.anonymous = anonymous_name(identity_of(node), names.own);
            return names;
        case NodeKind::literal_column:
            names.own = names.qualified = as<NamedNode>(node).name();
            names.anonymous = anonymous_name(identity_of(node), names.own);
            return names;
        case NodeKind::function: {
            const std::string& name = as<FunctionNode>(node).name();
            names.anonymous = anonymous_name(identity_of(node), std::string_view(name).substr(name.rfind('.') + 1));
            return names;
        }
        default: {
            const SqlNode& inner = wrapped(node);
            if (&inner != &node && inner.kind() != NodeKind::text) {
                const Naming inside = naming_of(inner);
                names.qualified = inside.qualified;
                names.anonymous = inside.own.empty() ? inside.anonymous : inside.own;
                return names;
            }
            names.anonymous = anonymous_name(identity_of(node), "anon");
            return names;
        }
    }
}

class Namer {
  public:
    Namer(LabelStyle style, bool for_rendering) : style_(style), for_rendering_(for_rendering) {}

    ColumnName name(const NodeRef& node) {
        ColumnName result{.node = node, .required = {}, .fallback = {}, .generated = false};
        if (node->kind() == NodeKind::text) return result;
        const Naming names = naming_of(*node);
        if (style_ == LabelStyle::none) {
            result.fallback = names.own.empty() ? names.anonymous : names.own;
            return result;
        }
        const bool qualified = style_ == LabelStyle::table_column;
        const std::string effective = qualified ? names.qualified : names.own;
        if (effective.empty())
            name_nameless(result, names);
        else
            name_named(result, names, effective, qualified);
        return result;
    }

  private:
    struct Taken {
        std::string name, identity;
    };

    const Taken* find(std::string_view name) const {
        for (const Taken& taken : taken_)
            if (taken.name == name) return &taken;
        return nullptr;
    }
    void take(std::string name, const SqlNode& node) { taken_.push_back({std::move(name), identity_of(node)}); }

    // The same expression once more: a label that is only a place holder.
    std::string repeated_label(const SqlNode& node, const Naming& names, bool qualified) {
        std::string seed = qualified ? names.qualified : names.own;
        if (seed.empty() && !is_anonymous(names.anonymous)) seed = names.anonymous;  // a cast has its column's name
        if (seed.empty()) seed = names.qualified;
        if (seed.empty()) seed = "anon";
        const std::string identity = identity_of(node) + '#' + std::to_string(repeats_++);
        return is_anonymous(seed) ? seed + '_' + anonymous_name(identity, "") : anonymous_name(identity, seed + '_');
    }

    void name_nameless(ColumnName& result, const Naming& names) {
        const bool repeated = find(names.anonymous) != nullptr;
        if (!repeated) take(names.anonymous, *result.node);
        result.fallback =
            repeated ? repeated_label(*result.node, names, style_ == LabelStyle::table_column) : names.anonymous;
        result.generated = true;
    }

    void name_named(ColumnName& result, const Naming& names, const std::string& effective, bool qualified) {
        result.fallback = effective;
        result.generated = qualified && result.node->kind() != NodeKind::label;
        if (qualified) result.required = effective;
        const Taken* taken = find(effective);
        if (!taken) {
            take(effective, *result.node);
            return;
        }
        if (taken->identity == identity_of(*result.node)) {
            if (for_rendering_) set(result, repeated_label(*result.node, names, qualified));
            return;
        }
        std::string label = names.anonymous;
        if (qualified) {
            const std::string identity = identity_of(*result.node);
            label = is_anonymous(names.qualified) ? names.qualified + anonymous_name(identity, "")
                                                  : anonymous_name(identity, names.qualified);
        }
        if (for_rendering_ && find(label)) {
            set(result, repeated_label(*result.node, names, qualified));
            return;
        }
        take(label, *result.node);
        set(result, std::move(label));
    }

    static void set(ColumnName& result, std::string label) {
        result.required = result.fallback = std::move(label);
        result.generated = true;
    }

    LabelStyle style_;
    bool for_rendering_;
    int repeats_ = 1;
    std::vector<Taken> taken_;
};

}  // namespace

std::string identity_of(const SqlNode& node) {
    if (node.kind() != NodeKind::column) return pointer_text(&node);
    const auto& column = as<ColumnNode>(node);
    if (!column.from()) return "." + column.name();
    return pointer_text(from_identity(*column.from())) + '.' + column.name() +
           (column.source() ? identity_of(*column.source()) : std::string());
}

std::string anonymous_name(std::string_view identity, std::string_view seed) {
    std::string name{name_mark};
    name.append(identity).append(1, ' ').append(seed).append(1, name_mark);
    return name;
}

bool is_anonymous(std::string_view name) noexcept { return name.find(name_mark) != std::string_view::npos; }

std::string from_name(const SqlNode& from) {
    switch (from.kind()) {
        case NodeKind::table: return as<TableNode>(from).table().name();
        case NodeKind::alias: {
            const auto& alias = as<AliasNode>(from);
            if (!alias.name().empty()) return alias.name();
            const std::string inner = from_name(*alias.element());
            return anonymous_name(identity_of(from), inner.empty() || is_anonymous(inner) ? "anon" : inner);
        }
        case NodeKind::subquery:
        case NodeKind::cte: {
            const auto& alias = as<AliasNode>(from);
            if (!alias.name().empty()) return alias.name();
            // The parts of a recursive common table expression are one.
            if (alias.traits().restates) return from_name(*alias.traits().restates);
            return anonymous_name(identity_of(from), "anon");
        }
        case NodeKind::row_source: {
            const std::string& name = as<RowSourceNode>(from).parts().name;
            return name.empty() ? anonymous_name(identity_of(from), "anon") : name;
        }
        default: return {};
    }
}

const SelectNode* naming_select(const SqlNode& statement) noexcept {
    const SqlNode* node = &statement;
    while (node->kind() == NodeKind::compound) node = as<CompoundNode>(*node).parts().selects.front().get();
    return node->kind() == NodeKind::select ? &as<SelectNode>(*node) : nullptr;
}

std::string column_name(const ColumnNode& column) {
    if (!column.anonymous()) return column.name();
    const ColumnName name = [&] {
        const SqlNode* from = column.from().get();
        while (from->kind() == NodeKind::alias) from = as<AliasNode>(*from).element().get();
        for (ColumnName& candidate : names_of(*as<AliasNode>(*from).element(), false))
            if (identity_of(*candidate.node) == identity_of(*column.source())) return candidate;
        return ColumnName{
            .node = column.source(), .required = {}, .fallback = anonymous_name(identity_of(*column.source()), "anon")};
    }();
    return name.required.empty() ? name.fallback : name.required;
}

std::vector<ColumnName> names_of(const SqlNode& statement, bool for_rendering) {
    SelectDraft returned;
    switch (statement.kind()) {
        case NodeKind::insert: returned.columns = as<InsertNode>(statement).parts().returning; break;
        case NodeKind::update: returned.columns = as<UpdateNode>(statement).parts().returning; break;
        case NodeKind::delete_: returned.columns = as<DeleteNode>(statement).parts().returning; break;
        default:
            if (const SelectNode* select = naming_select(statement))
                return name_columns(select->parts(), for_rendering);
            return {};
    }
    return name_columns(returned, for_rendering);
}

std::vector<ColumnName> name_columns(const SelectDraft& select, bool for_rendering) {
    std::vector<NodeRef> columns;
    for (const NodeRef& item : select.columns) expand_column(item, columns);
    Namer namer(select.label_style, for_rendering);
    std::vector<ColumnName> names;
    names.reserve(columns.size());
    for (const NodeRef& column : columns) names.push_back(namer.name(column));
    return names;
}

}  // namespace aludel::detail
