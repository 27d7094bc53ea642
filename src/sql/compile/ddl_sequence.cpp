// CREATE SEQUENCE and DROP SEQUENCE, identity columns, schemas.
#include "aludel/base/error.hpp"
#include "aludel/sql/compile/ddl.hpp"
#include "aludel/sql/compile/dialect.hpp"
#include "sql/compile/ddl_text.hpp"

namespace aludel {
namespace detail {

std::string sequence_rules(const SequenceRules& rules) {
    std::string text;
    const auto add = [&](const std::string& words) { text += (text.empty() ? "" : " ") + words; };
    const auto number = [&](std::string_view words, const Given<std::int64_t>& value) {
        if (value) add(std::string(words) + ' ' + std::to_string(value.value));
    };
    number("INCREMENT BY", rules.increment);
    number("START WITH", rules.start);
    number("MINVALUE", rules.minvalue);
    number("MAXVALUE", rules.maxvalue);
    if (rules.nominvalue) add("NO MINVALUE");
    if (rules.nomaxvalue) add("NO MAXVALUE");
    number("CACHE", rules.cache);
    if (rules.order) add(rules.order.value ? "ORDER" : "NO ORDER");
    if (rules.cycle) add(rules.cycle.value ? "CYCLE" : "NO CYCLE");
    return text;
}

std::string identity_text(const Identity& identity) {
    const auto rules = sequence_rules(identity.rules());
    return std::string(" GENERATED ") + (identity.always ? "ALWAYS" : "BY DEFAULT") + " AS IDENTITY" +
           (rules.empty() ? "" : " (" + rules + ')');
}

std::string next_value_text(std::string_view key, const Dialect& dialect) {
    const auto sequence = SequenceDraft::of(key, {});
    const auto name = dialect.quote_qualified(sequence.schema, sequence.name);
    switch (dialect.traits().ddl.sequences) {
        case SequenceForm::text: return "nextval(" + dialect.string_literal(name) + ')';
        case SequenceForm::name: return "nextval(" + name + ')';
        case SequenceForm::none: break;
    }
    throw CompileError("Dialect '" + std::string(dialect.name()) +
                       "' does not support sequence increments: there is no next number of '" + std::string(key) + "'");
}

}  // namespace detail

namespace {

std::string sequence_name(const SequenceDraft& sequence, const Dialect& dialect) {
    const auto name = detail::quoted_name(sequence.name, dialect);
    return sequence.schema.empty() ? name : detail::quoted_name(sequence.schema, dialect) + '.' + name;
}

void require_sequences(const SequenceDraft& sequence, const Dialect& dialect) {
    if (dialect.traits().ddl.sequences == SequenceForm::none)
        throw CompileError("There are no sequences on " + std::string(dialect.name()) + "; '" + sequence.key() +
                           "' cannot be created or dropped there");
}

}  // namespace

std::string create_sequence_sql(const SequenceDraft& sequence, const Dialect& dialect) {
    require_sequences(sequence, dialect);
    SequenceRules rules = sequence.rules;
    if (!rules.start) rules.start = 1;
    return "CREATE SEQUENCE " + sequence_name(sequence, dialect) + ' ' + detail::sequence_rules(rules);
}

std::string drop_sequence_sql(const SequenceDraft& sequence, const Dialect& dialect) {
    require_sequences(sequence, dialect);
    return "DROP SEQUENCE " + sequence_name(sequence, dialect);
}

std::string create_schema_sql(std::string_view name, const Dialect& dialect) {
    if (!dialect.traits().ddl.create_schema)
        throw CompileError("There are no schemas on " + std::string(dialect.name()) + " that a statement could create");
    return "CREATE SCHEMA " + detail::quoted_name(name, dialect);
}

std::string drop_schema_sql(std::string_view name, const Dialect& dialect, Cascade cascade) {
    if (!dialect.traits().ddl.create_schema)
        throw CompileError("There are no schemas on " + std::string(dialect.name()) + " that a statement could drop");
    return "DROP SCHEMA " + detail::quoted_name(name, dialect) + (cascade == Cascade::yes ? " CASCADE" : "");
}

}  // namespace aludel
