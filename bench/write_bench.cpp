// Writing through the unit of work, against a loop over one prepared statement; each in one transaction.
#include <benchmark/benchmark.h>

#include "people.hpp"

namespace bench {
namespace {

constexpr int rows = 1'000;

void insert_raw(benchmark::State& state) {
    RawDatabase database(0);
    for (auto _ : state) {
        insert_people(database, rows);
        state.PauseTiming();
        database.run("DELETE FROM people");
        state.ResumeTiming();
    }
    state.SetItemsProcessed(state.iterations() * rows);
}
BENCHMARK(insert_raw)->Name("insert/raw")->Unit(benchmark::kMillisecond);

void insert(benchmark::State& state) {
    const aludel::Engine engine = engine_with(0);
    for (auto _ : state) {
        aludel::Session session{engine};
        for (int i = 1; i <= rows; ++i)
            session.add(Person{.id = i, .name = "person " + std::to_string(i), .height = 1.0 + i % 100 / 100.0});
        session.commit();
        state.PauseTiming();
        session.query<Person>().delete_();
        session.commit();
        state.ResumeTiming();
    }
    state.SetItemsProcessed(state.iterations() * rows);
}
BENCHMARK(insert)->Name("insert/aludel")->Unit(benchmark::kMillisecond);

void update_raw(benchmark::State& state) {
    RawDatabase database(rows);
    sqlite3_stmt* update = database.prepare("UPDATE people SET height = ? WHERE people.id = ?");
    double height = 2;
    for (auto _ : state) {
        height += 1;
        database.run("BEGIN");
        for (int i = 1; i <= rows; ++i) {
            sqlite3_bind_double(update, 1, height);
            sqlite3_bind_int64(update, 2, i);
            sqlite3_step(update);
            sqlite3_reset(update);
        }
        database.run("COMMIT");
    }
    state.SetItemsProcessed(state.iterations() * rows);
}
BENCHMARK(update_raw)->Name("update/raw")->Unit(benchmark::kMillisecond);

void update(benchmark::State& state) {
    const aludel::Engine engine = engine_with(rows);
    aludel::Session session{engine, {.expire_on_commit = false}};
    auto people = session.query<Person>().all();
    double height = 2;
    for (auto _ : state) {
        height += 1;
        for (auto& person : people) person->height = height;
        session.commit();
    }
    state.SetItemsProcessed(state.iterations() * rows);
}
BENCHMARK(update)->Name("update/aludel")->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace bench
