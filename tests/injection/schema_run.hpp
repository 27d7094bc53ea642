// What the fuzzer's suites about tables have in common.
#pragma once

#include "injection/injection_run.hpp"

#include <aludel/aludel.hpp>
#include <aludel/sql/compile/dialect.hpp>
#include <aludel/sql/schema/enum_type.hpp>
#include <aludel/sql/schema/inspector.hpp>

#include <string>
#include <type_traits>

namespace aludel::test {

/// The tables of a MetaData as long as it lives: what is left of them is dropped.
class FreshTables {
  public:
    explicit FreshTables(const Engine& engine) : engine_(engine) {}
    FreshTables(const FreshTables&) = delete;
    FreshTables& operator=(const FreshTables&) = delete;
    ~FreshTables() {
        try {
            metadata.drop_all(engine_);
        } catch (const Error&) {
            // The canary's catalogue tells, if anything is left.
        }
    }
    void create() { metadata.create_all(engine_); }

    MetaData metadata;

  private:
    const Engine& engine_;
};

/// A column option whose text only the running program knows.
struct ServerDefaultText {
    std::string text;
    void apply_to(ColumnDraft& draft) const { draft.server_default = ColumnDefault::constant(Value::text(text)); }
};
struct CommentText {
    std::string text;
    void apply_to(ColumnDraft& draft) const { draft.comment = text; }
};
struct TypeOfRun {
    SqlType type;
    SqlType sql_type() const { return type; }
};

/// The only row's first column, as a text.
template <class Statement>
std::string text_of(const Engine& engine, const Statement& statement) {
    Connection connection = engine.connect();
    const auto row = connection.execute(statement).one();
    if constexpr (std::is_same_v<std::remove_cvref_t<decltype(row)>, Row>)
        return row.template get<std::string>(0);
    else
        return row;
}

}  // namespace aludel::test
