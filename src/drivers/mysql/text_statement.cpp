#include "drivers/mysql/text_statement.hpp"

#include "drivers/mysql/channel.hpp"
#include "drivers/mysql/failure.hpp"
#include "drivers/mysql/session.hpp"

#include <fmt/format.h>

namespace aludel::driver::mysql {

void TextStatement::execute(std::span<const Cell> parameters) {
    if (!parameters.empty())
        throw failure_of(codes::not_preparable, "HY000",
                         fmt::format("the server does not prepare this statement, so that it cannot have parameters, "
                                     "but {} values were given",
                                     parameters.size()));
    rows_.reset();
    owner_.make_ready();
    const Command command{owner_.channel()};
    rows_ = owner_.query(sql_);
    st_mysql* handle = owner_.channel().handle();
    rows_affected_ = rows_ ? -1 : static_cast<std::int64_t>(mysql_affected_rows(handle));
    last_insert_id_ = rows_ ? 0 : static_cast<std::int64_t>(mysql_insert_id(handle));
    owner_.read_all_results();
    const std::size_t count = rows_ ? mysql_num_fields(rows_.get()) : 0;
    row_.resize(count);
    columns_.resize(count);
    for (std::size_t i = 0; i < count; ++i) columns_[i] = column_of(mysql_fetch_fields(rows_.get())[i]);
}

bool TextStatement::next() {
    MYSQL_ROW row = rows_ ? mysql_fetch_row(rows_.get()) : nullptr;
    if (!row) return false;
    const unsigned long* lengths = mysql_fetch_lengths(rows_.get());
    for (std::size_t i = 0; i < row_.size(); ++i) {
        if (row[i])
            read_text(columns_[i], {row[i], lengths[i]}, row_[i]);
        else
            row_[i] = Cell::null();
    }
    return true;
}

std::string_view TextStatement::column_name(std::size_t index) const {
    const MYSQL_FIELD& field = mysql_fetch_fields(rows_.get())[index];
    return {field.name, field.name_length};
}

}  // namespace aludel::driver::mysql
