#include "aludel/types/range.hpp"

#include <algorithm>

#include "aludel/base/error.hpp"
#include "aludel/types/type_details.hpp"

namespace aludel::detail {

namespace {

constexpr std::string_view all_bounds[] = {"()", "[)", "(]", "[]"};

bool needs_quotes(std::string_view text) {
    return text.empty() || std::any_of(text.begin(), text.end(), [](char c) {
               return c == ' ' || (c >= '\t' && c <= '\r') || std::string_view("()[],\"\\").find(c) < 8;
           });
}

std::string bound_text(const std::optional<std::string>& bound) {
    if (!bound || !needs_quotes(*bound)) return bound.value_or("");
    std::string quoted = "\"";
    for (const char c : *bound) {
        if (c == '"' || c == '\\') quoted += '\\';
        quoted += c;
    }
    return quoted + '"';
}

/// Reads ranges one behind the other.
class RangeReader {
  public:
    RangeReader(const Cell& cell, const DecodeContext& context, std::string_view wanted)
        : cell_(cell), context_(context), wanted_(wanted) {
        if (cell.kind != ValueKind::text) throw_wrong_kind(cell, context, wanted);
        rest_ = cell.text();
    }

    bool take(std::string_view text) {
        if (!rest_.starts_with(text)) return false;
        rest_.remove_prefix(text.size());
        return true;
    }
    void expect(std::string_view text) {
        if (!take(text)) fail();
    }
    void finish() const {
        if (!rest_.empty()) fail();
    }
    RangeText range() {
        RangeText parts;
        if (take("empty")) {
            parts.empty = true;
            return parts;
        }
        parts.lower_inc = take("[");
        if (!parts.lower_inc) expect("(");
        parts.lower = bound(",");
        expect(",");
        parts.upper = bound(")]");
        parts.upper_inc = take("]");
        if (!parts.upper_inc) expect(")");
        return parts;
    }

  private:
    [[noreturn]] void fail() const { throw_bad_text(cell_, context_, wanted_); }

    /// Quotes may open and close anywhere; inside, a quote is doubled or has a backslash.
    std::optional<std::string> bound(std::string_view ends) {
        std::string text;
        bool quoted = false;
        bool any = false;
        for (; !rest_.empty(); rest_.remove_prefix(1)) {
            if (!quoted && ends.find(rest_.front()) != std::string_view::npos)
                return any ? std::optional(text) : std::nullopt;
            any = true;
            if (rest_.front() == '"') {
                const bool doubled = quoted && rest_.starts_with("\"\"");
                if (!doubled) {
                    quoted = !quoted;
                    continue;
                }
                rest_.remove_prefix(1);
            } else if (rest_.front() == '\\') {
                rest_.remove_prefix(1);
                if (rest_.empty()) break;
            }
            text += rest_.front();
        }
        fail();
    }

    const Cell& cell_;
    const DecodeContext& context_;
    std::string_view wanted_;
    std::string_view rest_;
};

}  // namespace

unsigned char range_flags(std::string_view bounds) {
    const auto* const found = std::find(std::begin(all_bounds), std::end(all_bounds), bounds);
    if (found == std::end(all_bounds))
        throw ArgumentError("The bounds of a range are one of \"[)\", \"(]\", \"[]\" and \"()\", not \"" +
                            std::string(bounds) + "\"");
    return static_cast<unsigned char>(found - std::begin(all_bounds));
}

std::string_view range_bounds(bool lower_inc, bool upper_inc) noexcept {
    return all_bounds[(lower_inc ? 1U : 0U) + (upper_inc ? 2U : 0U)];
}

std::string format_range(const RangeText& parts) {
    if (parts.empty) return "empty";
    return (parts.lower_inc ? "[" : "(") + bound_text(parts.lower) + ',' + bound_text(parts.upper) +
           (parts.upper_inc ? "]" : ")");
}

RangeText parse_range(const Cell& cell, const DecodeContext& context) {
    RangeReader in(cell, context, "a range ([1,5))");
    RangeText parts = in.range();
    in.finish();
    return parts;
}

std::vector<RangeText> parse_multirange(const Cell& cell, const DecodeContext& context) {
    RangeReader in(cell, context, "several ranges ({[1,5),[7,9)})");
    std::vector<RangeText> ranges;
    in.expect("{");
    if (!in.take("}")) {
        do ranges.push_back(in.range());
        while (in.take(","));
        in.expect("}");
    }
    in.finish();
    return ranges;
}

SqlType range_type(TypeKind kind, const SqlType& item) {
    TypeDetails details;
    details.item = item;
    return {.kind = kind, .details = intern_details(std::move(details))};
}

}  // namespace aludel::detail
