// Expressions mean the same everywhere: arithmetic, text, conditions, functions, windows, sets.
#include "compliance/compliance.hpp"

namespace aludel::test::compliance {
namespace {

/// A table of numbers and words: (1, 7, 'ab', 2.5), (2, -7, 'AB ', -2.5), (3, null, null, null).
class Expressions : public EmptyDatabaseTest {
  protected:
    void SetUp() override {
        EmptyDatabaseTest::SetUp();
        if (IsSkipped()) return;
        metadata_.create_all(engine);
        connection_ = engine.connect();
        const Lines columns{"id", "x", "word", "real"};
        const std::vector<ParameterRow> rows{{Value::of(1), Value::of(7), Value::text("ab"), Value::of(2.5)},
                                             {Value::of(2), Value::of(-7), Value::text("AB "), Value::of(-2.5)},
                                             {Value::of(3), Value(), Value(), Value()}};
        connection_->execute_many(insert(table_), columns, rows);
    }
    void TearDown() override {
        connection_.reset();
        EmptyDatabaseTest::TearDown();
    }
    /// The value of the expression for each row, in their order.
    template <class Expression>
    auto values(const Expression& expression) {
        return connection_->execute(select(expression).select_from(table_).order_by(id)).all();
    }
    /// For the first row.
    template <class Expression>
    auto value(const Expression& expression) {
        return connection_->execute(select(expression).where(id == 1)).one();
    }
    /// The ids of the rows for which the condition is true.
    template <class Condition>
    std::vector<int> where(const Condition& condition) {
        return connection_->execute(select(id).where(condition).order_by(id)).all();
    }

    using Number = std::optional<int>;
    using Ids = std::vector<int>;

  private:
    MetaData metadata_;

  protected:
    Table table_{"t",
                 metadata_,
                 Column{"id", Integer, primary_key},
                 Column{"x", Integer},
                 Column{"word", String(20)},
                 Column{"real", Float}};
    std::optional<Connection> connection_;
    ColumnExpr<int> id = table_.c<int>("id");
    ColumnExpr<Number> x = table_.c<Number>("x");
    ColumnExpr<std::optional<std::string>> word = table_.c<std::optional<std::string>>("word");
    ColumnExpr<std::optional<double>> real = table_.c<std::optional<double>>("real");
};
ALUDEL_ON_EVERY_DATABASE(Expressions);

TEST_P(Expressions, arithmetic_keeps_null) {
    EXPECT_EQ(values(x + 1), (std::vector<Number>{8, -6, std::nullopt}));
    EXPECT_EQ(values(x * 2 - 4), (std::vector<Number>{10, -18, std::nullopt}));
    EXPECT_EQ(values(-x), (std::vector<Number>{-7, 7, std::nullopt}));
    EXPECT_EQ(values(x % 4), (std::vector<Number>{3, -3, std::nullopt}));
}

TEST_P(Expressions, precedence_is_that_of_the_tree) {
    EXPECT_EQ(value((x + 1) * 2), 16);
    EXPECT_EQ(value(x + literal(1) * 2), 9);
    EXPECT_EQ(value(x - (literal(3) - 2)), 6);
    EXPECT_EQ(where(!(x == 7 || x == -7)), Ids{});
    EXPECT_EQ(where((id == 1 || id == 2) && x > 0), Ids{1});
}

TEST_P(Expressions, number_with_a_fraction_compares_with_an_integer_column) {
    EXPECT_EQ(where(cast<double>(x, Float) > 6.5), Ids{1});
    EXPECT_EQ(where(real > 2), Ids{1});
    EXPECT_EQ(value(real * 2), 5.0);
    EXPECT_EQ(value(real + 0.25), 2.75);
}

TEST_P(Expressions, text_is_concatenated) {
    EXPECT_EQ(value(word + "c"), "abc");
    EXPECT_EQ(value(word + word), "abab");
    EXPECT_EQ(values(word + "!").back(), std::nullopt);
}

TEST_P(Expressions, conditions_on_text) {
    EXPECT_EQ(where(word.like("ab%")).front(), 1);
    EXPECT_EQ(where(word.ilike("AB%")), (Ids{1, 2}));
    EXPECT_EQ(where(!word.ilike("ab")), Ids{2});
    EXPECT_EQ(where(word == "nothing"), Ids{});
}

TEST_P(Expressions, case_of_letters_tells_texts_apart) {
    ALUDEL_NEEDS(case_sensitive_text);
    EXPECT_EQ(where(word == "AB"), Ids{});
    EXPECT_EQ(where(word == "Ab"), Ids{});
    EXPECT_EQ(where(word < "B"), Ids{2});
}

TEST_P(Expressions, spaces_at_the_end_tell_texts_apart) {
    ALUDEL_NEEDS(trailing_spaces);
    EXPECT_EQ(where(word == "ab "), Ids{});
    EXPECT_EQ(where(word == "AB "), Ids{2});
}

TEST_P(Expressions, case_chooses) {
    EXPECT_EQ(values(case_(when(x > 0, "plus"), when(x < 0, "minus"), else_("none"))),
              (std::vector<std::string>{"plus", "minus", "none"}));
    EXPECT_EQ(values(case_of(id, when(1, 10), when(2, 20), else_(0))), (std::vector<int>{10, 20, 0}));
}

TEST_P(Expressions, casts_convert) {
    EXPECT_EQ(value(cast<std::string>(x, String(20))), "7");
    EXPECT_EQ(value(cast<int>(literal("12"), Integer) + 1), 13);
    EXPECT_EQ(where(cast<std::string>(x, String(20)) == "-7"), Ids{2});
}

TEST_P(Expressions, coalesce_and_nullif) {
    EXPECT_EQ(values(func::coalesce(x, 0)), (std::vector<int>{7, -7, 0}));
    EXPECT_EQ(values(func::call<Number>("nullif", x, 7)), (std::vector<Number>{std::nullopt, -7, std::nullopt}));
}

TEST_P(Expressions, functions_of_text_and_numbers) {
    EXPECT_EQ(value(func::upper(word)), "AB");
    EXPECT_EQ(value(func::lower(word)), "ab");
    EXPECT_EQ(value(func::abs(x)), 7);
    EXPECT_EQ(values(func::abs(x)), (std::vector<Number>{7, 7, std::nullopt}));
}

TEST_P(Expressions, values_stand_in_select_lists) {
    EXPECT_EQ(value(literal(5)), 5);
    EXPECT_EQ(value(literal("it's \\ % ? :x")), "it's \\ % ? :x");
    EXPECT_EQ(value(literal(2.5)), 2.5);
    EXPECT_EQ(value(literal(true)), true);
}

TEST_P(Expressions, parameters_are_named) {
    const auto statement = select(id).where(x == bindparam<int>("wanted"));
    EXPECT_EQ(connection_->execute(statement, "wanted"_a = 7).all(), Ids{1});
    EXPECT_EQ(connection_->execute(statement, "wanted"_a = -7).all(), Ids{2});
}

TEST_P(Expressions, null_is_distinct_from_every_value) {
    EXPECT_EQ(where(x.is_distinct_from(7)), (Ids{2, 3}));
    EXPECT_EQ(where(x.is_not_distinct_from(7)), Ids{1});
}

TEST_P(Expressions, true_and_false_are_conditions) {
    EXPECT_EQ(where(true_()), (Ids{1, 2, 3}));
    EXPECT_EQ(where(false_()), Ids{});
    EXPECT_EQ(where(and_(true_(), id == 2)), Ids{2});
}

TEST_P(Expressions, window_functions_count_rows) {
    EXPECT_EQ(connection_->execute(select(func::row_number().over(Window{}.order_by(id.desc()))).order_by(id)).all(),
              (std::vector<std::int64_t>{3, 2, 1}));
    EXPECT_EQ(values(func::count(id).over(Window{}.partition_by(x > 0))).size(), 3u);
}

TEST_P(Expressions, frames_of_windows_have_bounds) {
    const auto sums = [&](const Window& window) { return values(func::sum(id).over(window.order_by(id))); };
    using Sums = decltype(sums(Window{}));
    EXPECT_EQ(sums(Window{}.rows(-1, 0)), (Sums{1, 3, 5}));
    EXPECT_EQ(sums(Window{}.rows(0, 1)), (Sums{3, 5, 3}));
    EXPECT_EQ(sums(Window{}.rows(std::nullopt, -1)), (Sums{std::nullopt, 1, 3}));
    EXPECT_EQ(sums(Window{}.rows(-1, 1)), (Sums{3, 6, 5}));
    EXPECT_EQ(sums(Window{}.rows(-2, 0)), (Sums{1, 3, 6}));
}

TEST_P(Expressions, null_stands_where_the_order_says) {
    const auto ordered = [&](const auto& order) { return connection_->execute(select(id).order_by(order)).all(); };
    EXPECT_EQ(ordered(x.nulls_first()), (Ids{3, 2, 1}));
    EXPECT_EQ(ordered(x.asc().nulls_last()), (Ids{2, 1, 3}));
    EXPECT_EQ(ordered(x.desc().nulls_first()), (Ids{3, 1, 2}));
    EXPECT_EQ(ordered(x.desc().nulls_last()), (Ids{1, 2, 3}));
    EXPECT_EQ(ordered((x + 1).nulls_last()), (Ids{2, 1, 3}));
    EXPECT_EQ(values(func::row_number().over(Window{}.order_by(x.nulls_last()))), (std::vector<std::int64_t>{2, 1, 3}));
}

TEST_P(Expressions, null_stands_where_the_order_of_a_union_says) {
    const auto both = union_all(select(x).where(id < 3), select(x).where(id == 3));
    EXPECT_EQ(connection_->execute(both.order_by(x.nulls_last())).all(), (std::vector<Number>{-7, 7, std::nullopt}));
    EXPECT_EQ(connection_->execute(select(x).distinct().order_by(x.nulls_last())).all(),
              (std::vector<Number>{-7, 7, std::nullopt}));
}

TEST_P(Expressions, a_column_whose_type_is_not_said_is_read_as_a_value) {
    const auto found = connection_->execute(select(table_.c("x")).order_by(id)).all();
    ASSERT_EQ(found.size(), 3u);
    EXPECT_EQ(found[1].as_integer(), -7);
    EXPECT_TRUE(found[2].is_null());
    const auto [number, text] = connection_->execute(select(id, table_.c("word")).where(id == 1)).one();
    EXPECT_EQ(number, 1);
    EXPECT_EQ(text.as_text(), "ab");
    const auto inner = select(table_.c("x")).where(id == 1).subquery();
    EXPECT_EQ(connection_->execute(select(inner.c("x"))).scalar().value().as_integer(), 7);
    EXPECT_EQ(where(x.in_(select(table_.c("x")).where(id == 2))), Ids{2});
    Session session{*connection_};
    EXPECT_EQ(session.query(table_.c("x")).filter(id == 1).one().as_integer(), 7);
}

TEST_P(Expressions, unions_and_their_relatives) {
    const auto first = select(id).where(id == 1), second = select(id).where(id < 3);
    EXPECT_EQ(connection_->execute(union_(first, second)).all().size(), 2u);
    EXPECT_EQ(connection_->execute(union_all(first, second)).all().size(), 3u);
    EXPECT_EQ(connection_->execute(intersect(first, second)).all(), Ids{1});
    EXPECT_EQ(connection_->execute(except_(second, first)).all(), Ids{2});
}

TEST_P(Expressions, parts_of_dates) {
    const auto day =
        literal(std::chrono::year_month_day{std::chrono::year{2024}, std::chrono::February, std::chrono::day{29}});
    EXPECT_EQ(value(extract("year", day)), 2024);
    EXPECT_EQ(value(extract("month", day)), 2);
    EXPECT_EQ(value(extract("day", day)), 29);
}

}  // namespace
}  // namespace aludel::test::compliance
