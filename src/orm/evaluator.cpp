#include "orm/evaluator.hpp"

#include "orm/session_state.hpp"

#include <aludel/base/error.hpp>
#include <aludel/sql/expr/nodes.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace aludel::detail {

namespace {

[[noreturn]] void refuse(std::string_view what) {
    throw InvalidRequestError(
        fmt::format("Could not evaluate current criteria in memory: \"Cannot evaluate {}\". Specify "
                    "synchronize_session(SynchronizeSession::fetch) or SynchronizeSession::none",
                    what),
        "evaluate");
}

bool is_number(const Value& value) {
    return value.kind() == ValueKind::integer || value.kind() == ValueKind::real || value.kind() == ValueKind::boolean;
}

double as_number(const Value& value) {
    return value.kind() == ValueKind::real ? value.as_real() : static_cast<double>(value.as_integer());
}

/// -1, 0, 1; nothing where the two cannot be ordered in memory.
int order(const Value& a, const Value& b) {
    const auto three_way = [](const auto& x, const auto& y) { return x < y ? -1 : y < x ? 1 : 0; };
    if (is_number(a) && is_number(b)) {
        const bool exact = a.kind() != ValueKind::real && b.kind() != ValueKind::real;
        return exact ? three_way(a.as_integer(), b.as_integer()) : three_way(as_number(a), as_number(b));
    }
    if (a.kind() != b.kind() || a.kind() == ValueKind::decimal || a.kind() == ValueKind::json) {
        if (a == b) return 0;
        refuse(fmt::format("a comparison of {} with {}", describe(a.kind()), describe(b.kind())));
    }
    return a.as_text().empty() && b.as_text().empty() ? three_way(a.as_integer(), b.as_integer())
                                                      : three_way(a.as_text(), b.as_text());
}

Value compare(Operator op, const Value& a, const Value& b) {
    if (op == Operator::is || op == Operator::is_not) {
        const bool same = a.is_null() || b.is_null() ? a.is_null() == b.is_null() : order(a, b) == 0;
        return Value::of(same == (op == Operator::is));
    }
    if (a.is_null() || b.is_null()) {
        return Value::null();
    }
    const int result = order(a, b);
    switch (op) {
        case Operator::eq: return Value::of(result == 0);
        case Operator::ne: return Value::of(result != 0);
        case Operator::lt: return Value::of(result < 0);
        case Operator::le: return Value::of(result <= 0);
        case Operator::gt: return Value::of(result > 0);
        default: return Value::of(result >= 0);
    }
}

Value calculate_integers(Operator op, std::int64_t a, std::int64_t b) {
    std::int64_t result = 0;
    bool overflow = false;
    switch (op) {
        case Operator::add: overflow = __builtin_add_overflow(a, b, &result); break;
        case Operator::sub: overflow = __builtin_sub_overflow(a, b, &result); break;
        default: overflow = __builtin_mul_overflow(a, b, &result); break;
    }
    if (overflow) refuse("arithmetic that overflows");
    return Value::of(static_cast<long long>(result));
}

Value calculate(Operator op, const Value& a, const Value& b) {
    if (a.is_null() || b.is_null()) return Value::null();
    if (op == Operator::concat && a.kind() == ValueKind::text && b.kind() == ValueKind::text) {
        return Value::text(a.as_text() + b.as_text());
    }
    // Division and remainder differ between databases; so does arithmetic on anything but numbers.
    if (!is_number(a) || !is_number(b) || op == Operator::div || op == Operator::mod || op == Operator::concat) {
        refuse(fmt::format("operator '{}'", operator_text(op)));
    }
    if (a.kind() != ValueKind::real && b.kind() != ValueKind::real) {
        return calculate_integers(op, a.as_integer(), b.as_integer());
    }
    const double x = as_number(a), y = as_number(b);
    return Value::of(op == Operator::add ? x + y : op == Operator::sub ? x - y : x * y);
}

bool is_true(const Value& value) { return !value.is_null() && value.as_integer() != 0; }

Value both(Operator op, const SqlNode& list, const ObjectHeader& object) {
    const bool deciding = op == Operator::or_;  // the value that decides alone
    bool unknown = false;
    for (const NodeRef& item : list.children()) {
        const Value value = evaluate(*item, object);
        if (value.is_null()) {
            unknown = true;
        } else if (is_true(value) == deciding) {
            return Value::of(deciding);
        }
    }
    return unknown ? Value::null() : Value::of(!deciding);
}

Value membership(const BinaryNode& node, const ObjectHeader& object) {
    if (node.right()->kind() != NodeKind::bind) refuse("IN with a subquery");
    const Value left = evaluate(*node.left(), object);
    const auto& values = as<BindNode>(*node.right()).values();
    const bool wanted = node.op() == Operator::in;
    if (values.empty()) return Value::of(!wanted);
    if (left.is_null()) return Value::null();
    bool unknown = false;
    for (const Value& value : values) {
        if (value.is_null()) {
            unknown = true;
        } else if (order(left, value) == 0) {
            return Value::of(wanted);
        }
    }
    return unknown ? Value::null() : Value::of(!wanted);
}

Value binary(const BinaryNode& node, const ObjectHeader& object) {
    switch (node.op()) {
        case Operator::eq:
        case Operator::ne:
        case Operator::lt:
        case Operator::le:
        case Operator::gt:
        case Operator::ge:
        case Operator::is:
        case Operator::is_not:
            return compare(node.op(), evaluate(*node.left(), object), evaluate(*node.right(), object));
        case Operator::add:
        case Operator::sub:
        case Operator::mul:
        case Operator::div:
        case Operator::mod:
        case Operator::concat:
            return calculate(node.op(), evaluate(*node.left(), object), evaluate(*node.right(), object));
        case Operator::in:
        case Operator::not_in: return membership(node, object);
        default: refuse(fmt::format("operator '{}'", operator_text(node.op())));
    }
}

Value unary(const UnaryNode& node, const ObjectHeader& object) {
    const Value value = evaluate(*node.element(), object);
    switch (node.op()) {
        case Operator::not_: return value.is_null() ? value : Value::of(!is_true(value));
        case Operator::neg: return calculate(Operator::sub, Value::of(0), value);
        case Operator::is_true: return value.is_null() ? value : Value::of(is_true(value));
        case Operator::is_false: return value.is_null() ? value : Value::of(!is_true(value));
        default: refuse(fmt::format("operator '{}'", operator_text(node.op())));
    }
}

Value column_value(const ColumnNode& node, const ObjectHeader& object) {
    if (node.info() == nullptr || &node.info()->table() != &object.mapper->table()) {
        refuse(fmt::format("column '{}' of another table", node.name()));
    }
    const Attribute& attribute = object.mapper->attribute_of(*node.info());
    if (attribute.link(object).is_expired() && object.session != nullptr) {
        load_expired(object.session->state(), const_cast<ObjectHeader&>(object));
    }
    return attribute.value_of(object);
}

}  // namespace

Value evaluate(const SqlNode& expression, const ObjectHeader& object) {
    switch (expression.kind()) {
        case NodeKind::column: return column_value(as<ColumnNode>(expression), object);
        case NodeKind::bind: return as<BindNode>(expression).value();
        case NodeKind::null: return Value::null();
        case NodeKind::true_: return Value::of(true);
        case NodeKind::false_: return Value::of(false);
        case NodeKind::label: return evaluate(*as<NamedNode>(expression).element(), object);
        case NodeKind::unary: return unary(as<UnaryNode>(expression), object);
        case NodeKind::binary: return binary(as<BinaryNode>(expression), object);
        case NodeKind::list:
            if (expression.op() == Operator::and_ || expression.op() == Operator::or_) {
                return both(expression.op(), expression, object);
            }
            refuse("a list");
        case NodeKind::function: refuse(fmt::format("function {}()", as<FunctionNode>(expression).name()));
        default: refuse("this kind of expression");
    }
}

std::optional<Value> try_evaluate(const SqlNode& expression, const ObjectHeader& object) {
    try {
        return evaluate(expression, object);
    } catch (const InvalidRequestError&) {
        return std::nullopt;
    }
}

void require_evaluable(const SqlNode& criterion, const Mapper& mapper) {
    switch (criterion.kind()) {
        case NodeKind::list:
        case NodeKind::label:
        case NodeKind::unary:
            for (const NodeRef& part : criterion.children()) require_evaluable(*part, mapper);
            break;
        case NodeKind::binary:
            require_evaluable(*as<BinaryNode>(criterion).left(), mapper);
            if (criterion.op() != Operator::in && criterion.op() != Operator::not_in) {
                require_evaluable(*as<BinaryNode>(criterion).right(), mapper);
            }
            break;
        default: break;
    }
    // The parts can be evaluated; whether this node can is asked of it with an object without values.
    ObjectHeader* sample = mapper.create();
    const Hold owner(*sample);
    evaluate(criterion, *sample);
}

}  // namespace aludel::detail
