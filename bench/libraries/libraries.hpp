// The libraries that are measured, one a file.
#pragma once

#include "harness/library.hpp"

#include <memory>

namespace bench {

std::unique_ptr<Library> open_aludel(const Database& database);
std::unique_ptr<Library> open_raw_mariadb(const Database& database);
std::unique_ptr<Library> open_raw_postgresql(const Database& database);
std::unique_ptr<Library> open_raw_sqlite(const Database& database);
std::unique_ptr<Library> open_soci(const Database& database);

}  // namespace bench
