#pragma once

#include <aludel/engine/driver.hpp>

#include "drivers/mysql/rows.hpp"
#include "drivers/mysql/values.hpp"

#include <mysql.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace aludel::driver::mysql {

class Channel;
class Session;

/// A prepared statement and its rows, in the binary protocol. The cells are views of the packets that the client
/// library keeps.
class Statement final : public Cursor {
  public:
    /// @throws Failure for text that is no statement, more than one, or one that cannot be prepared.
    Statement(Session& owner, std::string_view sql, bool kept);
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
    std::size_t row_count() const noexcept override;

    /// Reads what is left of a streamed result into memory, so that the connection is free for another command.
    /// @throws Failure.
    void drain();

    const std::string& sql() const noexcept { return sql_; }
    bool is_kept() const noexcept { return kept_; }
    bool in_use = false;

  private:
    /// Where the rows are.
    enum class Rows : std::uint8_t {
        none,
        stored,    ///< in the client library
        streamed,  ///< still on the connection
        kept       ///< in `buffer_`
    };

    static void on_cell(void* self, unsigned column, unsigned char** at) noexcept;

    void prepare();
    void prepare_again();
    void send();
    void bind_all(std::span<const Cell> parameters);
    void check_count(std::size_t given) const;
    void read_columns();
    void read_result();
    void read_effect();
    void end_stored() noexcept;
    void keep_rest();
    bool fetch_stored() noexcept;
    bool fetch_streamed();
    void read_end() noexcept;
    void report_warnings();
    void report_late_warnings();
    void read_packet(unsigned char* packet) noexcept;
    void drop_rows() noexcept;
    void drop_stream() noexcept;
    void finish_stream() noexcept;
    [[noreturn]] void fail();

    // Array binding: see bulk.cpp.
    bool can_send_together() const noexcept;
    std::size_t rows_of_packet(std::span<const Cell> parameters);
    std::int64_t send_packet(std::span<const Cell> parameters, std::size_t rows);
    std::int64_t send_packets(std::span<const Cell> parameters, std::size_t rows);
    std::optional<std::int64_t> send_together(std::span<const Cell> parameters, std::size_t rows);
    static my_bool on_row(void* self, MYSQL_BIND* descriptions, unsigned row) noexcept;

    Session& owner_;
    Channel& channel_;
    MYSQL_STMT* statement_ = nullptr;
    std::string sql_;
    std::vector<Parameter> parameters_;
    std::vector<MYSQL_BIND> descriptions_;
    std::vector<Column> columns_;
    std::vector<std::string> names_;             // of a result whose description the library has dropped
    const Cell* bulk_values_ = nullptr;          // while rows are sent together
    std::vector<std::int64_t>* keys_ = nullptr;  // of `insert_many`, while it runs
    const MYSQL_ROWS* stored_ = nullptr;         // the next row in the client library
    RowBuffer buffer_;
    std::optional<Failure> failure_;  // behind the rows in `buffer_`
    Rows rows_ = Rows::none;
    bool kept_ = false;          // by the connection's cache
    bool changes_rows_ = false;  // INSERT, UPDATE, DELETE, REPLACE
    bool has_warned_ = false;    // its warnings have been reported once
    std::int64_t rows_affected_ = -1;
    std::int64_t last_insert_id_ = 0;
};

}  // namespace aludel::driver::mysql
