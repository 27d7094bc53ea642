#pragma once
// The text of anything that has a node.
#include <string>

#include <aludel/sql/compile/compiled.hpp>
#include <aludel/sql/expr/dml.hpp>

namespace aludel {

class Dialect;

/// The SQL of an expression or statement: named parameters, standard SQL. Nothing reaches a database.
template <class S>
    requires requires(const S& source) { source.node(); }
std::string to_string(const S& source) {
    return to_string(NodeRef(source.node()));
}
/// The SQL for a database; `{.literal_binds = true}` writes the values into it.
template <class S>
    requires requires(const S& source) { source.node(); }
std::string to_string(const S& source, const Dialect& dialect, CompileOptions options = {}) {
    return to_string(NodeRef(source.node()), dialect, options);
}
/// An INSERT without values prints all its columns.
inline std::string to_string(const Insert& source) { return to_string(source.node_for_all()); }
inline std::string to_string(const Insert& source, const Dialect& dialect, CompileOptions options = {}) {
    return to_string(source.node_for_all(), dialect, options);
}

}  // namespace aludel
