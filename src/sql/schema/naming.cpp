#include "sql/schema/naming.hpp"

#include <charconv>
#include <optional>

#include "aludel/base/error.hpp"
#include "aludel/sql/schema/metadata.hpp"

namespace aludel {
namespace detail {

namespace {

const std::string& pattern_of(const NamingConvention& convention, std::string_view kind) {
    if (kind == "ix") return convention.ix;
    if (kind == "uq") return convention.uq;
    if (kind == "ck") return convention.ck;
    return kind == "fk" ? convention.fk : convention.pk;
}

std::string label(const ColumnInfo& column) {
    const auto& table = column.table();
    auto text = table.schema().empty() ? std::string() : table.schema() + '_';
    for (auto& c : text) c = c == '.' ? '_' : c;
    return text + table.name() + '_' + column.name();
}

/// "column_0_name", "column_0N_name" (all of them), "column_0_N_name" (all of them, with underscores), and the same
/// with label or with "referred_" before it.
struct ColumnToken {
    std::size_t index = 0;
    bool all = false;
    std::string_view separator;
    bool as_label = false;
};

std::optional<ColumnToken> parse_column_token(std::string_view token) {
    constexpr std::string_view prefix = "column_";
    if (!token.starts_with(prefix)) return std::nullopt;
    token.remove_prefix(prefix.size());
    ColumnToken parsed;
    const auto [end, error] = std::from_chars(token.data(), token.data() + token.size(), parsed.index);
    if (error != std::errc()) return std::nullopt;
    token.remove_prefix(static_cast<std::size_t>(end - token.data()));
    for (const std::string_view all : {"_N", "N"})
        if (token.starts_with(all)) {
            parsed.all = true;
            parsed.separator = all.size() == 2 ? "_" : "";
            token.remove_prefix(all.size());
            break;
        }
    parsed.as_label = token == "_label";
    if (!parsed.as_label && token != "_name" && token != "_key") return std::nullopt;
    return parsed;
}

std::string column_text(const ColumnToken& token, const std::vector<const ColumnInfo*>& columns) {
    const auto text = [&](const ColumnInfo& column) { return token.as_label ? label(column) : column.name(); };
    if (!token.all) return token.index < columns.size() ? text(*columns[token.index]) : std::string();
    std::string all;
    for (std::size_t i = token.index; i < columns.size(); ++i) {
        if (i != token.index) all += token.separator;
        all += text(*columns[i]);
    }
    return all;
}

[[noreturn]] void throw_unknown_token(std::string_view token, std::string_view kind) {
    throw InvalidRequestError(
        "The naming convention for '" + std::string(kind) + "' has the token %(" + std::string(token) +
        ")s, which has no meaning here; tokens are table_name, column_0_name, column_0N_name, column_0_N_name, "
        "column_0_label, referred_table_name, referred_column_0_name and constraint_name");
}

std::string token_text(std::string_view token, std::string_view kind, const NameSubject& subject) {
    if (token == "table_name") return subject.table->name();
    if (token == "constraint_name") {
        if (subject.given.empty())
            throw InvalidRequestError(
                "A naming convention with %(constraint_name)s requires that the constraint is named, but one of "
                "table '" +
                subject.table->key() + "' is not; give it a name(\"...\")");
        return std::string(subject.given);
    }
    if (const auto column = parse_column_token(token)) return column_text(*column, subject.columns);
    if (!subject.foreign_key) throw_unknown_token(token, kind);
    if (token == "referred_table_name") {
        const auto key = subject.foreign_key->target_table_key();
        return std::string(key.substr(key.rfind('.') + 1));
    }
    constexpr std::string_view referred = "referred_";
    const auto column = token.starts_with(referred) ? parse_column_token(token.substr(referred.size())) : std::nullopt;
    if (!column) throw_unknown_token(token, kind);
    std::vector<const ColumnInfo*> columns;
    columns.reserve(subject.columns.size());
    for (std::size_t i = 0; i < subject.columns.size(); ++i)
        columns.push_back(&subject.foreign_key->referred_column(i));
    return column_text(*column, columns);
}

}  // namespace

std::string conventional_name(std::string_view kind, const NameSubject& subject) {
    static const NamingConvention standard;
    const auto* metadata = subject.table->metadata();
    const std::string_view pattern = pattern_of(metadata ? metadata->naming_convention() : standard, kind);
    const bool speaks_of_name = pattern.find("%(constraint_name)s") != std::string_view::npos;
    if (pattern.empty() || (!subject.given.empty() && !speaks_of_name)) return std::string(subject.given);
    std::string name;
    for (std::size_t at = 0; at < pattern.size();) {
        const auto end = pattern.compare(at, 2, "%(") == 0 ? pattern.find(")s", at) : std::string_view::npos;
        if (end == std::string_view::npos) {
            name += pattern[at++];
            continue;
        }
        name += token_text(pattern.substr(at + 2, end - at - 2), kind, subject);
        at = end + 2;
    }
    return name;
}

}  // namespace detail

std::string constraint_name(const ConstraintInfo& constraint) {
    detail::NameSubject subject{&constraint.table(), constraint.name(), constraint.columns(), nullptr};
    switch (constraint.kind()) {
        case ConstraintKind::primary: return detail::conventional_name("pk", subject);
        case ConstraintKind::uniqueness: return detail::conventional_name("uq", subject);
        case ConstraintKind::condition: return detail::conventional_name("ck", subject);
        case ConstraintKind::foreign: break;
    }
    subject.foreign_key = static_cast<const ForeignKeyInfo*>(&constraint);
    return detail::conventional_name("fk", subject);
}

std::string IndexInfo::name() const {
    std::vector<const ColumnInfo*> columns;
    for (const auto& item : items_)
        if (item.column) columns.push_back(item.column);
    if (name_.empty() && columns.empty()) return {};
    return detail::conventional_name("ix", {table_, name_, std::move(columns), nullptr});
}

}  // namespace aludel
