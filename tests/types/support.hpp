#pragma once

#include <gtest/gtest.h>

#include <string>

#include "aludel/base/error.hpp"
#include "aludel/types/traits.hpp"

namespace aludel::test {

inline const DecodeContext users_x{.describe = [](const DecodeContext&) { return std::string("users.x"); }};

/// Through a value and back, as if a database had kept it as it is.
template <class T>
T round_trip(const T& value) {
    const Value kept = SqlTraits<T>::encode(value);
    return SqlTraits<T>::decode(Cell::of(kept), users_x);
}

template <class T>
T decode(const Cell& cell) {
    return SqlTraits<T>::decode(cell, users_x);
}

template <class T>
T decode(const char* text) {
    return SqlTraits<T>::decode(Cell::from_text(text), users_x);
}

template <class ErrorClass, class Call>
std::string message_of(Call&& call) {
    try {
        call();
    } catch (const ErrorClass& error) {
        return error.message();
    }
    return "(nothing was thrown)";
}

template <class T>
std::string decode_error(const Cell& cell) {
    return message_of<DataError>([&] { (void)decode<T>(cell); });
}

template <class T>
std::string decode_error(const char* text) {
    return decode_error<T>(Cell::from_text(text));
}

}  // namespace aludel::test
