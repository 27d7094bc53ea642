#include "orm/row_key.hpp"

#include <cstdint>
#include <cstring>

namespace aludel::detail {

namespace {

void append_bytes(std::string& key, const void* bytes, std::size_t size) {
    key.append(static_cast<const char*>(bytes), size);
}

}  // namespace

void append_key(std::string& key, const Value& value) {
    key += static_cast<char>(value.kind());
    switch (value.kind()) {
        case ValueKind::null: return;
        case ValueKind::text:
        case ValueKind::bytes:
        case ValueKind::decimal:
        case ValueKind::uuid:
        case ValueKind::json: {
            const std::uint64_t size = value.as_text().size();
            append_bytes(key, &size, sizeof size);
            key += value.as_text();
            return;
        }
        default: {
            const std::int64_t number = value.as_integer();
            append_bytes(key, &number, sizeof number);
        }
    }
}

void append_key(std::string& key, const ObjectHeader* object) { append_bytes(key, &object, sizeof(ObjectHeader*)); }

std::string key_of(const std::vector<Value>& values) {
    std::string key;
    for (const Value& value : values) append_key(key, value);
    return key;
}

}  // namespace aludel::detail
