// Hostile strings as names of everything that has one: what the database can name so is found under that name, the rest
// is refused, and nothing is cut without a word.
#include "injection/schema_run.hpp"

#include <aludel/sql/compile/ddl.hpp>

#include <fmt/format.h>

#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <string>
#include <vector>

namespace aludel::test {
namespace {

using namespace aludel::literals;

bool is_word_of_truth(std::string name) {
    for (char& c : name) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return name == "true" || name == "false";
}

class Names {
  public:
    explicit Names(InjectionRun& run) : run_(run) { run.canary().remember(); }

    void go(int steps) {
        for (int i = 0; i < steps; ++i) {
            const Kind& kind = kinds()[run_.hostile().pick(kinds().size())];
            name_ = run_.hostile().name();
            // These are not of this test's database alone.
            if (kind.is_global) name_ = fmt::format("{:x}", ::getpid()) + name_;
            run_.step(kind.name, name_, fits_as_name(run_.backend(), name_), [&] { (this->*kind.send)(); });
        }
    }

  private:
    struct Kind {
        const char* name;
        void (Names::*send)();
        bool is_global = false;
    };
    static const std::vector<Kind>& kinds();

    Engine& engine() { return run_.engine(); }

    /// Writes, reads, changes and deletes a row through the table's own column names.
    void use(const Table& table, const std::string& column) {
        engine().begin([&](Connection& c) {
            c.execute_many(insert(table), std::vector<std::string>{"id", column},
                           std::vector<ParameterRow>{{Value::of(1), Value::text("before")}});
            c.execute(update(table)
                          .where(table.c<std::string>(column) == "before")
                          .values(table.c<std::string>(column) = "after"));
        });
        const auto word = table.c<std::string>(column);
        require_same(text_of(engine(), select(word).where(word == "after").order_by(word)), "after", "the table");
        {
            Connection connection = engine().connect();
            const Row row = connection.execute(select(table)).one();
            require_same(row.get<std::string>(column), "after", "the row, by the column's name");
        }
        engine().begin([&](Connection& c) { c.execute(delete_(table).where(word == "after")); });
        require(engine().connect().execute(select(func::count()).select_from(table)).scalar_one() == 0,
                "the row stays");
    }
    template <class Named>
    void require_one_named(const std::vector<Named>& all) {
        require(std::any_of(all.begin(), all.end(), [&](const Named& each) { return each.name == name_; }),
                "reflection does not find the name");
    }

    // ---- what is created

    void of_a_table() {
        FreshTables fresh(engine());
        const Table table{name_, fresh.metadata, Column{"id", Integer, primary_key}, Column{"word", String(50)}};
        fresh.create();
        Inspector inspector = inspect(engine());
        require(inspector.has_table(name_), "has_table does not find it");
        const auto all = inspector.get_table_names();
        require(std::find(all.begin(), all.end(), name_) != all.end(), "get_table_names has it not");
        require(inspector.get_columns(name_).size() == 2, "get_columns finds others");
        fresh.create();  // it is there already
        use(table, "word");
        MetaData reflected;
        use(Table{name_, reflected, autoload_with(engine())}, "word");
    }
    void of_a_column() {
        FreshTables fresh(engine());
        const Table table{"subject", fresh.metadata, Column{"id", Integer, primary_key}, Column{name_, String(50)}};
        fresh.create();
        require_one_named(inspect(engine()).get_columns("subject"));
        use(table, name_);
        MetaData reflected;
        use(Table{"subject", reflected, autoload_with(engine())}, name_);
    }
    void of_an_index() {
        FreshTables fresh(engine());
        const Table table{"subject", fresh.metadata, Column{"id", Integer, primary_key}, Column{"word", String(50)},
                          Index(name_, "word")};
        fresh.create();
        require_one_named(inspect(engine()).get_indexes("subject"));
        require(inspect(engine()).has_index("subject", name_), "has_index does not find it");
    }
    void of_a_unique_constraint() {
        FreshTables fresh(engine());
        const Table table{"subject", fresh.metadata, Column{"id", Integer, primary_key}, Column{"word", String(50)},
                          UniqueConstraint(detail::ConstraintDraft{{.name = name_}, {"word"}})};
        fresh.create();
        require_one_named(inspect(engine()).get_unique_constraints("subject"));
    }
    void of_a_check() {
        FreshTables fresh(engine());
        const CheckConstraint check(detail::raw_sql_node("number > 0"),
                                    detail::ConstraintDraft{.rules = {.name = name_}});
        const Table table{"subject", fresh.metadata, Column{"id", Integer, primary_key}, Column{"number", Integer},
                          check};
        fresh.create();
        require_one_named(inspect(engine()).get_check_constraints("subject"));
        try {
            engine().begin([&](Connection& c) { c.execute(insert(table).values("number"_a = -1)); });
            require(false, "the CHECK does not hold");
        } catch (const IntegrityError&) {
            // As it should be.
        }
    }
    void of_a_foreign_key() {
        FreshTables fresh(engine());
        const Table parent{"parent", fresh.metadata, Column{"id", Integer, primary_key}};
        const Table table{"subject", fresh.metadata, Column{"id", Integer, primary_key}, Column{"other", Integer},
                          ForeignKeyConstraint(std::vector<std::string>{"other"}, std::vector<std::string>{"parent.id"},
                                               ForeignKeyRules{.name = name_})};
        fresh.create();
        const auto all = inspect(engine()).get_foreign_keys("subject");
        require(all.size() == 1, "there are other foreign keys");
        require_same(all[0].rules.name, name_, "a foreign key's name");
    }
    void of_a_sequence() {
        if (!has(run_.backend(), Capability::sequences)) return;
        const SequenceDraft sequence{.name = name_};
        const auto& dialect = engine().dialect();
        engine().begin([&](Connection& c) { c.exec_driver_sql(create_sequence_sql(sequence, dialect)); });
        const bool found = inspect(engine()).has_sequence(name_);
        engine().begin([&](Connection& c) { c.exec_driver_sql(drop_sequence_sql(sequence, dialect)); });
        require(found, "has_sequence does not find it");
    }
    void of_a_schema() {
        if (run_.backend() == Backend::sqlite) return;
        const auto& dialect = engine().dialect();
        engine().begin([&](Connection& c) { c.exec_driver_sql(create_schema_sql(name_, dialect)); });
        try {
            use_schema();
        } catch (...) {
            drop_schema();
            throw;
        }
        drop_schema();
    }
    void use_schema() {
        require(inspect(engine()).has_schema(name_), "has_schema does not find it");
        FreshTables fresh(engine());
        const Table table{"subject", fresh.metadata, schema(name_), Column{"id", Integer, primary_key},
                          Column{"word", String(50)}};
        fresh.create();
        require(inspect(engine()).has_table("subject", name_), "has_table does not find its table");
        require(!inspect(engine()).has_table("subject"), "the table is elsewhere");
        use(table, "word");
    }
    void drop_schema() {
        engine().begin([&](Connection& c) { c.exec_driver_sql(drop_schema_sql(name_, engine().dialect())); });
    }
    void of_an_enumeration() {
        detail::EnumDraft draft;
        draft.details.type_name = name_;
        draft.words = {"before", "after"};
        FreshTables fresh(engine());
        const Table table{"subject", fresh.metadata, Column{"id", Integer, primary_key},
                          Column{"word", TypeOfRun{draft.type(nullptr)}}};
        fresh.create();
        fresh.create();  // the type is there already
        engine().begin([](Connection& c) { c.exec_driver_sql("INSERT INTO subject (id, word) VALUES (1, 'after')"); });
        require(inspect(engine()).get_columns("subject").size() == 2, "the table has other columns");
    }

    // ---- what a statement names

    void of_a_label() {
        // SQLite finds no column of a subquery that is called so, not even in quotation marks.
        if (run_.backend() == Backend::sqlite && is_word_of_truth(name_)) return;
        // MariaDB takes away what is not printed in front of a label, with a warning.
        const auto first = static_cast<unsigned char>(name_.front());
        if (run_.backend() == Backend::mariadb && (first <= ' ' || first == 0x7f)) return;
        const auto labelled = select(literal(std::string{"labelled"}).label(name_), literal(1).label("other"));
        Connection connection = engine().connect();
        auto result = connection.execute_node(labelled.node());
        const Row row = result.one();
        require_same(row.get<std::string>(name_), "labelled", "the row, by its label");
        const auto inner = labelled.subquery("s");
        require_same(connection.execute(select(inner.c<std::string>(name_)).order_by(inner.c<std::string>(name_)))
                         .scalar_one()
                         .value_or("(null)"),
                     "labelled", "a subquery's column");
        require_same(std::get<0>(connection.execute(labelled.order_by(name_)).one()), "labelled", "ORDER BY a label");
    }
    void of_an_alias() {
        const auto other = alias(canary_, name_);
        require_same(text_of(engine(), select(other.c<std::string>("word")).where(other.c<int>("id") == 1)), "sings",
                     "an alias");
        const auto joined = select(canary_.c<std::string>("word"))
                                .select_from(join(canary_, other, canary_.c<int>("id") == other.c<int>("id")))
                                .where(other.c<int>("id") == 2);
        require_same(text_of(engine(), joined), "flies", "a join with an alias");
    }
    void of_a_cte() {
        const auto cte = select(canary_.c<std::string>("word")).where(canary_.c<int>("id") == 1).cte(name_);
        require_same(text_of(engine(), select(cte.c<std::string>("word"))), "sings", "a CTE");
    }
    void of_a_subquery() {
        const auto inner = select(canary_.c<std::string>("word")).where(canary_.c<int>("id") == 1).subquery(name_);
        Connection connection = engine().connect();
        require_same(connection.execute(select(inner.c<std::string>("word"))).scalar_one().value_or("(null)"), "sings",
                     "a subquery");
    }
    void of_a_parameter() {
        require_same(text_of(engine(), select(bindparam(name_, std::string{"given"}))), "given", "a parameter");
    }

    InjectionRun& run_;
    std::string name_;
    MetaData metadata_of_canary_;
    Table canary_{"canary", metadata_of_canary_, Column{"id", Integer, primary_key}, Column{"word", String(20)}};
};

const std::vector<Names::Kind>& Names::kinds() {
    static const std::vector<Kind> all{
        {"table", &Names::of_a_table},
        {"column", &Names::of_a_column},
        {"index", &Names::of_an_index},
        {"unique constraint", &Names::of_a_unique_constraint},
        {"CHECK", &Names::of_a_check},
        {"foreign key", &Names::of_a_foreign_key},
        {"sequence", &Names::of_a_sequence},
        {"schema", &Names::of_a_schema, true},
        {"enumeration", &Names::of_an_enumeration},
        {"label", &Names::of_a_label},
        {"alias", &Names::of_an_alias},
        {"CTE", &Names::of_a_cte},
        {"subquery", &Names::of_a_subquery},
        {"parameter", &Names::of_a_parameter},
    };
    return all;
}

class InjectedNames : public InjectionTest {};
INSTANTIATE_TEST_SUITE_P(, InjectedNames, ::testing::ValuesIn(all_backends),
                         [](const auto& instance) { return std::string(to_string(instance.param)); });

TEST_P(InjectedNames, name_what_they_say_and_change_nothing_else) {
    run_for_a_while([](InjectionRun& run) { Names(run).go(40); });
}

}  // namespace
}  // namespace aludel::test
