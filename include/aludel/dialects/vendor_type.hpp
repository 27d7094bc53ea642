#pragma once
// What the types that only one database has are made of.
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include <aludel/sql/schema/options.hpp>
#include <aludel/types/sql_type.hpp>
#include <aludel/types/type_details.hpp>

namespace aludel::dialects {

namespace detail {

/// The type with the mark of the only database that has it; what another one says to it is a CompileError.
[[nodiscard]] SqlType vendor_type(SqlType type, std::string_view database);

}  // namespace detail

/// A type that only one database has: `postgresql::INET`. Elsewhere it is a CompileError, unless `with_variant` names
/// another type there.
template <FixedString Database, TypeKind Kind, FixedString Name>
struct VendorType {
    int length = 0;

    [[nodiscard]] constexpr VendorType operator()(int units) const noexcept { return {units}; }
    [[nodiscard]] SqlType sql_type() const {
        return detail::vendor_type({.kind = Kind, .length = length, .name = Name.data}, Database.view());
    }
    template <class Other, std::size_t N>
    [[nodiscard]] consteval auto with_variant(Other other, const char (&dialect)[N]) const {
        return VariantType<VendorType, Other, N>{*this, other, FixedString<N>(dialect)};
    }
};

}  // namespace aludel::dialects
