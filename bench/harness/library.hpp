// A library under measurement: one connection to a database, and its way to do each workload.
#pragma once

#include "harness/database.hpp"
#include "harness/task.hpp"
#include "harness/workload.hpp"

#include <memory>
#include <string>
#include <string_view>

namespace bench {

class Library {
  public:
    Library() = default;
    Library(const Library&) = delete;
    Library& operator=(const Library&) = delete;
    virtual ~Library() = default;

    /// A statement without parameters and rows: what prepares the tables.
    virtual void execute(const std::string& sql) = 0;
    /// The workload on `size` users, which are in the tables already. The task must not outlive the library.
    virtual std::unique_ptr<Task> task(Workload workload, int size) = 0;
};

/// `raw`, `aludel` or `soci`; another name ends the program.
std::unique_ptr<Library> open_library(std::string_view name, const Database& database);

/// The tables as the workload wants to find them.
void create_tables(Library& library, const Database& database, Workload workload, int size);

}  // namespace bench
