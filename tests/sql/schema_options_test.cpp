// The options of columns, as values of the run time and as template arguments.
#include "aludel/sql/schema/options.hpp"

#include <gtest/gtest.h>

#include <string>

#include "aludel/base/error.hpp"
#include "aludel/sql/expr/func.hpp"
#include "aludel/sql/schema/column.hpp"

namespace aludel {
namespace {

/// A stand-in for a mapped attribute: the options are template arguments.
template <auto... Options>
ColumnDraft described() {
    static_assert((check_column_option<Options>() && ...));
    ColumnDraft draft;
    (apply(Options, draft), ...);
    return draft;
}

int next_code() {
    static int last = 0;
    return ++last;
}

TEST(ColumnOptions, flags_and_types_work_in_both_places) {
    const auto fixed = described<String(20), primary_key, unique, indexed, not_null, no_autoincrement>();
    const auto run = Column{"x", String(20), primary_key, unique, indexed, not_null, no_autoincrement}.draft();
    for (const auto& draft : {fixed, run}) {
        EXPECT_EQ(draft.type, String(20).sql_type());
        EXPECT_TRUE(draft.primary_key && draft.unique && draft.index);
        EXPECT_EQ(draft.nullable, false);
        EXPECT_EQ(draft.autoincrement, Autoincrement::never);
    }
    EXPECT_EQ(run.name, "x");
    EXPECT_EQ(described<name("other")>().name, "other");
    EXPECT_EQ(described<nullable>().nullable, true);
    EXPECT_FALSE(described<>().nullable.has_value());
}

TEST(ColumnOptions, foreign_key_carries_its_rules) {
    const auto draft = described<ForeignKey("s.user.id", ondelete("CASCADE"), onupdate("SET NULL"), name("fk"),
                                            deferrable, initially("DEFERRED"), match_clause("FULL"), use_alter)>();
    ASSERT_EQ(draft.foreign_keys.size(), 1U);
    const auto& key = draft.foreign_keys.front();
    EXPECT_EQ(key.target, "s.user.id");
    EXPECT_EQ(key.rules.ondelete, "CASCADE");
    EXPECT_EQ(key.rules.onupdate, "SET NULL");
    EXPECT_EQ(key.rules.name, "fk");
    EXPECT_EQ(key.rules.deferrable, true);
    EXPECT_EQ(key.rules.initially, "DEFERRED");
    EXPECT_EQ(key.rules.match, "FULL");
    EXPECT_TRUE(key.rules.use_alter);
}

TEST(ColumnOptions, foreign_key_without_dot_is_refused) {
    static_assert(!has_dot(ForeignKey("user")));
    static_assert(!has_dot(ForeignKey(".id")));
    static_assert(!has_dot(ForeignKey("user.")));
    static_assert(has_dot(ForeignKey("user.id")) && has_dot(primary_key));
    try {
        Column{"author", Integer, ForeignKey("user")};
        FAIL();
    } catch (const ArgumentError& error) {
        EXPECT_NE(error.message().find("'user'"), std::string::npos);
        EXPECT_NE(error.message().find("'author'"), std::string::npos);
    }
}

TEST(ColumnOptions, constant_defaults_keep_their_value) {
    EXPECT_EQ(described<insert_default(7)>().insert_default.value(), Value::of(7));
    EXPECT_EQ(described<insert_default(true)>().insert_default.value(), Value::of(true));
    EXPECT_EQ(described<insert_default(2.5)>().insert_default.value(), Value::of(2.5));
    EXPECT_EQ(described<insert_default("new")>().insert_default.value(), Value::text("new"));
    EXPECT_EQ(described<onupdate(8)>().onupdate.value(), Value::of(8));
    EXPECT_EQ(described<onupdate("CASCADE")>().onupdate.value(), Value::text("CASCADE"));
    EXPECT_EQ(described<server_default("it's")>().server_default.value(), Value::text("it's"));
    EXPECT_EQ((Column{"x", insert_default(std::string("run"))}.draft().insert_default.value()), Value::text("run"));
}

TEST(ColumnOptions, functions_are_called_for_each_row) {
    const auto fixed = described<insert_default<next_code>()>().insert_default;
    ASSERT_TRUE(fixed.is_callable());
    const auto first = fixed.value().as_integer();
    EXPECT_EQ(fixed.value().as_integer(), first + 1);

    const auto closure = described<insert_default([] { return "made"; })>().insert_default;
    EXPECT_TRUE(closure.is_callable());
    EXPECT_EQ(closure.value(), Value::text("made"));

    int count = 0;
    const Column counted{"x", onupdate([&count] { return ++count; })};
    EXPECT_EQ(counted.draft().onupdate.value(), Value::of(1));
    EXPECT_EQ(counted.draft().onupdate.value(), Value::of(2));
    EXPECT_EQ((Column{"x", insert_default(&next_code)}.draft().insert_default.kind()), ColumnDefault::Kind::callable);
}

TEST(ColumnOptions, sql_defaults_are_expressions) {
    const auto draft = described<server_default(raw_sql("now()")), insert_default(raw_sql("1 + 1"))>();
    ASSERT_TRUE(draft.server_default.is_expression());
    EXPECT_EQ(static_cast<const NamedNode&>(*draft.server_default.sql()).name(), "now()");
    EXPECT_TRUE(draft.insert_default.is_expression());
    const auto function = described<insert_default(func::current_timestamp()), server_default(func::now())>();
    ASSERT_TRUE(function.insert_default.is_expression());
    EXPECT_EQ(static_cast<const FunctionNode&>(*function.server_default.sql()).name(), "now");
}

TEST(ColumnOptions, checks_comments_and_computed_columns) {
    const auto draft = described<check("a > 0"), check("a < 9", name("small")), comment("c"), doc("d"),
                                 computed("b + 1", persisted)>();
    ASSERT_EQ(draft.checks.size(), 2U);
    EXPECT_EQ(draft.checks[0].sql, "a > 0");
    EXPECT_EQ(draft.checks[0].name, "");
    EXPECT_EQ(draft.checks[1].name, "small");
    EXPECT_EQ(draft.comment, "c");
    EXPECT_EQ(draft.doc, "d");
    ASSERT_TRUE(draft.computed.has_value());
    EXPECT_EQ(draft.computed->persisted, true);
}

/// An option of one's own needs one function.
struct Audited {
    void apply_to(ColumnDraft& draft) const { draft.comment = "audited"; }
};

TEST(ColumnOptions, an_option_of_ones_own_is_any_type_with_apply_to) {
    static_assert(ColumnOption<Audited> && !ColumnOption<int>);
    EXPECT_EQ(described<Audited{}>().comment, "audited");
}

}  // namespace
}  // namespace aludel
