// What a stream over many entities needs: prints how the peak of the resident memory grows with the rows.
//   aludel_bench_stream <rows>
// The rows come from a view over a recursive query, which keeps none of them.
#include "harness/fail.hpp"
#include "libraries/models.hpp"

#include <sys/resource.h>

#include <cstdio>
#include <cstdlib>
#include <string>

namespace {

using namespace bench;

long peak_kib() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss;
}

void create_view(const aludel::Engine& engine, long rows) {
    engine.begin([&](aludel::Connection& connection) {
        connection.execute(aludel::text(
            "CREATE VIEW users AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < " +
            std::to_string(rows) +
            ") SELECT i AS id, 'user' || i AS name, 'User Number ' || i AS fullname, 'secret' || i AS password FROM "
            "n"));
    });
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 2) fail("usage: aludel_bench_stream <rows>");
    const long rows = std::atol(argv[1]);
    static_cast<void>(model::Base::metadata());
    const aludel::Engine engine = aludel::create_engine("sqlite://");
    create_view(engine, rows);
    aludel::Session session{engine};
    long seen = 0;
    long peak_of_a_tenth = 0;
    for (const auto& user : session.query<model::User>().stream()) {
        if (*user->id != ++seen) fail("a row is missing");
        if (seen == rows / 10) peak_of_a_tenth = peak_kib();
    }
    if (seen != rows) fail("rows are missing");
    std::printf("{\"rows\": %ld, \"peak_kib_of_a_tenth\": %ld, \"peak_kib\": %ld}\n", rows, peak_of_a_tenth,
                peak_kib());
}
