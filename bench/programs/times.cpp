// Times of one workload on one database by one library.
//   aludel_bench <workload> <database> <library> <size> <iterations> [options of Google Benchmark]
#include "harness/fail.hpp"
#include "harness/library.hpp"

#include <benchmark/benchmark.h>

#include <cstdlib>
#include <string>

namespace {

using namespace bench;

struct Case {
    std::string workload, database, library;
    int size;

    void operator()(benchmark::State& state) const {
        const Database where = database_named(database);
        const Workload what = workload_named(workload);
        const auto opened = open_library(library, where);
        create_tables(*opened, where, what, size);
        const auto task = opened->task(what, size);
        warm_up(*task, state);
        for (auto _ : state) {
            state.PauseTiming();
            task->prepare();
            state.ResumeTiming();
            task->run();
            task->release();
        }
        state.SetItemsProcessed(state.iterations() * size);
    }

  private:
    /// Statements are prepared and caches filled; the checksum is the label.
    static void warm_up(Task& task, benchmark::State& state) {
        task.prepare();
        task.run();
        state.SetLabel(std::to_string(task.checksum()));
        task.release();
    }
};

}  // namespace

int main(int argc, char** argv) {
    constexpr int own_arguments = 5;
    if (argc <= own_arguments) fail("usage: aludel_bench <workload> <database> <library> <size> <iterations> [options]");
    const Case chosen{.workload = argv[1], .database = argv[2], .library = argv[3], .size = std::atoi(argv[4])};
    benchmark::RegisterBenchmark((chosen.workload + "/" + chosen.database + "/" + chosen.library).c_str(), chosen)
        ->Iterations(std::atoi(argv[5]));
    argv[own_arguments] = argv[0];
    int rest = argc - own_arguments;
    benchmark::Initialize(&rest, argv + own_arguments);
    if (benchmark::ReportUnrecognizedArguments(rest, argv + own_arguments)) return 1;
    return benchmark::RunSpecifiedBenchmarks() == 1 ? 0 : 1;
}
