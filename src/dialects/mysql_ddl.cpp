#include <algorithm>

#include "aludel/base/error.hpp"
#include "aludel/sql/compile/detail/bare_expression.hpp"
#include "aludel/sql/compile/detail/literal.hpp"
#include "aludel/sql/compile/dialect.hpp"
#include "dialects/ddl_clauses.hpp"

namespace aludel::dialects {

namespace {

constexpr std::string_view name = "mysql";

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

/// One option of a table: ENGINE=InnoDB, DEFAULT CHARSET=utf8mb4, COLLATE utf8mb4_bin, PARTITION BY HASH(id).
std::string table_option(const DialectOption& option, bool partition, const Dialect& dialect) {
    std::string word = option.name;
    for (auto& c : word)
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    const bool is_text = is_one_of(word, {"COMMENT", "DATA_DIRECTORY", "INDEX_DIRECTORY", "PASSWORD", "CONNECTION"});
    const bool has_blanks = partition || is_one_of(word, {"DATA_DIRECTORY", "INDEX_DIRECTORY", "DEFAULT_CHARACTER_SET",
                                                          "CHARACTER_SET", "DEFAULT_CHARSET", "DEFAULT_COLLATE"});
    if (has_blanks) std::replace(word.begin(), word.end(), '_', ' ');
    const bool joined_by_blank =
        partition || is_one_of(word, {"TABLESPACE", "DEFAULT CHARACTER SET", "CHARACTER SET", "COLLATE"});
    const std::string text = word == "COMMENT" ? aludel::detail::comment_literal(option.text, dialect)
                             : is_text         ? dialect.string_literal(option.text)
                                               : option.text;
    return word + (joined_by_blank ? " " : "=") + text;
}

constexpr int first_partition_rank = 2;
constexpr int last_rank = 5;

/// Partitions come last, what is divided first; a collation stands behind its character set.
int rank(const DialectOption& option) {
    if (option.name == "partition_by") return 2;
    if (option.name == "partitions") return 3;
    if (option.name == "subpartition_by") return 4;
    if (option.name == "subpartitions") return 5;
    return option.name == "collate" ? 1 : 0;
}

std::string joined_lengths(const DialectOption& option, std::string_view column) {
    if (option.parts.empty()) return '(' + option.text + ')';
    for (const auto& [of, length] : option.parts)
        if (of == column) return '(' + length + ')';
    return {};
}

class MySQLHooks final : public DdlHooks {
  public:
    std::string after_table(const TableInfo& table, const Dialect& dialect) const override {
        std::vector<DialectOption> options;
        for (const auto& option : table.options().all())
            if (option.dialect == name) options.push_back(option);
        if (!table.comment().empty()) options.push_back(dialect_option(name, "comment", table.comment()));
        std::string text;
        for (int place = 0; place <= last_rank; ++place)
            for (const auto& option : options)
                if (rank(option) == place)
                    text += (text.empty() ? "" : " ") + table_option(option, place >= first_partition_rank, dialect);
        return text;
    }

    std::string before_index(const IndexInfo& index) const override {
        require_known_options(index.options(), name, "Index", {"using", "length", "prefix", "with_parser"});
        const auto& prefix = index.options().text(name, "prefix");
        return prefix.empty() ? prefix : prefix + ' ';
    }
    std::string after_index_item(const IndexInfo& index, std::string_view column) const override {
        const auto* length = index.options().find(name, "length");
        return length ? joined_lengths(*length, column) : std::string();
    }
    std::string after_index(const IndexInfo& index, const Dialect& dialect) const override {
        const auto& parser = index.options().text(name, "with_parser");
        const auto& used = index.options().text(name, "using");
        return (parser.empty() ? "" : " WITH PARSER " + parser) + (used.empty() ? "" : " USING " + dialect.quote(used));
    }

    std::string after_constraint(const ConstraintInfo& constraint, const Dialect& dialect) const override {
        const bool is_key = constraint.kind() == ConstraintKind::primary;
        if (is_key)
            require_known_options(constraint.options(), name, "PrimaryKeyConstraint", {"using"});
        else
            require_known_options(constraint.options(), name, "Constraint", {});
        const auto& used = constraint.options().text(name, "using");
        return is_key && !used.empty() ? " USING " + dialect.quote(used) : std::string();
    }

    // A column of fractions of a second takes no default that has fewer digits.
    std::string default_expression(std::string text, const SqlType& type) const override {
        const bool is_time = type.kind == TypeKind::datetime || type.kind == TypeKind::timestamp;
        if (!is_time || type.precision == 0) return text;
        const auto digits = '(' + std::to_string(type.precision) + ')';
        if (text == "CURRENT_TIMESTAMP" || text == "LOCALTIMESTAMP" || text == "LOCALTIME") return text + digits;
        for (const std::string_view call : {"now()", "NOW()", "current_timestamp()", "CURRENT_TIMESTAMP()"})
            if (text == call) return text.substr(0, text.size() - 2) + digits;
        return text;
    }

    std::vector<std::string> has_sequence_statements(const SequenceDraft& sequence,
                                                     const Dialect& dialect) const override {
        const auto schema =
            sequence.schema.empty() ? std::string("DATABASE()") : dialect.string_literal(sequence.schema);
        return {"SELECT table_name FROM information_schema.tables WHERE table_type = 'SEQUENCE' AND table_schema = " +
                schema + " AND table_name = " + dialect.string_literal(sequence.name)};
    }
};

}  // namespace

const DdlHooks& mysql_ddl_hooks() {
    static const MySQLHooks hooks;
    return hooks;
}

}  // namespace aludel::dialects
