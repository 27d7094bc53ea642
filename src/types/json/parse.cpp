#include <boost/json/basic_parser_impl.hpp>
#include <charconv>
#include <limits>

#include <fmt/format.h>

#include "aludel/base/error.hpp"
#include "types/json/node.hpp"

namespace aludel::detail {

namespace {

using boost::json::error_code;
using Piece = boost::json::string_view;

/// Builds the nodes as the parser reports them. A flat stack holds the values of all open arrays and objects: the
/// parser says at their end how many belong to them.
class Builder {
  public:
    static constexpr std::size_t max_object_size = std::numeric_limits<std::size_t>::max();
    static constexpr std::size_t max_array_size = std::numeric_limits<std::size_t>::max();
    static constexpr std::size_t max_key_size = std::numeric_limits<std::size_t>::max();
    static constexpr std::size_t max_string_size = std::numeric_limits<std::size_t>::max();

    [[nodiscard]] Json take() { return std::move(values_.back()); }
    /// Why a callback stopped the parser, or empty.
    [[nodiscard]] const std::string& reason() const noexcept { return reason_; }

    bool on_document_begin(error_code&) { return true; }
    bool on_document_end(error_code&) { return true; }
    bool on_array_begin(error_code&) { return true; }
    bool on_object_begin(error_code&) { return true; }

    bool on_array_end(std::size_t count, error_code&) {
        const auto first = values_.end() - static_cast<std::ptrdiff_t>(count);
        std::vector<Json> elements(std::make_move_iterator(first), std::make_move_iterator(values_.end()));
        values_.erase(first, values_.end());
        values_.push_back(Json::array(std::move(elements)));
        return true;
    }
    bool on_object_end(std::size_t count, error_code&) {
        std::vector<Json::Member> members;
        members.reserve(count);
        for (std::size_t i = 0; i < count; ++i)
            members.emplace_back(std::move(keys_[keys_.size() - count + i]),
                                 std::move(values_[values_.size() - count + i]));
        keys_.resize(keys_.size() - count);
        values_.resize(values_.size() - count);
        values_.push_back(Json::object(std::move(members)));
        return true;
    }

    bool on_string_part(Piece part, std::size_t, error_code&) { return add_part(part); }
    bool on_string(Piece last, std::size_t, error_code&) {
        add_part(last);
        values_.emplace_back(std::string_view(part_));
        part_.clear();
        return true;
    }
    bool on_key_part(Piece part, std::size_t, error_code&) { return add_part(part); }
    bool on_key(Piece last, std::size_t, error_code&) {
        add_part(last);
        keys_.push_back(std::exchange(part_, {}));
        return true;
    }

    bool on_number_part(Piece part, error_code&) { return add_part(part); }
    bool on_int64(std::int64_t value, Piece, error_code&) { return add_number(value); }
    bool on_uint64(std::uint64_t value, Piece, error_code&) { return add_number(value); }
    /// The parser's own conversion may be off by the last bit, and takes integers of any length for doubles.
    bool on_double(double, Piece last, error_code& error) {
        add_part(last);
        const std::string number = std::exchange(part_, {});
        if (number.find_first_of(".eE") == number.npos)
            return refuse(error, number + " is an integer of more than 64 bits");
        double value = 0;
        const auto result = std::from_chars(number.data(), number.data() + number.size(), value);
        const bool too_small = result.ec == std::errc::result_out_of_range && number.find("e-") != number.npos;
        if (result.ec != std::errc() && !too_small) return refuse(error, number + " does not fit a double");
        return add_number(value);
    }
    bool on_bool(bool value, error_code&) {
        values_.emplace_back(value);
        return true;
    }
    bool on_null(error_code&) {
        values_.emplace_back(nullptr);
        return true;
    }
    bool on_comment_part(Piece, error_code&) { return true; }
    bool on_comment(Piece, error_code&) { return true; }

  private:
    bool add_part(Piece part) {
        part_.append(part.data(), part.size());
        return true;
    }
    template <class T>
    bool add_number(T value) {
        part_.clear();
        values_.emplace_back(value);
        return true;
    }
    bool refuse(error_code& error, std::string reason) {
        reason_ = std::move(reason);
        error = boost::json::error::not_number;
        return false;
    }

    std::vector<Json> values_;
    std::vector<std::string> keys_;
    std::string part_;
    std::string reason_;
};

}  // namespace

Json parse_json(std::string_view text) {
    boost::json::parse_options options;
    options.max_depth = greatest_json_depth;
    boost::json::basic_parser<Builder> parser(options);
    error_code error;
    const std::size_t end = parser.write_some(false, text.data(), text.size(), error);
    std::string reason = parser.handler().reason();
    if (!error && text.find_first_not_of(" \t\r\n", end) != text.npos) reason = "extra characters after the value";
    if (error && reason.empty()) reason = error.message();
    if (!reason.empty())
        throw DataError(fmt::format("Text is not JSON that aludel can keep: {} at byte {} of {}.", reason, end,
                                    Value::text(std::string(text)).repr_shortened(80)),
                        "valtext");
    return parser.handler().take();
}

}  // namespace aludel::detail
