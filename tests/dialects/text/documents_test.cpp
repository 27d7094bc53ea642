// Items of JSON documents, and the operators of JSONB. The expectations are in expected/documents.txt.
#include <aludel/base/error.hpp>
#include <aludel/dialects/dialects.hpp>
#include <aludel/sql/compile/bind_values.hpp>
#include <aludel/sql/compile/statement_cache.hpp>

#include "dialects/text/text_case.hpp"

namespace text_cases {
namespace {

const Json a1 = Json::object({{"a", 1}}), b1 = Json::object({{"b", 1}});

SQL_CASE(documents, key, data["a"])
SQL_CASE(documents, index, data[1])
SQL_CASE(documents, path, data[{"a", 1, "b"}])
SQL_CASE(documents, nested, data["a"]["b"])
SQL_CASE(documents, as_string, data["a"].as_string())
SQL_CASE(documents, as_integer, data["a"].as_integer() == 5)
SQL_CASE(documents, as_float, data["a"].as_float())
SQL_CASE(documents, as_numeric, data["a"].as_numeric(10, 2))
SQL_CASE(documents, as_boolean, data["a"].as_boolean())
SQL_CASE(documents, as_boolean_where, select(d_id).where(data["a"].as_boolean()))
SQL_CASE(documents, as_boolean_is_true, data["a"].as_boolean() == true)
SQL_CASE(documents, path_as_integer, data[{"a", 1}].as_integer())
SQL_CASE(documents, as_json, data["a"].as_json())
SQL_CASE(documents, selected, select(data["a"]))
SQL_CASE(documents, selected_string, select(data["a"].as_string()))
SQL_CASE(documents, labelled, select(data["a"].as_string().label("q")).order_by(data["a"].as_integer()))
SQL_CASE(documents, compared, data["a"] == data["b"])
SQL_CASE(documents, is_null, data["a"] == nullptr)
SQL_CASE(documents, negated, !(data["a"].as_integer() == 5))
SQL_CASE(documents, arithmetic, data["a"].as_integer() + 1)
SQL_CASE(documents, like, data["a"].as_string().like("x%"))
SQL_CASE(documents, column_as_index, data[d_id])
SQL_CASE(documents, joined, doc + doc)
SQL_CASE(documents, astext, doc["a"].astext())
SQL_CASE(documents, astext_path, doc[{"a", "b"}].astext() == "x")
SQL_CASE(documents, astext_nested, doc["a"]["b"].astext())
SQL_CASE(documents, astext_cast, cast<int>(doc["a"].astext()))
SQL_CASE(documents, has_key, doc.has_key("a"))
SQL_CASE(documents, has_key_column, doc.has_key(name))
SQL_CASE(documents, has_all, doc.has_all(array_("a", "b")))
SQL_CASE(documents, has_any, doc.has_any(array_("a")))
SQL_CASE(documents, contains, doc.contains(a1))
SQL_CASE(documents, contained_by, doc.contained_by(a1))
SQL_CASE(documents, not_contains, !doc.contains(a1))
SQL_CASE(documents, item_contains, doc["a"].contains(b1))
SQL_CASE(documents, combined, doc.has_key("a") && doc["x"].as_integer() > 3)

// ---- what is sent for a place in a document

std::string sent(const Dialect& dialect, const NodeRef& node) {
    const PreparedStatement prepared = prepare(node, dialect);
    std::string all;
    for (const Cell& value : bind_values(prepared, dialect).values)
        all += (all.empty() ? "" : " ") + value.to_value().repr();
    return all;
}

TEST(documents, places_are_sent_as_each_database_writes_them) {
    const NodeRef path = data[{"a", 1, "b c"}].node();
    EXPECT_EQ(sent(dialects::sqlite(), path), R"('$."a"[1]."b c"')");
    EXPECT_EQ(sent(dialects::mysql(), path), R"('$."a"[1]."b c"')");
    EXPECT_EQ(sent(dialects::postgresql(), path), R"('{a,1,"b c"}')");
    EXPECT_EQ(sent(dialects::sqlite(), data["a"].node()), R"('$."a"')");
    EXPECT_EQ(sent(dialects::sqlite(), data[2].node()), "'$[2]'");
    EXPECT_EQ(sent(dialects::postgresql(), data["a"].node()), "'a'");
    EXPECT_EQ(sent(dialects::postgresql(), data[2].node()), "2");
}

TEST(documents, indices_from_the_end_are_written_as_each_database_has_them) {
    EXPECT_EQ(sent(dialects::sqlite(), data[-1].node()), "'$[#-1]'");
    EXPECT_EQ(sent(dialects::mysql(), data[-1].node()), "'$[last]'");
    EXPECT_EQ(sent(dialects::mysql(), data[-3].node()), "'$[last-2]'");
    EXPECT_EQ(sent(dialects::postgresql(), data[-1].node()), "-1");
}

TEST(documents, keys_are_sent_as_documents_write_them) {
    EXPECT_EQ(sent(dialects::sqlite(), data["\u00e9\n"].node()), R"('$."\\u00e9\\n"')");
    EXPECT_EQ(sent(dialects::mysql(), data["\u00e9\n"].node()), R"('$."\\u00e9\\n"')");
    EXPECT_EQ(sent(dialects::postgresql(), data["\u00e9"].node()), "'\u00e9'");
}

TEST(documents, hostile_keys_stay_keys) {
    EXPECT_EQ(sent(dialects::mysql(), data[R"(a".b\)"].node()), R"('$."a\\".b\\\\"')");
    EXPECT_EQ(sent(dialects::postgresql(), data[{R"(a,"b)", "{}", "", "null"}].node()),
              R"('{"a,\\"b","{}","","null"}')");
    EXPECT_THROW(sent(dialects::sqlite(), data["a\"b"].node()), DataError);
}

TEST(documents, key_that_mariadb_would_not_find_is_refused) {
    EXPECT_THROW(sent(dialects::mariadb(), data["-1"].node()), DataError);
    EXPECT_THROW(sent(dialects::mariadb(), data[{"a", "-b"}].node()), DataError);
    EXPECT_EQ(sent(dialects::mysql(), data["-1"].node()), R"('$."-1"')");
    EXPECT_EQ(sent(dialects::mariadb(), data["a-b"].node()), R"('$."a-b"')");
}

TEST(documents, literal_places_stand_in_the_text) {
    EXPECT_EQ(to_string(data[{"a", 1}].node(), dialects::sqlite(), {.literal_binds = true}),
              R"(JSON_QUOTE(JSON_EXTRACT(d.data, '$."a"[1]')))");
    EXPECT_EQ(to_string(data["a"].as_integer().node(), dialects::postgresql(), {.literal_binds = true}),
              "CAST(d.data ->> 'a' AS INTEGER)");
}

TEST(documents, only_items_are_read_as_something) {
    EXPECT_THROW(JsonItem(data.node()).as_string(), InvalidRequestError);
    EXPECT_THROW(JsonItem(data.node()).astext(), InvalidRequestError);
}

TEST(documents, keys_and_indices_are_different_statements) {
    StatementCache cache(dialects::postgresql());
    cache.find(data["a"].as_string().node());
    EXPECT_TRUE(cache.find(data["b"].as_string().node()).cached);
    EXPECT_FALSE(cache.find(data["a"].as_integer().node()).cached);
    EXPECT_FALSE(cache.find(data[{"a", "b"}].as_string().node()).cached);
}

}  // namespace
}  // namespace text_cases
