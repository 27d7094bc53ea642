// What one operation costs among N objects, from a thousand to a million: no figure may grow with N.
#include "harness/database.hpp"
#include "harness/library.hpp"
#include "libraries/libraries.hpp"
#include "libraries/models.hpp"

#include <benchmark/benchmark.h>

#include <string>

namespace {

using namespace bench;

constexpr int fewest = 1'000;
constexpr int most = 1'000'000;
constexpr int operations = 1'000;
constexpr int many_operations = 100'000;

enum class Addresses : std::uint8_t { none, one_a_user_all_of_the_first };

/// A database in memory.
aludel::Engine engine_with(int users, Addresses addresses = Addresses::none) {
    const Database where = database_named("sqlite");
    aludel::Engine engine = aludel::create_engine("sqlite://");
    model::Base::metadata().create_all(engine);
    engine.begin([&](aludel::Connection& connection) {
        connection.execute(aludel::text(fill_sql(where, users).front()));
        if (addresses == Addresses::none) return;
        connection.execute(aludel::text(fill_sql(where, users).at(1)));
        connection.execute(aludel::text("UPDATE addresses SET user_id = 1"));
    });
    return engine;
}

model::User new_user(int number) {
    const std::string text = std::to_string(number);
    return {.name = "user" + text, .fullname = "User Number " + text, .password = "secret" + text};
}

/// A flush with one changed object.
void flush_one_change(benchmark::State& state) {
    const aludel::Engine engine = engine_with(static_cast<int>(state.range(0)));
    aludel::Session session{engine};
    const auto users = session.query<model::User>().all();
    int change = 0;
    for (auto _ : state) {
        users[users.size() / 2]->name = "changed " + std::to_string(++change);
        session.flush();
    }
    state.SetItemsProcessed(state.iterations());
}
BENCHMARK(flush_one_change)->RangeMultiplier(10)->Range(fewest, most)->Iterations(operations);

/// Adding one more object to those that wait for a flush.
void add_object(benchmark::State& state) {
    const aludel::Engine engine = engine_with(0);
    aludel::Session session{engine};
    for (int i = 0; i < state.range(0); ++i) session.add(new_user(i));
    int number = 0;
    for (auto _ : state) session.add(new_user(++number));
    state.SetItemsProcessed(state.iterations());
}
BENCHMARK(add_object)->RangeMultiplier(10)->Range(fewest, most)->Iterations(operations);

/// Adding one more object that is linked with another.
void add_linked_objects(benchmark::State& state) {
    const aludel::Engine engine = engine_with(0);
    aludel::Session session{engine};
    const auto add_one = [&](int number) {
        session.add(new_user(number))->addresses.append(model::Address{.email_address = "new@example.org"});
    };
    for (int i = 0; i < state.range(0); ++i) add_one(i);
    int number = 0;
    for (auto _ : state) add_one(++number);
    state.SetItemsProcessed(state.iterations());
}
BENCHMARK(add_linked_objects)->RangeMultiplier(10)->Range(fewest, most)->Iterations(operations);

/// One more object in a collection.
void link_into_collection(benchmark::State& state) {
    const aludel::Engine engine = engine_with(static_cast<int>(state.range(0)), Addresses::one_a_user_all_of_the_first);
    aludel::Session session{engine};
    const auto user = session.get<model::User>(1);
    if (user->addresses.size() != static_cast<std::size_t>(state.range(0)))
        state.SkipWithError("addresses are missing");
    for (auto _ : state) user->addresses.append(model::Address{.email_address = "new@example.org"});
    state.SetItemsProcessed(state.iterations());
}
BENCHMARK(link_into_collection)->RangeMultiplier(10)->Range(fewest, most)->Iterations(operations);

/// Loading objects that nobody keeps, which the identity map sweeps out: a figure per object.
void sweep_identity_map(benchmark::State& state) {
    const aludel::Engine engine = engine_with(static_cast<int>(state.range(0)));
    for (auto _ : state) {
        aludel::Session session{engine};
        int seen = 0;
        for (const auto& user : session.query<model::User>().stream()) seen += *user->id > 0 ? 1 : 0;
        if (seen != state.range(0)) state.SkipWithError("users are missing");
    }
    state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(sweep_identity_map)->RangeMultiplier(10)->Range(fewest, most)->Iterations(1);

/// Getting an object that is loaded: a thousand of them, again and again, for it is not the processor's cache that is
/// measured.
void get_loaded(benchmark::State& state) {
    const aludel::Engine engine = engine_with(static_cast<int>(state.range(0)));
    std::vector<int> keys = shuffled_keys(static_cast<int>(state.range(0)));
    keys.resize(fewest);
    aludel::Session session{engine};
    const auto users = session.query<model::User>().all();
    std::size_t next = 0;
    for (auto _ : state) {
        const auto user = session.get<model::User>(keys[next]);
        benchmark::DoNotOptimize(&*user);
        next = next + 1 == keys.size() ? 0 : next + 1;
    }
    if (session.statement_count() != 1) state.SkipWithError("an object was not found in memory");
    state.SetItemsProcessed(state.iterations());
}
BENCHMARK(get_loaded)->RangeMultiplier(10)->Range(fewest, most)->Iterations(many_operations);

}  // namespace

BENCHMARK_MAIN();
