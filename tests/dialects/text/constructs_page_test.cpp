// The page docs/sql-constructs.md: its samples are the code below, its SQL is what that code compiles to.
// ALUDEL_WRITE_PAGES=1 writes the page anew.
#include <cstdlib>
#include <fstream>
#include <sstream>

#include <aludel/dialects/dialects.hpp>
#include <aludel/sql/compile/dialect.hpp>
#include <aludel/sql/expr/row_sources.hpp>

#include "dialects/text/text_case.hpp"

namespace text_cases {
namespace {

using namespace aludel::literals;

struct Page {
    std::string text;

    void section(const std::string& title, const std::string& words) {
        text += "\n## " + title + "\n\n" + words + "\n";
    }
    // `names`: the dialects whose text is shown: p, s, m.
    void sample(const std::string& code, const NodeRef& node, const std::string& names) {
        std::string sql;
        for (const char name : names) {
            const Dialect& dialect = name == 'p'   ? dialects::postgresql()
                                     : name == 's' ? dialects::sqlite()
                                                   : dialects::mysql();
            sql += "-- " + std::string(dialect.name()) + "\n" + folded(to_string(node, dialect)) + "\n";
        }
        text += "\n```cpp\n" + code + "\n```\n```sql\n" + sql + "```\n";
    }
};

#define SAMPLE(names, ...) page.sample(#__VA_ARGS__, node_of(__VA_ARGS__), names)

void write_statements(Page& page) {
    const Insert row = insert(t).values(x = 1, name = "a");
    page.section(
        "INSERT over rows that are there",
        "`row` is `insert(t).values(x = 1, name = \"a\")`. `excluded(column)` is the value that the row had; it is "
        "called `inserted(column)`, too. A dialect without the clause is a `CompileError`.");
    SAMPLE("ps", row.on_conflict_do_nothing());
    SAMPLE("ps", row.on_conflict_do_update({.index_elements = {"id"}, .set_ = {name = excluded(name)}}));
    SAMPLE("p", row.on_conflict_do_update({.constraint = "t_x_key", .set_ = {x = x + 1}, .where = y > 0}));
    SAMPLE("m", row.on_duplicate_key_update(x = x + inserted(x)));
    SAMPLE("m", row.prefix_with("IGNORE", "mysql"));
    page.section("RETURNING",
                 "For rows that the statement wrote or deleted; a `CompileError` where the server has none.");
    SAMPLE("ps", insert(t).values(x = 1).returning(id, name));
    SAMPLE("ps", update(t).values(x = x + 1).where(id == 3).returning(x));
    page.section("Several tables in UPDATE and DELETE", "The tables come from the criteria and the values.");
    SAMPLE("psm", update(t).values(x = t2_id).where(id == t2_t_id));
    SAMPLE("pm", delete_(t).where(id == t2_t_id));
    SAMPLE("m", update(t).values(x = 1).limit(5));
}

void write_selects(Page& page) {
    page.section("Rows of a SELECT", "Locks are left out by databases that lock no rows.");
    SAMPLE("p", select(x, y).distinct(x).order_by(x, y.desc()));
    SAMPLE("pm", select(id).with_for_update({.nowait = true}));
    SAMPLE("p", select(id).with_for_update({.read = true, .key_share = true, .of = {x.node()}}));
    SAMPLE("pm", select(id).with_for_update({.read = true, .skip_locked = true}));
    SAMPLE("p", select(id).order_by(x).fetch(5, {.with_ties = true}));
    SAMPLE("m", select(id).with_hint(t, "USE INDEX (ix)", "mysql"));
    SAMPLE("p", select(id).with_hint(t, "ONLY", "postgresql"));
    SAMPLE("m", select(id).prefix_with("STRAIGHT_JOIN", "mysql"));
    SAMPLE("p", select(x, func::count()).select_from(t).group_by(func::rollup(x, y)));
    SAMPLE("p", select(x, func::count()).select_from(t).group_by(func::grouping_sets(tuple_(x, y), x)));
    page.section(
        "What rows come from",
        "`const FromElement start = select(id, x).cte(\"tree\", {.recursive = true});` and `const Subquery near = "
        "select(t2_id).where(t2_t_id == id).lateral(\"near\");`");
    const FromElement start = select(id, x).cte("tree", {.recursive = true});
    const Subquery near = select(t2_id).where(t2_t_id == id).lateral("near");
    SAMPLE("psm", select(start.union_all(select(id, x).where(x == start.c(id))).c(id)));
    SAMPLE("p", select(delete_(t).where(x == 1).returning(id).cte("gone").c(id)));
    SAMPLE("p", select(id, near.c(t2_id)));
    SAMPLE("p", select(values<int, std::string>({"id", "word"}, "v").data({{1, "a"}, {2, "b"}})));
    SAMPLE("p", select(tablesample(t, func::call("bernoulli", 5), "some").c(id)));
    SAMPLE("ps", select(func::call("json_each", data).table_valued("key", "value").c<std::string>("key")));
}

void write_expressions(Page& page) {
    page.section("JSON documents",
                 "An item is a document, unless it is read as something: `as_string`, `as_integer`, `as_float`, "
                 "`as_numeric`, `as_boolean`. Keys and indices are parameters. `has_key`, `has_all`, `has_any`, "
                 "`contains` and `contained_by` need PostgreSQL's JSONB.");
    SAMPLE("psm", data["name"].as_string() == "ed");
    SAMPLE("psm", data[{"lines", 0, "price"}].as_numeric(10, 2));
    SAMPLE("p", doc.has_any(array_("a", "b")));
    SAMPLE("p", doc.contains(Json::parse(R"({"a": 1})")));
    page.section("Arrays and ranges",
                 "Arrays are `std::vector<T>`, their indices count from 1; ranges are `Range<T>`. PostgreSQL.");
    SAMPLE("p", tags[1] == 5);
    SAMPLE("p", tags.slice(1, 2));
    SAMPLE("p", tags.any(5));
    SAMPLE("p", x == any_(tags));
    SAMPLE("p", tags.contains(std::vector{1, 2}));
    SAMPLE("p", tags.overlap(array_(1, 2)));
    SAMPLE("p", select(func::unnest(tags)));
    SAMPLE("p", span.contains(5) && span.overlaps(Range<int>(1, 9)));
    page.section("Aggregates", "");
    SAMPLE("p", func::array_agg(aggregate_order_by(x, y.desc())));
    SAMPLE("p", func::string_agg(name, literal_column<std::string>("','")).filter(x > 1));
    SAMPLE("p", func::percentile_cont(0.5).within_group(x));
    page.section("Text", "`match(…).against(…)` and the flags of regular expressions are each database's own.");
    SAMPLE("psm", name.ilike("a%"));
    SAMPLE("psm", name.concat("!"));
    SAMPLE("p", name.match("cat & dog", {.regconfig = "english"}));
    SAMPLE("m", match(name).against("+cat -dog").in_boolean_mode());
    SAMPLE("pm", name.regexp_match("^a", "i"));
    SAMPLE("pm", name.regexp_replace("a+", "b"));
    page.section("Comparisons", "");
    SAMPLE("psm", x.is_distinct_from(5));
    SAMPLE("psm", tuple_(x, y).in_({{1, 2}, {3, 4}}));
    SAMPLE("psm", tuple_(x, y) < std::tuple{1, 2});
    SAMPLE("p", x.between(9, 1, true));
}

TEST(constructs_page, is_what_its_samples_compile_to) {
    Page page;
    page.text =
        "# SQL constructs of the databases\n\n"
        "What goes beyond plain SELECT, INSERT, UPDATE and DELETE, and what each database gets. A construct that a "
        "dialect "
        "cannot say is a `CompileError` when the statement is compiled, before anything is sent; what only changes "
        "speed "
        "(hints) is left out. `to_string(statement.node(), dialects::postgresql())` shows the text without a "
        "server.\n\n"
        "In the samples `t` is a table with the columns `id`, `x`, `y` (integers), `name` and `flag`, `t2` has `t_id` "
        "and "
        "`name`, and `d` has the documents `data` and `doc`, the array `tags` and the range `span`. The names of a "
        "database in `prefix_with`, `with_hint` and their like say who gets the words; without one, everybody does.\n";
    write_statements(page);
    write_selects(page);
    write_expressions(page);
    const std::string path = std::string(ALUDEL_TEST_SOURCE_DIR) + "/../../docs/sql-constructs.md";
    if (std::getenv("ALUDEL_WRITE_PAGES") != nullptr) std::ofstream(path) << page.text;
    std::ostringstream known;
    known << std::ifstream(path).rdbuf();
    EXPECT_EQ(known.str(), page.text) << "ALUDEL_WRITE_PAGES=1 writes docs/sql-constructs.md anew";
}

}  // namespace
}  // namespace text_cases
