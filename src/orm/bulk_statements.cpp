// UPDATE and DELETE of all rows that criteria choose, and what they mean for the objects in memory.
#include "orm/change_log.hpp"
#include "orm/entity_loader.hpp"
#include "orm/evaluator.hpp"
#include "orm/query_parts.hpp"
#include "orm/session_state.hpp"

#include <aludel/base/error.hpp>
#include <aludel/sql/expr/nodes.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace aludel::detail {

namespace {

const Mapper& target_of(const QueryParts& parts, std::string_view method) {
    const SelectDraft& draft = parts.draft;
    const auto refuse = [&](std::string_view what) {
        throw InvalidRequestError(
            fmt::format("Can't call Query.update() or Query.delete_() when {} has been called", what));
    };
    if (draft.limit) refuse("limit()");
    if (draft.offset) refuse("offset()");
    if (!draft.order_by.empty()) refuse("order_by()");
    if (!draft.group_by.empty()) refuse("group_by()");
    if (draft.distinct) refuse("distinct()");
    if (!draft.joins.empty()) refuse("join(), outerjoin() or select_from()");
    if (parts.elements.size() != 1 || parts.elements.front().mapper == nullptr) {
        throw InvalidRequestError(
            fmt::format("Query.{}() needs a query for one class, such as session.query<User>()", method));
    }
    return *parts.elements.front().mapper;
}

/// Objects in memory that the statement concerns, held while it runs.
class Matched {
  public:
    Matched(SessionCore& session, const QueryParts& parts, const Mapper& mapper)
        : session_(session.state()), parts_(parts), mapper_(mapper) {
        if (parts.synchronize == SynchronizeSession::evaluate) {
            find_by_evaluation();
        } else if (parts.synchronize == SynchronizeSession::fetch) {
            find_by_select();
        }
    }
    [[nodiscard]] const std::vector<Hold>& objects() const noexcept { return objects_; }

  private:
    void find_by_evaluation() {
        for (const NodeRef& criterion : parts_.draft.where) require_evaluable(*criterion, mapper_);
        std::vector<Hold> candidates;  // evaluating may load what is expired, and so change the region
        session_.region->for_each([&](ObjectHeader& object) {
            const bool may_match = object.mapper == &mapper_ && object.session == &session_.core &&
                                   object.shard == session_.identities.active_shard() &&
                                   object.state == ObjectState::persistent && !object.is_expired();
            if (may_match) candidates.emplace_back(object);
        });
        for (const Hold& object : candidates) {
            if (matches(*object)) objects_.push_back(object);
        }
    }

    [[nodiscard]] bool matches(const ObjectHeader& object) const {
        return std::all_of(parts_.draft.where.begin(), parts_.draft.where.end(), [&](const NodeRef& criterion) {
            const Value value = evaluate(*criterion, object);
            return !value.is_null() && value.as_integer() != 0;
        });
    }

    void find_by_select() {
        SelectDraft draft = parts_.draft;
        draft.label_style = LabelStyle::disambiguate;
        draft.columns.clear();
        for (const Attribute* key : mapper_.primary_key()) draft.columns.push_back(column_node(key->column()));
        RowCursor rows = session_.core.read(freeze(std::move(draft)));
        while (rows.next()) {
            std::vector<Value> key;
            for (std::size_t i = 0; i < mapper_.primary_key().size(); ++i) {
                key.push_back(mapper_.primary_key()[i]->decode(rows.row()[i], decode_context(*rows.compiled(), i)));
            }
            if (ObjectHeader* found = session_.identities.find(mapper_, IdentityKey(mapper_, key))) {
                objects_.emplace_back(*found);
            }
        }
    }

    SessionState& session_;
    const QueryParts& parts_;
    const Mapper& mapper_;
    std::vector<Hold> objects_;
};

const ColumnInfo& assigned_column(const Mapper& mapper, const Assignment& assignment) {
    const ColumnInfo* column = assignment.column && assignment.column->kind() == NodeKind::column
                                   ? as<ColumnNode>(*assignment.column).info()
                                   : nullptr;
    if (column == nullptr || &column->table() != &mapper.table()) {
        throw ArgumentError(
            fmt::format("Query.update(): only columns of class {} can be set; write col<&{}::…> = value",
                        mapper.class_name(), mapper.class_name()));
    }
    return *column;
}

NodeRef assigned_value(const ColumnInfo& column, const Assignment& assignment) {
    return assignment.value.node ? assignment.value.node : parameter_for(column, assignment.value.value);
}

NodeRef update_statement(const Mapper& mapper, const QueryParts& parts, const std::vector<Assignment>& assignments) {
    UpdateDraft draft;
    draft.table = mapper.selectable();
    draft.where = parts.draft.where;
    for (const Assignment& assignment : assignments) {
        const ColumnInfo& column = assigned_column(mapper, assignment);
        draft.columns.push_back(&column);
        draft.values.push_back(assigned_value(column, assignment));
    }
    for (const Attribute& attribute : mapper.attributes()) {
        const ColumnInfo& column = attribute.column();
        const bool is_set = std::find(draft.columns.begin(), draft.columns.end(), &column) != draft.columns.end();
        if (!is_set && column.onupdate()) {
            draft.columns.push_back(&column);
            draft.values.push_back(column.onupdate().is_expression()
                                       ? column.onupdate().sql()
                                       : parameter_for(column, column.onupdate().value()));
        }
    }
    return freeze(std::move(draft));
}

/// What an assignment means for one object: its new value where that is known, else that it has to be read.
void follow(SessionState& session, ObjectHeader& object, const std::vector<Assignment>& assignments) {
    const std::vector<Value> key = committed_key(object);
    std::vector<std::pair<const Attribute*, std::optional<Value>>> effects;
    for (const Assignment& assignment : assignments) {
        const Attribute& attribute = object.mapper->attribute_of(assigned_column(*object.mapper, assignment));
        if (attribute.link(object).is_expired()) continue;  // it is read anyway when it is used
        std::optional<Value> value;
        if (!attribute.link(object).is_modified()) {
            value = assignment.value.node ? try_evaluate(*assignment.value.node, object) : assignment.value.value;
        }
        effects.emplace_back(&attribute, std::move(value));
    }
    for (const auto& [attribute, value] : effects) {
        if (value && (!value->is_null() || attribute->nullable())) {
            attribute->load(object, Cell::of(*value), DecodeContext{});
        } else {
            expire_attribute(object, *attribute);
        }
    }
    if (committed_key(object) != key) rekey(session, object, key);
    session.frame().changed.push_back(&object);
}

/// The key by which an object is found again has to be known.
void require_known_keys(const Mapper& mapper, const std::vector<Assignment>& assignments) {
    for (const Assignment& assignment : assignments) {
        if (assigned_column(mapper, assignment).primary_key() && assignment.value.node) {
            require_evaluable(*assignment.value.node, mapper);
        }
    }
}

}  // namespace

std::int64_t bulk_update(SessionCore& session, const QueryParts& parts, const std::vector<Assignment>& assignments) {
    const Mapper& mapper = target_of(parts, "update");
    if (assignments.empty()) {
        throw ArgumentError("Query.update() needs at least one assignment, such as col<&User::name> = \"ed\"");
    }
    session.autoflush();
    const NodeRef statement = update_statement(mapper, parts, assignments);
    if (parts.synchronize != SynchronizeSession::none) require_known_keys(mapper, assignments);
    const Matched matched(session, parts, mapper);
    const std::int64_t affected = session.connection_for(statement).run(statement).rows_affected();
    for (const Hold& object : matched.objects()) {
        follow(session.state(), *object, assignments);
    }
    return affected;
}

std::int64_t bulk_delete(SessionCore& session, const QueryParts& parts) {
    const Mapper& mapper = target_of(parts, "delete_");
    session.autoflush();
    DeleteDraft draft;
    draft.table = mapper.selectable();
    draft.where = parts.draft.where;
    const Matched matched(session, parts, mapper);
    const NodeRef statement = freeze(std::move(draft));
    const std::int64_t affected = session.connection_for(statement).run(statement).rows_affected();
    for (const Hold& object : matched.objects()) {
        become_deleted(session.state(), *object);
    }
    return affected;
}

}  // namespace aludel::detail
