#pragma once
// Typed expressions, whole: classes, members, operators.
#include <aludel/sql/expr/detail/column_expr_members.hpp>
#include <aludel/sql/expr/expression.hpp>
#include <aludel/sql/expr/items.hpp>
#include <aludel/sql/expr/operators.hpp>
