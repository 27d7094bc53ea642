#pragma once

#include <aludel/engine/driver.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

struct sqlite3;
struct sqlite3_stmt;

namespace aludel::driver::sqlite {

class Database;

/// A prepared statement and its rows.
class Statement final : public Cursor {
  public:
    /// @throws Failure for text that is no statement, or more than one.
    Statement(Database& owner, sqlite3* database, std::string_view sql, bool kept);
    ~Statement() override;
    Statement(const Statement&) = delete;
    Statement& operator=(const Statement&) = delete;

    using Cursor::execute;
    using Cursor::execute_many;
    void execute(std::span<const Cell> parameters) override;
    std::int64_t execute_many(std::span<const Cell> parameters, std::size_t rows) override;
    void insert_many(std::span<const Cell> parameters, std::size_t rows, std::vector<std::int64_t>& keys) override;
    bool next() override;
    std::size_t column_count() const override { return row_.size(); }
    std::string_view column_name(std::size_t index) const override;
    std::int64_t rows_affected() const noexcept override { return rows_affected_; }
    std::int64_t last_insert_id() const noexcept override { return last_insert_id_; }
    void release() noexcept override;

    const std::string& sql() const noexcept { return sql_; }
    bool is_kept() const noexcept { return kept_; }
    bool in_use = false;

  private:
    enum class Effect : std::uint8_t { none, insertion, change };

    void prepare();
    bool takes_several_rows(std::size_t width) const;
    bool adds_other_rows();
    template <class Then>
    void insert_together(std::span<const Cell> parameters, std::size_t rows, Then then);
    void bind(std::span<const Cell> parameters);
    void bind_one(int index, const Cell& value);
    bool step();
    void read_row();
    void note_effect();
    void reset() noexcept;
    [[noreturn]] void fail(int result);

    Database& owner_;
    sqlite3* database_;
    sqlite3_stmt* statement_ = nullptr;
    std::string sql_;
    std::size_t parameter_count_ = 0;
    Effect effect_ = Effect::none;
    bool kept_ = false;       // by the connection's cache
    bool running_ = false;    // holds locks until it is reset
    bool row_waits_ = false;  // the first row was found by execute()
    std::int64_t rows_affected_ = -1;
    std::int64_t last_insert_id_ = 0;
};

}  // namespace aludel::driver::sqlite
