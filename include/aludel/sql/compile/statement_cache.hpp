#pragma once
// Compiled statements by the structure of their trees.
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <aludel/base/owned.hpp>
#include <aludel/sql/compile/compiled.hpp>
#include <aludel/types/cell.hpp>

namespace aludel {

class BindNode;

/// A statement that is ready to be bound: its compiled form, and the binds of this very tree.
struct PreparedStatement {
    CompiledPtr compiled;
    std::vector<const BindNode*> binds;  ///< indexed by BindSlot::bind; valid while the tree lives
    bool cached = false;
    NodeRef statement;  ///< keeps the tree alive
};

/// A value that is given by name when a statement runs.
struct ParameterValue {
    std::string_view name;
    const Value* value;
};

/// Compiled statements of one dialect, bounded, least recently used out first. Any number of threads may use it.
///
/// A look-up compares the structure of the whole tree with the cached one, alias by alias, and collects the binds in
/// the same walk. There is no way to get another statement's text by an equal hash.
class StatementCache {
  public:
    /// `from_linting`: a SELECT of FROM elements that nothing joins is a warning when it is compiled.
    explicit StatementCache(const Dialect& dialect, std::size_t capacity = 500, bool from_linting = false);
    ~StatementCache();
    StatementCache(const StatementCache&) = delete;
    StatementCache& operator=(const StatementCache&) = delete;

    /// The compiled statement, from the cache or made now. Throws what `compile` throws.
    PreparedStatement find(const NodeRef& statement);

    std::size_t size() const;
    std::size_t hits() const;
    std::size_t misses() const;
    void clear();
    const Dialect& dialect() const noexcept;

  private:
    struct State;
    detail::Owned<State> state_;
};

/// Compiles without a cache.
PreparedStatement prepare(const NodeRef& statement, const Dialect& dialect, CompileOptions options = {});

}  // namespace aludel
