// Hostile strings as values, through every kind of statement: each comes back byte by byte or is refused, and nothing
// else happens. ALUDEL_SEED=<number> replays one run, ALUDEL_INJECTION_SECONDS=<number> goes on that long from a seed
// by chance.
#include "injection/injection_run.hpp"

#include <aludel/aludel.hpp>
#include <aludel/engine/driver.hpp>
#include <aludel/engine/pool.hpp>
#include <aludel/sql/compile/dialect.hpp>
#include <aludel/sql/compile/to_string.hpp>
#include <aludel/types/array.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace aludel::test {
namespace {

using namespace aludel::literals;

struct Note {
    static constexpr auto table_name = "notes";
    Mapped<int, primary_key> id;
    Mapped<std::string, Text> word;
    Mapped<std::optional<std::string>, String(190), unique> label;
    Mapped<std::optional<Json>> document;
};
using Notes = Registry<Note>;

/// What is sent with one value; each is a row of `notes` or none.
class Values {
  public:
    explicit Values(InjectionRun& run) : run_(run), notes_(Notes::metadata().table("notes")) {
        Notes::metadata().create_all(run.engine());
        run.canary().remember();
    }

    void go(int steps) {
        for (int i = 0; i < steps; ++i) {
            sent_ = run_.hostile().value();
            const Kind& kind = kinds()[run_.hostile().pick(kinds().size())];
            run_.step(kind.name, sent_, must_work(kind), [&] { (this->*kind.send)(); });
        }
    }

  private:
    struct Kind {
        const char* name;
        void (Values::*send)();
        bool takes_nul;
        bool takes_any_bytes;
    };
    static const std::vector<Kind>& kinds();

    bool must_work(const Kind& kind) const {
        return fits_as_text(run_.backend(), sent_) && (kind.takes_nul || sent_.find('\0') == std::string::npos) &&
               (kind.takes_any_bytes || is_utf8(sent_));
    }
    bool is_postgresql() const { return run_.backend() == Backend::postgresql; }

    // ---- what the kinds have in common

    /// The words of the rows, in the order of their ids, on a connection of its own.
    std::vector<std::string> words() const {
        return run_.engine().connect().execute(select(col<&Note::word>).order_by(col<&Note::id>)).all();
    }
    void expect_words(const std::vector<std::string>& expected, const char* where) const {
        const auto found = words();
        require(found.size() == expected.size(), fmt::format("{} rows instead of {}", found.size(), expected.size()));
        for (std::size_t i = 0; i < found.size(); ++i) require_same(found[i], expected[i], where);
    }
    /// Runs it in a transaction between two others that empty the table.
    template <class Work>
    void in_transaction(Work work) {
        run_.engine().begin([&](Connection& connection) { connection.execute(delete_(notes_)); });
        run_.engine().begin(work);
    }
    void given_one_row() {
        in_transaction([&](Connection& c) { c.execute(insert(notes_).values("word"_a = sent_)); });
    }
    std::string asked(const std::string& sql) {
        return run_.engine().connect().exec_driver_sql(sql).scalar_one<std::string>();
    }
    template <class Statement>
    auto answer(const Statement& statement) {
        return run_.engine().connect().execute(statement).scalar_one();
    }
    void expect_found(const Expr& criterion) {
        const auto found = run_.engine().connect().execute(select(col<&Note::word>).where(criterion)).all();
        require(found.size() == 1, fmt::format("the row is found {} times", found.size()));
        require_same(found[0], sent_, "the row");
    }

    // ---- the expression language

    void insert_one() {
        given_one_row();
        expect_words({sent_}, "INSERT");
        expect_found(col<&Note::word> == sent_);
    }
    void insert_rows() {
        in_transaction([&](Connection& c) {
            c.execute(insert(notes_).values("word"_a = sent_).add_row("word"_a = "between").add_row("word"_a = sent_));
        });
        expect_words({sent_, "between", sent_}, "INSERT of several rows");
    }
    void insert_many() {
        const std::vector<std::string> names{"word", "label"};
        std::vector<ParameterRow> rows;
        for (int i = 0; i < 40; ++i) rows.push_back({Value::text(i % 2 == 0 ? sent_ : "between"), Value()});
        in_transaction([&](Connection& c) { c.execute_many(insert(notes_), names, rows); });
        std::vector<std::string> expected;
        for (const auto& row : rows) expected.emplace_back(row[0].as_text());
        expect_words(expected, "executemany");
    }
    void insert_from_select() {
        in_transaction([&](Connection& c) { c.execute(insert(notes_).from_select({"word"}, select(literal(sent_)))); });
        expect_words({sent_}, "INSERT … SELECT");
    }
    void update_one() {
        in_transaction([&](Connection& c) {
            c.execute(insert(notes_).values("word"_a = "before"));
            c.execute(update(notes_).where(col<&Note::word> == "before").values("word"_a = sent_));
        });
        expect_words({sent_}, "UPDATE");
    }
    void update_many() {
        const std::vector<std::string> names{"new_word", "old_word"};
        const std::vector<ParameterRow> rows{{Value::text(sent_), Value::text("one")}};
        in_transaction([&](Connection& c) {
            c.execute(insert(notes_).values("word"_a = "one"));
            c.execute_many(text("UPDATE notes SET word = :new_word WHERE word = :old_word"), names, rows);
        });
        expect_words({sent_}, "executemany of UPDATE");
    }
    void delete_one() {
        in_transaction([&](Connection& c) {
            c.execute(insert(notes_).values("word"_a = sent_).add_row("word"_a = "stays, whatever else goes"));
            c.execute(delete_(notes_).where(col<&Note::word> == sent_));
        });
        expect_words({"stays, whatever else goes"}, "DELETE");
    }
    void upsert() {
        const auto label = run_.hostile().pick(2) == 0 && sent_.size() <= 150 && is_utf8(sent_) ? sent_ : "label";
        const auto row = insert(notes_).values("word"_a = "first", "label"_a = label);
        in_transaction([&](Connection& c) {
            c.execute(row);
            if (c.dialect().traits().on_conflict)
                c.execute(row.on_conflict_do_update({.index_elements = {"label"}, .set_ = {"word"_a = sent_}}));
            else
                c.execute(row.on_duplicate_key_update("word"_a = sent_));
        });
        expect_words({sent_}, "an upsert");
    }
    void returned() {
        std::string found = sent_;
        in_transaction([&](Connection& c) {
            const auto row = insert(notes_).values("word"_a = sent_);
            if (c.dialect().traits().insert_returning)
                found = c.execute(row.returning(col<&Note::word>)).one().get<std::string>(0);
            else
                c.execute(row);
        });
        require_same(found, sent_, "RETURNING");
    }
    void selected() {
        require_same(answer(select(literal(sent_))), sent_, "a SELECT of the value");
        const auto inner = select(literal(sent_).label("x")).subquery("s");
        require_same(answer(select(inner.c<std::string>("x"))).value_or("(null)"), sent_, "a subquery");
    }
    void from_cte() {
        given_one_row();
        const auto cte = select(col<&Note::word>).where(col<&Note::word> == sent_).cte("c");
        require_same(answer(select(cte.c(col<&Note::word>))), sent_, "a CTE");
    }
    void in_a_list() {
        given_one_row();
        expect_found(col<&Note::word>.in_({sent_, std::string{"no such word"}}));
    }
    void in_a_case() {
        require_same(answer(select(case_(when(literal(sent_) == sent_, sent_), else_("no")))), sent_, "a CASE");
    }
    void joined_to_others() {
        require_same(answer(select(literal(sent_) + "'" + sent_)), sent_ + "'" + sent_, "a concatenation");
    }
    void like() {
        given_one_row();
        expect_found(col<&Note::word>.contains(sent_, autoescape));
        expect_found(col<&Note::word>.startswith(sent_, autoescape));
        expect_found(col<&Note::word>.endswith(sent_, autoescape, "!"));
    }
    // ---- text

    void bound_in_text() {
        given_one_row();
        Connection connection = run_.engine().connect();
        const auto statement = text("SELECT word, '\\:no', 'it''s -- \\:no' FROM notes WHERE word = :word /* \\:no */")
                                   .columns<std::string, std::string, std::string>();
        const auto found = connection.execute(statement, "word"_a = sent_).one();
        require_same(std::get<0>(found), sent_, "text()");
        require_same(std::get<1>(found), ":no", "a literal in text()");
    }
    void bound_in_driver_sql() {
        given_one_row();
        const std::vector<Value> values{Value::text(sent_)};
        const std::string marker = is_postgresql() ? "$1" : "?";
        require_same(run_.engine()
                         .connect()
                         .exec_driver_sql("SELECT word FROM notes WHERE word = " + marker, values)
                         .scalar_one<std::string>(),
                     sent_, "exec_driver_sql");
    }
    void as_a_literal() {
        const auto statement = select(literal(sent_));
        const std::string sql = to_string(statement, run_.engine().dialect(), {.literal_binds = true});
        require_same(asked(sql), sent_, "a literal");
        require_same(asked("SELECT " + run_.engine().dialect().string_literal(sent_)), sent_, "a string literal");
    }
    void as_a_literal_of_an_insert() {
        const auto row = insert(notes_).values("word"_a = sent_);
        in_transaction([&](Connection& c) {
            c.exec_driver_sql(to_string(row, run_.engine().dialect(), {.literal_binds = true}));
        });
        expect_words({sent_}, "an INSERT of a literal");
    }

    // ---- objects

    void flushed() {
        in_transaction([](Connection&) {});
        Session session{run_.engine()};
        auto note = session.add(Note{.word = sent_});
        session.commit();
        require_same(note->word, sent_, "a flush");
        note->word = "changed";
        session.flush();
        const std::string another = sent_ + (sent_.size() < 30'000 ? sent_ : "'");  // MariaDB's TEXT has 65,535 bytes
        note->word = another;
        session.commit();
        expect_words({another}, "a flush of a change");
        session.delete_(note);
        session.commit();
        expect_words({}, "a deletion");
    }
    void queried() {
        given_one_row();
        Session session{run_.engine()};
        require_same(session.query<Note>().filter(col<&Note::word> == sent_).one()->word, sent_, "a query");
        require_same(session.query<Note>().filter_by("word"_a = sent_).first()->word, sent_, "filter_by");
    }
    void changed_by_criteria() {
        given_one_row();
        Session session{run_.engine()};
        session.query<Note>().filter(col<&Note::word> == sent_).update(col<&Note::word> = sent_ + "'");
        session.commit();
        expect_words({sent_ + "'"}, "a criteria UPDATE");
        session.query<Note>().filter(col<&Note::word> == sent_ + "'").delete_();
        session.commit();
        expect_words({}, "a criteria DELETE");
    }
    void streamed() {
        given_one_row();
        Session session{run_.engine()};
        int rows = 0;
        for (const auto& note : session.query<Note>().filter(col<&Note::word> == sent_).stream()) {
            require_same(note->word, sent_, "a stream");
            ++rows;
        }
        require(rows == 1, "a stream of several rows");
    }
    void in_a_savepoint() {
        in_transaction([](Connection&) {});
        Session session{run_.engine()};
        session.begin_nested([&] {
            session.add(Note{.word = sent_});
            session.flush();
        });
        session.commit();
        expect_words({sent_}, "a savepoint");
    }

    // ---- documents, arrays

    void in_a_document() {
        in_transaction([](Connection&) {});
        Session session{run_.engine()};
        session.add(Note{.word = "x", .document = Json::object({{"key", sent_}, {sent_ + "k", 1}})});
        session.commit();
        const Json read = session.query(col<&Note::document>).scalar().value_or(Json());
        require_same(read.at("key").as_string(), sent_, "a document");
        require(read.contains(sent_ + "k"), "the document's key is another one");
    }
    void in_a_path() {
        // MariaDB does not find a key of 20,000 bytes, and does not say why.
        constexpr std::size_t long_key = 1'000;
        if (sent_.size() > long_key) return;
        in_transaction([](Connection&) {});
        Session session{run_.engine()};
        session.add(Note{.word = "x", .document = Json::object({{sent_, "by its key"}, {"key", sent_}})});
        session.commit();
        require_same(session.query(col<&Note::document>["key"].as_string()).scalar().value_or("(null)"), sent_,
                     "an item of a document");
        // SQLite has no way to write a quotation mark in a path, and must not take it for its end; MariaDB finds no key
        // that begins with a minus.
        const bool sayable = (run_.backend() != Backend::sqlite || sent_.find('"') == std::string::npos) &&
                             (run_.backend() != Backend::mariadb || !sent_.starts_with('-'));
        try {
            const auto found = session.query(col<&Note::document>[sent_].as_string()).scalar();
            require(sayable, "a key gets through that the database cannot look up");
            require_same(found.value_or("(null)"), "by its key", "the item of that key");
        } catch (const DataError&) {
            if (sayable) throw;
        }
    }
    void in_an_array() {
        if (!is_postgresql()) return;
        const std::vector<std::string> words{"NULL", sent_, "", sent_ + ","};
        Connection connection = run_.engine().connect();
        const auto back = connection.execute(select(literal(words))).scalar_one();
        require(back.size() == words.size(), "another array");
        for (std::size_t i = 0; i < words.size(); ++i) require_same(back[i], words[i], "an array");
    }

    // ---- paths of one database

    void copied() {
        if (!is_postgresql()) return given_one_row();
        const std::vector<std::string> columns{"id", "word"};
        const std::vector<Value> values{Value::of(1), Value::text(sent_), Value::of(2), Value::text("\\N")};
        in_transaction([&](Connection& c) {
            try {
                c.pooled_connection().driver_connection().copy_in("notes", columns, values);
            } catch (const driver::Failure& failure) {
                throw DataError(failure.message);
            }
        });
        expect_words({sent_, "\\N"}, "COPY");
    }
    void as_name_of_a_prepared_transaction() {
        if (!has(run_.backend(), Capability::two_phase) || sent_.empty()) return;
        std::string xid = "t" + sent_.substr(0, 40);
        while (!is_utf8(xid)) xid.pop_back();  // not in the middle of a character
        in_transaction([](Connection&) {});
        Connection connection = run_.engine().connect();
        auto transaction = connection.begin_twophase(xid);
        connection.execute(insert(notes_).values("word"_a = "prepared"));
        transaction.prepare();
        try {
            const auto all = connection.recover_twophase();
            require(std::find(all.begin(), all.end(), xid) != all.end(), "the prepared transaction has another name");
        } catch (...) {
            transaction.rollback();
            throw;
        }
        transaction.commit();
        expect_words({"prepared"}, "a prepared transaction");
    }

    InjectionRun& run_;
    Table notes_;
    std::string sent_;
};

// Table: each kind, whether it takes a NUL, and whether bytes that are no UTF-8, where the database does.
const std::vector<Values::Kind>& Values::kinds() {
    static const std::vector<Kind> all{
        {"INSERT", &Values::insert_one, true, true},
        {"INSERT of several rows", &Values::insert_rows, true, true},
        {"executemany", &Values::insert_many, true, true},
        {"INSERT … SELECT", &Values::insert_from_select, true, true},
        {"UPDATE", &Values::update_one, true, true},
        {"executemany of UPDATE", &Values::update_many, true, true},
        {"DELETE", &Values::delete_one, true, true},
        {"upsert", &Values::upsert, true, true},
        {"RETURNING", &Values::returned, true, true},
        {"SELECT", &Values::selected, true, true},
        {"CTE", &Values::from_cte, true, true},
        {"IN", &Values::in_a_list, true, true},
        {"CASE", &Values::in_a_case, true, true},
        {"concatenation", &Values::joined_to_others, false, true},
        {"LIKE", &Values::like, false, false},
        {"text()", &Values::bound_in_text, true, true},
        {"exec_driver_sql", &Values::bound_in_driver_sql, true, true},
        {"literal", &Values::as_a_literal, false, false},
        {"INSERT of a literal", &Values::as_a_literal_of_an_insert, false, false},
        {"flush", &Values::flushed, true, true},
        {"query", &Values::queried, true, true},
        {"criteria UPDATE and DELETE", &Values::changed_by_criteria, true, true},
        {"stream", &Values::streamed, true, true},
        {"savepoint", &Values::in_a_savepoint, true, true},
        {"document", &Values::in_a_document, false, false},
        {"path of a document", &Values::in_a_path, false, false},
        {"array", &Values::in_an_array, true, true},
        {"COPY", &Values::copied, true, true},
        {"prepared transaction", &Values::as_name_of_a_prepared_transaction, false, false},
    };
    return all;
}

class InjectedValues : public InjectionTest {};
INSTANTIATE_TEST_SUITE_P(, InjectedValues, ::testing::ValuesIn(all_backends),
                         [](const auto& instance) { return std::string(to_string(instance.param)); });

TEST_P(InjectedValues, come_back_byte_by_byte_and_change_nothing_else) {
    run_for_a_while([](InjectionRun& run) { Values(run).go(150); });
}

}  // namespace
}  // namespace aludel::test
