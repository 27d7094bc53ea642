#include <aludel/base/error.hpp>
#include <aludel/sql/compile/dialect.hpp>
#include <aludel/sql/compile/statement_cache.hpp>

namespace aludel {

namespace {

const Value* find_parameter(std::span<const ParameterValue> parameters, std::string_view name) {
    for (const ParameterValue& parameter : parameters)
        if (parameter.name == name) return parameter.value;
    return nullptr;
}

const Value& value_of(const BindSlot& slot, const PreparedStatement& prepared,
                      std::span<const ParameterValue> parameters) {
    if (const Value* given = find_parameter(parameters, slot.name)) return *given;
    if (slot.required)
        throw StatementError("A value is required for bind parameter '" + slot.name + "'", "cd3x",
                             StatementContext{.statement = prepared.compiled->text, .parameters = {}});
    return slot.bind == BindSlot::no_bind ? slot.constant : prepared.binds[slot.bind]->value();
}

// Writes statement texts whose number of parameters is known only now.
class Expansion {
  public:
    Expansion(const CompiledStatement& compiled, const Dialect& dialect, BoundStatement& out)
        : compiled_(compiled), dialect_(dialect), out_(out) {}

    void copy_to(std::size_t offset) {
        out_.expanded.append(compiled_.skeleton, copied_, offset - copied_);
        copied_ = offset;
    }
    void parameter(const Value& value, const BindSlot& slot, std::size_t element) {
        out_.values.push_back(stored_value(value, slot, compiled_, dialect_));
        switch (dialect_.traits().param_style) {
            case ParamStyle::named:
                out_.expanded += ":" + slot.name;
                if (element != 0) out_.expanded += "_" + std::to_string(element);
                break;
            case ParamStyle::qmark: out_.expanded += '?'; break;
            case ParamStyle::numeric: out_.expanded += "$" + std::to_string(out_.values.size()); break;
        }
    }
    void elements(const BindSlot& slot, const std::vector<Value>& values) {
        if (values.empty()) {
            out_.expanded += dialect_.empty_set(slot.width, slot.negated);
            return;
        }
        if (slot.width > 1 && dialect_.traits().values_in_tuple_in) out_.expanded += "VALUES ";
        for (std::size_t i = 0; i < values.size(); ++i) {
            if (i != 0) out_.expanded += ", ";
            if (slot.width > 1 && i % slot.width == 0) out_.expanded += "(";
            parameter(values[i], slot, i + 1);
            if (!slot.cast.empty()) out_.expanded += "::" + slot.cast;
            if (slot.width > 1 && i % slot.width == slot.width - 1) out_.expanded += ")";
        }
    }

  private:
    const CompiledStatement& compiled_;
    const Dialect& dialect_;
    BoundStatement& out_;
    std::size_t copied_ = 0;
};

}  // namespace

Value stored_value(const Value& value, const BindSlot& slot, const CompiledStatement& compiled,
                   const Dialect& dialect) {
    try {
        if (slot.assigned) dialect.check_assigned(value, slot.type);
        return dialect.to_storage(value, slot.type);
    } catch (StatementError& error) {
        error.add_detail("parameter \"" + slot.name + "\"");
        error.set_statement({.statement = compiled.text, .parameters = {}});
        throw;
    }
}

BoundStatement bind_values(const PreparedStatement& prepared, const Dialect& dialect,
                           std::span<const ParameterValue> parameters) {
    const CompiledStatement& compiled = *prepared.compiled;
    BoundStatement bound;
    bound.values.reserve(compiled.slots.size());
    if (!compiled.expanding) {
        for (const BindSlot& slot : compiled.slots)
            bound.values.push_back(stored_value(value_of(slot, prepared, parameters), slot, compiled, dialect));
        return bound;
    }
    Expansion expansion(compiled, dialect, bound);
    for (const BindSlot& slot : compiled.slots) {
        expansion.copy_to(slot.offset);
        if (slot.width != 0)
            expansion.elements(slot, prepared.binds[slot.bind]->values());
        else
            expansion.parameter(value_of(slot, prepared, parameters), slot, 0);
    }
    expansion.copy_to(compiled.skeleton.size());
    return bound;
}

}  // namespace aludel
