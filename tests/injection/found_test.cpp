// What the fuzzer has found once.
#include "injection/schema_run.hpp"

#include <optional>
#include <string>
#include <vector>

namespace aludel::test {
namespace {

struct Folder {
    static constexpr auto table_name = "folders";
    Mapped<int, primary_key> id;
    Mapped<Json> document;
};
using Folders = Registry<Folder>;

class InjectionFound : public ::testing::TestWithParam<Backend> {
  protected:
    void SetUp() override {
        if (const std::string why = why_unavailable(GetParam()); !why.empty()) GTEST_SKIP() << why;
        database_.emplace(GetParam());
        engine.emplace(create_engine(database_->url()));
    }
    void TearDown() override {
        engine.reset();
        database_.reset();
    }
    /// Makes a table whose column is an enumeration, writes a word of it and reads it.
    std::string through_enumeration(const std::vector<std::string>& words) const {
        detail::EnumDraft draft;
        draft.details.type_name = "word_type";
        draft.words = words;
        FreshTables fresh(*engine);
        const Table table{"subject", fresh.metadata, Column{"id", Integer, primary_key},
                          Column{"word", TypeOfRun{draft.type(nullptr)}}};
        fresh.create();
        engine->begin([&](Connection& c) {
            c.execute_many(text("INSERT INTO subject (id, word) VALUES (:id, :word)"),
                           std::vector<std::string>{"id", "word"},
                           std::vector<ParameterRow>{{Value::of(1), Value::text(words.back())}});
        });
        return engine->connect().exec_driver_sql("SELECT word FROM subject").scalar_one<std::string>();
    }

    std::optional<Engine> engine;

  private:
    std::optional<Database> database_;
};
INSTANTIATE_TEST_SUITE_P(, InjectionFound, ::testing::ValuesIn(all_backends),
                         [](const auto& instance) { return std::string(to_string(instance.param)); });

TEST_P(InjectionFound, backslash_in_a_word_of_an_enumeration_does_not_end_it) {
    for (const std::string word : {"\\", "\\'", "\\'); DROP TABLE x; --x", "\\\\"})
        EXPECT_EQ(through_enumeration({"another", word}), word);
}

TEST_P(InjectionFound, enumeration_dropped_and_made_again_has_no_stale_statement) {
    EXPECT_EQ(through_enumeration({"a", "b"}), "b");
    EXPECT_EQ(through_enumeration({"c", "d"}), "d");
}

TEST_P(InjectionFound, key_of_a_document_is_found_whatever_it_holds) {
    Folders::metadata().create_all(*engine);
    Session session{*engine};
    const std::vector<std::string> keys{"plain",       "\xe4\xb8\xad\xe6\x96\x87",
                                        "back\\slash", "line\nfeed",
                                        "tab\t",       "\xf0\x9f\x98\x80",
                                        "a.b",         "[0]",
                                        "$",           "*",
                                        "'",           " ",
                                        "%s"};
    Json document = Json::object();
    for (const auto& key : keys) document.set(key, "of " + key);
    session.add(Folder{.document = document});
    session.commit();
    for (const auto& key : keys)
        EXPECT_EQ(session.query(col<&Folder::document>[key].as_string()).scalar(), "of " + key) << printed(key);
}

}  // namespace
}  // namespace aludel::test
