#include <aludel/sql/expr/nodes.hpp>
#include <aludel/sql/expr/text.hpp>

#include <algorithm>

#include <aludel/base/error.hpp>

#include "sql/expr/text_parameters.hpp"

namespace aludel {

namespace detail {

namespace {

bool is_name_char(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '$' ||
           (static_cast<unsigned char>(c) & 0x80U) != 0;
}

std::size_t name_end(std::string_view sql, std::size_t start) {
    while (start < sql.size() && is_name_char(sql[start])) ++start;
    return start;
}

}  // namespace

// `:name` is a parameter unless a colon, a backslash or a letter stands before it, or a colon behind.
TextPiece next_piece(std::string_view sql, std::size_t& position) {
    const std::size_t start = position;
    if (sql[start] == '\\' && start + 1 < sql.size() && sql[start + 1] == ':') {
        position = name_end(sql, start + 2);
        return {TextPiece::Kind::colon_name, sql.substr(start + 2, position - start - 2)};
    }
    const bool free = start == 0 || (sql[start - 1] != ':' && sql[start - 1] != '\\' && !is_name_char(sql[start - 1]));
    if (sql[start] == ':' && free) {
        const std::size_t end = name_end(sql, start + 1);
        if (end > start + 1 && (end == sql.size() || sql[end] != ':')) {
            position = end;
            return {TextPiece::Kind::parameter, sql.substr(start + 1, end - start - 1)};
        }
    }
    position = start + 1;
    return {TextPiece::Kind::sql, sql.substr(start, 1)};
}

std::vector<std::string> parameter_names(std::string_view sql) {
    std::vector<std::string> names;
    for (std::size_t position = 0; position < sql.size();) {
        const TextPiece piece = next_piece(sql, position);
        if (piece.kind == TextPiece::Kind::parameter) names.emplace_back(piece.text);
    }
    return names;
}

}  // namespace detail

void TextClause::bind(std::string_view name, Value value, const SqlType& type) {
    const std::vector<std::string> known = detail::parameter_names(sql_);
    if (std::find(known.begin(), known.end(), name) == known.end())
        throw ArgumentError("This text() construct doesn't define a bound parameter named '" + std::string(name) + "'");
    std::erase_if(binds_, [&](const NodeRef& bind) { return detail::as<BindNode>(*bind).key() == name; });
    binds_.push_back(detail::bind_parameter(name, std::move(value), type));
    static_cast<ColumnExpr<Untyped>&>(*this) = ColumnExpr<Untyped>(detail::text_node(sql_, binds_));
}

}  // namespace aludel
