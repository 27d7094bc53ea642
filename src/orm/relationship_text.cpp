// Reading the texts of a relationship's options: joins, lists of columns, orders.
#include "orm/relationship_joins.hpp"

#include <aludel/base/error.hpp>
#include <aludel/sql/expr/build.hpp>
#include <aludel/sql/schema/table_info.hpp>

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <optional>

namespace aludel::detail {

namespace {

std::string_view trimmed(std::string_view text) {
    const auto begin = text.find_first_not_of(" \n\t");
    return begin == std::string_view::npos ? std::string_view{}
                                           : text.substr(begin, text.find_last_not_of(" \n\t") - begin + 1);
}

/// The parts between separators, which do not count inside of quotes.
std::vector<std::string_view> split(std::string_view text, std::string_view separator) {
    std::vector<std::string_view> parts;
    std::size_t begin = 0;
    bool quoted = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        quoted = quoted != (text[i] == '\'');
        if (!quoted && text.substr(i).starts_with(separator)) {
            parts.push_back(trimmed(text.substr(begin, i - begin)));
            begin = i + separator.size();
            i = begin - 1;
        }
    }
    parts.push_back(trimmed(text.substr(begin)));
    return parts;
}

/// One text of one relationship, and where its names may lead.
class OptionText {
  public:
    OptionText(const JoinRequest& request, std::string_view option, std::string_view text, const TableInfo* secondary)
        : request_(request), option_(option), text_(text), secondary_(secondary) {}

    [[noreturn]] void fail(std::string_view why, std::string_view write) const {
        throw ArgumentError(
            fmt::format("Relationship {}: {}(\"{}\") {}; write {}", request_.full_name(), option_, text_, why, write));
    }

    /// "table.column" or "Class.attribute".
    [[nodiscard]] const ColumnInfo& qualified(std::string_view name) const {
        const auto dot = name.rfind('.');
        const std::string_view prefix = name.substr(0, dot);
        const std::string_view last = name.substr(dot + 1);
        for (const Mapper* mapper : {&request_.owner, &request_.target}) {
            if (prefix == mapper->class_name()) {
                return mapper->attribute(last).column();
            }
        }
        for (const TableInfo* table : {&request_.owner.table(), &request_.target.table(), secondary_}) {
            if (table != nullptr && (prefix == table->key() || prefix == table->name())) {
                return table->column(last);
            }
        }
        fail(fmt::format("names a table or class '{}' that has no part in it", prefix), expected_names());
    }

    /// A bare name is an attribute of one of the classes: of `first` if it has such.
    [[nodiscard]] const ColumnInfo& named(std::string_view name, const Mapper& first, const Mapper& second) const {
        if (name.find('.') != std::string_view::npos) {
            return qualified(name);
        }
        for (const Mapper* mapper : {&first, &second}) {
            if (const Attribute* attribute = mapper->find_attribute(name)) {
                return attribute->column();
            }
        }
        if (const ColumnInfo* column = secondary_ == nullptr ? nullptr : secondary_->find_column(name)) {
            return *column;
        }
        fail(fmt::format("names '{}', which is an attribute of neither class", name), expected_names());
    }

    [[nodiscard]] WrittenComparison comparison(std::string_view condition) const;

  private:
    [[nodiscard]] std::string expected_names() const {
        return fmt::format("\"{}.column\" or \"{}.attribute\"", request_.target.table().key(),
                           request_.target.class_name());
    }
    [[nodiscard]] std::string expected_condition() const {
        const TableInfo& other = secondary_ == nullptr ? request_.target.table() : *secondary_;
        return fmt::format("\"{}.column == {}.column\", several joined by &&", request_.owner.table().key(),
                           other.key());
    }
    [[nodiscard]] NodeRef literal(std::string_view text, const ColumnInfo& beside) const;

    const JoinRequest& request_;
    std::string_view option_, text_;
    const TableInfo* secondary_;
};

bool is_literal(std::string_view text) {
    return text == "null" || text == "nullptr" || text == "None" || text == "true" || text == "True" ||
           text == "false" || text == "False" || text.starts_with('\'') ||
           text.find_first_not_of("+-.0123456789eE") == std::string_view::npos;
}

template <class Number>
std::optional<Number> number(std::string_view text) {
    Number value{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc{} && end == text.data() + text.size() ? std::optional(value) : std::nullopt;
}

NodeRef OptionText::literal(std::string_view text, const ColumnInfo& beside) const {
    if (text == "null" || text == "nullptr" || text == "None") return constant(NodeKind::null);
    if (text == "true" || text == "True") return constant(NodeKind::true_);
    if (text == "false" || text == "False") return constant(NodeKind::false_);
    const NodeRef column = column_node(beside);
    if (text.starts_with('\'')) {
        if (text.size() < 2 || !text.ends_with('\'')) {
            fail("has a quote that does not end", "'…' around a text");
        }
        return operand_node(Operand(Value::text(std::string(text.substr(1, text.size() - 2)))), *column);
    }
    if (const auto integer = number<long long>(text)) {
        return operand_node(Operand(Value::of(*integer)), *column);
    }
    if (const auto real = number<double>(text)) {
        return operand_node(Operand(Value::of(*real)), *column);
    }
    fail(fmt::format("compares with '{}', which is no number", text), expected_condition());
}

struct Sign {
    std::string_view text;
    Operator op;
};
constexpr std::array<Sign, 6> signs{{{"==", Operator::eq},
                                     {"!=", Operator::ne},
                                     {"<=", Operator::le},
                                     {">=", Operator::ge},
                                     {"<", Operator::lt},
                                     {">", Operator::gt}}};

WrittenComparison OptionText::comparison(std::string_view condition) const {
    for (const Sign& sign : signs) {
        const auto parts = split(condition, sign.text);
        if (parts.size() != 2) {
            continue;
        }
        const bool left_is_literal = is_literal(parts[0]);
        const std::string_view left = left_is_literal ? parts[1] : parts[0];
        const std::string_view right = left_is_literal ? parts[0] : parts[1];
        if (left.find('.') == std::string_view::npos) {
            fail(fmt::format("has '{}' where a column should be", left), expected_condition());
        }
        WrittenComparison result{&qualified(left), left_is_literal ? mirror(sign.op) : sign.op, nullptr, {}};
        if (is_literal(right)) {
            result.literal = literal(right, *result.left);
        } else if (right.find('.') == std::string_view::npos) {
            fail(fmt::format("names a column '{}' without its table", right), expected_condition());
        } else {
            result.right = &qualified(right);
        }
        return result;
    }
    fail(fmt::format("has no comparison in '{}'", condition), expected_condition());
}

/// "name desc", "name.desc()" and "desc(name)" as the name and whether it is descending.
std::pair<std::string_view, bool> order_item(std::string_view text) {
    for (const bool descending : {true, false}) {
        const std::string_view word = descending ? "desc" : "asc";
        const std::string_view member = descending ? ".desc()" : ".asc()";
        if (text.starts_with(word) && text.size() > word.size() && text[word.size()] == '(' && text.ends_with(')')) {
            return {trimmed(text.substr(word.size() + 1, text.size() - word.size() - 2)), descending};
        }
        if (text.ends_with(member)) {
            return {text.substr(0, text.size() - member.size()), descending};
        }
        const std::string_view before = text.substr(0, text.size() - std::min(text.size(), word.size()));
        if ((text.ends_with(word) || text.ends_with(descending ? "DESC" : "ASC")) && before.ends_with(' ')) {
            return {trimmed(before), descending};
        }
    }
    return {text, false};
}

}  // namespace

std::vector<WrittenComparison> parse_join(const JoinRequest& request, std::string_view text,
                                          const TableInfo* secondary) {
    const bool is_primary = text.data() == request.text(RelationshipText::primaryjoin).data();
    const OptionText option(request, is_primary ? "primaryjoin" : "secondaryjoin", text, secondary);
    std::vector<WrittenComparison> comparisons;
    for (const std::string_view condition : split(text, "&&")) {
        comparisons.push_back(option.comparison(condition));
    }
    return comparisons;
}

std::vector<const ColumnInfo*> parse_columns(const JoinRequest& request, std::string_view option, std::string_view text,
                                             const TableInfo* secondary) {
    const bool of_target_first = option == "remote_side";
    const OptionText names(request, option, text, secondary);
    std::vector<const ColumnInfo*> columns;
    for (const std::string_view name : split(text, ",")) {
        const Mapper& first = of_target_first ? request.target : request.owner;
        const Mapper& second = of_target_first ? request.owner : request.target;
        const ColumnInfo* column = &names.named(name, first, second);
        // Of a name that both classes have, the column that is a foreign key is meant.
        if (!of_target_first && column->foreign_keys().empty() && name.find('.') == std::string_view::npos) {
            column = &names.named(name, second, first);
        }
        columns.push_back(column);
    }
    return columns;
}

std::vector<std::pair<const ColumnInfo*, bool>> parse_order(const JoinRequest& request, const TableInfo* secondary) {
    std::vector<std::pair<const ColumnInfo*, bool>> items;
    const std::string_view text = request.text(RelationshipText::order_by);
    if (text.empty()) {
        return items;
    }
    const OptionText option(request, "order_by", text, secondary);
    for (const std::string_view part : split(text, ",")) {
        const auto [name, descending] = order_item(part);
        const ColumnInfo* column = &option.named(name, request.target, request.target);
        if (&column->table() != &request.target.table() && &column->table() != secondary) {
            option.fail(fmt::format("orders by '{}', which is no attribute of the other class", name),
                        fmt::format("attributes of {}: \"name, id desc\"", request.target.class_name()));
        }
        items.emplace_back(column, descending);
    }
    return items;
}

}  // namespace aludel::detail
