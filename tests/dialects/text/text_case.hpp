#pragma once
// Cases whose expected text comes from SQLAlchemy: tests/dialects/text/expected/<aspect>.txt.
#include <gtest/gtest.h>

#include <string>

#include <aludel/sql/compile/to_string.hpp>
#include <aludel/sql/expr/constructs.hpp>
#include <aludel/sql/expr/func.hpp>
#include <aludel/sql/expr/row_sources.hpp>
#include <aludel/sql/expr/text.hpp>

#include "dialects/text/tables.hpp"

namespace text_cases {

/// The text with its white space folded.
std::string folded(const std::string& text);
inline std::string on(const Dialect& dialect, const NodeRef& node) { return folded(to_string(node, dialect)); }

/// A statement or an expression that is compared with SQLAlchemy's, and run on the databases (tests/constructs).
struct Case {
    const char* aspect;
    const char* key;
    aludel::NodeRef (*make)();
};

/// Registers the tests of a case. Each executable that has the cases says what these are.
bool add(const Case& each, const char* file, int line);

template <class S>
aludel::NodeRef node_of(const S& source) {
    if constexpr (std::is_same_v<S, aludel::Insert>)
        return source.node_for_all();
    else
        return source.node();
}

}  // namespace text_cases

/// SQL_CASE(precedence, add_then_multiply, (x + y) * 2)
#define SQL_CASE(aspect, key, ...)                                        \
    [[maybe_unused]] const bool aspect##_##key##_added = text_cases::add( \
        {#aspect, #key, []() -> aludel::NodeRef { return text_cases::node_of(__VA_ARGS__); }}, __FILE__, __LINE__);
