// Ranges of numbers and of times, where the database has them.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "aludel/types/composite_text.hpp"
#include "aludel/types/traits.hpp"

namespace aludel {

namespace detail {

/// The text of a range in its parts: `[1,5)`, `empty`.
struct RangeText {
    std::optional<std::string> lower{}, upper{};
    bool lower_inc = false;
    bool upper_inc = false;
    bool empty = false;
};

/// 1: the lower end belongs to it, 2: the upper one.
[[nodiscard]] unsigned char range_flags(std::string_view bounds);
[[nodiscard]] std::string_view range_bounds(bool lower_inc, bool upper_inc) noexcept;
[[nodiscard]] std::string format_range(const RangeText& parts);
[[nodiscard]] RangeText parse_range(const Cell& cell, const DecodeContext& context);
[[nodiscard]] std::vector<RangeText> parse_multirange(const Cell& cell, const DecodeContext& context);
[[nodiscard]] SqlType range_type(TypeKind kind, const SqlType& item);

}  // namespace detail

/// What lies between two bounds: `Range<int>{1, 5}` is 1 to 4, `Range<int>{1, 5, "[]"}` 1 to 5. A bound that is missing
/// is no bound. The databases that have ranges of whole numbers and days hand them out as `[)`.
template <class T>
class Range {
  public:
    /// Everything.
    Range() = default;
    /// `bounds` says whether the ends belong to it: "[)", "(]", "[]" or "()". ArgumentError for another text.
    Range(std::optional<T> lower, std::optional<T> upper, std::string_view bounds = "[)")
        : lower_(std::move(lower)), upper_(std::move(upper)), flags_(detail::range_flags(bounds)) {}
    /// The range in which nothing lies.
    [[nodiscard]] static Range none() {
        Range range;
        range.empty_ = true;
        return range;
    }

    /// Nothing for a range without such a bound, and for an empty one.
    [[nodiscard]] const std::optional<T>& lower() const noexcept { return lower_; }
    [[nodiscard]] const std::optional<T>& upper() const noexcept { return upper_; }
    /// Whether the bound itself belongs to the range; never for a missing one.
    [[nodiscard]] bool lower_inc() const noexcept { return lower_ && (flags_ & 1U) != 0; }
    [[nodiscard]] bool upper_inc() const noexcept { return upper_ && (flags_ & 2U) != 0; }
    [[nodiscard]] bool is_empty() const noexcept { return empty_; }
    /// Whether `value` lies in it.
    [[nodiscard]] bool contains(const T& value) const {
        if (empty_) return false;
        if (lower_ && !(lower_inc() ? *lower_ <= value : *lower_ < value)) return false;
        return !upper_ || (upper_inc() ? value <= *upper_ : value < *upper_);
    }

    /// The same bounds, written the same way: `[1,5)` and `[1,4]` differ.
    friend bool operator==(const Range& a, const Range& b) {
        if (a.empty_ || b.empty_) return a.empty_ == b.empty_;
        return a.lower_ == b.lower_ && a.upper_ == b.upper_ && a.lower_inc() == b.lower_inc() &&
               a.upper_inc() == b.upper_inc();
    }

  private:
    std::optional<T> lower_, upper_;
    unsigned char flags_ = 1;
    bool empty_ = false;
};

/// Several ranges of one type, as one value; a database hands them out sorted and without overlaps.
template <class T>
struct MultiRange {
    std::vector<Range<T>> ranges;

    friend bool operator==(const MultiRange&, const MultiRange&) = default;
};

namespace detail {

template <class T>
RangeText range_parts(const Range<T>& range) {
    const auto text = [](const std::optional<T>& bound) {
        return bound ? std::optional(item_text(SqlTraits<T>::encode(*bound))) : std::nullopt;
    };
    return {text(range.lower()), text(range.upper()), range.lower_inc(), range.upper_inc(), range.is_empty()};
}

template <class T>
Range<T> range_of(const RangeText& parts, const DecodeContext& context) {
    if (parts.empty) return Range<T>::none();
    const auto bound = [&](const std::optional<std::string>& text) -> std::optional<T> {
        if (!text) return std::nullopt;
        std::string storage;
        return SqlTraits<T>::decode(item_cell(*text, item_kind<T>(), storage), context);
    };
    return Range<T>(bound(parts.lower), bound(parts.upper), range_bounds(parts.lower_inc, parts.upper_inc));
}

}  // namespace detail

/// `Range<int>`, `Range<std::int64_t>`, `Range<Decimal>`, ranges of dates, of naive date-times and of instants.
template <class T>
    requires(Storable<T> && !SqlTraits<T>::nullable)
struct SqlTraits<Range<T>> {
    static constexpr bool supported = true;
    static constexpr bool nullable = false;
    static SqlType sql_type() {
        static const SqlType type = detail::range_type(TypeKind::range, SqlTraits<T>::sql_type());
        return type;
    }
    static Value encode(const Range<T>& range) { return Value::text(detail::format_range(detail::range_parts(range))); }
    static Range<T> decode(const Cell& cell, const DecodeContext& context) {
        return detail::range_of<T>(detail::parse_range(cell, context), context);
    }
};

template <class T>
    requires(Storable<T> && !SqlTraits<T>::nullable)
struct SqlTraits<MultiRange<T>> {
    static constexpr bool supported = true;
    static constexpr bool nullable = false;
    static SqlType sql_type() {
        static const SqlType type = detail::range_type(TypeKind::multirange, SqlTraits<T>::sql_type());
        return type;
    }
    static Value encode(const MultiRange<T>& value) {
        std::string text = "{";
        for (const auto& range : value.ranges)
            text += (text.size() == 1 ? "" : ",") + detail::format_range(detail::range_parts(range));
        return Value::text(text + "}");
    }
    static MultiRange<T> decode(const Cell& cell, const DecodeContext& context) {
        MultiRange<T> value;
        for (const auto& parts : detail::parse_multirange(cell, context))
            value.ranges.push_back(detail::range_of<T>(parts, context));
        return value;
    }
};

}  // namespace aludel
