#include "differential/on_servers.hpp"

#include "differential/comparison.hpp"
#include "support/databases.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>
#include <string_view>

namespace differential {

namespace {

using test::Backend;

/// What a case relies on that not every database does.
enum class Reliance : std::uint8_t {
    database_of_its_own,     ///< its own table definitions or texts are for SQLite alone
    keys_after_given_ones,   ///< a generated key is greater than the keys that the program gave
    keys_without_gaps,       ///< a generated key of a row that was rolled back is given again
    order_of_rows,           ///< rows without ORDER BY come in the order of their keys
    failed_statement_alone,  ///< a failed statement leaves its transaction usable
    case_of_letters,         ///< LIKE does not tell upper from lower case, or = does
    deferred_foreign_keys,   ///< a foreign key is not looked at before COMMIT
};

struct Exception {
    std::string_view name;
    Reliance reliance;
};

// Table: the cases that cannot run everywhere, and why.
constexpr std::array<Exception, 0> exceptions{};

std::string_view lacking(Reliance reliance, Backend backend) {
    const bool postgresql = backend == Backend::postgresql;
    switch (reliance) {
        case Reliance::database_of_its_own: return "statements of SQLite's own";
        case Reliance::keys_after_given_ones: return postgresql ? "generated keys that follow given ones" : "";
        case Reliance::keys_without_gaps: return "generated keys without gaps after a rollback";
        case Reliance::order_of_rows: return postgresql ? "an order of rows without ORDER BY" : "";
        case Reliance::failed_statement_alone: return postgresql ? "transactions that survive a failed statement" : "";
        case Reliance::case_of_letters: return "comparisons that treat the case of letters as SQLite does";
        case Reliance::deferred_foreign_keys: return "foreign keys that are checked at COMMIT";
    }
    return "";
}

struct Outcome {
    std::vector<std::string> lines;

    void add_shown(const std::vector<std::string>& record) {
        for (const auto& line : record)
            if (line.starts_with("show ") || line.starts_with("raises ")) lines.push_back(line);
    }
};

/// What the case shows and leaves on the database of this URL.
Outcome outcome_on(const std::string& url, MakeCase make) {
    Case::use_database(url);
    const std::unique_ptr<Case> current = make();
    Case::use_database("sqlite://");
    Outcome outcome;
    try {
        current->run();
    } catch (const std::exception& error) {
        outcome.lines.push_back("ends with " + class_of(error) + ": " + error.what());
    }
    outcome.add_shown(current->record());
    try {
        const auto rows = current->rows();
        outcome.lines.insert(outcome.lines.end(), rows.begin(), rows.end());
    } catch (const std::exception& error) {
        outcome.lines.push_back("no rows to see");
    }
    current->close();
    return outcome;
}

class ServerCaseTest : public testing::Test {
  public:
    ServerCaseTest(std::string name, Backend backend, std::string file, MakeCase make)
        : name_(std::move(name)), backend_(backend), file_(std::move(file)), make_(make) {}

    void TestBody() override {
        if (const auto why = why_unavailable(backend_); !why.empty()) GTEST_SKIP() << why;
        for (const auto& each : exceptions) {
            const std::string_view lacks = lacking(each.reliance, backend_);
            if (each.name == name_ && !lacks.empty()) GTEST_SKIP() << to_string(backend_) << " lacks " << lacks;
        }
        const Outcome expected = outcome_on("sqlite://", make_);
        const test::Database database(backend_);
        const Outcome found = outcome_on(database.url(), make_);
        if (expected.lines == found.lines) return;
        ADD_FAILURE_AT(file_.c_str(), 1) << "SQLite (-) and " << to_string(backend_) << " (+) differ, see " << file_
                                         << "\n"
                                         << side_by_side(expected.lines, found.lines);
    }

  private:
    std::string name_;
    Backend backend_;
    std::string file_;
    MakeCase make_;
};

}  // namespace

void register_on_servers(const std::string& area, const std::string& name, const char* file, int line, MakeCase make) {
    // What DDL the dialects write is compared as text; the compliance suite runs it.
    static const std::set<std::string> areas_of_sqlite{"ddl", "type"};
    if (areas_of_sqlite.contains(area)) return;
    for (const Backend backend : {Backend::postgresql, Backend::mariadb}) {
        const std::string full = name + "/" + std::string(to_string(backend));
        testing::RegisterTest(
            area.c_str(), full.c_str(), nullptr, nullptr, file, line,
            [case_name = area + "_" + name, backend, path = std::string(file), make]() -> testing::Test* {
                return new ServerCaseTest(case_name, backend, path, make);
            });
    }
}

}  // namespace differential
