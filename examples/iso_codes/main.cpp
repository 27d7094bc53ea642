// Imports the codes of countries, subdivisions, currencies and languages from Debian's package iso-codes into a
// database, and reports on them. Run it again, and it updates.
//   iso_codes [database URL] [folder with the JSON files]
#include "importer.hpp"
#include "progress_bar.hpp"
#include "report.hpp"

#include <chrono>
#include <exception>
#include <iostream>

namespace {

void run(const std::string& url, const std::string& folder) {
    const Engine engine = create_engine(url);
    Base::metadata().create_all(engine);
    Session session{engine};

    const auto start = std::chrono::steady_clock::now();
    const auto tallies = import_folder(session, folder, ProgressBar{});
    session.commit();
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;

    for (const auto& [what, tally] : tallies)
        std::cout << what << ": " << tally.added << " added, " << tally.changed << " changed, " << tally.unchanged
                  << " unchanged, " << tally.removed << " removed\n";
    std::cout << "in " << seconds.count() << " s\n\n";
    print_report(session, std::cout);
}

}  // namespace

int main(int argc, char** argv) {
    try {
        run(argc > 1 ? argv[1] : "sqlite:///iso_codes.db", argc > 2 ? argv[2] : "/usr/share/iso-codes/json");
        return 0;
    } catch (const std::exception& error) {
        std::cerr << "iso_codes: " << error.what() << '\n';
        return 1;
    }
}
