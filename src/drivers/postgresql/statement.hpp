#pragma once

#include <aludel/engine/driver.hpp>

#include "drivers/postgresql/cells.hpp"
#include "drivers/postgresql/parameters.hpp"
#include "drivers/postgresql/result.hpp"
#include "drivers/postgresql/scratch.hpp"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace aludel::driver::postgresql {

class Session;

/// Rows that the statement inserted, updated or deleted; -1 when it was of another kind.
std::int64_t affected_by(const pg_result* result);

/// A statement and its rows.
///
/// The first time it is sent as it is, and its rows come as text; that takes one round trip and leaves nothing on the
/// server. From the second time on it is prepared there, and its rows come in binary where every column's type is
/// understood in binary.
class Statement final : public Cursor {
  public:
    /// `kept`: the session keeps it when it is released.
    Statement(Session& session, std::string_view sql, bool kept);
    Statement(const Statement&) = delete;
    Statement& operator=(const Statement&) = delete;
    ~Statement() override;

    using Cursor::execute;
    using Cursor::execute_many;
    void execute(std::span<const Cell> parameters) override;
    std::int64_t execute_many(std::span<const Cell> parameters, std::size_t rows) override;
    void insert_many(std::span<const Cell> parameters, std::size_t rows, std::vector<std::int64_t>& keys) override;
    bool next() override;
    std::size_t column_count() const override { return row_.size(); }
    std::string_view column_name(std::size_t index) const override;
    std::int64_t rows_affected() const noexcept override { return rows_affected_; }
    std::int64_t last_insert_id() const noexcept override { return 0; }  // that is RETURNING's here
    void release() noexcept override;
    std::size_t row_count() const noexcept override { return streamed_ ? 0 : static_cast<std::size_t>(row_count_); }

    const std::string& sql() const noexcept { return sql_; }
    bool is_kept() const noexcept { return kept_; }
    /// Reads the rest of a stream into memory, so that the connection is free.
    void buffer_rest();
    /// The server has lost the prepared statement; its name, if it had one.
    std::string forget_name() noexcept;

    bool in_use = false;

  private:
    void adapt(std::span<const Cell> parameters);
    bool adapt_all(std::span<const Cell> parameters, std::size_t width);
    bool run();
    std::optional<std::int64_t> run_many(std::span<const Cell> parameters, std::size_t width);
    bool run_together(std::span<const Cell> parameters, std::size_t rows);
    std::size_t send_row(const std::string& name, std::span<const Cell> row);
    void require_prepared(bool fresh, const std::string& name);
    ResultPtr read_row_result(std::int64_t& affected, std::size_t& unread);
    void note_keys(const pg_result* result);
    std::size_t insert_together(std::span<const Cell> parameters, std::size_t size, std::size_t rows,
                                std::vector<std::int64_t>& keys);
    bool insert_each(std::span<const Cell> parameters, std::size_t times, std::vector<std::int64_t>& keys);
    bool send();
    bool take_prepared(bool guarded);
    bool needs_guard() const noexcept;
    bool guess_type(const pg_result* result);
    bool is_stale(const pg_result* result) const;
    bool prepare_anew(ResultPtr result);
    void take_columns(const pg_result* result);
    void take_whole(ResultPtr result);
    void note_effect(const pg_result* result);
    bool run_as_cursor();
    void send_fetch();
    void take_batch();
    bool fetch_batch();
    bool next_of_stream();
    ResultPtr next_streamed();
    void end_stream();
    void read_row();
    void reset();
    void reset_rows() noexcept;

    /// A cursor of the server, while there is one.
    struct ServerCursor {
        std::string name;
        std::uint64_t epoch = 0;  // of the session when it was declared
        int batch = 0;            // rows to fetch
        bool has_more = false;
    };

    Session& session_;
    std::string sql_;
    std::string name_;  // of the statement on the server; empty: it is not prepared
    TypeList types_;    // declared for the parameters
    std::vector<Reading> readings_;
    ResultPtr result_;  // holds the row that `next` found
    std::deque<ResultPtr> buffered_;
    ServerCursor cursor_;
    Scratch scratch_;
    std::vector<std::int64_t>* keys_ = nullptr;  // of `insert_many`, while it runs
    std::size_t first_key_ = 0;                  // where its keys begin
    std::int64_t rows_affected_ = -1;
    std::size_t parameter_count_;
    int row_index_ = 0;  // of the next row
    int row_count_ = 0;  // in `result_`
    bool kept_;
    bool copies_;              // it is a COPY
    bool is_query_;            // it can be a cursor
    bool known_ = false;       // it has run, so that its columns are known
    bool all_binary_ = false;  // every column is understood in binary
    bool binary_ = false;      // the rows that are there are
    bool streaming_ = false;   // the server has more rows
};

}  // namespace aludel::driver::postgresql
