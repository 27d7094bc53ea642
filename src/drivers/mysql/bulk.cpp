// The part of Statement that sends many rows of parameters in one packet, which MariaDB's servers can take.
#include "drivers/mysql/channel.hpp"
#include "drivers/mysql/failure.hpp"
#include "drivers/mysql/session.hpp"
#include "drivers/mysql/statement.hpp"

#include <algorithm>
#include <utility>

namespace aludel::driver::mysql {

namespace {

// Far below every server's limit, and large enough that a round trip no longer counts.
constexpr std::size_t packet_size = std::size_t{512} * 1024;

/// The type under which a parameter's values are sent, for all rows of a packet.
struct SentType {
    enum_field_types type = MYSQL_TYPE_NULL;
    bool is_unsigned = false;

    friend bool operator==(const SentType&, const SentType&) = default;
};

std::size_t size_of(const Cell& value) {
    constexpr std::size_t fixed = 16;
    switch (value.kind) {
        case ValueKind::text:
        case ValueKind::bytes:
        case ValueKind::decimal:
        case ValueKind::uuid:
        case ValueKind::json: return fixed + value.size;
        default: return fixed;
    }
}

}  // namespace

bool Statement::can_send_together() const noexcept {
    return changes_rows_ && !parameters_.empty() && owner_.has_array_binding();
}

// How many of the rows fit into one packet: until it is full, or a value is of another type than those above it.
// Describes the parameters as they are sent, and checks the values: once the library asks for them, it is too late to
// fail.
std::size_t Statement::rows_of_packet(std::span<const Cell> parameters) {
    const std::size_t width = parameters_.size();
    std::vector<SentType> types(width);
    std::vector<SentType> merged;
    std::size_t size = 0;
    std::size_t rows = 0;
    for (; (rows + 1) * width <= parameters.size(); ++rows) {
        const auto row = parameters.subspan(rows * width, width);
        for (const Cell& value : row) size += size_of(value);
        if (rows != 0 && size > packet_size) break;
        merged = types;
        bool fits = true;
        for (std::size_t i = 0; i < width && fits; ++i) {
            if (row[i].is_null()) continue;
            bind(row[i], parameters_[i], descriptions_[i], i + 1);
            const SentType type{descriptions_[i].buffer_type, descriptions_[i].is_unsigned != 0};
            fits = merged[i].type == MYSQL_TYPE_NULL || merged[i] == type;
            merged[i] = type;
        }
        if (!fits) break;
        types.swap(merged);
    }
    for (std::size_t i = 0; i < width; ++i) {
        descriptions_[i] = MYSQL_BIND{};
        descriptions_[i].buffer_type = types[i].type == MYSQL_TYPE_NULL ? MYSQL_TYPE_STRING : types[i].type;
        descriptions_[i].is_unsigned = types[i].is_unsigned;
    }
    return rows;
}

// Called by the library for each row that it puts into the packet, on the library's own stack: it must not throw, and
// does not, since the values were checked.
my_bool Statement::on_row(void* self, MYSQL_BIND* descriptions, unsigned row) noexcept {
    static char is_null = STMT_INDICATOR_NULL;
    static char is_value = STMT_INDICATOR_NONE;
    auto& statement = *static_cast<Statement*>(self);
    const std::size_t width = statement.parameters_.size();
    const Cell* values = statement.bulk_values_ + row * width;
    for (std::size_t i = 0; i < width; ++i) {
        const enum_field_types type = descriptions[i].buffer_type;
        const my_bool is_unsigned = descriptions[i].is_unsigned;
        bind(values[i], statement.parameters_[i], descriptions[i], i + 1);
        descriptions[i].buffer_type = type;
        descriptions[i].is_unsigned = is_unsigned;
        if (!descriptions[i].length) descriptions[i].length = &descriptions[i].buffer_length;
        descriptions[i].u.indicator = values[i].is_null() ? &is_null : &is_value;
    }
    return 0;
}

std::int64_t Statement::send_packet(std::span<const Cell> parameters, std::size_t rows) {
    const auto set_rows = [this](unsigned count) { mysql_stmt_attr_set(statement_, STMT_ATTR_ARRAY_SIZE, &count); };
    const Command command{channel_};
    if (mysql_stmt_bind_param(statement_, descriptions_.data()) != 0) fail();
    set_rows(static_cast<unsigned>(rows));
    mysql_stmt_attr_set(statement_, STMT_ATTR_CB_PARAM, reinterpret_cast<const void*>(&Statement::on_row));
    bulk_values_ = parameters.data();
    const int result = channel_.await(mysql_stmt_execute_start, mysql_stmt_execute_cont, statement_);
    set_rows(0);
    mysql_stmt_attr_set(statement_, STMT_ATTR_CB_PARAM, nullptr);
    if (result != 0) fail();
    if (mysql_stmt_field_count(statement_) == 0) {
        read_effect();
    } else {
        // The rows of a RETURNING: the generated keys, or only counted.
        read_columns();
        read_result();
        while (keys_ != nullptr && next()) keys_->push_back(row_.front().integer);
        drop_rows();
        row_.clear();
    }
    return std::max<std::int64_t>(rows_affected_, 0);
}

std::int64_t Statement::send_packets(std::span<const Cell> parameters, std::size_t rows) {
    const std::size_t width = parameters_.size();
    std::int64_t affected = 0;
    for (std::size_t done = 0; done < rows;) {
        const auto left = parameters.subspan(done * width);
        const std::size_t count = rows_of_packet(left);
        if (count > 1) {
            affected += send_packet(left, count);
            done += count;
            continue;
        }
        execute(left.first(width));
        if (keys_ != nullptr) keys_->push_back(generated_key());
        affected += std::max<std::int64_t>(rows_affected_, 0);
        ++done;
    }
    return affected;
}

// Nothing: the rows have to run one by one, and nothing was sent.
std::optional<std::int64_t> Statement::send_together(std::span<const Cell> parameters, std::size_t rows) {
    if (rows > 1) check_count(parameters.size() / rows);
    if (rows < 2 || !can_send_together()) return std::nullopt;
    drop_rows();
    owner_.make_ready();
    row_.clear();
    try {
        return send_packets(parameters, rows);
    } catch (const Failure& failure) {
        // Not every statement that changes rows can be sent so; nothing has run then.
        if (failure.code != codes::not_preparable) throw;
    }
    return std::nullopt;
}

std::int64_t Statement::execute_many(std::span<const Cell> parameters, std::size_t rows) {
    const auto affected = send_together(parameters, rows);
    return affected ? *affected : Cursor::execute_many(parameters, rows);
}

void Statement::insert_many(std::span<const Cell> parameters, std::size_t rows, std::vector<std::int64_t>& keys) {
    // An INSERT that returns nothing tells the key of one row only.
    if (sql_.find(" RETURNING ") == std::string::npos) return Cursor::insert_many(parameters, rows, keys);
    const std::size_t before = keys.size();
    keys_ = &keys;
    std::optional<std::int64_t> affected;
    try {
        affected = send_together(parameters, rows);
    } catch (...) {
        keys_ = nullptr;
        throw;
    }
    keys_ = nullptr;
    if (!affected) return Cursor::insert_many(parameters, rows, keys);
    if (keys.size() != before + rows)
        throw failure_of(codes::not_preparable, "HY000",
                         "an INSERT of many rows did not return one key for each of them");
}

}  // namespace aludel::driver::mysql
