#pragma once

#include <aludel/types/traits.hpp>

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace aludel {

/// The names of a result's columns, shared by its rows.
using RowKeys = std::shared_ptr<const std::vector<std::string>>;

/// A row whose types are not known when the program is compiled. It owns its values and outlives the result.
class Row {
  public:
    Row(RowKeys keys, std::vector<Value> values);

    std::size_t size() const noexcept { return values_.size(); }
    const std::vector<std::string>& keys() const noexcept { return *keys_; }

    /// @throws NoSuchColumnError where the row has no such column.
    const Value& operator[](std::size_t index) const;
    const Value& operator[](std::string_view name) const;

    /// The value as a C++ type. @throws DataError that names the column when it does not fit; NoSuchColumnError.
    template <Storable T>
    T get(std::size_t index) const {
        return SqlTraits<T>::decode(Cell::of((*this)[index]), context(index));
    }
    template <Storable T>
    T get(std::string_view name) const {
        return get<T>(position(name));
    }

    auto begin() const noexcept { return values_.begin(); }
    auto end() const noexcept { return values_.end(); }

    /// As Python would print it: `(1, 'ed')`.
    std::string repr() const;

    friend bool operator==(const Row& a, const Row& b);

  private:
    std::size_t position(std::string_view name) const;
    DecodeContext context(std::size_t index) const noexcept;

    RowKeys keys_;
    std::vector<Value> values_;
};

}  // namespace aludel
