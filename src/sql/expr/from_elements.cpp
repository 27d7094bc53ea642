#include "sql/expr/from_elements.hpp"

#include <algorithm>
#include <deque>

#include <aludel/base/error.hpp>
#include <aludel/sql/expr/build.hpp>
#include <aludel/sql/expr/nodes.hpp>
#include <aludel/sql/schema/table_info.hpp>

#include "sql/expr/column_names.hpp"

namespace aludel::detail {

const void* from_identity(const SqlNode& from) noexcept {
    if (from.kind() == NodeKind::table) return &as<TableNode>(from).table();
    return &from;
}

void append_from_elements(const SqlNode* node, std::vector<const SqlNode*>& out) {
    if (!node) return;
    switch (node->kind()) {
        case NodeKind::column:
            if (as<ColumnNode>(*node).from()) out.push_back(as<ColumnNode>(*node).from().get());
            return;
        case NodeKind::table:
        case NodeKind::alias:
        case NodeKind::subquery:
        case NodeKind::cte:
        case NodeKind::row_source: out.push_back(node); return;
        case NodeKind::excluded: return;
        case NodeKind::join:
            out.push_back(node);
            append_from_elements(as<JoinNode>(*node).left().get(), out);
            append_from_elements(as<JoinNode>(*node).right().get(), out);
            return;
        case NodeKind::scalar_select:
        case NodeKind::select:
        case NodeKind::compound: return;
        default:
            for (const NodeRef& child : node->children()) append_from_elements(child.get(), out);
    }
}

bool contains_from(const std::vector<const SqlNode*>& elements, const SqlNode& from) noexcept {
    return std::any_of(elements.begin(), elements.end(),
                       [&](const SqlNode* element) { return from_identity(*element) == from_identity(from); });
}

std::vector<const SqlNode*> from_list(const SelectDraft& select) {
    std::vector<const SqlNode*> all;
    for (const NodeRef& column : select.columns) append_from_elements(column.get(), all);
    for (const NodeRef& criterion : select.where) append_from_elements(criterion.get(), all);
    for (const NodeRef& from : select.from) append_from_elements(from.get(), all);
    std::vector<const SqlNode*> hidden;
    for (const SqlNode* from : all)
        if (from->kind() == NodeKind::join) {
            append_from_elements(as<JoinNode>(*from).left().get(), hidden);
            append_from_elements(as<JoinNode>(*from).right().get(), hidden);
        }
    std::vector<const SqlNode*> list;
    for (const SqlNode* from : all)
        if (!contains_from(list, *from) && !contains_from(hidden, *from)) list.push_back(from);
    return list;
}

// ---- columns

namespace {

std::vector<NodeRef> columns_of_select(const NodeRef& from, const SqlNode& statement) {
    std::vector<NodeRef> columns;
    for (ColumnName& name : names_of(statement, false)) {
        const std::string& label = name.required.empty() ? name.fallback : name.required;
        const bool anonymous = is_anonymous(label);
        columns.push_back(
            make_ref<ColumnNode>(from, name.node, columns.size(), anonymous ? std::string("anon") : label, anonymous));
    }
    return columns;
}

// The keys of a subquery's columns: a name that is taken gets a number.
std::vector<std::string> keys_of(const std::vector<NodeRef>& columns) {
    std::vector<std::string> keys;
    for (const NodeRef& column : columns) {
        const auto& node = as<ColumnNode>(*column);
        std::string name = node.name();
        if (node.anonymous() && node.source()->kind() == NodeKind::column) name = as<ColumnNode>(*node.source()).name();
        if (node.anonymous() && node.source()->kind() == NodeKind::function)
            name = as<FunctionNode>(*node.source()).name();
        std::string key = name;
        for (int i = 1; std::find(keys.begin(), keys.end(), key) != keys.end(); ++i)
            key = name + '_' + std::to_string(i);
        keys.push_back(std::move(key));
    }
    return keys;
}

}  // namespace

std::vector<NodeRef> columns_of(const NodeRef& from) {
    std::vector<NodeRef> columns;
    switch (from->kind()) {
        case NodeKind::table:
            for (const ColumnInfo& info : as<TableNode>(*from).table().columns())
                columns.push_back(make_ref<ColumnNode>(from, info));
            return columns;
        case NodeKind::alias: {
            const NodeRef& element = as<AliasNode>(*from).element();
            for (const NodeRef& column : columns_of(element)) {
                const auto& inner = as<ColumnNode>(*column);
                if (inner.info())
                    columns.push_back(make_ref<ColumnNode>(from, *inner.info()));
                else if (!inner.source())
                    columns.push_back(make_ref<ColumnNode>(from, inner.name(), inner.type()));
                else
                    columns.push_back(
                        make_ref<ColumnNode>(from, inner.source(), columns.size(), inner.name(), inner.anonymous()));
            }
            return columns;
        }
        case NodeKind::subquery:
        case NodeKind::cte: return columns_of_select(from, *as<AliasNode>(*from).element());
        case NodeKind::row_source:
            for (const SourceColumn& column : as<RowSourceNode>(*from).parts().columns)
                columns.push_back(make_ref<ColumnNode>(from, column.name, column.type));
            return columns;
        case NodeKind::join:
            columns = columns_of(as<JoinNode>(*from).left());
            for (NodeRef& column : columns_of(as<JoinNode>(*from).right())) columns.push_back(std::move(column));
            return columns;
        default: return columns;
    }
}

void expand_column(const NodeRef& item, std::vector<NodeRef>& out) {
    switch (item->kind()) {
        case NodeKind::table:
        case NodeKind::alias:
        case NodeKind::subquery:
        case NodeKind::cte:
        case NodeKind::row_source:
        case NodeKind::join:
            for (NodeRef& column : columns_of(item)) out.push_back(std::move(column));
            return;
        case NodeKind::list:
            if (item->op() == Operator::comma) {
                for (const NodeRef& part : item->children()) expand_column(part, out);
                return;
            }
            [[fallthrough]];
        default: out.push_back(item);
    }
}

// ---- joins

std::string describe_from(const SqlNode& from) {
    if (from.kind() == NodeKind::join)
        return "Join object on " + describe_from(*as<JoinNode>(from).left()) + " and " +
               describe_from(*as<JoinNode>(from).right());
    const std::string name = from_name(from);
    return name.empty() || is_anonymous(name) ? "an anonymous alias" : name;
}

namespace {

const TableInfo* table_of(const SqlNode& from) {
    if (from.kind() == NodeKind::table) return &as<TableNode>(from).table();
    if (from.kind() == NodeKind::alias) return table_of(*as<AliasNode>(from).element());
    return nullptr;
}

void append_leaves(const NodeRef& from, std::vector<NodeRef>& out) {
    if (from->kind() == NodeKind::join) {
        append_leaves(as<JoinNode>(*from).left(), out);
        append_leaves(as<JoinNode>(*from).right(), out);
    } else {
        out.push_back(from);
    }
}

struct Link {
    NodeRef holder;  // the side that has the foreign key
    NodeRef referred;
    const ForeignKeyInfo* key;
};

void append_links(const NodeRef& left, const NodeRef& right, std::vector<Link>& out) {
    std::vector<NodeRef> lefts, rights;
    append_leaves(left, lefts);
    append_leaves(right, rights);
    const auto look = [&](const NodeRef& holder, const NodeRef& referred) {
        const TableInfo *from = table_of(*holder), *to = table_of(*referred);
        if (!from || !to) return;
        for (const ForeignKeyInfo& key : from->foreign_keys())
            if (key.find_referred_table() == to) out.push_back({holder, referred, &key});
    };
    for (const NodeRef& b : rights)
        for (const NodeRef& a : lefts) {
            look(b, a);
            if (table_of(*a) != table_of(*b)) look(a, b);
        }
}

// The nearest left element decides when several are linked, as in SQLAlchemy: the last one that has a link.
std::vector<Link> links_between(const NodeRef& left, const NodeRef& right) {
    std::vector<Link> links;
    append_links(left, right, links);
    if (links.size() < 2 || left->kind() != NodeKind::join) return links;
    std::vector<Link> nearest;
    append_links(as<JoinNode>(*left).right(), right, nearest);
    return nearest.empty() ? links : nearest;
}

NodeRef condition_of(const Link& link) {
    std::vector<NodeRef> parts;
    const auto& columns = link.key->columns();
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const NodeRef holder = column_of(link.holder, *columns[i]);
        const NodeRef referred = column_of(link.referred, link.key->referred_column(i));
        parts.push_back(compare(Operator::eq, referred, Operand(holder)));
    }
    return conjunction(Operator::and_, std::move(parts));
}

std::vector<NodeRef> candidates_of(const SelectDraft& draft) {
    if (!draft.from.empty()) return draft.from;
    std::vector<const SqlNode*> elements;
    for (const NodeRef& column : draft.columns) append_from_elements(column.get(), elements);
    if (elements.empty())
        for (const NodeRef& criterion : draft.where) append_from_elements(criterion.get(), elements);
    std::vector<NodeRef> candidates;
    for (const SqlNode* element : elements) {
        const bool known = std::any_of(candidates.begin(), candidates.end(),
                                       [&](const NodeRef& c) { return from_identity(*c) == from_identity(*element); });
        if (!known) candidates.emplace_back(NodeRef(element));
    }
    return candidates;
}

bool names_in(const NodeRef& from, const std::vector<const SqlNode*>& mentioned) {
    std::vector<NodeRef> leaves;
    append_leaves(from, leaves);
    return std::any_of(leaves.begin(), leaves.end(),
                       [&](const NodeRef& leaf) { return contains_from(mentioned, *leaf); });
}

// Which of the FROM elements a join attaches to.
std::size_t left_side(const std::vector<NodeRef>& candidates, const JoinStep& step) {
    std::vector<std::size_t> fitting;
    std::size_t last = candidates.size();  // that is not the target itself
    std::vector<const SqlNode*> mentioned;
    append_from_elements(step.on.get(), mentioned);
    for (std::size_t i = 0; i < candidates.size(); ++i) {
        if (from_identity(*candidates[i]) == from_identity(*step.target)) continue;
        last = i;
        if (step.on ? names_in(candidates[i], mentioned) : !links_between(candidates[i], step.target).empty())
            fitting.push_back(i);
    }
    if (fitting.size() == 1 || (fitting.empty() && candidates.size() == 1))
        return fitting.empty() ? 0 : fitting.front();
    if (fitting.empty() && step.on && !candidates.empty()) return last == candidates.size() ? last - 1 : last;
    if (fitting.size() > 1)
        throw InvalidRequestError(
            "Can't determine which FROM clause to join from, there are multiple FROMS which can join to this entity. "
            "Please use the "
            ".select_from() method to establish an explicit left side, as well as providing an explicit ON clause if "
            "not present already "
            "to help resolve the ambiguity.");
    throw InvalidRequestError(
        "Don't know how to join to " + describe_from(*step.target) +
        ". Please use the .select_from() method to establish an explicit left side, as well as providing an explicit "
        "ON clause if not present already to help resolve the ambiguity.");
}

}  // namespace

NodeRef condition_from_foreign_keys(const SqlNode& left, const NodeRef& left_ref, const NodeRef& right_ref) {
    const std::vector<Link> links = links_between(left_ref, right_ref);
    if (links.empty())
        throw NoForeignKeysError("Can't find any foreign key relationships between '" + describe_from(left) +
                                 "' and '" + describe_from(*right_ref) + "'.");
    if (links.size() > 1)
        throw AmbiguousForeignKeysError(
            "Can't determine join between '" + describe_from(left) + "' and '" + describe_from(*right_ref) +
            "'; tables have more than one foreign key constraint relationship between them. Please specify "
            "the 'onclause' of this join explicitly.");
    return condition_of(links.front());
}

void resolve_joins(SelectDraft& draft) {
    for (JoinStep& step : draft.joins) {
        if (step.left) {
            const auto same = [&](const NodeRef& from) {
                return from_identity(*from) == from_identity(*step.left) || [&] {
                    std::vector<NodeRef> leaves;
                    append_leaves(from, leaves);
                    return std::any_of(leaves.begin(), leaves.end(), [&](const NodeRef& leaf) {
                        return from_identity(*leaf) == from_identity(*step.left);
                    });
                }();
            };
            const auto found = std::find_if(draft.from.begin(), draft.from.end(), same);
            if (found != draft.from.end())
                *found = join_of(*found, step.target, step.on, step.outer, step.full);
            else
                draft.from.push_back(join_of(step.left, step.target, step.on, step.outer, step.full));
            continue;
        }
        const std::vector<NodeRef> candidates = candidates_of(draft);
        const std::size_t index = left_side(candidates, step);
        NodeRef joined = join_of(candidates[index], step.target, step.on, step.outer, step.full);
        if (draft.from.empty())
            draft.from.push_back(std::move(joined));
        else
            draft.from[index] = std::move(joined);
    }
    draft.joins.clear();
}

}  // namespace aludel::detail

namespace aludel {

NodeRef column_of(const NodeRef& from, std::string_view name) {
    const std::vector<NodeRef> columns = detail::columns_of(from);
    const std::vector<std::string> keys = detail::keys_of(columns);
    for (std::size_t i = 0; i < keys.size(); ++i)
        if (keys[i] == name) return columns[i];
    std::string known;
    for (const std::string& key : keys) known += (known.empty() ? "" : ", ") + key;
    throw NoSuchColumnError("'" + detail::describe_from(*from) + "' has no column '" + std::string(name) +
                            "'; its columns are: " + known);
}

NodeRef column_standing_for(const NodeRef& from, const SqlNode& source) {
    const std::string identity = detail::identity_of(source);
    const ColumnInfo* info = source.kind() == NodeKind::column ? detail::as<ColumnNode>(source).info() : nullptr;
    NodeRef by_info;
    for (const NodeRef& column : detail::columns_of(from)) {
        const auto& node = detail::as<ColumnNode>(*column);
        if (node.source() && detail::identity_of(*node.source()) == identity) return column;
        if (node.source() && source.kind() == NodeKind::label && node.source()->kind() == NodeKind::label &&
            detail::as<NamedNode>(source).name() == detail::as<NamedNode>(*node.source()).name() &&
            detail::as<NamedNode>(source).element() == detail::as<NamedNode>(*node.source()).element())
            return column;
        if (!by_info && info &&
            (node.info() == info || (node.source() && node.source()->kind() == NodeKind::column &&
                                     detail::as<ColumnNode>(*node.source()).info() == info)))
            by_info = column;
    }
    if (by_info) return by_info;
    throw InvalidRequestError(
        "'" + detail::describe_from(*from) +
        "' does not select this expression; only what its SELECT lists can be used of a subquery");
}

}  // namespace aludel
