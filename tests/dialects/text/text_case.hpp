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

/// Compares what each dialect makes of the node with the expectation called `key`.
void check(const std::string& aspect, const std::string& key, const aludel::NodeRef& node);

template <class S>
aludel::NodeRef node_of(const S& source) {
    if constexpr (std::is_same_v<S, aludel::Insert>)
        return source.node_for_all();
    else
        return source.node();
}

}  // namespace text_cases

/// SQL_CASE(precedence, add_then_multiply, (x + y) * 2)
#define SQL_CASE(aspect, key, ...) \
    TEST(aspect, key) { text_cases::check(#aspect, #key, text_cases::node_of(__VA_ARGS__)); }
