#pragma once
// The one way from a tree to its compiled form.
#include <aludel/sql/compile/compiled.hpp>

#include "sql/compile/structure.hpp"

namespace aludel::detail {

CompiledPtr compile_tree(const SqlNode& root, const Structure& structure, const Dialect& dialect,
                         CompileOptions options);

}  // namespace aludel::detail
