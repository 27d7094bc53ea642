#include "orm/persistence.hpp"

#include "orm/change_log.hpp"
#include "orm/row_draft.hpp"

#include <aludel/base/error.hpp>
#include <aludel/sql/expr/statement.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <span>
#include <string>
#include <utility>

namespace aludel::detail {

namespace {

using Rows = std::span<RowDraft>;

std::vector<Value> committed_key(const ObjectHeader& header) {
    std::vector<Value> key;
    for (const Attribute* attribute : header.mapper->primary_key()) {
        key.push_back(committed_value(header, *attribute));
    }
    return key;
}

bool key_less(const ObjectHeader* a, const ObjectHeader* b) {
    const auto left = committed_key(*a), right = committed_key(*b);
    for (std::size_t i = 0; i < left.size(); ++i) {
        const bool text = left[i].kind() == ValueKind::text;
        if (text ? left[i].as_text() != right[i].as_text() : left[i].as_integer() != right[i].as_integer()) {
            return text ? left[i].as_text() < right[i].as_text() : left[i].as_integer() < right[i].as_integer();
        }
    }
    return false;
}

/// Collects the parameters of rows of one shape.
class BatchBuilder {
  public:
    void add(const RowDraft& row, bool with_key) {
        values_.clear();
        for (const Cargo* cargo : all_cargo(row)) {
            if (!cargo->expression) put(cargo->attribute->column().name(), cargo->value);
        }
        if (with_key) put_key(*row.object);
        batch_.rows.push_back(values_);
    }
    void add_key(const ObjectHeader& object) {
        values_.clear();
        put_key(object);
        batch_.rows.push_back(values_);
    }
    [[nodiscard]] const Batch& batch() const noexcept { return batch_; }

  private:
    void put(std::string_view name, Value value) {
        if (batch_.rows.empty()) batch_.names.emplace_back(name);
        values_.push_back(std::move(value));
    }
    void put_key(const ObjectHeader& object) {
        auto key = committed_key(object);
        for (std::size_t i = 0; i < key.size(); ++i) put(object.mapper->key_parameter(i), std::move(key[i]));
    }

    Batch batch_;
    ParameterRow values_;
};

template <class Draft>
void fill_columns(Draft& draft, const RowDraft& row) {
    for (const Cargo* cargo : all_cargo(row)) {
        draft.columns.push_back(&cargo->attribute->column());
        draft.values.push_back(cargo->expression ? cargo->expression : parameter_for(cargo->attribute->column()));
    }
}

NodeRef insert_statement(const Mapper& mapper, const RowDraft& row) {
    InsertDraft draft;
    draft.table = table_node(mapper.table());
    fill_columns(draft, row);
    return freeze(std::move(draft));
}

NodeRef update_statement(const Mapper& mapper, const RowDraft& row) {
    UpdateDraft draft;
    draft.table = table_node(mapper.table());
    fill_columns(draft, row);
    draft.where = mapper.key_criteria();
    return freeze(std::move(draft));
}

/// After the row is written: what the database made is to be read again, what aludel made is in the object.
void settle(const RowDraft& row) {
    ObjectHeader& object = *row.object;
    mark_clean(object);
    object.some_expired = false;
    for (const Attribute& attribute : object.mapper->attributes()) {
        object.some_expired = object.some_expired || attribute.link(object).is_expired();
    }
    const auto expire = [&](const Cargo& cargo) {
        cargo.attribute->link(object).mark_expired();
        object.some_expired = true;
    };
    for (const Cargo& cargo : row.given) {
        if (cargo.expression) expire(cargo);
    }
    for (const Cargo& cargo : row.defaulted) {
        cargo.expression ? expire(cargo) : cargo.attribute->load(object, Cell::of(cargo.value), DecodeContext{});
    }
}

// ---- INSERT

void expire_what_the_server_made(const RowDraft& row) {
    ObjectHeader& object = *row.object;
    const auto cargo = all_cargo(row);
    for (const Attribute& attribute : object.mapper->attributes()) {
        const bool is_written =
            std::any_of(cargo.begin(), cargo.end(), [&](const Cargo* item) { return item->attribute == &attribute; });
        if (is_written) {
            AttributeLink& link = attribute.link(object);
            if (!link.is_expired()) link.mark_loaded();
        } else if (!attribute.column().primary_key()) {
            attribute.link(object).mark_expired();
            object.some_expired = true;
        }
    }
}

void take_generated_key(const RowDraft& row, std::int64_t key) {
    for (const Attribute* attribute : row.object->mapper->primary_key()) {
        const bool is_missing = std::none_of(row.given.begin(), row.given.end(),
                                             [&](const Cargo& item) { return item.attribute == attribute; });
        if (is_missing && attribute->column().is_autoincrement()) {
            attribute->load(*row.object, Cell::from_integer(key), DecodeContext{});
        }
    }
}

void become_persistent(SessionState& session, const RowDraft& row) {
    ObjectHeader& object = *row.object;
    settle(row);
    expire_what_the_server_made(row);
    object.state = ObjectState::persistent;
    object.generation = session.generation;
    session.identities.put(object);
    session.frame().created.push_back(&object);
}

void insert_rows(SessionState& session, const Mapper& mapper, Rows rows) {
    BatchBuilder parameters;
    for (const RowDraft& row : rows) parameters.add(row, false);
    const Outcome done = execute_batch(session, insert_statement(mapper, rows.front()), parameters.batch());
    for (const RowDraft& row : rows) {
        if (!row.has_key) take_generated_key(row, done.generated_key);
        become_persistent(session, row);
    }
}

bool may_join_insert(const RowDraft& first, const RowDraft& next) {
    return first.has_key && next.has_key && !first.has_expression && !next.has_expression && same_shape(first, next);
}

// ---- UPDATE

void rekey(SessionState& session, ObjectHeader& object, const std::vector<Value>& before) {
    session.identities.erase(object, IdentityKey(*object.mapper, before));
    session.identities.put(object);
    session.frame().key_switches.push_back({Hold(object), before});
}

void update_rows(SessionState& session, const Mapper& mapper, Rows rows) {
    BatchBuilder parameters;
    for (const RowDraft& row : rows) parameters.add(row, true);
    const auto affected = execute_batch(session, update_statement(mapper, rows.front()), parameters.batch()).affected;
    if (affected != static_cast<std::int64_t>(rows.size())) {
        throw StaleDataError(
            fmt::format("UPDATE statement on table '{}' expected to update {} row(s); {} were matched.",
                        mapper.table().name(), rows.size(), affected));
    }
    for (const RowDraft& row : rows) {
        const auto before = committed_key(*row.object);
        settle(row);
        session.frame().changed.push_back(row.object);
        if (before != committed_key(*row.object)) rekey(session, *row.object, before);
    }
}

bool may_join_update(const RowDraft& first, const RowDraft& next) {
    return !first.has_expression && !next.has_expression && same_shape(first, next);
}

template <class MayJoin, class Write>
void write_in_batches(std::vector<RowDraft>& rows, MayJoin may_join, Write write) {
    for (auto begin = rows.begin(); begin != rows.end();) {
        const auto end =
            std::find_if_not(begin + 1, rows.end(), [&](const RowDraft& row) { return may_join(*begin, row); });
        write(Rows(begin, end));
        begin = end;
    }
}

bool key_is_expired(const ObjectHeader& header) {
    return header.is_expired() || std::any_of(header.mapper->primary_key().begin(), header.mapper->primary_key().end(),
                                              [&](const Attribute* key) { return key->link(header).is_expired(); });
}

}  // namespace

Outcome execute_batch(SessionState& session, const NodeRef& statement, const Batch& batch) {
    Connection& connection = session.core.connection();
    const PreparedStatement prepared = session.engine.statement_cache().find(statement);
    if (batch.rows.size() > 1) {
        return {connection.run_many(prepared, batch.names, batch.rows), 0};
    }
    std::vector<ParameterValue> named;
    named.reserve(batch.names.size());
    for (std::size_t i = 0; i < batch.names.size(); ++i) named.push_back({batch.names[i], &batch.rows.front()[i]});
    const RowCursor done = connection.run(prepared, named);
    return {done.rows_affected(), done.last_insert_id()};
}

void save_objects(SessionState& session, const Mapper& mapper, std::vector<ObjectHeader*> objects) {
    const auto first_new = std::stable_partition(objects.begin(), objects.end(), [](const ObjectHeader* object) {
        return object->state == ObjectState::persistent;
    });
    std::stable_sort(objects.begin(), first_new, key_less);
    std::sort(first_new, objects.end(), [](auto* a, auto* b) { return a->insert_order < b->insert_order; });

    std::vector<RowDraft> updates;
    for (auto it = objects.begin(); it != first_new; ++it) {
        RowDraft row = draft_update(**it);
        if (row.given.empty()) {
            mark_clean(**it);
            continue;
        }
        if (key_is_expired(**it)) load_expired(session, **it);
        updates.push_back(std::move(row));
    }
    write_in_batches(updates, may_join_update, [&](Rows rows) { update_rows(session, mapper, rows); });

    std::vector<RowDraft> inserts;
    for (auto it = first_new; it != objects.end(); ++it) inserts.push_back(draft_insert(**it));
    write_in_batches(inserts, may_join_insert, [&](Rows rows) { insert_rows(session, mapper, rows); });
}

void delete_objects(SessionState& session, const Mapper& mapper, std::vector<ObjectHeader*> objects) {
    std::stable_sort(objects.begin(), objects.end(), key_less);
    DeleteDraft draft;
    draft.table = table_node(mapper.table());
    draft.where = mapper.key_criteria();
    BatchBuilder parameters;
    for (const ObjectHeader* object : objects) parameters.add_key(*object);
    const auto affected = execute_batch(session, freeze(std::move(draft)), parameters.batch()).affected;
    if (affected != static_cast<std::int64_t>(objects.size())) {
        session.warn(
            fmt::format("DELETE statement on table '{}' expected to delete {} row(s); {} were matched. Another "
                        "transaction or a cascade of the database may have deleted the rest",
                        mapper.table().name(), objects.size(), affected));
    }
}

}  // namespace aludel::detail
