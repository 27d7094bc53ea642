#include <aludel/sql/expr/items.hpp>

#include <aludel/base/error.hpp>

namespace aludel {

namespace detail {

JsonItem item_at(const NodeRef& document, std::initializer_list<JsonStep> path) {
    Json steps = Json::array();
    for (const JsonStep& step : path) steps.push_back(step.json());
    return JsonItem(json_path_item(document, Value::json(steps.dump()), SqlType{.kind = TypeKind::json}));
}

}  // namespace detail

namespace {

NodeRef columns_node(std::vector<NodeRef> columns) {
    if (columns.empty()) throw ArgumentError("match() needs the columns that are searched");
    if (columns.size() == 1) return columns.front();
    return detail::comma_list(std::move(columns));
}

NodeRef pattern_node(detail::Operand pattern) {
    return detail::typed_operand(std::move(pattern), *detail::constant(NodeKind::null), {.kind = TypeKind::string});
}

NodeRef match_node(const NodeRef& columns, const NodeRef& pattern, const char* words) {
    return detail::search(columns, detail::Operand(pattern), words, {});
}

}  // namespace

MatchAgainst::MatchAgainst(std::vector<NodeRef> columns, detail::Operand pattern)
    : MatchAgainst({}, columns_node(std::move(columns)), pattern_node(std::move(pattern)), 0) {}

MatchAgainst::MatchAgainst(NodeRef node, NodeRef columns, NodeRef pattern, unsigned mode)
    : ColumnExpr<double>(node ? std::move(node) : match_node(columns, pattern, "plain")),
      columns_(std::move(columns)),
      pattern_(std::move(pattern)),
      mode_(mode) {}

MatchAgainst MatchAgainst::with_mode(unsigned mode) const {
    const unsigned all = mode_ | mode;
    const char* words = "plain";
    switch (all) {
        case boolean: words = "IN BOOLEAN MODE"; break;
        case natural_language: words = "IN NATURAL LANGUAGE MODE"; break;
        case expansion: words = "WITH QUERY EXPANSION"; break;
        case natural_language | expansion: words = "IN NATURAL LANGUAGE MODE WITH QUERY EXPANSION"; break;
        default: throw ArgumentError("in_boolean_mode() goes with no other mode of a full text search");
    }
    return {match_node(columns_, pattern_, words), columns_, pattern_, all};
}

MatchAgainst MatchAgainst::in_boolean_mode() const { return with_mode(boolean); }
MatchAgainst MatchAgainst::in_natural_language_mode() const { return with_mode(natural_language); }
MatchAgainst MatchAgainst::with_query_expansion() const { return with_mode(expansion); }

}  // namespace aludel
