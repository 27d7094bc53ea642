#pragma once

#include <aludel/types/cell.hpp>

#include <cstddef>
#include <span>
#include <vector>

namespace aludel::driver::postgresql {

using TypeList = std::vector<unsigned>;

/// Brings the types that a statement declares for its parameters in line with these values. A value has the type that
/// a literal has which says the same: an integer is the smallest of integer, bigint and numeric that holds it, text is
/// of no type yet, as a literal in quotes, and NULL has any. Returns whether a type has changed, so that the statement
/// must be prepared again.
bool adapt_types(TypeList& types, std::span<const Cell> values);

/// Whether values can be sent under these types.
bool types_hold(const TypeList& types, std::span<const Cell> values);

/// The values of one execution as libpq takes them. The memory is used again for every execution.
class Parameters {
  public:
    /// @throws Failure for a value that the type or the server cannot hold.
    void encode(std::span<const Cell> values, const TypeList& types);

    int count() const noexcept { return static_cast<int>(values_.size()); }
    const char* const* values() const noexcept { return values_.data(); }
    const int* lengths() const noexcept { return lengths_.data(); }
    const int* formats() const noexcept { return formats_.data(); }

  private:
    void encode_one(std::size_t index, const Cell& value, unsigned type);
    void encode_number(std::size_t index, const Cell& value, unsigned type);
    void encode_text(std::size_t index, const Cell& value);
    void encode_moment(std::size_t index, const Cell& value);
    void point(std::size_t index, const char* data, std::size_t size, bool binary);
    char* room(std::size_t index) noexcept { return fixed_.data() + index * room_size; }

    static constexpr std::size_t room_size = 40;  // a uuid as text, the longest of what is made here

    std::vector<const char*> values_;
    std::vector<int> lengths_;
    std::vector<int> formats_;
    std::vector<char> fixed_;
};

}  // namespace aludel::driver::postgresql
