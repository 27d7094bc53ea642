#include <aludel/base/error.hpp>
#include <aludel/sql/compile/bind_values.hpp>
#include <aludel/sql/compile/dialect.hpp>
#include <aludel/sql/expr/nodes.hpp>

namespace aludel {

namespace {

const Value* find_parameter(std::span<const ParameterValue> parameters, std::string_view name) {
    for (const ParameterValue& parameter : parameters)
        if (parameter.name == name) return parameter.value;
    return nullptr;
}

struct Source {
    const Value& value;
    bool stays;  // as long as the statement's tree and its compiled form do
};

Source source_of(const BindSlot& slot, const PreparedStatement& prepared, std::span<const ParameterValue> parameters) {
    if (!parameters.empty()) {
        if (const Value* given = find_parameter(parameters, slot.name)) return {*given, false};
    }
    if (slot.required) throw_missing_parameter(slot, *prepared.compiled);
    return {slot.bind == BindSlot::no_bind ? slot.constant : prepared.binds[slot.bind]->value(), true};
}

// Takes the values one after the other.
class Binder {
  public:
    Binder(const CompiledStatement& compiled, const Dialect& dialect, BoundStatement& out, std::size_t count)
        : compiled_(compiled), dialect_(dialect), out_(out), count_(count) {
        out.values.reserve(count);
    }
    void take(const Source& source, const BindSlot& slot) {
        const Cell cell = Cell::of(source.value);
        const bool as_is = dialect_.stores_as_is(cell, slot.type);
        // The view of a number holds the number.
        if (as_is && (source.stays || !cell.has_text())) {
            out_.values.push_back(cell);
            return;
        }
        if (out_.kept.empty()) out_.kept.reserve(count_);  // what the views lead to must not move
        out_.kept.push_back(as_is ? source.value : stored_value(source.value, slot, compiled_, dialect_));
        out_.values.push_back(Cell::of(out_.kept.back()));
    }

  private:
    const CompiledStatement& compiled_;
    const Dialect& dialect_;
    BoundStatement& out_;
    std::size_t count_;
};

std::size_t count_of_values(const PreparedStatement& prepared) {
    std::size_t count = 0;
    for (const BindSlot& slot : prepared.compiled->slots)
        count += slot.width == 0 ? 1 : prepared.binds[slot.bind]->values().size();
    return count;
}

// Writes statement texts whose number of parameters is known only now.
class Expansion {
  public:
    Expansion(const CompiledStatement& compiled, const Dialect& dialect, BoundStatement& out, std::size_t count)
        : compiled_(compiled), dialect_(dialect), out_(out), binder_(compiled, dialect, out, count) {}

    void copy_to(std::size_t offset) {
        out_.expanded.append(compiled_.skeleton, copied_, offset - copied_);
        copied_ = offset;
    }
    void parameter(const Source& source, const BindSlot& slot, std::size_t element) {
        binder_.take(source, slot);
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
            parameter({values[i], true}, slot, i + 1);
            if (!slot.cast.empty()) out_.expanded += "::" + slot.cast;
            if (slot.width > 1 && i % slot.width == slot.width - 1) out_.expanded += ")";
        }
    }

  private:
    const CompiledStatement& compiled_;
    const Dialect& dialect_;
    BoundStatement& out_;
    Binder binder_;
    std::size_t copied_ = 0;
};

}  // namespace

void BoundStatement::clear() noexcept {
    expanded.clear();
    values.clear();
    kept.clear();
    statement = {};
}

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

void throw_missing_parameter(const BindSlot& slot, const CompiledStatement& compiled) {
    throw StatementError("A value is required for bind parameter '" + slot.name + "'", "cd3x",
                         StatementContext{.statement = compiled.text, .parameters = {}});
}

void bind_values(const PreparedStatement& prepared, const Dialect& dialect, std::span<const ParameterValue> parameters,
                 BoundStatement& bound) {
    const CompiledStatement& compiled = *prepared.compiled;
    bound.clear();
    bound.statement = prepared.statement;
    if (!compiled.expanding) {
        Binder binder(compiled, dialect, bound, compiled.slots.size());
        for (const BindSlot& slot : compiled.slots) binder.take(source_of(slot, prepared, parameters), slot);
        return;
    }
    Expansion expansion(compiled, dialect, bound, count_of_values(prepared));
    for (const BindSlot& slot : compiled.slots) {
        expansion.copy_to(slot.offset);
        if (slot.width != 0)
            expansion.elements(slot, prepared.binds[slot.bind]->values());
        else
            expansion.parameter(source_of(slot, prepared, parameters), slot, 0);
    }
    expansion.copy_to(compiled.skeleton.size());
}

void bind_in_order(const PreparedStatement& prepared, const Dialect& dialect, std::span<const Cell> values,
                   BoundStatement& bound) {
    const CompiledStatement& compiled = *prepared.compiled;
    if (compiled.expanding || values.size() != compiled.slots.size())
        throw ArgumentError("The statement has not as many parameters as there are values.");
    bound.clear();
    bound.statement = prepared.statement;
    for (std::size_t i = 0; i < values.size(); ++i) {
        const BindSlot& slot = compiled.slots[i];
        if (dialect.stores_as_is(values[i], slot.type)) {
            bound.values.push_back(values[i]);
            continue;
        }
        if (bound.kept.empty()) bound.kept.reserve(values.size());  // what the views lead to must not move
        bound.values.push_back(
            Cell::of(bound.kept.emplace_back(stored_value(values[i].to_value(), slot, compiled, dialect))));
    }
}

BoundStatement bind_values(const PreparedStatement& prepared, const Dialect& dialect,
                           std::span<const ParameterValue> parameters) {
    BoundStatement bound;
    bind_values(prepared, dialect, parameters, bound);
    return bound;
}

}  // namespace aludel
