// ON CONFLICT, ON DUPLICATE KEY UPDATE, RETURNING, words in INSERT, UPDATE and DELETE. The expectations are in
// expected/upserts.txt.
#include <aludel/base/error.hpp>
#include <aludel/dialects/dialects.hpp>

#include "dialects/text/text_case.hpp"

namespace text_cases {
namespace {

using namespace aludel::literals;

const Insert row = insert(t).values(x = 1, name = "a");
const FromElement z = alias(t2, "z");

SQL_CASE(upserts, nothing, row.on_conflict_do_nothing())
SQL_CASE(upserts, nothing_columns, row.on_conflict_do_nothing({.index_elements = {"x", name}}))
SQL_CASE(upserts, update, row.on_conflict_do_update({.index_elements = {x}, .set_ = {name = "b", x = excluded(x)}}))
SQL_CASE(upserts, update_partial_index,
         row.on_conflict_do_update({.index_elements = {func::lower(name)},
                                    .index_where = x > 5,
                                    .set_ = {name = excluded(name) + name},
                                    .where = excluded(x) > x}))
SQL_CASE(upserts, update_expressions,
         row.on_conflict_do_update({.index_elements = {"id"},
                                    .set_ = {x = x + excluded(x), "y"_a = select(func::max(t2_id)).scalar_subquery()}}))
SQL_CASE(upserts, update_null,
         row.on_conflict_do_update(
             {.index_elements = {"id"}, .set_ = {flag = true, x = std::nullopt, "y"_a = null()}, .where = flag}))
SQL_CASE(upserts, constraint, row.on_conflict_do_nothing({.constraint = "uq"}))
SQL_CASE(upserts, constraint_update, row.on_conflict_do_update({.constraint = "uQ", .set_ = {x = 1}}))
SQL_CASE(upserts, rows, insert(t).values(x = 1).add_row(x = 2).on_conflict_do_nothing())
SQL_CASE(upserts, from_select, insert(t).from_select({"x"}, select(t2_id)).on_conflict_do_nothing())
SQL_CASE(
    upserts, odd_names,
    insert(q).values("select"_a = 1).on_conflict_do_update({.index_elements = {"select"}, .set_ = {"MixedCase"_a = 3}}))
SQL_CASE(upserts, returning, row.on_conflict_do_nothing().returning(id, x))
SQL_CASE(upserts, duplicate, row.on_duplicate_key_update(x = 2, name = inserted(name)))
SQL_CASE(upserts, duplicate_expression, row.on_duplicate_key_update(x = x + inserted(x), name = "q"))
SQL_CASE(upserts, duplicate_ordered,
         row.ordered_on_duplicate_key_update(name = "b", x = func::coalesce(inserted(x), 3)))
SQL_CASE(upserts, duplicate_null, row.on_duplicate_key_update(x = std::nullopt))
SQL_CASE(upserts, prefix, insert(t).values(x = 1).prefix_with("IGNORE"))
SQL_CASE(upserts, prefix_of_dialect,
         insert(t).values(x = 1).prefix_with("IGNORE", "mysql").prefix_with("OR REPLACE", "sqlite"))
SQL_CASE(upserts, update_prefix, update(t).values(x = 1).prefix_with("LOW_PRIORITY"))
SQL_CASE(upserts, delete_prefix, delete_(t).prefix_with("QUICK"))
SQL_CASE(upserts, insert_returning, insert(t).values(x = 1).returning(id, x))
SQL_CASE(upserts, update_returning, update(t).values(x = 1).returning(id, (x + 1).label("q")))
SQL_CASE(upserts, delete_returning, delete_(t).returning(t))
SQL_CASE(upserts, delete_returning_expressions, delete_(t).returning(func::lower(name), x + 1))
SQL_CASE(upserts, update_from_returning, update(t).values(x = t2_id).where(id == t2_t_id).returning(id, t2_name))
SQL_CASE(upserts, update_limit, update(t).values(x = 1).where(y == 2).limit(5))
SQL_CASE(upserts, update_from_alias, update(t).values(x = z.c(t2_id)).where(z.c(t2_t_id) == id))
SQL_CASE(upserts, delete_using_alias, delete_(t).where(z.c(t2_t_id) == id))
SQL_CASE(upserts, update_only, update(t).values(x = 1).only())
SQL_CASE(upserts, delete_only, delete_(t).only())

// ---- what SQLAlchemy 1.4 does not have, or says otherwise

TEST(upserts, partial_index_is_found_by_a_literal_condition) {
    const Insert upsert = row.on_conflict_do_nothing({.index_elements = {"x"}, .index_where = y > 5});
    EXPECT_EQ(on(dialects::postgresql(), upsert.node()),
              "INSERT INTO t (x, name) VALUES ($1, $2) ON CONFLICT (x) WHERE y > 5 DO NOTHING");
}

TEST(upserts, conflict_behind_a_select_has_a_where_before_it_on_sqlite) {
    EXPECT_EQ(on(dialects::sqlite(), insert(t).from_select({"x"}, select(t2_id)).on_conflict_do_nothing().node()),
              "INSERT INTO t (x) SELECT t2.id FROM t2 WHERE 1 = 1 ON CONFLICT DO NOTHING");
    EXPECT_EQ(on(dialects::sqlite(),
                 insert(t).from_select({"x"}, select(t2_id).where(t2_id > 1)).on_conflict_do_nothing().node()),
              "INSERT INTO t (x) SELECT t2.id FROM t2 WHERE t2.id > ? ON CONFLICT DO NOTHING");
}

TEST(upserts, excluded_is_written_as_the_clause_wants_it) {
    EXPECT_EQ(on(dialects::mysql(), row.on_duplicate_key_update(x = excluded(x) + 1).node()),
              "INSERT INTO t (x, name) VALUES (?, ?) ON DUPLICATE KEY UPDATE x = (VALUES(x) + ?)");
    EXPECT_EQ(
        on(dialects::sqlite(), row.on_conflict_do_update({.index_elements = {"id"}, .set_ = {x = inserted(x)}}).node()),
        "INSERT INTO t (x, name) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET x = excluded.x");
}

TEST(upserts, sqlite_returns_and_updates_from_other_tables) {
    EXPECT_EQ(on(dialects::sqlite(), insert(t).values(x = 1).returning(id).node()),
              "INSERT INTO t (x) VALUES (?) RETURNING t.id");
    EXPECT_EQ(on(dialects::sqlite(), update(t).values(x = t2_id).where(id == t2_t_id).node()),
              "UPDATE t SET x=t2.id FROM t2 WHERE t.id = t2.t_id");
}

TEST(upserts, mariadb_returns_what_it_inserted_and_deleted) {
    EXPECT_EQ(on(dialects::mariadb(), row.returning(id).node()),
              "INSERT INTO t (x, name) VALUES (?, ?) RETURNING t.id");
    EXPECT_EQ(on(dialects::mariadb(), delete_(t).returning(id).node()), "DELETE FROM t RETURNING t.id");
    EXPECT_THROW(on(dialects::mariadb(), update(t).values(x = 1).returning(id).node()), CompileError);
}

TEST(upserts, dialects_without_a_clause_refuse_it) {
    const NodeRef conflict = row.on_conflict_do_update({.index_elements = {"id"}, .set_ = {x = 1}}).node();
    EXPECT_THROW(on(dialects::mysql(), conflict), CompileError);
    EXPECT_THROW(on(dialects::mysql(), row.on_conflict_do_nothing().node()), CompileError);
    const NodeRef duplicate = row.on_duplicate_key_update(x = 1).node();
    EXPECT_THROW(on(dialects::postgresql(), duplicate), CompileError);
    EXPECT_THROW(on(dialects::sqlite(), duplicate), CompileError);
    EXPECT_THROW(on(dialects::sqlite(), row.on_conflict_do_nothing({.constraint = "uq"}).node()), CompileError);
    EXPECT_THROW(on(dialects::mysql(), row.returning(id).node()), CompileError);
    EXPECT_THROW(on(dialects::postgresql(), update(t).values(x = 1).limit(5).node()), CompileError);
    EXPECT_THROW(on(dialects::sqlite(), delete_(t).limit(5).node()), CompileError);
    EXPECT_THROW(on(dialects::sqlite(), delete_(t).where(id == t2_id).node()), CompileError);
}

TEST(upserts, mistakes_in_the_clause_are_told_at_once) {
    EXPECT_THROW(row.on_conflict_do_update({.index_elements = {"id"}}), ArgumentError);
    EXPECT_THROW(row.on_conflict_do_update({.set_ = {x = 1}}), ArgumentError);
    EXPECT_THROW(row.on_conflict_do_nothing({.index_elements = {"id"}, .constraint = "uq"}), ArgumentError);
    EXPECT_THROW(row.on_conflict_do_nothing({.index_elements = {"nope"}}), ArgumentError);
    EXPECT_THROW(row.on_conflict_do_nothing().on_duplicate_key_update(x = 1), InvalidRequestError);
    EXPECT_THROW(row.on_duplicate_key_update("nope"_a = 1), CompileError);
    EXPECT_THROW(update(t).limit(-1), ArgumentError);
}

}  // namespace
}  // namespace text_cases
