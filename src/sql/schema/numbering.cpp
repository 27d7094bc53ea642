#include "aludel/sql/schema/numbering.hpp"

#include "aludel/base/error.hpp"
#include "aludel/sql/expr/nodes.hpp"

namespace aludel {

namespace {

constexpr std::string_view next_value_function = "next_value";

}  // namespace

SequenceDraft SequenceDraft::of(std::string_view name, const SequenceRules& rules) {
    SequenceDraft draft;
    const std::size_t dot = name.rfind('.');
    draft.name = dot == std::string_view::npos ? name : name.substr(dot + 1);
    if (dot != std::string_view::npos) draft.schema = name.substr(0, dot);
    draft.rules = rules;
    if (draft.name.empty())
        throw ArgumentError("A sequence needs a name, '" + std::string(name) +
                            "' has none; write Sequence(\"name\") or Sequence(\"schema.name\")");
    return draft;
}

std::string SequenceDraft::key() const { return schema.empty() ? name : schema + '.' + name; }

NodeRef SequenceDraft::next_value() const {
    SqlType type;
    type.kind = TypeKind::big_integer;
    auto argument = make_ref<NamedNode>(NodeKind::literal_column, key(), std::vector<NodeRef>(), type);
    return make_ref<FunctionNode>(std::string(next_value_function), std::vector<NodeRef>{std::move(argument)}, type);
}

bool is_next_value(const SqlNode& node) noexcept {
    return node.kind() == NodeKind::function && static_cast<const FunctionNode&>(node).name() == next_value_function;
}

}  // namespace aludel
