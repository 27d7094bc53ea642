// The flush: what of a session has to be written, and in which order.
#include "orm/change_log.hpp"
#include "orm/flush_order.hpp"
#include "orm/many_to_many.hpp"
#include "orm/persistence.hpp"
#include "orm/session_state.hpp"

#include <aludel/base/error.hpp>
#include <aludel/sql/expr/statement.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace aludel::detail {

namespace {

struct ClassWork {
    const Mapper* mapper;
    std::vector<ObjectHeader*> to_save;
    std::vector<ObjectHeader*> to_delete;
    std::size_t save_action = 0;
    std::size_t delete_action = 0;
};

/// Rows of an association table that have to go.
struct AssociationWork {
    const TableInfo* table;
    std::vector<const ColumnInfo*> columns;
    std::vector<ParameterRow> rows;
    std::string sort_key;
    std::vector<const Mapper*> sides;
};

bool refers_to(const Mapper& child, const Mapper& parent) {
    const auto& keys = child.table().foreign_keys();
    return &child != &parent && std::any_of(keys.begin(), keys.end(), [&](const ForeignKeyInfo& key) {
        return key.find_referred_table() == &parent.table();
    });
}

class Flush {
  public:
    explicit Flush(SessionState& session) : session_(session) {}

    void run() {
        collect();
        switch_rows();
        collect_association_rows();
        for (const auto& action : ordered_actions()) action();
        finish();
    }

  private:
    ClassWork& work_of(const Mapper& mapper) {
        const auto found = std::find_if(classes_.begin(), classes_.end(),
                                        [&](const ClassWork& work) { return work.mapper == &mapper; });
        return found != classes_.end() ? *found : classes_.emplace_back(ClassWork{&mapper, {}, {}});
    }

    void collect() {
        for (ObjectHeader* object : session_.dirty) {
            if (!object->marked_deleted && object->state == ObjectState::persistent)
                work_of(*object->mapper).to_save.push_back(object);
        }
        for (const Hold& hold : session_.pending) work_of(*hold->mapper).to_save.push_back(hold.get());
        for (const Hold& hold : session_.doomed) work_of(*hold->mapper).to_delete.push_back(hold.get());
    }

    /// A new object with the key of one that is deleted in the same flush takes over its row: one UPDATE.
    void switch_rows() {
        for (ClassWork& work : classes_) {
            for (ObjectHeader* object : work.to_save) {
                if (object->state == ObjectState::pending) switch_row(work, *object);
            }
        }
    }

    void switch_row(ClassWork& work, ObjectHeader& object) {
        for (const Attribute* key : work.mapper->primary_key()) {
            if (!key->link(object).is_set()) return;
        }
        ObjectHeader* holder = session_.identities.find(*work.mapper, IdentityKey::of(object));
        if (holder == nullptr || !holder->marked_deleted) return;
        std::erase(work.to_delete, holder);
        become_deleted(session_, *holder);
        for (const Attribute& attribute : work.mapper->attributes()) {
            AttributeLink& link = attribute.link(object);
            if (link.is_set() && !attribute.column().primary_key() && !link.has_expression()) link.mark_modified();
        }
        object.state = ObjectState::persistent;
        object.generation = session_.generation;
        session_.identities.put(object);
        session_.frame().created.push_back(&object);
    }

    void collect_association_rows() {
        std::set<std::pair<const TableInfo*, std::string>> seen;  // a pair that both sides delete goes once
        for (const ClassWork& work : classes_) {
            if (work.to_delete.empty()) continue;
            for (const RelationshipDescription& relationship : work.mapper->relationships()) {
                collect_association_rows(work, relationship, seen);
            }
        }
    }

    void collect_association_rows(const ClassWork& work, const RelationshipDescription& relationship, auto& seen) {
        const ManyToMany joins = resolve_many_to_many(*work.mapper, relationship);
        AssociationWork found{joins.association, {}, {}, {}, {work.mapper, &relationship.target()}};
        for (const auto& pair : joins.owner) found.columns.push_back(pair.association);
        for (const auto& pair : joins.target) found.columns.push_back(pair.association);
        for (ObjectHeader* owner : work.to_delete) {
            if (owner->is_expired() || owner->some_expired) load_expired(session_, *owner);
            for (ParameterRow& row : association_rows(joins, *owner, relationship.target())) {
                std::map<std::size_t, std::string> by_column;
                for (std::size_t i = 0; i < row.size(); ++i) by_column[found.columns[i]->position()] = row[i].repr();
                std::string key;
                for (const auto& [position, text] : by_column) key += fmt::format("{}={},", position, text);
                if (seen.emplace(joins.association, key).second) found.rows.push_back(std::move(row));
            }
        }
        if (!found.rows.empty()) {
            found.sort_key = fmt::format("ProcessAll {}_{}", work.mapper->class_name(), relationship.name);
            associations_.push_back(std::move(found));
        }
    }

    std::vector<ParameterRow> association_rows(const ManyToMany& joins, ObjectHeader& owner, const Mapper& target) {
        std::vector<ParameterRow> rows;
        SelectDraft draft;
        draft.label_style = LabelStyle::table_column;
        draft.columns = {table_node(target.table())};
        draft.where = related_criteria(joins, owner);
        for (const Hold& related : load_all(session_, freeze(std::move(draft)), target)) {
            ParameterRow row = association_values(joins.owner, owner);
            for (Value& value : association_values(joins.target, *related)) row.push_back(std::move(value));
            rows.push_back(std::move(row));
        }
        return rows;
    }

    std::vector<std::function<void()>> ordered_actions() {
        FlushOrder order;
        std::vector<std::function<void()>> actions;
        const auto add = [&](std::string sort_key, std::function<void()> action) {
            actions.push_back(std::move(action));
            return order.add(std::move(sort_key));
        };
        for (ClassWork& work : classes_) {
            work.save_action = add(fmt::format("SaveUpdateAll {}", work.mapper->class_name()), [&] { save(work); });
            work.delete_action = add(fmt::format("DeleteAll {}", work.mapper->class_name()), [&] { remove(work); });
            order.require(work.save_action, work.delete_action, FlushOrder::Strength::hard);
        }
        for (const AssociationWork& work : associations_) {
            const auto action = add(work.sort_key, [&] { remove(work); });
            for (const ClassWork& side : classes_) {
                if (std::find(work.sides.begin(), work.sides.end(), side.mapper) != work.sides.end()) {
                    order.require(side.save_action, action, FlushOrder::Strength::hard);
                    order.require(action, side.delete_action, FlushOrder::Strength::hard);
                }
            }
        }
        require_foreign_keys(order);
        std::vector<std::function<void()>> sorted;
        sorted.reserve(actions.size());
        for (const std::size_t action : order.sorted()) sorted.push_back(actions[action]);
        return sorted;
    }

    void require_foreign_keys(FlushOrder& order) const {
        for (const ClassWork& child : classes_) {
            for (const ClassWork& parent : classes_) {
                if (refers_to(*child.mapper, *parent.mapper)) {
                    order.require(parent.save_action, child.save_action, FlushOrder::Strength::soft);
                    order.require(child.delete_action, parent.delete_action, FlushOrder::Strength::soft);
                }
            }
        }
    }

    void save(const ClassWork& work) {
        if (!work.to_save.empty()) save_objects(session_, *work.mapper, work.to_save);
    }

    void remove(const ClassWork& work) {
        if (!work.to_delete.empty()) delete_objects(session_, *work.mapper, work.to_delete);
    }

    void remove(const AssociationWork& work) {
        DeleteDraft draft;
        draft.table = table_node(*work.table);
        std::vector<std::string> names;
        for (const ColumnInfo* column : work.columns) {
            names.push_back(column->name());
            const auto bind =
                make_ref<BindNode>(BindNode::Named{}, column->name(), Value::null(), true, column->type());
            draft.where.push_back(
                make_ref<BinaryNode>(Operator::eq, column_node(*column), bind, SqlType{.kind = TypeKind::boolean}));
        }
        const auto affected = execute_batch(session_, session_.engine.statement_cache().find(freeze(std::move(draft))),
                                            {std::move(names), work.rows})
                                  .affected;
        if (affected != static_cast<std::int64_t>(work.rows.size())) {
            throw StaleDataError(
                fmt::format("DELETE statement on table '{}' expected to delete {} row(s); Only {} were "
                            "matched.",
                            work.table->name(), work.rows.size(), affected));
        }
    }

    void finish() {
        for (ObjectHeader* object : std::exchange(session_.dirty, {})) object->in_dirty_list = false;
        for (const Hold& hold : std::exchange(session_.doomed, {})) {
            hold->marked_deleted = false;
            become_deleted(session_, *hold);
        }
        session_.pending.clear();
    }

    SessionState& session_;
    std::vector<ClassWork> classes_;
    std::vector<AssociationWork> associations_;
};

}  // namespace

void flush_session(SessionState& session) {
    if (session.flushing) {
        throw InvalidRequestError("Session is already flushing");
    }
    session.require_usable();
    if (session.pending.empty() && session.dirty.empty() && session.doomed.empty()) {
        return;
    }
    session.frame();
    session.flushing = true;
    try {
        Flush(session).run();
        session.flushing = false;
    } catch (const std::exception& error) {
        session.flushing = false;
        fail_frame(session, error.what());
        throw;
    } catch (...) {
        session.flushing = false;
        fail_frame(session, "an exception that is no std::exception");
        throw;
    }
}

}  // namespace aludel::detail
