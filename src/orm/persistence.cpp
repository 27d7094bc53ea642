#include "orm/persistence.hpp"

#include "orm/change_log.hpp"
#include "orm/listeners.hpp"
#include "orm/row_batch.hpp"

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

/// From this many rows without keys on, an INSERT of one shape may travel together with the others.
constexpr std::size_t many_rows = 16;

/// How many rows are sent together at most. A database in the process gains nothing from more than what the processor's
/// cache holds; a server would be asked more often, and leave gaps between the keys that it makes.
std::size_t most_rows(const SessionState& session) {
    constexpr std::size_t in_cache = 2048;
    const DialectTraits& traits = session.engine.dialect().traits();
    return traits.implicit_returning || traits.many_keys_by_returning ? SIZE_MAX : in_cache;
}

bool value_less(const Value& a, const Value& b) {
    if (a.kind() == ValueKind::real && b.kind() == ValueKind::real) return a.as_real() < b.as_real();
    return a.as_text().empty() && b.as_text().empty() ? a.as_integer() < b.as_integer() : a.as_text() < b.as_text();
}

/// `objects` in the order of their keys, which `key_of` gives.
template <class Key, class KeyOf, class Less>
void sort_by(std::span<ObjectHeader*> objects, KeyOf key_of, Less less) {
    std::vector<std::pair<Key, ObjectHeader*>> keyed;
    keyed.reserve(objects.size());
    for (ObjectHeader* object : objects) keyed.emplace_back(key_of(*object), object);
    const auto by_key = [&](const auto& a, const auto& b) { return less(a.first, b.first); };
    if (std::is_sorted(keyed.begin(), keyed.end(), by_key)) return;
    std::sort(keyed.begin(), keyed.end(), by_key);
    std::transform(keyed.begin(), keyed.end(), objects.begin(), [](const auto& item) { return item.second; });
}

void sort_by_key(const Mapper& mapper, std::span<ObjectHeader*> objects) {
    if (mapper.has_integer_key()) {
        const Attribute& key = *mapper.primary_key().front();
        const auto number = [&](const ObjectHeader& object) {
            Value made;
            return committed_cell(object, key, made).integer;
        };
        sort_by<std::int64_t>(objects, number, std::less<>());
        return;
    }
    sort_by<std::vector<Value>>(objects, &committed_key, [](const auto& a, const auto& b) {
        return std::lexicographical_compare(a.begin(), a.end(), b.begin(), b.end(), value_less);
    });
}

template <class Draft>
void fill_columns(Draft& draft, const RowBatch& batch) {
    for (const RowBatch::Column& column : batch.columns()) {
        draft.columns.push_back(&column.attribute->column());
        draft.values.push_back(column.expression ? column.expression : parameter_for(column.attribute->column()));
    }
}

NodeRef insert_statement(const RowBatch& batch) {
    InsertDraft draft;
    draft.table = batch.mapper().selectable();
    fill_columns(draft, batch);
    return freeze(std::move(draft));
}

/// The same with the generated key as its result, for databases that do not tell it otherwise.
NodeRef insert_and_tell_key(const RowBatch& batch) {
    InsertDraft draft;
    draft.table = batch.mapper().selectable();
    fill_columns(draft, batch);
    draft.returning.push_back(column_node(*batch.mapper().table().autoincrement_column()));
    return freeze(std::move(draft));
}

NodeRef update_statement(const RowBatch& batch) {
    UpdateDraft draft;
    draft.table = batch.mapper().selectable();
    fill_columns(draft, batch);
    draft.where = batch.mapper().row_criteria();
    return freeze(std::move(draft));
}

using MakeStatement = NodeRef (*)(const RowBatch&);

/// The statement for rows of this shape: one that this session has used before, or a new one.
const PreparedStatement& statement_for(SessionState& session, const RowBatch& batch, char verb, MakeStatement make,
                                       PreparedStatement& unshared) {
    if (batch.has_expression()) {
        return unshared = session.engine.statement_cache().find(make(batch));
    }
    StatementShape shape{&batch.mapper(), std::u16string(1, static_cast<char16_t>(verb))};
    for (const RowBatch::Column& column : batch.columns()) {
        shape.columns += static_cast<char16_t>(2 * column.attribute->index() + (column.is_default ? 1 : 0));
    }
    return session.shaped_statement(std::move(shape), [&] { return make(batch); });
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
void settle(const RowBatch& batch, std::size_t row) {
    ObjectHeader& object = *batch.objects()[row];
    mark_written(object);
    if (batch.is_plain()) return;
    const auto columns = batch.columns();
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const Attribute& attribute = *columns[i].attribute;
        if (columns[i].expression && !attribute.column().primary_key()) {
            attribute.link(object).mark_expired();
            object.some_expired = true;
        } else if (columns[i].is_default && !columns[i].expression) {
            attribute.load(object, batch.value(row, i), DecodeContext{});
        }
    }
}

// ---- INSERT

/// Columns that the INSERT did not name have what the database put there.
void expire_what_the_server_made(const RowBatch& batch, ObjectHeader& object) {
    const auto columns = batch.columns();
    auto written = columns.begin();
    for (const Attribute& attribute : object.mapper->attributes()) {
        AttributeLink& link = attribute.link(object);
        if (written != columns.end() && written->attribute == &attribute) {
            if (!written->expression) link.mark_loaded();
            ++written;
        } else if (!attribute.column().primary_key()) {
            link.mark_expired();
            object.some_expired = true;
        }
    }
}

/// The attribute whose value the database makes, or null.
const Attribute* generated_attribute(const RowBatch& batch) {
    for (const Attribute* attribute : batch.mapper().primary_key()) {
        const auto columns = batch.columns();
        const bool is_missing = std::none_of(columns.begin(), columns.end(), [&](const RowBatch::Column& column) {
            return column.attribute == attribute && !column.expression;
        });
        if (is_missing && attribute->column().is_autoincrement()) return attribute;
    }
    return nullptr;
}

/// The objects have rows now; `keys` are those that the database made.
void become_persistent(SessionState& session, const RowBatch& batch, std::span<const std::int64_t> keys) {
    const Attribute* generated = keys.empty() ? nullptr : generated_attribute(batch);
    const bool is_key_generated = generated != nullptr && batch.mapper().has_integer_key();
    auto& created = session.frame().created;
    for (std::size_t row = 0; row < batch.size(); ++row) {
        ObjectHeader& object = *batch.objects()[row];
        if (generated != nullptr) generated->load(object, Cell::from_integer(keys[row]), DecodeContext{});
        object.some_expired = false;
        settle(batch, row);
        expire_what_the_server_made(batch, object);
        object.state = ObjectState::persistent;
        object.generation = session.generation;
        is_key_generated ? session.identities.put(object, keys[row]) : session.identities.put(object);
        created.push_back(&object);
    }
}

/// Whether the statement has to ask for the key that the database makes.
bool asks_for_key(const SessionState& session, const RowBatch& batch) {
    const ColumnInfo* generated = batch.mapper().table().autoincrement_column();
    if (batch.has_key() || generated == nullptr) return false;
    // The next value of a sequence is no key that the client hears of by itself.
    const auto columns = batch.columns();
    const bool is_computed = std::any_of(columns.begin(), columns.end(), [&](const RowBatch::Column& column) {
        return column.expression && &column.attribute->column() == generated;
    });
    const DialectTraits& traits = session.engine.dialect().traits();
    return traits.implicit_returning || (is_computed && traits.insert_returning) ||
           (batch.size() >= many_rows && traits.many_keys_by_returning);
}

/// Rows without keys: few go one by one, as SQLAlchemy sends them.
void insert_generating_keys(SessionState& session, const PreparedStatement& statement, const RowBatch& batch,
                            std::vector<std::int64_t>& keys) {
    keys.reserve(batch.size());
    if (batch.size() >= many_rows) {
        session.core.connection_for(statement.statement).insert_many(statement, batch.parameters(), keys);
        return;
    }
    for (std::size_t row = 0; row < batch.size(); ++row) {
        keys.push_back(execute_cells(session, statement, batch.parameters_of(row)).generated_key);
    }
}

void insert_rows(SessionState& session, const RowBatch& batch) {
    PreparedStatement unshared;
    const auto& statement = asks_for_key(session, batch)
                                ? statement_for(session, batch, 'k', insert_and_tell_key, unshared)
                                : statement_for(session, batch, 'i', insert_statement, unshared);
    std::vector<std::int64_t> keys;
    if (batch.has_key()) {
        execute_cells(session, statement, batch.parameters());
    } else {
        insert_generating_keys(session, statement, batch, keys);
    }
    become_persistent(session, batch, keys);
}

// ---- UPDATE

/// An executemany, or one statement after the other, so that each row's version is checked by itself.
enum class UpdateMode : std::uint8_t { together, one_by_one };

std::int64_t execute_updates(SessionState& session, const PreparedStatement& statement, const RowBatch& batch,
                             UpdateMode mode) {
    if (mode == UpdateMode::together) return execute_cells(session, statement, batch.parameters()).affected;
    std::int64_t affected = 0;
    for (std::size_t row = 0; row < batch.size(); ++row) {
        affected += execute_cells(session, statement, batch.parameters_of(row)).affected;
    }
    return affected;
}

/// The database made the version that the UPDATE did not write.
void expire_version_of_server(const RowBatch& batch) {
    const Attribute* version = batch.mapper().version();
    if (version == nullptr || batch.mapper().makes_versions() || batch.writes(*version)) {
        return;
    }
    for (ObjectHeader* object : batch.objects()) {
        version->link(*object).mark_expired();
        object->some_expired = true;
    }
}

/// The row's values are the object's; a key that was written is its new identity.
void settle_updates(SessionState& session, const RowBatch& batch) {
    const bool writes_key = batch.writes_key();
    for (std::size_t row = 0; row < batch.size(); ++row) {
        ObjectHeader& object = *batch.objects()[row];
        const auto before = writes_key ? committed_key(object) : std::vector<Value>{};
        settle(batch, row);
        if (writes_key && before != committed_key(object)) rekey(session, object, before);
    }
    expire_version_of_server(batch);
}

void update_rows(SessionState& session, const RowBatch& batch, UpdateMode mode) {
    PreparedStatement unshared;
    const auto& statement = statement_for(session, batch, 'u', update_statement, unshared);
    const auto affected = execute_updates(session, statement, batch, mode);
    if (affected != static_cast<std::int64_t>(batch.size())) {
        throw StaleDataError(
            fmt::format("UPDATE statement on table '{}' expected to update {} row(s); {} were matched.",
                        batch.mapper().table().name(), batch.size(), affected));
    }
    settle_updates(session, batch);
}

/// Drafts the rows of the objects one after the other, and writes those that come behind each other with one shape
/// together. `draft` says whether there is a draft to take.
template <class Draft, class Write>
void write_in_batches(std::span<ObjectHeader* const> objects, RowBatch& batch, Draft draft, Write write) {
    RowDraft row;
    for (ObjectHeader* object : objects) {
        if (!draft(*object, row)) continue;
        if (batch.is_full() || !batch.takes(row)) {
            write(batch);
            batch.clear();
        }
        batch.add(row);
    }
    if (batch.size() != 0) write(batch);
}

void fire_for(SessionState& session, ObjectEvent event, const Mapper& mapper, std::span<ObjectHeader* const> objects) {
    if (!has_listeners(session, event, mapper)) return;
    session.core.connection();  // a transaction begins before its first object is looked at
    for (ObjectHeader* object : objects) fire(session, event, *object);
}

bool key_is_expired(const ObjectHeader& header) {
    const auto key = header.mapper->primary_key();
    const auto is_expired = [&](const Attribute* attribute) { return attribute->link(header).is_expired(); };
    return header.is_expired() || (header.some_expired && std::any_of(key.begin(), key.end(), is_expired));
}

/// The versions and the keys of rows that are to be updated, where they are not in memory. All of them before the first
/// row is drafted: what listens to loads may change other objects.
template <class IsDue>
void load_what_finds_rows(SessionState& session, std::span<ObjectHeader* const> objects, IsDue is_due) {
    for (ObjectHeader* object : objects) {
        load_version(session, *object);
        if (key_is_expired(*object) && is_due(*object)) load_expired(session, *object);
    }
}

void write_updates(SessionState& session, const Mapper& mapper, std::span<ObjectHeader* const> objects,
                   UpdateMode mode) {
    load_what_finds_rows(session, objects, [](const ObjectHeader& object) { return is_update_due(object); });
    RowBatch batch(mapper, RowBatch::Find::row, most_rows(session));
    const auto draft = [&](ObjectHeader& object, RowDraft& row) {
        if (batch.add_changed_alike(object)) return false;
        draft_update(object, row);
        if (row.cargo().empty()) mark_written(object);
        return !row.cargo().empty();
    };
    write_in_batches(objects, batch, draft, [&](const RowBatch& rows) { update_rows(session, rows, mode); });
}

void write_inserts(SessionState& session, const Mapper& mapper, std::span<ObjectHeader* const> objects) {
    RowBatch batch(mapper, RowBatch::Find::nothing, most_rows(session));
    const auto draft = [&](ObjectHeader& object, RowDraft& row) {
        if (batch.add_alike(object)) return false;
        draft_insert(object, row);
        return true;
    };
    write_in_batches(objects, batch, draft, [&](const RowBatch& rows) { insert_rows(session, rows); });
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

Outcome execute_cells(SessionState& session, const PreparedStatement& statement, const ParameterCells& rows) {
    Connection& connection = session.core.connection_for(statement.statement);
    if (rows.rows > 1) {
        return {connection.run_many(statement, rows), 0};
    }
    std::vector<Value> values;
    std::vector<ParameterValue> named;
    values.reserve(rows.names.size());
    named.reserve(rows.names.size());
    for (std::size_t i = 0; i < rows.names.size(); ++i) {
        named.push_back({rows.names[i], &values.emplace_back(rows.cells[i].to_value())});
    }
    RowCursor done = connection.run(statement, named);
    if (done.returns_rows() && done.next())
        return {done.rows_affected(), SqlTraits<std::int64_t>::decode(done.row().front(), DecodeContext{})};
    return {done.rows_affected(), done.last_insert_id()};
}

Outcome execute_batch(SessionState& session, const PreparedStatement& statement, const Batch& batch) {
    ParameterCells cells;
    cells.names.assign(batch.names.begin(), batch.names.end());
    cells.rows = batch.rows.size();
    for (const ParameterRow& row : batch.rows) {
        for (const Value& value : row) cells.cells.push_back(Cell::of(value));
    }
    return execute_cells(session, statement, cells);
}

void save_objects(SessionState& session, const Mapper& mapper, std::vector<ObjectHeader*> objects) {
    const auto first_new = std::partition(objects.begin(), objects.end(), [](const ObjectHeader* object) {
        return object->state == ObjectState::persistent;
    });
    const std::span known(objects.begin(), first_new);
    const std::span fresh(first_new, objects.end());
    sort_by_key(mapper, known);
    const auto came_first = [](auto* a, auto* b) { return a->insert_order < b->insert_order; };
    if (!std::is_sorted(fresh.begin(), fresh.end(), came_first)) std::sort(fresh.begin(), fresh.end(), came_first);
    fire_for(session, ObjectEvent::before_insert, mapper, fresh);
    fire_for(session, ObjectEvent::before_update, mapper, known);

    write_updates(session, mapper, known, mapper.version() != nullptr ? UpdateMode::one_by_one : UpdateMode::together);
    write_inserts(session, mapper, fresh);
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
    sort_by_key(mapper, objects);
    load_what_finds_rows(session, objects,
                         [&](const ObjectHeader& object) { return is_update_due(object, attributes); });
    const auto draft = [&](ObjectHeader& object, RowDraft& row) {
        draft_post_update(object, attributes, is_new(object), row);
        return !row.cargo().empty();
    };
    RowBatch batch(mapper, RowBatch::Find::row);
    write_in_batches(objects, batch, draft,
                     [&](const RowBatch& rows) { update_rows(session, rows, UpdateMode::together); });
}

void delete_objects(SessionState& session, const Mapper& mapper, std::vector<ObjectHeader*> objects) {
    sort_by_key(mapper, objects);
    fire_for(session, ObjectEvent::before_delete, mapper, objects);
    for (ObjectHeader* object : objects) {
        if (object->is_expired()) load_expired(session, *object);
        load_version(session, *object);
    }
    RowBatch batch(mapper, RowBatch::Find::row);
    for (ObjectHeader* object : objects) batch.add(*object);
    const auto& statement = session.shaped_statement({&mapper, u"d"}, [&] {
        DeleteDraft draft;
        draft.table = mapper.selectable();
        draft.where = mapper.row_criteria();
        return freeze(std::move(draft));
    });
    const auto affected = execute_cells(session, statement, batch.parameters()).affected;
    if (affected != static_cast<std::int64_t>(objects.size())) {
        complain_of_deletes(session, mapper, objects.size(), affected);
    }
    fire_for(session, ObjectEvent::after_delete, mapper, objects);
}

}  // namespace aludel::detail
