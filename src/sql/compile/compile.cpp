#include <aludel/sql/compile/compiled.hpp>
#include <aludel/sql/expr/nodes.hpp>

#include <algorithm>

#include <aludel/base/error.hpp>
#include <aludel/sql/compile/dialect.hpp>
#include <aludel/sql/compile/statement_cache.hpp>

#include "sql/compile/compile_tree.hpp"
#include "sql/compile/placeholders.hpp"
#include "sql/compile/renderer.hpp"
#include "sql/compile/structure.hpp"

namespace aludel {

namespace detail {

CompiledPtr compile_tree(const SqlNode& root, const Structure& structure, const Dialect& dialect,
                         CompileOptions options) {
    const auto start = std::chrono::steady_clock::now();
    Renderer renderer(dialect, options);
    const std::string marked = renderer.render_root(root);
    auto compiled = make_ref<CompiledStatement>();
    const std::vector<const BindNode*> binds = place(marked, renderer.placeholders(), dialect, *compiled);
    for (std::size_t i = 0; i < binds.size(); ++i) {
        if (!binds[i]) continue;
        const auto found = std::find(structure.binds.begin(), structure.binds.end(), binds[i]);
        compiled->slots[i].bind = static_cast<std::uint32_t>(found - structure.binds.begin());
    }
    compiled->kind = renderer.kind();
    compiled->dialect = &dialect;
    compiled->columns = std::move(renderer.result_columns());
    compiled->returns_rows = renderer.returns_rows();
    compiled->warnings = std::move(renderer.warnings());
    compiled->generated_at = std::chrono::steady_clock::now();
    compiled->generation = compiled->generated_at - start;
    return compiled;
}

}  // namespace detail

CompiledPtr compile(const NodeRef& statement, const Dialect& dialect, CompileOptions options) {
    if (!statement) throw ArgumentError("There is nothing to compile: the expression is empty");
    return detail::compile_tree(*statement, detail::Structure::of(*statement), dialect, options);
}

PreparedStatement prepare(const NodeRef& statement, const Dialect& dialect, CompileOptions options) {
    if (!statement) throw ArgumentError("There is nothing to compile: the expression is empty");
    detail::Structure structure = detail::Structure::of(*statement);
    PreparedStatement prepared;
    prepared.compiled = detail::compile_tree(*statement, structure, dialect, options);
    prepared.binds = std::move(structure.binds);
    prepared.statement = statement;
    return prepared;
}

std::string to_string(const NodeRef& node) { return compile(node, default_dialect())->text; }

std::string to_string(const NodeRef& node, const Dialect& dialect, CompileOptions options) {
    return compile(node, dialect, options)->text;
}

std::vector<NamedValue> parameters_of(const NodeRef& statement, const Dialect& dialect) {
    const PreparedStatement prepared = prepare(statement, dialect);
    std::vector<NamedValue> values;
    for (const BindSlot& slot : prepared.compiled->slots) {
        if (slot.bind == BindSlot::no_bind) {
            values.push_back({slot.name, slot.constant});
        } else if (slot.width == 0) {
            values.push_back({slot.name, prepared.binds[slot.bind]->value()});
        } else {
            const auto& elements = prepared.binds[slot.bind]->values();
            for (std::size_t i = 0; i < elements.size(); ++i)
                values.push_back({slot.name + "_" + std::to_string(i + 1), elements[i]});
        }
    }
    return values;
}

}  // namespace aludel
