#include "aludel/types/value.hpp"

#include "types/python_repr.hpp"
#include "types/python_text.hpp"

namespace aludel {

std::string_view describe(ValueKind kind) noexcept {
    switch (kind) {
        case ValueKind::null: return "NULL";
        case ValueKind::boolean: return "a boolean";
        case ValueKind::integer: return "an integer";
        case ValueKind::unsigned_integer: return "an unsigned integer";
        case ValueKind::real: return "a real number";
        case ValueKind::text: return "text";
        case ValueKind::bytes: return "binary data";
        case ValueKind::date: return "a date";
        case ValueKind::time: return "a time";
        case ValueKind::datetime: return "a date-time";
        case ValueKind::timestamp: return "an instant";
        case ValueKind::interval: return "an interval";
        case ValueKind::decimal: return "a decimal number";
        case ValueKind::uuid: return "a UUID";
        case ValueKind::json: return "JSON";
    }
    return "an unknown kind";
}

bool operator==(const Value& left, const Value& right) noexcept {
    if (left.kind_ != right.kind_) return false;
    if (left.kind_ == ValueKind::real && left.as_real() == right.as_real()) return true;
    return left.number_ == right.number_ && left.text_ == right.text_;
}

std::string Value::repr() const {
    switch (kind_) {
        case ValueKind::null: return "None";
        case ValueKind::boolean: return as_bool() ? "True" : "False";
        case ValueKind::integer: return std::to_string(number_);
        case ValueKind::unsigned_integer: return std::to_string(as_unsigned());
        case ValueKind::real: return detail::python_float(as_real());
        case ValueKind::text:
        case ValueKind::json: return detail::python_string(text_);
        case ValueKind::bytes: return detail::python_bytes(text_);
        case ValueKind::date: return detail::python_date(number_);
        case ValueKind::time: return detail::python_time(number_);
        case ValueKind::datetime: return detail::python_datetime(number_, "");
        case ValueKind::timestamp: return detail::python_datetime(number_, ", tzinfo=datetime.timezone.utc");
        case ValueKind::interval: return detail::python_timedelta(number_);
        case ValueKind::decimal: return "Decimal('" + text_ + "')";
        case ValueKind::uuid: return detail::python_uuid(text_);
    }
    return {};
}

std::string Value::repr_shortened(std::size_t max_characters) const {
    std::string text = repr();
    if (text.size() <= max_characters) return text;
    std::size_t length = 0;
    for (std::size_t i = 0; i < text.size(); ++length) (void)detail::next_code_point(text, i);
    if (length <= max_characters) return text;
    const std::size_t segment = max_characters / 2;
    std::size_t head = 0;
    for (std::size_t n = 0; n < segment; ++n) (void)detail::next_code_point(text, head);
    std::size_t tail = head;
    for (std::size_t n = segment; n < length - segment; ++n) (void)detail::next_code_point(text, tail);
    return text.substr(0, head) + " ... (" + std::to_string(length - max_characters) + " characters truncated) ... " +
           text.substr(tail);
}

}  // namespace aludel
