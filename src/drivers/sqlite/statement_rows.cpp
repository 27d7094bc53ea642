// The part of Statement that inserts many rows: several of them in one INSERT, which SQLite runs twice as fast.
#include "drivers/sqlite/database.hpp"
#include "drivers/sqlite/failure.hpp"
#include "drivers/sqlite/statement.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

#include <algorithm>
#include <string>
#include <string_view>

namespace aludel::driver::sqlite {

namespace {

constexpr std::size_t few_rows = 16;  // of less than this no statement with several is worth its preparation
constexpr std::size_t rows_of_statement = 64;

// `(?, ?, ?)`
std::string row_of_markers(std::size_t width) {
    std::string row = "(";
    for (std::size_t i = 0; i < width; ++i) row += i == 0 ? "?" : ", ?";
    return row += ')';
}

// Collects the numbers of the rows that statements insert.
class InsertedRows {
  public:
    InsertedRows(sqlite3* database, std::vector<std::int64_t>& keys) : database_(database), keys_(keys) {
        sqlite3_update_hook(database, &InsertedRows::on_change, this);
    }
    InsertedRows(const InsertedRows&) = delete;
    InsertedRows& operator=(const InsertedRows&) = delete;
    ~InsertedRows() { sqlite3_update_hook(database_, nullptr, nullptr); }

  private:
    // The keys have their room already: nothing may be thrown through SQLite's frames.
    static void on_change(void* self, int, const char*, const char*, sqlite3_int64 row) noexcept {
        auto& keys = static_cast<InsertedRows*>(self)->keys_;
        if (keys.size() < keys.capacity()) keys.push_back(row);
    }

    sqlite3* database_;
    std::vector<std::int64_t>& keys_;
};

}  // namespace

// An INSERT whose text ends with one row of markers, and with nothing else.
bool Statement::takes_several_rows(std::size_t width) const {
    const std::string row = row_of_markers(width);
    return effect_ == Effect::insertion && row_.empty() && width != 0 && sql_.starts_with("INSERT INTO ") &&
           sql_.ends_with(") VALUES " + row) && sql_.find('?') == sql_.size() - row.size() + 1;
}

// Triggers and virtual tables may add rows of their own. The connection looks at the database's schema as it is now,
// inside of the transaction; nobody can change it before that ends.
bool Statement::adds_other_rows() {
    owner_.prepare("SELECT 1 FROM sqlite_schema LIMIT 1")->execute();
    // Made anew each time: SQLite lists the program of an EXPLAIN without a look at whether its schema still holds.
    Statement program(owner_, database_, "EXPLAIN " + sql_, false);
    program.execute(std::vector<Value>(parameter_count_));
    bool found = false;
    while (program.next()) {
        const std::string_view operation = program.row()[1].text();
        found = found || operation == "Program" || operation == "VUpdate";
    }
    return found;
}

// Runs the rows in statements of several; what is left over is run by this one. `then` is called behind each run.
template <class Then>
void Statement::insert_together(std::span<const Cell> parameters, std::size_t rows, Then then) {
    const std::size_t width = parameters.size() / rows;
    const auto most = static_cast<std::size_t>(sqlite3_limit(database_, SQLITE_LIMIT_VARIABLE_NUMBER, -1)) / width;
    std::size_t done = 0;
    for (const std::size_t size : {std::min(rows_of_statement, most), few_rows}) {
        if (size > most || rows - done < size) continue;
        std::string text = sql_;
        for (std::size_t i = 1; i < size; ++i) text += ", " + row_of_markers(width);
        const auto several = owner_.prepare(text);
        for (; rows - done >= size; done += size) {
            several->execute(parameters.subspan(done * width, size * width));
            then(*several);
        }
    }
    for (; done < rows; ++done) {
        execute(parameters.subspan(done * width, width));
        then(*this);
    }
}

std::int64_t Statement::execute_many(std::span<const Cell> parameters, std::size_t rows) {
    if (rows < few_rows || !takes_several_rows(parameters.size() / rows)) return Cursor::execute_many(parameters, rows);
    std::int64_t affected = 0;
    insert_together(parameters, rows, [&](const Cursor& done) { affected += done.rows_affected(); });
    return affected;
}

void Statement::insert_many(std::span<const Cell> parameters, std::size_t rows, std::vector<std::int64_t>& keys) {
    if (rows < few_rows || !takes_several_rows(parameters.size() / rows) || adds_other_rows())
        return Cursor::insert_many(parameters, rows, keys);
    const std::size_t before = keys.size();
    keys.reserve(before + rows);
    {
        const InsertedRows collected(database_, keys);
        insert_together(parameters, rows, [](const Cursor&) {});
    }
    if (keys.size() != before + rows)
        throw failure_of(SQLITE_INTERNAL,
                         fmt::format("SQLite told the keys of {} of {} rows", keys.size() - before, rows));
}

}  // namespace aludel::driver::sqlite
