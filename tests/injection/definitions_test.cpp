// Hostile strings as values that are part of a table's definition, where no database takes parameters: defaults,
// comments, words of enumerations, conditions.
#include "injection/schema_run.hpp"

#include <string>
#include <vector>

namespace aludel::test {
namespace {

using namespace aludel::literals;

class Definitions {
  public:
    explicit Definitions(InjectionRun& run) : run_(run) { run.canary().remember(); }

    void go(int steps) {
        for (int i = 0; i < steps; ++i) {
            sent_ = run_.hostile().value();
            const Kind& kind = kinds()[run_.hostile().pick(kinds().size())];
            if (kind.most_bytes < sent_.size()) continue;
            // Definitions are SQL text, which holds no NUL and is UTF-8.
            const bool must_work = is_utf8(sent_) && sent_.find('\0') == std::string::npos;
            run_.step(kind.name, sent_, must_work && (kind.takes_empty || !sent_.empty()),
                      [&] { (this->*kind.send)(); });
        }
    }

  private:
    struct Kind {
        const char* name;
        void (Definitions::*send)();
        std::size_t most_bytes;
        bool takes_empty;
    };
    static const std::vector<Kind>& kinds();

    void insert_word(const Table& table, const std::string& word) const {
        run_.engine().begin([&](Connection& c) { c.execute(insert(table).values("word"_a = word)); });
    }

    void as_default() {
        FreshTables fresh(run_.engine());
        const Table table{"subject", fresh.metadata, Column{"id", Integer, primary_key},
                          Column{"word", Text, ServerDefaultText{sent_}}};
        fresh.create();
        run_.engine().begin([&](Connection& c) { c.execute(insert(table).values("id"_a = 1)); });
        require_same(text_of(run_.engine(), select(table.c<std::string>("word"))), sent_, "a server default");
    }

    void as_comment() {
        FreshTables fresh(run_.engine());
        const Table table{"subject", fresh.metadata, Column{"id", Integer, primary_key},
                          Column{"word", Text, CommentText{sent_}}};
        // MariaDB's catalogue has 16 bits for a character, and would have question marks in the place of others.
        if (run_.backend() == Backend::mariadb && beyond_sixteen_bits(sent_)) {
            try {
                fresh.create();
            } catch (const CompileError&) {
                return;
            }
            require(false, "a comment gets through that the database does not keep");
        }
        fresh.create();
        const auto columns = inspect(run_.engine()).get_columns("subject");
        require(columns.size() == 2, "the table has other columns");
        if (run_.backend() != Backend::sqlite) require_same(columns[1].comment, sent_, "a comment");
    }

    void as_word_of_an_enumeration() {
        std::string word = sent_;
        if (run_.backend() == Backend::mariadb)  // takes them away
            while (word.ends_with(' ')) word.pop_back();
        if (word.empty() || word == "another") return;
        detail::EnumDraft draft;
        draft.details.type_name = "word_type";
        draft.words = {"another", word};
        FreshTables fresh(run_.engine());
        const Table table{"subject", fresh.metadata, Column{"id", Integer, primary_key},
                          Column{"word", TypeOfRun{draft.type(nullptr)}}};
        fresh.create();
        run_.engine().begin([&](Connection& c) {
            c.execute_many(text("INSERT INTO subject (id, word) VALUES (:id, :word)"),
                           std::vector<std::string>{"id", "word"},
                           std::vector<ParameterRow>{{Value::of(1), Value::text(word)}});
        });
        require_same(run_.engine().connect().exec_driver_sql("SELECT word FROM subject").scalar_one<std::string>(),
                     word, "an enumeration");
    }

    void as_condition() {
        FreshTables fresh(run_.engine());
        const Table table{"subject", fresh.metadata, Column{"id", Integer, primary_key}, Column{"word", Text},
                          CheckConstraint(column<std::string>("word") != sent_, name("not_that"))};
        fresh.create();
        insert_word(table, sent_ + " and something else");
        bool refused = false;
        try {
            insert_word(table, sent_);
        } catch (const IntegrityError&) {
            refused = true;
        }
        require(refused, "the CHECK is about another value");
    }

    InjectionRun& run_;
    std::string sent_;
};

// Table: each kind, the longest text that every database takes there, and whether the empty one is one.
const std::vector<Definitions::Kind>& Definitions::kinds() {
    static const std::vector<Kind> all{
        {"server default", &Definitions::as_default, 10'000, true},
        {"comment", &Definitions::as_comment, 1'000, true},
        {"word of an enumeration", &Definitions::as_word_of_an_enumeration, 60, false},
        {"CHECK", &Definitions::as_condition, 10'000, true},
    };
    return all;
}

class InjectedDefinitions : public InjectionTest {};
INSTANTIATE_TEST_SUITE_P(, InjectedDefinitions, ::testing::ValuesIn(all_backends),
                         [](const auto& instance) { return std::string(to_string(instance.param)); });

TEST_P(InjectedDefinitions, say_what_was_written_and_change_nothing_else) {
    run_for_a_while([](InjectionRun& run) { Definitions(run).go(40); });
}

}  // namespace
}  // namespace aludel::test
