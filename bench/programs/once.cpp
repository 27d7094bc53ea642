// One workload once: what can be counted without a clock. Prints its checksum, the bytes on the heap that its result
// holds, and the round trips to the server. Under callgrind, `measured` is what counts.
//   aludel_bench_once <workload> <database> <library> <size>
#include "harness/fail.hpp"
#include "harness/library.hpp"
#include "programs/round_trips.hpp"

#include <aludel/orm/session_core.hpp>

#include <malloc.h>

#include <cstddef>
#include <cstdio>
#include <cstdlib>

namespace bench {

/// Its name tells callgrind when to count.
[[gnu::noinline]] void measured(Task& task, void (Task::*step)()) { (task.*step)(); }

namespace {

std::ptrdiff_t bytes_on_the_heap() {
    const struct mallinfo2 info = mallinfo2();
    return static_cast<std::ptrdiff_t>(info.uordblks + info.hblkhd);
}

void print_counts(Task& task) {
    task.prepare();
    aludel::release_spare_memory();  // it would hide what the objects take
    const std::ptrdiff_t bytes_before = bytes_on_the_heap();
    const std::uint64_t trips_before = round_trips();
    measured(task, &Task::run);
    const std::ptrdiff_t bytes = bytes_on_the_heap() - bytes_before;
    const std::uint64_t trips_of_run = round_trips() - trips_before;
    const std::uint64_t checksum = task.checksum();
    const std::uint64_t trips_before_release = round_trips();
    measured(task, &Task::release);
    const std::uint64_t trips = trips_of_run + round_trips() - trips_before_release;
    std::printf("{\"checksum\": \"%lu\", \"bytes\": %td, \"round_trips\": %lu}\n", checksum, bytes, trips);
}

}  // namespace

}  // namespace bench

int main(int argc, char** argv) {
    using namespace bench;
    if (argc != 5) fail("usage: aludel_bench_once <workload> <database> <library> <size>");
    const Workload workload = workload_named(argv[1]);
    const Database database = database_named(argv[2]);
    const int size = std::atoi(argv[4]);
    const auto library = open_library(argv[3], database);
    create_tables(*library, database, workload, size);
    const auto task = library->task(workload, size);
    // The first time prepares statements and fills caches.
    task->prepare();
    task->run();
    task->release();
    print_counts(*task);
}
