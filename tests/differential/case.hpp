#pragma once

#include "differential/models.hpp"

#include "support/log_capture.hpp"

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

namespace differential {

/// A deliberate difference from SQLAlchemy, as a case states it.
struct Difference {
    std::string why;
    std::string sqlalchemy;
    std::string aludel;
};

namespace detail {

std::string in_parentheses(const std::vector<std::string>& parts);
std::string in_brackets(const std::vector<std::string>& parts);

/// A value as Python prints it.
template <class T>
std::string shown(const T& value) {
    return aludel::encode_as<aludel::literal_type_t<T>>(value).repr();
}
template <class T, auto... Options>
std::string shown(const Mapped<T, Options...>& value) {
    return shown(value.get());
}
template <class... T>
std::string shown(const std::tuple<T...>& row) {
    return std::apply([](const T&... part) { return in_parentheses({shown(part)...}); }, row);
}
template <class T>
std::string shown(const std::vector<T>& values) {
    std::vector<std::string> parts;
    for (const auto& value : values) parts.push_back(shown(value));
    return in_brackets(parts);
}

}  // namespace detail

/// What the body of a case sees. The Python side has the same names.
class Case {
  public:
    /// On the database of `use_database`.
    Case();
    virtual ~Case();
    virtual void run() = 0;

    /// Where the cases that are made from now on run: a database in memory unless this says otherwise.
    static void use_database(std::string url);

    /// Ends what the case has left open: the session first, then the connection.
    void close();
    /// What was logged, and what `show` and `fails` added.
    std::vector<std::string> record() const { return lines_; }
    const std::vector<Difference>& differences() const { return differences_; }
    const std::vector<std::string>& unordered_tables() const { return unordered_tables_; }
    /// The rows of all tables as the case sees them before `close`, one a line, in an order of their own.
    std::vector<std::string> rows();

  protected:
    /// Runs a statement on the case's own connection, outside of the session.
    template <class Statement, class... Arguments>
    auto execute(const Statement& statement, const Arguments&... arguments) {
        return connection().execute(statement, arguments...);
    }
    Connection& connection();
    /// Creates tables without a trace in the record.
    void create(MetaData& metadata);
    /// Adds the values to the record.
    template <class... T>
    void show(const T&... values) {
        show_text({detail::shown(values)...});
    }
    /// Adds the name of the exception that `work` throws.
    void fails(const std::function<void()>& work);
    /// States a deliberate difference: a line of SQLAlchemy's record, or several that follow each other, and what
    /// aludel has in their place (empty: nothing). Each call replaces the first that it finds, which must be there.
    void differs(std::string why, std::string sqlalchemy, std::string aludel);
    /// States that the rows of one executemany on this association table come in any order: SQLAlchemy has them in
    /// sets.
    void any_order(std::string table);

  private:
    void show_text(const std::vector<std::string>& values);

    std::vector<std::string> lines_;
    std::vector<Difference> differences_;
    std::vector<std::string> unordered_tables_;
    std::vector<std::string> created_tables_;
    bool recording_ = true;

  protected:
    Engine engine;
    Session session;

  private:
    std::optional<Connection> connection_;
    WarningHandler warnings_before_;
};

using MakeCase = std::unique_ptr<Case> (*)();

/// Makes a case an entry of its own among the tests. Stops the program if the file has another name.
int register_case(const char* area, const char* name, const char* file, int line, MakeCase make);

}  // namespace differential

/// A case: area and name as in the file's name, the Python side as a raw string, then the body of the C++ side.
#define DIFFERENTIAL_CASE(area, name, python)                                                                     \
    class area##_##name final : public Case {                                                                     \
      public:                                                                                                     \
        void run() override;                                                                                      \
    };                                                                                                            \
    static_assert(sizeof(python) > 1);                                                                            \
    [[maybe_unused]] static const int area##_##name##_registered =                                                \
        register_case(#area, #name, __FILE__, __LINE__, [] { return std::unique_ptr<Case>(new area##_##name); }); \
    void area##_##name::run()
