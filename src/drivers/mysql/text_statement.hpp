#pragma once

#include <aludel/engine/driver.hpp>

#include "drivers/mysql/session.hpp"
#include "drivers/mysql/values.hpp"

#include <mysql.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace aludel::driver::mysql {

/// A statement that the server does not prepare: it is sent as text, without parameters, whenever it runs.
class TextStatement final : public Cursor {
  public:
    TextStatement(Session& owner, std::string_view sql) : owner_(owner), sql_(sql) {}

    using Cursor::execute;
    void execute(std::span<const Cell> parameters) override;
    bool next() override;
    std::size_t column_count() const override { return row_.size(); }
    std::string_view column_name(std::size_t index) const override;
    std::int64_t rows_affected() const noexcept override { return rows_affected_; }
    std::int64_t last_insert_id() const noexcept override { return last_insert_id_; }
    void release() noexcept override { delete this; }

  private:
    Session& owner_;
    std::string sql_;
    ResultPtr rows_;
    std::vector<Column> columns_;
    std::int64_t rows_affected_ = -1;
    std::int64_t last_insert_id_ = 0;
};

}  // namespace aludel::driver::mysql
