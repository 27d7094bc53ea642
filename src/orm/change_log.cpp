#include "orm/change_log.hpp"

#include "orm/links.hpp"

#include <algorithm>
#include <utility>

namespace aludel::detail {

ChangeLog::Entry& ChangeLog::entry(std::size_t attribute) {
    if (Entry* found = find(attribute)) {
        return *found;
    }
    return entries_.emplace_back(Entry{attribute, std::nullopt, {}, false});
}

void ChangeLog::keep_committed(std::size_t attribute, std::optional<Value> value) {
    Entry& kept = entry(attribute);
    if (!kept.kept) {
        kept.committed = std::move(value);
        kept.kept = true;
    }
}

const Value* ChangeLog::committed(std::size_t attribute) const noexcept {
    const Entry* found = find(attribute);
    return found != nullptr && found->committed ? &*found->committed : nullptr;
}

void ChangeLog::set_expression(std::size_t attribute, NodeRef expression) {
    entry(attribute).expression = std::move(expression);
}

void ChangeLog::drop_expression(std::size_t attribute) noexcept {
    if (Entry* found = find(attribute)) {
        found->expression = {};
    }
}

NodeRef ChangeLog::expression(std::size_t attribute) const noexcept {
    const Entry* found = find(attribute);
    return found == nullptr ? NodeRef{} : found->expression;
}

void ChangeLog::forget(std::size_t attribute) noexcept {
    if (Entry* found = find(attribute)) {
        entries_.erase(entries_.begin() + (found - entries_.data()));
    }
}

void ChangeLog::keep_reference(const ReferenceChange& change) {
    if (reference(change.relationship) == nullptr) {
        references_.push_back(change);
    }
}

const ReferenceChange* ChangeLog::reference(std::size_t relationship) const noexcept {
    const auto found = std::find_if(references_.begin(), references_.end(),
                                    [&](const ReferenceChange& change) { return change.relationship == relationship; });
    return found == references_.end() ? nullptr : &*found;
}

void ChangeLog::forget_reference(std::size_t relationship) noexcept {
    std::erase_if(references_, [&](const ReferenceChange& change) { return change.relationship == relationship; });
}

ChangeLog& changes_of(ObjectHeader& header) {
    if (header.changes == nullptr) {
        header.changes = new ChangeLog;
    }
    return *header.changes;
}

void drop_changes(ObjectHeader& header) noexcept {
    if (header.changes != nullptr) {
        delete std::exchange(header.changes, nullptr);
    }
}

Value committed_value(const ObjectHeader& header, const Attribute& attribute) {
    if (header.changes != nullptr) {
        if (const Value* kept = header.changes->committed(attribute.index())) {
            return *kept;
        }
    }
    return attribute.value_of(header);
}

Cell committed_cell(const ObjectHeader& header, const Attribute& attribute, Value& made) {
    const Value* kept = header.changes == nullptr ? nullptr : header.changes->committed(attribute.index());
    return kept != nullptr ? Cell::of(*kept) : attribute.cell_of(header, made);
}

bool has_net_change(const ObjectHeader& header, const Attribute& attribute) {
    const AttributeLink& link = attribute.link(header);
    if (!link.is_modified()) {
        return false;
    }
    if (link.has_expression() || header.changes == nullptr) {
        return true;
    }
    const Value* kept = header.changes->committed(attribute.index());
    if (kept == nullptr) {
        return true;
    }
    Value made;
    return !is_same(*kept, attribute.cell_of(header, made));
}

bool is_same(const Value& value, const Cell& cell) noexcept {
    if (value.kind() != cell.kind) {
        return false;
    }
    if (cell.kind == ValueKind::real) {
        return value == Value::of(cell.real);
    }
    return cell.has_text() ? value.as_text() == cell.text() : value.as_integer() == cell.integer;
}

void spread_expiry(ObjectHeader& header) noexcept {
    if (!header.is_expired()) {
        return;
    }
    for (const Attribute& attribute : header.mapper->attributes()) {
        attribute.link(header).mark_expired();
    }
    unload_relationships(header);
    drop_changes(header);
    header.some_expired = true;
    header.generation = *header.generation_now;
}

}  // namespace aludel::detail
