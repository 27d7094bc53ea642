// Times of one workload on one database by one library. Beside Google Benchmark's means, the counters `cpu_ns` and
// `real_ns` are those of the fastest iteration: what another process takes away makes others slower, and none faster.
//   aludel_bench <workload> <database> <library> <size> <iterations> [options of Google Benchmark]
#include "harness/fail.hpp"
#include "harness/library.hpp"

#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstdlib>
#include <ctime>
#include <limits>
#include <string>

namespace {

using namespace bench;

double nanoseconds(clockid_t clock) {
    timespec now{};
    clock_gettime(clock, &now);
    return static_cast<double>(now.tv_sec) * 1e9 + static_cast<double>(now.tv_nsec);
}

struct Instant {
    static Instant now() { return {nanoseconds(CLOCK_THREAD_CPUTIME_ID), nanoseconds(CLOCK_MONOTONIC)}; }
    double cpu_ns, real_ns;
};

struct Fastest {
    void take(const Instant& started) {
        const Instant ended = Instant::now();
        cpu_ns = std::min(cpu_ns, ended.cpu_ns - started.cpu_ns);
        real_ns = std::min(real_ns, ended.real_ns - started.real_ns);
    }
    double cpu_ns = std::numeric_limits<double>::max();
    double real_ns = std::numeric_limits<double>::max();
};

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
        Fastest fastest;
        for (auto _ : state) {
            state.PauseTiming();
            task->prepare();
            const Instant started = Instant::now();
            state.ResumeTiming();
            task->run();
            task->release();
            fastest.take(started);
        }
        state.counters["cpu_ns"] = fastest.cpu_ns;
        state.counters["real_ns"] = fastest.real_ns;
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
    if (argc <= own_arguments)
        fail("usage: aludel_bench <workload> <database> <library> <size> <iterations> [options]");
    const Case chosen{.workload = argv[1], .database = argv[2], .library = argv[3], .size = std::atoi(argv[4])};
    benchmark::RegisterBenchmark((chosen.workload + "/" + chosen.database + "/" + chosen.library).c_str(), chosen)
        ->Iterations(std::atoi(argv[5]));
    argv[own_arguments] = argv[0];
    int rest = argc - own_arguments;
    benchmark::Initialize(&rest, argv + own_arguments);
    if (benchmark::ReportUnrecognizedArguments(rest, argv + own_arguments)) return 1;
    return benchmark::RunSpecifiedBenchmarks() == 1 ? 0 : 1;
}
