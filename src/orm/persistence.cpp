#include "orm/persistence.hpp"

#include "orm/change_log.hpp"
#include "orm/listeners.hpp"
#include "orm/row_draft.hpp"

#include <aludel/base/error.hpp>
#include <aludel/sql/compile/dialect.hpp>
#include <aludel/sql/expr/statement.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <utility>

namespace aludel::detail {

namespace {

using Rows = std::span<RowDraft>;

bool value_less(const Value& a, const Value& b) {
    if (a.kind() == ValueKind::real && b.kind() == ValueKind::real) return a.as_real() < b.as_real();
    return a.as_text().empty() && b.as_text().empty() ? a.as_integer() < b.as_integer() : a.as_text() < b.as_text();
}

void sort_by_key(std::span<ObjectHeader*> objects) {
    std::vector<std::pair<std::vector<Value>, ObjectHeader*>> keyed;
    keyed.reserve(objects.size());
    for (ObjectHeader* object : objects) keyed.emplace_back(committed_key(*object), object);
    std::sort(keyed.begin(), keyed.end(), [](const auto& a, const auto& b) {
        return std::lexicographical_compare(a.first.begin(), a.first.end(), b.first.begin(), b.first.end(), value_less);
    });
    std::transform(keyed.begin(), keyed.end(), objects.begin(), [](const auto& item) { return item.second; });
}

/// Collects the parameters of rows of one shape.
class BatchBuilder {
  public:
    void add(const RowDraft& row, bool with_key) {
        begin_row();
        for (const Cargo& cargo : row.cargo) {
            if (!cargo.expression) put(cargo.attribute->column().name(), cargo.value);
        }
        if (with_key) put_key(*row.object);
    }
    void add_key(const ObjectHeader& object) {
        begin_row();
        put_key(object);
    }
    [[nodiscard]] const Batch& batch() const noexcept { return batch_; }

  private:
    void begin_row() {
        is_first_ = batch_.rows.empty();
        batch_.rows.emplace_back().reserve(batch_.names.size());
    }
    void put(std::string_view name, Value value) {
        if (is_first_) batch_.names.emplace_back(name);
        batch_.rows.back().push_back(std::move(value));
    }
    void put_key(const ObjectHeader& object) {
        auto key = committed_key(object);
        for (std::size_t i = 0; i < key.size(); ++i) put(object.mapper->key_parameter(i), std::move(key[i]));
        if (const Attribute* version = object.mapper->version()) {
            put(object.mapper->version_parameter(), committed_value(object, *version));
        }
    }

    Batch batch_;
    bool is_first_ = true;
};

template <class Draft>
void fill_columns(Draft& draft, const RowDraft& row) {
    for (const Cargo& cargo : row.cargo) {
        draft.columns.push_back(&cargo.attribute->column());
        draft.values.push_back(cargo.expression ? cargo.expression : parameter_for(cargo.attribute->column()));
    }
}

NodeRef insert_statement(const Mapper& mapper, const RowDraft& row) {
    InsertDraft draft;
    draft.table = table_node(mapper.table());
    fill_columns(draft, row);
    return freeze(std::move(draft));
}

/// The same with the generated key as its result, for databases that do not tell it otherwise.
NodeRef insert_and_tell_key(const Mapper& mapper, const RowDraft& row) {
    InsertDraft draft;
    draft.table = table_node(mapper.table());
    fill_columns(draft, row);
    draft.returning.push_back(column_node(*mapper.table().autoincrement_column()));
    return freeze(std::move(draft));
}

NodeRef update_statement(const Mapper& mapper, const RowDraft& row) {
    UpdateDraft draft;
    draft.table = table_node(mapper.table());
    fill_columns(draft, row);
    draft.where = mapper.row_criteria();
    return freeze(std::move(draft));
}

using MakeStatement = NodeRef (*)(const Mapper&, const RowDraft&);

/// The statement for rows of this shape: one that this session has used before, or a new one.
const PreparedStatement& statement_for(SessionState& session, const Mapper& mapper, const RowDraft& row, char verb,
                                       MakeStatement make, PreparedStatement& unshared) {
    if (row.has_expression) {
        return unshared = session.engine.statement_cache().find(make(mapper, row));
    }
    StatementShape shape{&mapper, std::u16string(1, static_cast<char16_t>(verb))};
    for (const Cargo& cargo : row.cargo) {
        shape.columns += static_cast<char16_t>(2 * cargo.attribute->index() + (cargo.is_default ? 1 : 0));
    }
    return session.shaped_statement(std::move(shape), [&] { return make(mapper, row); });
}

/// The values in memory are the row's. What the object's references led to is needed until the flush ends.
void mark_written(ObjectHeader& object) {
    if (object.changes == nullptr || object.changes->references().empty()) {
        mark_clean(object);
        return;
    }
    object.changes->forget_values();
    for (const Attribute& attribute : object.mapper->attributes()) attribute.link(object).mark_unmodified();
}

/// After the row is written: what the database made is to be read again, what aludel made is in the object.
void settle(const RowDraft& row) {
    ObjectHeader& object = *row.object;
    mark_written(object);
    for (const Cargo& cargo : row.cargo) {
        if (cargo.expression && !cargo.attribute->column().primary_key()) {
            cargo.attribute->link(object).mark_expired();
            object.some_expired = true;
        } else if (cargo.is_default && !cargo.expression) {
            cargo.attribute->load(object, Cell::of(cargo.value), DecodeContext{});
        }
    }
}

// ---- INSERT

/// Columns that the INSERT did not name have what the database put there.
void expire_what_the_server_made(const RowDraft& row) {
    ObjectHeader& object = *row.object;
    auto written = row.cargo.begin();
    for (const Attribute& attribute : object.mapper->attributes()) {
        AttributeLink& link = attribute.link(object);
        if (written != row.cargo.end() && written->attribute == &attribute) {
            if (!written->expression) link.mark_loaded();
            ++written;
        } else if (!attribute.column().primary_key()) {
            link.mark_expired();
            object.some_expired = true;
        }
    }
}

void take_generated_key(const RowDraft& row, std::int64_t key) {
    for (const Attribute* attribute : row.object->mapper->primary_key()) {
        const bool is_missing = std::none_of(row.cargo.begin(), row.cargo.end(), [&](const Cargo& item) {
            return item.attribute == attribute && !item.expression;
        });
        if (is_missing && attribute->column().is_autoincrement()) {
            attribute->load(*row.object, Cell::from_integer(key), DecodeContext{});
        }
    }
}

void become_persistent(SessionState& session, const RowDraft& row) {
    ObjectHeader& object = *row.object;
    object.some_expired = false;
    settle(row);
    expire_what_the_server_made(row);
    object.state = ObjectState::persistent;
    object.generation = session.generation;
    session.identities.put(object);
    session.frame().created.push_back(&object);
}

/// Whether the statement has to ask for the key that the database makes. Rows without keys go one by one.
bool asks_for_key(const SessionState& session, const Mapper& mapper, const RowDraft& row) {
    const ColumnInfo* generated = mapper.table().autoincrement_column();
    if (row.has_key || generated == nullptr) return false;
    // The next value of a sequence is no key that the client hears of by itself.
    const bool is_computed = std::any_of(row.cargo.begin(), row.cargo.end(), [&](const Cargo& cargo) {
        return cargo.expression && &cargo.attribute->column() == generated;
    });
    const DialectTraits& traits = session.engine.dialect().traits();
    return traits.implicit_returning || (is_computed && traits.insert_returning);
}

void insert_rows(SessionState& session, const Mapper& mapper, Rows rows) {
    BatchBuilder parameters;
    for (const RowDraft& row : rows) parameters.add(row, false);
    PreparedStatement unshared;
    const auto& statement = asks_for_key(session, mapper, rows.front())
                                ? statement_for(session, mapper, rows.front(), 'k', insert_and_tell_key, unshared)
                                : statement_for(session, mapper, rows.front(), 'i', insert_statement, unshared);
    const Outcome done = execute_batch(session, statement, parameters.batch());
    for (const RowDraft& row : rows) {
        if (!row.has_key) take_generated_key(row, done.generated_key);
        become_persistent(session, row);
    }
}

bool may_join_insert(const RowDraft& first, const RowDraft& next) {
    return first.has_key && next.has_key && !first.has_expression && !next.has_expression && same_shape(first, next);
}

// ---- UPDATE

/// An executemany, or one statement after the other, so that each row's version is checked by itself.
enum class UpdateMode : std::uint8_t { together, one_by_one };

std::int64_t execute_updates(SessionState& session, const PreparedStatement& statement, const Batch& batch,
                             UpdateMode mode) {
    if (mode == UpdateMode::together) return execute_batch(session, statement, batch).affected;
    std::int64_t affected = 0;
    for (const ParameterRow& row : batch.rows) {
        affected += execute_batch(session, statement, {batch.names, {row}}).affected;
    }
    return affected;
}

/// The database made the version that the UPDATE did not write.
void expire_version_of_server(const RowDraft& row) {
    const Attribute* version = row.object->mapper->version();
    if (version == nullptr || std::any_of(row.cargo.begin(), row.cargo.end(),
                                          [&](const Cargo& cargo) { return cargo.attribute == version; })) {
        return;
    }
    if (!row.object->mapper->makes_versions()) {
        version->link(*row.object).mark_expired();
        row.object->some_expired = true;
    }
}

void update_rows(SessionState& session, const Mapper& mapper, Rows rows, UpdateMode mode) {
    BatchBuilder parameters;
    for (const RowDraft& row : rows) parameters.add(row, true);
    PreparedStatement unshared;
    const auto& statement = statement_for(session, mapper, rows.front(), 'u', update_statement, unshared);
    const auto affected = execute_updates(session, statement, parameters.batch(), mode);
    if (affected != static_cast<std::int64_t>(rows.size())) {
        throw StaleDataError(
            fmt::format("UPDATE statement on table '{}' expected to update {} row(s); {} were matched.",
                        mapper.table().name(), rows.size(), affected));
    }
    for (const RowDraft& row : rows) {
        const auto before = committed_key(*row.object);
        settle(row);
        expire_version_of_server(row);
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

void fire_for(SessionState& session, ObjectEvent event, const Mapper& mapper, std::span<ObjectHeader* const> objects) {
    if (!has_listeners(session, event, mapper)) return;
    session.core.connection();  // a transaction begins before its first object is looked at
    for (ObjectHeader* object : objects) fire(session, event, *object);
}

bool key_is_expired(const ObjectHeader& header) {
    const auto key = header.mapper->primary_key();
    return header.is_expired() || std::any_of(key.begin(), key.end(), [&](const Attribute* attribute) {
               return attribute->link(header).is_expired();
           });
}

std::vector<RowDraft> draft_updates(SessionState& session, std::span<ObjectHeader*> objects) {
    std::vector<RowDraft> updates;
    for (ObjectHeader* object : objects) {
        load_version(session, *object);
        RowDraft row = draft_update(*object);
        if (row.cargo.empty()) {
            mark_written(*object);
            continue;
        }
        if (key_is_expired(*object)) load_expired(session, *object);
        updates.push_back(std::move(row));
    }
    return updates;
}

/// A row that is gone already is what the program wanted, unless it asked for a certain version of it.
void complain_of_deletes(SessionState& session, const Mapper& mapper, std::size_t expected, std::int64_t affected) {
    const std::string message =
        fmt::format("DELETE statement on table '{}' expected to delete {} row(s); {} were matched.",
                    mapper.table().name(), expected, affected);
    if (mapper.version() != nullptr) {
        throw StaleDataError(message);
    }
    session.warn(message + " Another transaction or a cascade of the database may have deleted the rest");
}

}  // namespace

Outcome execute_batch(SessionState& session, const PreparedStatement& statement, const Batch& batch) {
    Connection& connection = session.core.connection_for(statement.statement);
    if (batch.rows.size() > 1) {
        return {connection.run_many(statement, batch.names, batch.rows), 0};
    }
    std::vector<ParameterValue> named;
    named.reserve(batch.names.size());
    for (std::size_t i = 0; i < batch.names.size(); ++i) named.push_back({batch.names[i], &batch.rows.front()[i]});
    RowCursor done = connection.run(statement, named);
    if (done.returns_rows() && done.next())
        return {done.rows_affected(), SqlTraits<std::int64_t>::decode(done.row().front(), DecodeContext{})};
    return {done.rows_affected(), done.last_insert_id()};
}

void save_objects(SessionState& session, const Mapper& mapper, std::vector<ObjectHeader*> objects) {
    const auto first_new = std::partition(objects.begin(), objects.end(), [](const ObjectHeader* object) {
        return object->state == ObjectState::persistent;
    });
    const std::span known(objects.begin(), first_new);
    const std::span fresh(first_new, objects.end());
    sort_by_key(known);
    std::sort(fresh.begin(), fresh.end(), [](auto* a, auto* b) { return a->insert_order < b->insert_order; });
    fire_for(session, ObjectEvent::before_insert, mapper, fresh);
    fire_for(session, ObjectEvent::before_update, mapper, known);

    auto updates = draft_updates(session, known);
    const auto mode = mapper.version() != nullptr ? UpdateMode::one_by_one : UpdateMode::together;
    write_in_batches(updates, may_join_update, [&](Rows rows) { update_rows(session, mapper, rows, mode); });
    std::vector<RowDraft> inserts;
    inserts.reserve(fresh.size());
    for (ObjectHeader* object : fresh) inserts.push_back(draft_insert(*object));
    write_in_batches(inserts, may_join_insert, [&](Rows rows) { insert_rows(session, mapper, rows); });
    if (mapper.version() != nullptr && !mapper.makes_versions()) {
        for (ObjectHeader* object : fresh) load_version_alone(session, *object);
        for (ObjectHeader* object : known) load_version_alone(session, *object);
    }

    fire_for(session, ObjectEvent::after_insert, mapper, fresh);
    fire_for(session, ObjectEvent::after_update, mapper, known);
}

void update_attributes(SessionState& session, const Mapper& mapper, std::vector<ObjectHeader*> objects,
                       std::span<const Attribute* const> attributes,
                       const std::function<bool(const ObjectHeader&)>& is_new) {
    sort_by_key(objects);
    std::vector<RowDraft> updates;
    for (ObjectHeader* object : objects) {
        load_version(session, *object);
        RowDraft row = draft_post_update(*object, attributes, is_new(*object));
        if (row.cargo.empty()) continue;
        if (key_is_expired(*object)) load_expired(session, *object);
        updates.push_back(std::move(row));
    }
    write_in_batches(updates, may_join_update,
                     [&](Rows rows) { update_rows(session, mapper, rows, UpdateMode::together); });
}

void delete_objects(SessionState& session, const Mapper& mapper, std::vector<ObjectHeader*> objects) {
    sort_by_key(objects);
    fire_for(session, ObjectEvent::before_delete, mapper, objects);
    for (ObjectHeader* object : objects) {
        if (object->is_expired()) load_expired(session, *object);
        load_version(session, *object);
    }
    BatchBuilder parameters;
    for (const ObjectHeader* object : objects) parameters.add_key(*object);
    const auto& statement = session.shaped_statement({&mapper, u"d"}, [&] {
        DeleteDraft draft;
        draft.table = table_node(mapper.table());
        draft.where = mapper.row_criteria();
        return freeze(std::move(draft));
    });
    const auto affected = execute_batch(session, statement, parameters.batch()).affected;
    if (affected != static_cast<std::int64_t>(objects.size())) {
        complain_of_deletes(session, mapper, objects.size(), affected);
    }
    fire_for(session, ObjectEvent::after_delete, mapper, objects);
}

}  // namespace aludel::detail
