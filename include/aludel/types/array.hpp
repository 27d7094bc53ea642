// Arrays: `std::vector<T>` in a column of the type ARRAY, where the database has them.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "aludel/types/bytes.hpp"
#include "aludel/types/composite_text.hpp"
#include "aludel/types/traits.hpp"

namespace aludel {

namespace detail {

/// Writes an array: `{1,2,NULL,"a b"}`, `{{1,2},{3,4}}`.
class ArrayWriter {
  public:
    void open();
    void item(const Value& value);
    void close();
    /// The text. DataError unless all arrays at one depth had the same number of items, since an array is a box.
    [[nodiscard]] Value value() &&;

  private:
    void separate();

    std::string text_;
    std::vector<std::size_t> counts_;   // of the items of each open array
    std::vector<std::size_t> lengths_;  // of the arrays at each depth, once one is closed
};

/// Reads what `ArrayWriter` writes, and what databases print: with or without quotes, with lower bounds in front, which
/// are not kept. Throws DataError with the column.
class ArrayReader {
  public:
    ArrayReader(const Cell& cell, const DecodeContext& context);

    void open();
    /// Whether another item (or array) stands here; false consumes the end of this array.
    bool more();
    /// The item that stands here; valid until the next call.
    Cell item(TypeKind kind);
    void finish() const;

  private:
    [[noreturn]] void fail() const;
    void read_item();

    const Cell& cell_;
    const DecodeContext& context_;
    std::string_view rest_;
    std::string item_;
    std::string storage_;
    bool quoted_ = false;
    bool first_ = true;
};

template <class T>
void write_array(ArrayWriter& out, const std::vector<T>& values) {
    out.open();
    for (const auto& value : values) {
        if constexpr (is_vector<T>)
            write_array(out, value);
        else
            out.item(SqlTraits<T>::encode(value));
    }
    out.close();
}

template <class T>
std::vector<T> read_array(ArrayReader& in, const DecodeContext& context) {
    std::vector<T> values;
    in.open();
    while (in.more()) {
        if constexpr (is_vector<T>)
            values.push_back(read_array<typename T::value_type>(in, context));
        else
            values.push_back(SqlTraits<T>::decode(in.item(item_kind<T>()), context));
    }
    return values;
}

}  // namespace detail

/// An array, on databases that have them (`ARRAY`). `std::vector<std::optional<T>>` has a place for NULL among its
/// items, `std::vector<std::vector<T>>` has two dimensions; its inner arrays have the same length, since a database's
/// array is a box: DataError otherwise.
template <class T>
    requires(Storable<T> && !std::same_as<T, std::byte> && !detail::Decorated<std::vector<T>>)
struct SqlTraits<std::vector<T>> {
    static constexpr bool supported = true;
    static constexpr bool nullable = false;
    static SqlType sql_type() {
        static const SqlType type = [] {
            if constexpr (detail::is_vector<T>) {
                const SqlType inner = SqlTraits<T>::sql_type();
                return detail::add_dimension(inner);
            } else {
                return detail::array_type(SqlTraits<T>::sql_type(), 0);
            }
        }();
        return type;
    }
    static Value encode(const std::vector<T>& values) {
        detail::ArrayWriter out;
        detail::write_array(out, values);
        return std::move(out).value();
    }
    static std::vector<T> decode(const Cell& cell, const DecodeContext& context) {
        detail::ArrayReader in(cell, context);
        auto values = detail::read_array<T>(in, context);
        in.finish();
        return values;
    }
};

}  // namespace aludel
