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
    sqlite_words,           ///< SQL that SQLite alone has
    sqlite_storage,         ///< the form in which SQLite keeps dates and decimals, its doubles in every real column
    keys_after_given_ones,  ///< a generated key is greater than the keys that the program gave
    keys_without_gaps,      ///< the generated key of a row that was rolled back is given again
    one_error_class,        ///< an unknown table is an OperationalError, and the transaction goes on
    any_length,             ///< VARCHAR(n) holds more than n characters
    case_of_letters,        ///< upper case sorts before lower case
    assignments_at_once,    ///< UPDATE computes all values from the row as it was
    having_any_column,      ///< HAVING names a column that is not selected
    filtered_aggregates,    ///< count(x) FILTER (WHERE …)
    deferred_foreign_keys,
    plain_match,  ///< MATCH is an error
};

struct Exception {
    std::string_view name;
    Reliance reliance;
};

// Table: the cases that cannot run everywhere, and why.
constexpr auto exceptions = std::to_array<Exception>({
    {"cascade_merge", Reliance::keys_after_given_ones},
    {"core_insert_values", Reliance::case_of_letters},
    {"core_insert_values", Reliance::keys_after_given_ones},
    {"core_text", Reliance::one_error_class},
    {"core_transaction", Reliance::keys_without_gaps},
    {"core_update", Reliance::assignments_at_once},
    {"expression_label", Reliance::having_any_column},
    {"expression_match", Reliance::plain_match},
    {"expression_operators", Reliance::sqlite_words},
    {"expression_window", Reliance::filtered_aggregates},
    {"rel_passive_updates", Reliance::deferred_foreign_keys},
    {"session_failed_autoflush", Reliance::one_error_class},
    {"session_rollback", Reliance::keys_after_given_ones},
    {"uow_insert_mixed_keys", Reliance::keys_after_given_ones},
    {"uow_long_parameters", Reliance::any_length},
    {"uow_more_types", Reliance::sqlite_storage},
    {"uow_self_reference", Reliance::keys_after_given_ones},
    {"uow_types", Reliance::sqlite_storage},
});

// Table: what the database lacks of it, in words; empty where it has it.
std::string_view lacking(Reliance reliance, Backend backend) {
    const bool postgresql = backend == Backend::postgresql;
    const bool mariadb = backend == Backend::mariadb;
    switch (reliance) {
        case Reliance::sqlite_words: return "GLOB";
        case Reliance::sqlite_storage: return "SQLite's form of dates, decimals and reals";
        case Reliance::keys_after_given_ones: return postgresql ? "generated keys that follow given ones" : "";
        case Reliance::keys_without_gaps: return "generated keys without gaps after a rollback";
        case Reliance::one_error_class: return "SQLite's error for an unknown table";
        case Reliance::any_length: return "texts that are longer than their column";
        case Reliance::case_of_letters: return mariadb ? "an order of texts by their bytes" : "";
        case Reliance::assignments_at_once: return mariadb ? "an UPDATE that assigns everything at once" : "";
        case Reliance::having_any_column: return mariadb ? "HAVING of columns that are not selected" : "";
        case Reliance::filtered_aggregates: return mariadb ? "FILTER behind an aggregate" : "";
        case Reliance::deferred_foreign_keys: return mariadb ? "foreign keys that are checked at COMMIT" : "";
        case Reliance::plain_match: return postgresql ? "an error for MATCH" : "";
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
    } catch (const DBAPIError&) {
        outcome.lines.emplace_back("no rows to see");
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
