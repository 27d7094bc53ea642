#include "dialects/create_table_text.hpp"

#include "dialects/sql_tokens.hpp"

#include <algorithm>
#include <span>

namespace aludel::dialects {

namespace {

using Tokens = std::span<const SqlToken>;

// What stands between the first and the last token, as it was written.
std::string written(Tokens tokens) {
    if (tokens.empty()) return {};
    const char* first = tokens.front().text.data();
    const char* last = tokens.back().text.data() + tokens.back().text.size();
    return std::string(first, last);
}

// Walks over the tokens of one item of the table: a column with its constraints, or a constraint of the table.
class Item {
  public:
    Item(Tokens tokens, CreateTableText& result) : tokens_(tokens), result_(result) {}

    void read() {
        if (at_end()) return;
        if (!starts_constraint()) column_ = tokens_[at_++].unquoted();
        while (!at_end()) read_one();
    }

  private:
    bool at_end() const { return at_ >= tokens_.size(); }
    bool sees(std::string_view word, std::size_t ahead = 0) const {
        return at_ + ahead < tokens_.size() && tokens_[at_ + ahead].is(word);
    }
    bool sees_mark(char mark) const { return !at_end() && tokens_[at_].is_mark(mark); }
    bool accept(std::string_view word) {
        if (!sees(word)) return false;
        ++at_;
        return true;
    }
    bool starts_constraint() const {
        return sees("CONSTRAINT") || (sees("PRIMARY") && sees("KEY", 1)) || (sees("FOREIGN") && sees("KEY", 1)) ||
               ((sees("UNIQUE") || sees("CHECK")) && at_ + 1 < tokens_.size() && tokens_[at_ + 1].is_mark('('));
    }

    // What the parentheses here hold; moves behind them.
    Tokens parenthesised() {
        if (!sees_mark('(')) return {};
        const auto end = behind_parenthesis(tokens_, at_);
        const auto inside = tokens_.subspan(at_ + 1, end - at_ - 2);
        at_ = end;
        return inside;
    }

    // The first name of each part between commas: `"a" COLLATE NOCASE DESC` is a.
    std::vector<std::string> names() {
        std::vector<std::string> names;
        bool expected = true;
        for (const auto& token : parenthesised()) {
            if (expected) names.push_back(token.unquoted());
            expected = token.is_mark(',');
        }
        return names;
    }

    std::string next_text() { return at_end() ? std::string{} : tokens_[at_++].unquoted(); }

    // CASCADE, RESTRICT, SET NULL, SET DEFAULT, NO ACTION; the last one is said by silence.
    std::string action() {
        if (accept("CASCADE")) return "CASCADE";
        if (accept("RESTRICT")) return "RESTRICT";
        if (accept("SET")) return accept("NULL") ? "SET NULL" : (++at_, "SET DEFAULT");
        if (accept("NO")) ++at_;
        return {};
    }

    // DEFERRABLE, NOT DEFERRABLE, INITIALLY …; false where something else follows.
    bool read_deferral(ForeignKeyRules& rules) {
        if (sees("NOT") && sees("DEFERRABLE", 1)) {
            at_ += 2;
            rules.deferrable = false;
        } else if (accept("DEFERRABLE")) {
            rules.deferrable = true;
        } else if (accept("INITIALLY")) {
            rules.initially = sees("DEFERRED") ? "DEFERRED" : "IMMEDIATE";
            ++at_;
        } else {
            return false;
        }
        return true;
    }

    void read_references(std::vector<std::string> columns) {
        ReflectedForeignKey key;
        key.columns = std::move(columns);
        key.rules.name = std::exchange(name_, {});
        key.referred_table = next_text();
        key.referred_columns = names();
        for (;;) {
            if (sees("ON") && sees("DELETE", 1)) {
                at_ += 2;
                key.rules.ondelete = action();
            } else if (sees("ON") && sees("UPDATE", 1)) {
                at_ += 2;
                key.rules.onupdate = action();
            } else if (accept("MATCH")) {
                key.rules.match = next_text();
            } else if (!read_deferral(key.rules)) {
                break;
            }
        }
        result_.foreign_keys.push_back(std::move(key));
    }

    void read_primary_key() {
        ++at_;  // KEY
        result_.primary_key_name = std::exchange(name_, {});
        parenthesised();
    }

    void read_unique() {
        auto columns = sees_mark('(') ? names() : std::vector<std::string>{column_};
        result_.uniques.push_back({std::exchange(name_, {}), std::move(columns)});
    }

    // One constraint, or one token of what is none.
    void read_one() {
        if (accept("CONSTRAINT")) {
            name_ = next_text();
        } else if (accept("PRIMARY")) {
            read_primary_key();
        } else if (accept("UNIQUE")) {
            read_unique();
        } else if (accept("CHECK")) {
            result_.checks.push_back({std::exchange(name_, {}), written(parenthesised())});
        } else if (sees("FOREIGN") && sees("KEY", 1)) {
            at_ += 2;
            auto columns = names();
            if (accept("REFERENCES")) read_references(std::move(columns));
        } else if (accept("REFERENCES")) {
            read_references({column_});
        } else if (accept("AUTOINCREMENT")) {
            result_.options.add(dialect_option("sqlite", "autoincrement", "1"));
        } else if (accept("AS")) {
            result_.computed.emplace_back(column_, written(parenthesised()));
        } else if (sees_mark('(')) {
            parenthesised();  // the length of a type, a default
        } else {
            ++at_;
        }
    }

    Tokens tokens_;
    CreateTableText& result_;
    std::size_t at_ = 0;
    std::string column_;  // empty: the item is a constraint of the table
    std::string name_;    // of the constraint that follows
};

// What stands behind the parentheses: WITHOUT ROWID, STRICT.
void read_table_options(Tokens tokens, DialectOptions& options) {
    const auto says = [&](std::string_view word) {
        return std::any_of(tokens.begin(), tokens.end(), [&](const SqlToken& token) { return token.is(word); });
    };
    if (says("WITHOUT")) options.add(dialect_option("sqlite", "with_rowid", "0"));
    if (says("STRICT")) options.add(dialect_option("sqlite", "strict", "1"));
}

}  // namespace

CreateTableText parse_create_table(std::string_view sql) {
    CreateTableText result;
    const auto tokens = sql_tokens(sql);
    std::size_t open = 0;
    while (open < tokens.size() && !tokens[open].is_mark('(')) ++open;
    if (open == tokens.size()) return result;
    const auto end = behind_parenthesis(tokens, open) - 1;
    std::size_t start = open + 1;
    int depth = 0;
    for (std::size_t i = start; i <= end && i < tokens.size(); ++i) {
        if (tokens[i].is_mark('(')) ++depth;
        if (i == end || (depth == 0 && tokens[i].is_mark(','))) {
            Item(Tokens(tokens).subspan(start, i - start), result).read();
            start = i + 1;
        }
        if (tokens[i].is_mark(')')) --depth;
    }
    if (end < tokens.size()) read_table_options(Tokens(tokens).subspan(end + 1), result.options);
    return result;
}

}  // namespace aludel::dialects
