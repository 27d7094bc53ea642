// Reading: whole entities with the identity map, tuples, one object by its key.
#include <benchmark/benchmark.h>

#include "people.hpp"

namespace bench {
namespace {

constexpr int rows = 10'000;

void load_entities_raw(benchmark::State& state) {
    RawDatabase database(rows);
    sqlite3_stmt* select = database.prepare(select_people);
    for (auto _ : state) {
        std::vector<RawPerson> people;
        while (sqlite3_step(select) == SQLITE_ROW) people.push_back(read_person(select));
        sqlite3_reset(select);
        benchmark::DoNotOptimize(people.data());
    }
    state.SetItemsProcessed(state.iterations() * rows);
}
BENCHMARK(load_entities_raw)->Name("load_entities/raw")->Unit(benchmark::kMillisecond);

void load_entities(benchmark::State& state) {
    const aludel::Engine engine = engine_with(rows);
    for (auto _ : state) {
        aludel::Session session{engine};
        auto people = session.query<Person>().all();
        benchmark::DoNotOptimize(people.data());
    }
    state.SetItemsProcessed(state.iterations() * rows);
}
BENCHMARK(load_entities)->Name("load_entities/aludel")->Unit(benchmark::kMillisecond);

void load_tuples_raw(benchmark::State& state) {
    RawDatabase database(rows);
    sqlite3_stmt* select = database.prepare("SELECT id, name FROM people");
    for (auto _ : state) {
        std::vector<std::tuple<std::int64_t, std::string>> people;
        while (sqlite3_step(select) == SQLITE_ROW) {
            const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(select, 1));
            people.emplace_back(sqlite3_column_int64(select, 0),
                                std::string(text, static_cast<std::size_t>(sqlite3_column_bytes(select, 1))));
        }
        sqlite3_reset(select);
        benchmark::DoNotOptimize(people.data());
    }
    state.SetItemsProcessed(state.iterations() * rows);
}
BENCHMARK(load_tuples_raw)->Name("load_tuples/raw")->Unit(benchmark::kMillisecond);

void load_tuples(benchmark::State& state) {
    const aludel::Engine engine = engine_with(rows);
    aludel::Session session{engine};
    for (auto _ : state) {
        auto people = session.query(aludel::col<&Person::id>, aludel::col<&Person::name>).all();
        benchmark::DoNotOptimize(people.data());
    }
    state.SetItemsProcessed(state.iterations() * rows);
}
BENCHMARK(load_tuples)->Name("load_tuples/aludel")->Unit(benchmark::kMillisecond);

void get_by_key_raw(benchmark::State& state) {
    RawDatabase database(rows);
    sqlite3_stmt* select = database.prepare("SELECT id, name, height, active FROM people WHERE id = ?");
    int id = 0;
    for (auto _ : state) {
        sqlite3_bind_int64(select, 1, id++ % rows + 1);
        sqlite3_step(select);
        RawPerson person = read_person(select);
        sqlite3_reset(select);
        benchmark::DoNotOptimize(person);
    }
}
BENCHMARK(get_by_key_raw)->Name("get_by_key/raw");

void get_by_key(benchmark::State& state) {
    const aludel::Engine engine = engine_with(rows);
    aludel::Session session{engine};
    int id = 0;
    for (auto _ : state) {
        // Nobody keeps the object, and expunge drops it from the identity map: every call is a miss.
        auto person = session.get<Person>(id++ % rows + 1);
        session.expunge(person);
        benchmark::DoNotOptimize(&*person);
    }
}
BENCHMARK(get_by_key)->Name("get_by_key/aludel");

}  // namespace
}  // namespace bench
