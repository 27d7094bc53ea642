// Pitfalls 36 to 38 and 40: how expressions and statements are written. tests/dialects/text has the other databases.
#include "orm/pitfall_models.hpp"

#include <aludel/sql/compile/to_string.hpp>

namespace aludel::test::pitfalls {
namespace {

struct T {
    static constexpr auto table_name = "t";

    Mapped<int, primary_key> id;
    Mapped<std::optional<int>> x;
    Mapped<std::optional<int>> y;
    Mapped<std::optional<std::string>> name;
    Mapped<std::optional<bool>> flag;
};
struct T2 {
    static constexpr auto table_name = "t2";

    Mapped<int, primary_key> id;
    Mapped<std::optional<int>, ForeignKey("t.id")> t_id;
    Mapped<std::optional<std::string>> name;
};

const auto& x = col<&T::x>;
const auto& y = col<&T::y>;

template <class Expression>
std::string on_sqlite(const Expression& expression) {
    return folded(to_string(expression, dialects::sqlite()));
}
template <class Expression>
std::string generic(const Expression& expression) {
    return folded(to_string(expression));
}

class PitfallSql : public ::testing::Test {
  protected:
    PitfallSql() { Registry<T, T2>::metadata(); }
};

TEST_F(PitfallSql, Pitfall36_comparison_with_null) {
    EXPECT_EQ(generic(x == nullptr), "t.x IS NULL");
    EXPECT_EQ(generic(x != nullptr), "t.x IS NOT NULL");
    EXPECT_EQ(generic(x == bindparam<int>("p")), "t.x = :p");  // a parameter is never rewritten
}

TEST_F(PitfallSql, Pitfall36_not_folds_into_operators_and_not_into_conjunctions) {
    EXPECT_EQ(generic(!(x == 5)), "t.x != :x_1");
    EXPECT_EQ(generic(!(x > 5)), "t.x <= :x_1");
    EXPECT_EQ(generic(!col<&T::name>.like("a%")), "t.name NOT LIKE :name_1");
    EXPECT_EQ(generic(!x.between(1, 2)), "t.x NOT BETWEEN :x_1 AND :x_2");
    EXPECT_EQ(generic(not_(and_(x == 1, y == 2))), "NOT (t.x = :x_1 AND t.y = :y_1)");
    EXPECT_EQ(generic(!!(x == 5)), "t.x = :x_1");
    EXPECT_EQ(generic(!x.is_(nullptr)), "t.x IS NOT NULL");
    EXPECT_EQ(on_sqlite(!x.in_({1, 2})), "(t.x NOT IN (__[POSTCOMPILE_x_1]))");
}

TEST_F(PitfallSql, Pitfall36_booleans) {
    EXPECT_EQ(on_sqlite(!col<&T::flag>), "t.flag = 0");
    EXPECT_EQ(folded(to_string(!col<&T::flag>, dialects::postgresql())), "NOT t.flag");
    EXPECT_EQ(generic(and_(true_(), x == 1)), "t.x = :x_1");
    EXPECT_EQ(generic(or_(true_(), x == 1)), "true");
    EXPECT_EQ(generic(and_(false_(), x == 1)), "false");
    EXPECT_EQ(on_sqlite(select(col<&T::id>).where(true_())), "SELECT t.id FROM t WHERE 1 = 1");
    EXPECT_EQ(on_sqlite(select(col<&T::id>).where(false_())), "SELECT t.id FROM t WHERE 0 = 1");
}

TEST_F(PitfallTest, Pitfall36_empty_lists) {
    given(U{.name = "a"}, U{});
    EXPECT_TRUE(session.query(col<&U::id>).filter(col<&U::name>.in_(Lines{})).all().empty());
    EXPECT_EQ(emitted().at(0), "SELECT u.id AS u_id FROM u WHERE u.name IN (SELECT 1 FROM (SELECT 1) WHERE 1!=1)");
    EXPECT_EQ(session.query(col<&U::id>).filter(!col<&U::name>.in_(Lines{})).all().size(), 2u);  // NULL as well
    EXPECT_EQ(emitted().at(0),
              "SELECT u.id AS u_id FROM u WHERE (u.name NOT IN (SELECT 1 FROM (SELECT 1) WHERE 1!=1))");
}

TEST_F(PitfallSql, Pitfall37_parentheses_only_where_they_are_needed) {
    EXPECT_EQ(generic((x + y) * 2), "(t.x + t.y) * :param_1");
    EXPECT_EQ(generic(x + y * 2), "t.x + t.y * :y_1");
    EXPECT_EQ(generic(x - (y - 2)), "t.x - (t.y - :y_1)");
    EXPECT_EQ(generic((x - y) - 2), "(t.x - t.y) - :param_1");
    EXPECT_EQ(generic(-(x + y)), "-(t.x + t.y)");
    EXPECT_EQ(generic((-x) * 2), "(-t.x) * :param_1");
    EXPECT_EQ(generic(and_(x == 1, or_(x == 2, y == 3))), "t.x = :x_1 AND (t.x = :x_2 OR t.y = :y_1)");
    EXPECT_EQ(generic(or_(x == 1, and_(x == 2, y == 3))), "t.x = :x_1 OR t.x = :x_2 AND t.y = :y_1");
    EXPECT_EQ(generic(or_(or_(x == 1, x == 2), y == 3)), "t.x = :x_1 OR t.x = :x_2 OR t.y = :y_1");
    EXPECT_EQ(on_sqlite(update(entity<T>).values(x = x + 1)), "UPDATE t SET x=(t.x + ?)");
}

TEST_F(PitfallSql, Pitfall37_exists_in_a_conjunction) {
    const auto some = exists().where(col<&T2::t_id> == col<&T::id>);
    const std::string inner = "EXISTS (SELECT * FROM t2 WHERE t2.t_id = t.id)";
    EXPECT_EQ(generic(select(col<&T::id>).where(some)), "SELECT t.id FROM t WHERE " + inner);
    EXPECT_EQ(generic(select(col<&T::id>).where(some, x == 1)),
              "SELECT t.id FROM t WHERE (" + inner + ") AND t.x = :x_1");
    EXPECT_EQ(generic(select(col<&T::id>).where(!some)), "SELECT t.id FROM t WHERE NOT (" + inner + ")");
}

TEST_F(PitfallSql, Pitfall38_names_of_binds) {
    EXPECT_EQ(generic(and_(x == 1, x == 2, col<&T2::name> == "q", col<&T::name> == "r")),
              "t.x = :x_1 AND t.x = :x_2 AND t2.name = :name_1 AND t.name = :name_2");
    EXPECT_EQ(generic(and_(x == 1, x == 1)), "t.x = :x_1 AND t.x = :x_2");  // equal values stay two
    EXPECT_THROW(generic(update(entity<T>).where(x == bindparam<int>("x")).values(x = 5)), CompileError);
}

TEST_F(PitfallSql, Pitfall38_labels) {
    EXPECT_EQ(generic(select(col<&T::id>, col<&T2::id>)), "SELECT t.id, t2.id AS id_1 FROM t, t2");
    EXPECT_EQ(generic(select(func::count(), func::count(x), func::max(x).label("mx"), x + 1, cast<std::string>(x))),
              "SELECT count(*) AS count_1, count(t.x) AS count_2, max(t.x) AS mx, t.x + :x_1 AS anon_1, CAST(t.x AS "
              "VARCHAR) AS x FROM t");
    const auto a1 = aliased<T>(), a2 = aliased<T>(), a3 = aliased<T>("foo");
    EXPECT_EQ(generic(select(a1[&T::id], a2[&T::id], a3[&T::id]).where(a1[&T::x] == a2[&T::x])),
              "SELECT t_1.id, t_2.id AS id_1, foo.id AS id_2 FROM t AS t_1, t AS t_2, t AS foo WHERE t_1.x = t_2.x");
}

TEST_F(PitfallTest, Pitfall38_query_labels_by_table_and_column) {
    EXPECT_EQ(sql(session.query(col<&U::id>, col<&U::id>)), "SELECT u.id AS u_id, u.id AS u_id__1 FROM u");
    EXPECT_EQ(sql(session.query(aliased<User>("uu"))),
              "SELECT uu.id AS uu_id, uu.name AS uu_name, uu.nick AS uu_nick FROM users AS uu");
}

TEST_F(PitfallSql, Pitfall40_limit_and_offset_on_each_database) {
    const auto rows = select(col<&T::id>);
    EXPECT_EQ(on_sqlite(rows.limit(5)), "SELECT t.id FROM t LIMIT ? OFFSET ?");
    EXPECT_EQ(on_sqlite(rows.offset(5)), "SELECT t.id FROM t LIMIT ? OFFSET ?");
    EXPECT_EQ(folded(to_string(rows.offset(5), dialects::postgresql())), "SELECT t.id FROM t LIMIT ALL OFFSET $1");
    EXPECT_EQ(folded(to_string(rows.offset(5), dialects::mysql())), "SELECT t.id FROM t LIMIT ?, 18446744073709551615");
}

TEST_F(PitfallTest, Pitfall40_limit_binds_both_numbers_and_filter_may_not_follow) {
    session.query(col<&U::id>).limit(1).all();
    session.query(col<&U::id>).offset(5).all();
    EXPECT_EQ(emitted(), (Lines{"SELECT u.id AS u_id FROM u LIMIT ? OFFSET ?", "    (1, 0)",
                                "SELECT u.id AS u_id FROM u LIMIT ? OFFSET ?", "    (-1, 5)"}));
    EXPECT_NE(message_of<InvalidRequestError>([&] {
                  (void)session.query<U>().limit(1).filter(col<&U::id> == 1);
              }).find("already has LIMIT or OFFSET applied"),
              std::string::npos);
}

TEST_F(PitfallSql, Pitfall40_labels_in_order_by_and_elsewhere) {
    const auto s = (x + y).label("s");
    EXPECT_EQ(generic(select(s).order_by(s)), "SELECT t.x + t.y AS s FROM t ORDER BY s");
    EXPECT_EQ(generic(select(s).order_by("s")), "SELECT t.x + t.y AS s FROM t ORDER BY s");
    EXPECT_EQ(generic(select(s).group_by("s").having(s > 1)),
              "SELECT t.x + t.y AS s FROM t GROUP BY s HAVING t.x + t.y > :param_1");
    EXPECT_EQ(generic(select(s).where(s > 5)), "SELECT t.x + t.y AS s FROM t WHERE t.x + t.y > :param_1");
    EXPECT_THROW(generic(select(col<&T::id>).order_by("nonexistent")), CompileError);
}

TEST_F(PitfallTest, Pitfall40_count_first_and_exists) {
    session.query(func::count("*")).select_from(entity<A>).all();
    session.query(func::count()).select_from(entity<A>).all();
    session.query<A>().count();
    session.query<A>().first();
    EXPECT_EQ(emitted(), (Lines{"SELECT count(?) AS count_1 FROM a", "    ('*',)", "SELECT count(*) AS count_1 FROM a",
                                "    ()", "SELECT count(*) AS count_1 FROM (" + select_a + ") AS anon_1", "    ()",
                                select_a + " LIMIT ? OFFSET ?", "    (1, 0)"}));
}

TEST_F(PitfallSql, Pitfall40_update_keeps_the_order_of_the_table) {
    EXPECT_EQ(on_sqlite(update(entity<T>).values(y = x, x = 5)), "UPDATE t SET x=?, y=t.x");
    EXPECT_EQ(on_sqlite(update(entity<T>).ordered_values(y = x, x = 5)), "UPDATE t SET y=t.x, x=?");
}

TEST_F(PitfallSql, Pitfall40_like_helpers_concatenate) {
    EXPECT_EQ(on_sqlite(col<&T::name>.contains("a%b", autoescape)), "t.name LIKE '%' || ? || '%' ESCAPE '/'");
    EXPECT_EQ(folded(to_string(col<&T::name>.contains("x"), dialects::mysql())),
              "t.name LIKE concat(concat('%', ?), '%')");
}

}  // namespace
}  // namespace aludel::test::pitfalls
