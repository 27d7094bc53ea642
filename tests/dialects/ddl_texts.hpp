// CREATE TABLE for the three databases, white space folded.
#pragma once

#include <cctype>
#include <functional>
#include <string>
#include <vector>

#include "aludel/base/error.hpp"
#include "aludel/dialects/dialects.hpp"
#include "aludel/sql/compile/ddl.hpp"
#include "aludel/sql/schema/table.hpp"

namespace aludel::ddl_texts {

using Texts = std::vector<std::string>;

inline std::string folded(const std::string& text) {
    std::string result;
    for (const char c : text) {
        const bool space = std::isspace(static_cast<unsigned char>(c)) != 0;
        if (!space)
            result += c;
        else if (!result.empty() && result.back() != ' ')
            result += ' ';
    }
    while (!result.empty() && result.back() == ' ') result.pop_back();
    return result;
}

/// What `render` makes of SQLite, PostgreSQL and MySQL; "!" for a CompileError.
inline Texts everywhere(const std::function<std::string(const Dialect&)>& render) {
    Texts texts;
    for (const Dialect* dialect : {&dialects::sqlite(), &dialects::postgresql(), &dialects::mysql()}) try {
            texts.push_back(folded(render(*dialect)));
        } catch (const CompileError&) {
            texts.emplace_back("!");
        }
    return texts;
}

inline Texts created(const Table& table) {
    return everywhere([&](const Dialect& dialect) { return create_table_sql(table, dialect); });
}

/// The columns of a table, one by one, on one database.
inline Texts columns_of(const Table& table, const Dialect& dialect) {
    Texts texts;
    for (const auto& column : table.info().columns()) {
        const auto text = column_definition_sql(column, dialect);
        texts.push_back(text.substr(text.find(' ') + 1));
    }
    return texts;
}

inline Texts same(const std::string& text) { return {text, text, text}; }

/// The message of the CompileError, or what was written without one.
inline std::string compile_error(const Table& table, const Dialect& dialect) {
    try {
        return "no error: " + create_table_sql(table, dialect);
    } catch (const CompileError& error) {
        return error.what();
    }
}

}  // namespace aludel::ddl_texts
