// The cases whose text is compared with SQLAlchemy's are run here, on every database: what a dialect writes must be SQL
// that its database understands. What a database refuses is listed in refused_by_<database>.txt, since it has no such
// thing or the case makes no sense there; a line that is no longer true is a failure.
#include "dialects/text/text_case.hpp"
#include "support/databases.hpp"

#include <aludel/aludel.hpp>

#include <fstream>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace text_cases {
namespace {

using aludel::test::Backend;

std::map<std::string, std::vector<Case>>& cases() {
    static std::map<std::string, std::vector<Case>> by_aspect;
    return by_aspect;
}

struct Words {
    std::string key, documents, quote, tick, odd, constraint, more;
};

Words words_of(Backend backend) {
    const std::string partial = "CREATE UNIQUE INDEX ix_part ON t (lower(name)) WHERE x > 5";
    switch (backend) {
        case Backend::postgresql:
            return {"SERIAL PRIMARY KEY",
                    "data JSON, doc JSONB, tags INTEGER[], words VARCHAR[], span INT4RANGE",
                    "\"",
                    "\"has`tick\"",
                    "\"has\"\"quote\"",
                    "CONSTRAINT \"uQ\" UNIQUE (y)",
                    partial};
        case Backend::mariadb:
            return {"INTEGER PRIMARY KEY AUTO_INCREMENT",
                    "data JSON, doc JSON, tags TEXT, words TEXT, span TEXT",
                    "`",
                    "`has``tick`",
                    "`has\"quote`",
                    "FULLTEXT (name)",
                    "CREATE FULLTEXT INDEX ix_t2_name ON t2 (name)"};
        case Backend::sqlite: break;
    }
    return {"INTEGER PRIMARY KEY",
            "data JSON, doc JSON, tags TEXT, words TEXT, span TEXT",
            "\"",
            "\"has`tick\"",
            "\"has\"\"quote\"",
            "UNIQUE (x, y)",
            partial};
}

/// The tables of tables.hpp as this database can have them, and the keys that the cases speak of.
std::vector<std::string> schema_of(Backend backend) {
    const Words words = words_of(backend);
    const auto quoted = [&](const std::string& name) { return words.quote + name + words.quote; };
    std::string odd = "CREATE TABLE " + quoted("Order") + " (" + words.odd + " INTEGER, " + words.tick + " INTEGER";
    for (const auto* name : {"MixedCase", "lower", "with space", "1a", "user", "中文"})
        odd += ", " + quoted(name) + " INTEGER";
    return {"CREATE TABLE t (id " + words.key +
                ", x INTEGER UNIQUE, y INTEGER, name VARCHAR(40), flag BOOLEAN, CONSTRAINT uq UNIQUE (x, name), " +
                words.constraint + ')',
            "CREATE TABLE t2 (id " + words.key + ", t_id INTEGER REFERENCES t (id), name VARCHAR(40))",
            "CREATE TABLE t3 (id " + words.key + ")",
            "CREATE TABLE d (id " + words.key + ", " + words.documents + ")",
            odd + ", " + quoted("select") + " INTEGER UNIQUE)",
            "CREATE TABLE a_really_really_long_table_name_exceeding_the_max "
            "(and_a_really_really_long_column_name_too INTEGER)",
            words.more};
}

/// A statement as it is, an expression as the column of one.
NodeRef statement_of(const NodeRef& node) {
    switch (node->kind()) {
        case NodeKind::text:
        case NodeKind::select:
        case NodeKind::compound:
        case NodeKind::insert:
        case NodeKind::update:
        case NodeKind::delete_: return node;
        default: break;
    }
    SelectDraft draft;
    const bool is_direction = node->op() == Operator::asc || node->op() == Operator::desc ||
                              node->op() == Operator::nulls_first || node->op() == Operator::nulls_last;
    if (!is_direction || node->kind() != NodeKind::unary) {
        draft.columns = {node};
    } else {
        draft.columns = {id.node()};
        draft.order_by = {node};
    }
    return freeze(std::move(draft));
}

/// What the database says against it; empty where it ran, and where there is nothing to run: its dialect has no words
/// for it (which the tests of the text know), or a value is missing.
std::string refusal(Connection& connection, const Case& each) {
    try {
        RowCursor rows = connection.run(statement_of(each.make()));
        while (rows.returns_rows() && rows.next()) continue;
        return {};
    } catch (const CompileError&) {
        return {};
    } catch (const DBAPIError& error) {
        return error.driver_message();
    } catch (const StatementError&) {
        return {};
    }
}

std::string file_of(Backend backend) {
    return std::string(ALUDEL_TEST_SOURCE_DIR) + "/refused_by_" + std::string(to_string(backend)) + ".txt";
}

/// The keys of the aspect's cases that the database is known to refuse.
std::set<std::string> known_refusals(Backend backend, const std::string& aspect) {
    std::ifstream file(file_of(backend));
    std::set<std::string> known;
    for (std::string line; std::getline(file, line);)
        if (line.starts_with(aspect + '.')) known.insert(line.substr(aspect.size() + 1));
    return known;
}

class OnDatabase : public testing::Test {
  public:
    OnDatabase(std::string aspect, Backend backend) : aspect_(std::move(aspect)), backend_(backend) {}

    void TestBody() override {
        if (const auto why = why_unavailable(backend_); !why.empty()) GTEST_SKIP() << why;
        const aludel::test::Database database(backend_);
        Engine engine = create_engine(database.url());
        engine.begin([&](Connection& connection) {
            for (const auto& statement : schema_of(backend_)) connection.exec_driver_sql(statement);
        });
        compare(engine.connect());
        engine.dispose();
    }

  private:
    void compare(Connection connection) {
        const auto known = known_refusals(backend_, aspect_);
        for (const Case& each : cases().at(aspect_)) {
            const std::string said = refusal(connection, each);
            connection.rollback();
            const bool is_known = known.contains(each.key);
            if (said.empty() == !is_known) continue;
            ADD_FAILURE() << aspect_ << '.' << each.key
                          << (is_known ? ": no longer refused; take it out of "
                                       : ": " + said + "\nUnless that is so, put it into ")
                          << file_of(backend_);
        }
    }

    std::string aspect_;
    Backend backend_;
};

}  // namespace

bool add(const Case& each, const char* file, int line) {
    auto& aspect = cases()[each.aspect];
    if (aspect.empty())
        for (const Backend backend : aludel::test::all_backends)
            testing::RegisterTest(each.aspect, ("run/" + std::string(to_string(backend))).c_str(), nullptr, nullptr,
                                  file, line, [name = std::string(each.aspect), backend]() -> testing::Test* {
                                      return new OnDatabase(name, backend);
                                  });
    aspect.push_back(each);
    return true;
}

}  // namespace text_cases
