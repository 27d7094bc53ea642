#include "differential/case.hpp"
#include <aludel/sql/compile/dialect.hpp>

#include "differential/comparison.hpp"
#include "differential/on_servers.hpp"
#include "differential/oracle.hpp"

#include <gtest/gtest.h>

#include <cxxabi.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <regex>
#include <typeinfo>

namespace differential {

namespace {

std::string joined(const std::vector<std::string>& parts) {
    std::string text;
    for (const auto& part : parts) text += (text.empty() ? "" : ", ") + part;
    return text;
}

/// The cells of a row, alike on all databases: a boolean is a number on some.
std::string cells_of(const Row& row) {
    std::vector<std::string> cells;
    for (const Value& value : row)
        cells.push_back(value.kind() == ValueKind::boolean ? std::to_string(value.as_integer()) : value.repr());
    return detail::in_parentheses(cells);
}

/// The URL of the database of the cases that are made from now on.
std::string& database_url() {
    static std::string url = "sqlite://";
    return url;
}

}  // namespace

std::string class_of(const std::exception& error) {
    int status = 0;
    const std::unique_ptr<char, void (*)(void*)> name(
        abi::__cxa_demangle(typeid(error).name(), nullptr, nullptr, &status), &std::free);
    const std::string full = status == 0 ? name.get() : typeid(error).name();
    return full.substr(full.rfind(':') + 1);
}

namespace detail {

std::string in_parentheses(const std::vector<std::string>& parts) {
    return "(" + joined(parts) + (parts.size() == 1 ? ",)" : ")");
}
std::string in_brackets(const std::vector<std::string>& parts) { return "[" + joined(parts) + "]"; }

}  // namespace detail

namespace {

/// The first sentence of a warning, without addresses; oracle.py has the same rule.
std::string warning_line(std::string_view warning) {
    static const std::regex address(" at 0x[0-9a-f]+"), elements(" between FROM element[^]*");
    std::string text = std::regex_replace(std::string(warning), address, "");
    text = std::regex_replace(text, elements, "");
    text.resize(std::min(text.find(". "), text.size()));
    if (text.ends_with('.')) text.pop_back();
    return "warning " + text;
}

}  // namespace

Case::Case()
    : engine(create_engine(database_url(), {.log =
                                                [this](const LogRecord& record) {
                                                    // Warnings come by their handler, as Python's do.
                                                    if (!recording_ || record.kind == LogKind::note) return;
                                                    lines_.push_back(test::folded(record.message));
                                                    if (record.kind == LogKind::statement)
                                                        lines_.push_back("    " + std::string(record.parameters));
                                                }})),
      session(engine) {
    create(Base::metadata());
    warnings_before_ = set_warning_handler([this](std::string_view text) {
        if (recording_) lines_.push_back(warning_line(text));
    });
}

void Case::use_database(std::string url) { database_url() = std::move(url); }

Case::~Case() { set_warning_handler(warnings_before_); }

void Case::close() {
    session.close();
    connection_.reset();
}

Connection& Case::connection() {
    if (!connection_) connection_ = engine.connect();
    return *connection_;
}

void Case::create(MetaData& metadata) {
    recording_ = false;
    metadata.create_all(engine);
    recording_ = true;
    for (const TableInfo* table : metadata.sorted_tables()) created_tables_.push_back(table->name());
}

std::vector<std::string> Case::rows() {
    recording_ = false;
    std::vector<std::string> found;
    std::optional<Connection> own;
    if (!connection_ && !session.in_transaction()) own = engine.connect();
    Connection& reader = own ? *own : connection_ ? *connection_ : session.connection();
    for (const auto& table : created_tables_) {
        std::vector<std::string> lines;
        for (const auto& row : reader.exec_driver_sql("SELECT * FROM " + engine.dialect().quote(table)))
            lines.push_back(table + cells_of(row));
        std::sort(lines.begin(), lines.end());
        found.insert(found.end(), lines.begin(), lines.end());
    }
    return found;
}

void Case::fails(const std::function<void()>& work) {
    std::string name = "nothing";
    try {
        work();
    } catch (const std::exception& error) {
        name = class_of(error);
    }
    lines_.push_back("raises " + name);
}

void Case::differs(std::string why, std::string sqlalchemy, std::string aludel) {
    differences_.push_back({std::move(why), std::move(sqlalchemy), std::move(aludel)});
}

void Case::any_order(std::string table) { unordered_tables_.push_back(std::move(table)); }

void Case::show_text(const std::vector<std::string>& values) { lines_.push_back("show " + joined(values)); }

namespace {

/// Runs both sides of one case and compares them.
class CaseTest : public testing::Test {
  public:
    CaseTest(std::string file, MakeCase make) : file_(std::move(file)), make_(make) {}

    void TestBody() override {
        const std::string name = std::filesystem::path(file_).stem();
        const auto expected = expected_statements(name);
        ASSERT_TRUE(expected) << "oracle.py has nothing for " << file_ << "; was it started before the file was added?";

        const std::unique_ptr<Case> current = make_();
        std::string failure;
        try {
            current->run();
        } catch (const std::exception& error) {
            failure = "\nthe C++ side threw " + class_of(error) + ": " + error.what();
        }
        current->close();

        std::string complaint;
        const auto& unordered = current->unordered_tables();
        const auto adjusted =
            with_ordered_rows(with_differences(*expected, current->differences(), complaint), unordered);
        const auto record = with_ordered_rows(current->record(), unordered);
        if (failure.empty() && complaint.empty() && adjusted == record) return;
        ADD_FAILURE_AT(file_.c_str(), 1) << "SQLAlchemy (-) and aludel (+) differ, see " << file_ << complaint
                                         << failure << "\n"
                                         << side_by_side(adjusted, record);
    }

  private:
    std::string file_;
    MakeCase make_;
};

}  // namespace

int register_case(const char* area, const char* name, const char* file, int line, MakeCase make) {
    const std::string path = file;
    if (std::filesystem::path(path).stem() != std::string(area) + "_" + name) {
        std::fprintf(stderr, "%s:%d: the case %s_%s is in a file of another name\n", file, line, area, name);
        std::exit(2);
    }
    testing::RegisterTest(area, name, nullptr, nullptr, file, line,
                          [path, make]() -> testing::Test* { return new CaseTest(path, make); });
    register_on_servers(area, name, file, line, make);
    return line;
}

}  // namespace differential
