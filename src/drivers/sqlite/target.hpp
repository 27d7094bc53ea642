#pragma once

#include <aludel/engine/driver.hpp>

#include <chrono>
#include <string>

namespace aludel::driver::sqlite {

/// What to open and how, from a URL and the engine's options.
struct Target {
    std::string filename;  ///< for sqlite3_open_v2
    std::string vfs;       ///< empty: the default one
    int flags = 0;
    bool in_memory = false;
    bool foreign_keys = true;
    std::chrono::milliseconds busy_timeout{};
    std::string journal_mode;  ///< empty: as it is
    std::string begin = "BEGIN";
};

/// @throws ArgumentError for what makes no sense, with what would.
Target target_of(const URL& url, const ConnectOptions& options);

/// Whether the database lives in memory, whatever else the URL says.
bool is_in_memory(const URL& url);

}  // namespace aludel::driver::sqlite
