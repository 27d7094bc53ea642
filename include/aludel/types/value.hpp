#pragma once

#include <bit>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace aludel {

/// What a value is on its way between C++ and a database, independent of both.
enum class ValueKind : std::uint8_t {
    null,
    boolean,
    integer,
    unsigned_integer,  ///< above the greatest signed integer; smaller ones are `integer`
    real,
    text,
    bytes,
    date,       ///< days since 1970-01-01
    time,       ///< microseconds since midnight
    datetime,   ///< microseconds since 1970-01-01 00:00, of no time zone
    timestamp,  ///< microseconds since 1970-01-01 00:00 UTC
    interval,   ///< microseconds
    decimal,    ///< text
    uuid,       ///< 16 raw bytes
    json,       ///< text
};

/// The kind in words for messages: "an integer", "text".
[[nodiscard]] std::string_view describe(ValueKind kind) noexcept;

/// What is bound to a statement. It owns its bytes. A dialect turns it into what its database stores.
class Value {
  public:
    Value() noexcept = default;  ///< NULL

    [[nodiscard]] static Value null() noexcept { return {}; }
    [[nodiscard]] static Value of(bool value) noexcept { return {ValueKind::boolean, value ? 1 : 0}; }
    [[nodiscard]] static Value of(int value) noexcept { return {ValueKind::integer, value}; }
    [[nodiscard]] static Value of(long value) noexcept { return {ValueKind::integer, value}; }
    [[nodiscard]] static Value of(long long value) noexcept { return {ValueKind::integer, value}; }
    [[nodiscard]] static Value of(unsigned value) noexcept { return {ValueKind::integer, value}; }
    [[nodiscard]] static Value of(unsigned long value) noexcept { return of(static_cast<unsigned long long>(value)); }
    [[nodiscard]] static Value of(unsigned long long value) noexcept {
        return {value >> 63 ? ValueKind::unsigned_integer : ValueKind::integer, static_cast<std::int64_t>(value)};
    }
    [[nodiscard]] static Value of(double value) noexcept {
        return {ValueKind::real, std::bit_cast<std::int64_t>(value)};
    }
    static Value of(const char*) = delete;  // a pointer would become a bool: use text()
    [[nodiscard]] static Value text(std::string value) noexcept { return {ValueKind::text, std::move(value)}; }
    [[nodiscard]] static Value bytes(std::string value) noexcept { return {ValueKind::bytes, std::move(value)}; }
    [[nodiscard]] static Value date(std::int64_t days) noexcept { return {ValueKind::date, days}; }
    [[nodiscard]] static Value time(std::int64_t microseconds) noexcept { return {ValueKind::time, microseconds}; }
    [[nodiscard]] static Value datetime(std::int64_t microseconds) noexcept {
        return {ValueKind::datetime, microseconds};
    }
    [[nodiscard]] static Value timestamp(std::int64_t microseconds) noexcept {
        return {ValueKind::timestamp, microseconds};
    }
    [[nodiscard]] static Value interval(std::int64_t microseconds) noexcept {
        return {ValueKind::interval, microseconds};
    }
    /// `text` is a plain decimal number, as `Decimal::to_string` writes it.
    [[nodiscard]] static Value decimal(std::string text) noexcept { return {ValueKind::decimal, std::move(text)}; }
    /// 16 raw bytes.
    [[nodiscard]] static Value uuid(std::string raw) noexcept { return {ValueKind::uuid, std::move(raw)}; }
    [[nodiscard]] static Value json(std::string text) noexcept { return {ValueKind::json, std::move(text)}; }

    [[nodiscard]] ValueKind kind() const noexcept { return kind_; }
    [[nodiscard]] bool is_null() const noexcept { return kind_ == ValueKind::null; }

    // The accessors do not convert: each is meant for the kinds that hold such a payload.
    [[nodiscard]] bool as_bool() const noexcept { return number_ != 0; }
    /// integer, boolean, and the counts of date, time, datetime, timestamp and interval.
    [[nodiscard]] std::int64_t as_integer() const noexcept { return number_; }
    [[nodiscard]] std::uint64_t as_unsigned() const noexcept { return static_cast<std::uint64_t>(number_); }
    [[nodiscard]] double as_real() const noexcept { return std::bit_cast<double>(number_); }
    /// text, bytes, decimal, uuid (raw) and json.
    [[nodiscard]] const std::string& as_text() const& noexcept { return text_; }
    [[nodiscard]] std::string as_text() && noexcept { return std::move(text_); }

    /// The same kind and the same payload; reals compare as numbers, and a NaN equals itself.
    friend bool operator==(const Value& left, const Value& right) noexcept;

    /// The value as Python prints it, which is how the echo and the errors show parameters: `'ed'`, `1`, `None`,
    /// `b'\x00'`.
    [[nodiscard]] std::string repr() const;
    /// The same, with the middle left out when it is longer than `max_characters`, as SQLAlchemy logs long values.
    [[nodiscard]] std::string repr_shortened(std::size_t max_characters = 300) const;

  private:
    Value(ValueKind kind, std::int64_t number) noexcept : kind_(kind), number_(number) {}
    Value(ValueKind kind, std::string text) noexcept : kind_(kind), text_(std::move(text)) {}

    ValueKind kind_ = ValueKind::null;
    std::int64_t number_ = 0;
    std::string text_;
};

}  // namespace aludel
