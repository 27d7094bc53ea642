#include "orm/lazy_loading.hpp"

#include "orm/change_log.hpp"
#include "orm/eager_load.hpp"
#include "orm/entity_loader.hpp"
#include "orm/links.hpp"
#include "orm/load_context.hpp"
#include "orm/sharding.hpp"

#include <aludel/base/error.hpp>
#include <aludel/sql/expr/nodes.hpp>
#include <aludel/sql/expr/statement.hpp>

#include <fmt/format.h>
#include <boost/container/small_vector.hpp>

#include <algorithm>
#include <optional>
#include <string>

namespace aludel::detail {

namespace {

[[noreturn]] void throw_detached(const ObjectHeader& header, const Relationship& relationship) {
    throw DetachedInstanceError(fmt::format(
        "Parent instance {} is not bound to a Session; lazy load operation of attribute '{}' cannot proceed. Add the "
        "object to a session with add(), or load the relationship before the session is closed, for example with "
        "options(selectinload(rel<&{}::{}>))",
        describe_object(header), relationship.name(), relationship.owner().class_name(), relationship.name()));
}

SessionState& session_of(const ObjectHeader& header, const Relationship& relationship) {
    if (header.session == nullptr) {
        throw_detached(header, relationship);
    }
    return header.session->state();
}

void refresh_attributes(SessionState& session, ObjectHeader& header, const std::vector<const Attribute*>& attributes) {
    if (header.is_expired()) {
        load_expired(session, header);
    }
    for (const Attribute* attribute : attributes) {
        if (attribute->link(header).is_expired()) {
            load_unloaded(session, header, attribute->link(header));
        }
    }
}

/// What chooses the related rows: what the program says, but during a flush what the database has.
Value choosing_value(const ObjectHeader& header, const Attribute& attribute) {
    const bool in_flush = header.session != nullptr && header.session->state().flushing;
    return in_flush ? committed_value(header, attribute) : attribute.value_of(header);
}

using OwnerValues = boost::container::small_vector<Value, 2>;

OwnerValues values_of(const ObjectHeader& header, const std::vector<const Attribute*>& attributes) {
    OwnerValues values;
    for (const Attribute* attribute : attributes) values.push_back(choosing_value(header, *attribute));
    return values;
}

bool are_null(const OwnerValues& values) {
    return !values.empty() &&
           std::all_of(values.begin(), values.end(), [](const Value& value) { return value.is_null(); });
}

std::string parameter_name(std::size_t index) { return fmt::format("param_{}", index + 1); }

NodeRef replaced(const JoinOperand& operand, const JoinElements& elements, std::size_t& next_parameter) {
    if (operand.column == nullptr) return operand.literal;
    switch (operand.side) {
        case JoinSide::owner:
            return make_ref<BindNode>(BindNode::Named{}, parameter_name(next_parameter++), Value::null(), true,
                                      operand.column->type());
        case JoinSide::target: return column_of(elements.target, *operand.column);
        case JoinSide::association: return column_of(elements.association, *operand.column);
    }
    return {};
}

/// The SELECT of the related rows of one owner, whose values are given when it runs.
NodeRef lazy_select(const Relationship& relationship) {
    const JoinElements elements{
        {},
        relationship.target().selectable(),
        relationship.secondary() == nullptr ? NodeRef{} : table_node(*relationship.secondary())};
    SelectDraft draft;
    draft.label_style = LabelStyle::table_column;
    draft.columns = {elements.target};
    std::size_t next_parameter = 0;
    for (const auto* join : {&relationship.primaryjoin(), &relationship.secondaryjoin()}) {
        for (const JoinComparison& comparison : *join) {
            NodeRef left = replaced(comparison.left, elements, next_parameter);
            NodeRef right = replaced(comparison.right, elements, next_parameter);
            draft.where.push_back(make_ref<BinaryNode>(comparison.op, std::move(left), std::move(right),
                                                       SqlType{.kind = TypeKind::boolean}));
        }
    }
    draft.order_by = relationship.order_by(elements.target);
    return freeze(std::move(draft));
}

/// The values for the statement: those of the owner, and those that the join itself says.
boost::container::small_vector<Cell, 4> cells_for(const PreparedStatement& statement, const OwnerValues& values) {
    boost::container::small_vector<Cell, 4> cells;
    auto next = values.begin();
    for (const BindSlot& slot : statement.compiled->slots) {
        const bool is_constant = slot.bind == BindSlot::no_bind;
        cells.push_back(Cell::of(slot.required ? *next++
                                 : is_constant ? slot.constant
                                               : statement.binds[slot.bind]->value()));
    }
    return cells;
}

std::vector<ObjectHeader*> run_select(SessionState& session, const Relationship& relationship,
                                      const OwnerValues& values) {
    const auto& statement = session.select_related(relationship, lazy_select);
    const auto cells = cells_for(statement, values);
    RowCursor rows = session.core.read(statement, cells);
    EntityLoader loader(session, relationship.target(), 0, false);
    std::vector<ObjectHeader*> found;
    try {
        while (rows.next()) {
            if (ObjectHeader* object = loader.load(rows.row(), decode_context(*rows.compiled())))
                found.push_back(object);
        }
    } catch (StatementError& error) {
        rows.annotate(error);
        throw;
    }
    return found;
}

/// Whether the related objects bring more along than their rows, or the query of the owner said something about them.
bool brings_more(const ObjectHeader& owner, const Relationship& relationship) {
    return needs_plan(relationship.target()) || options_behind(owner, relationship) ||
           !criteria_for(owner, relationship).empty() ||
           (owner.load_context != nullptr && owner.load_context->keeps_siblings);
}

/// The same SELECT with what the options of the owner's query say.
std::vector<ObjectHeader*> run_planned(SessionState& session, ObjectHeader& owner, const Relationship& relationship) {
    const NodeRef& target = relationship.target().selectable();
    const NodeRef association = relationship.secondary() == nullptr ? NodeRef{} : table_node(*relationship.secondary());
    PlanRequest request;
    request.elements.push_back({&relationship.target(), target});
    request.draft.label_style = LabelStyle::table_column;
    request.draft.where = join_criteria_for(relationship, owner, target, association);
    for (NodeRef& criterion : criteria_for(owner, relationship)) request.draft.where.push_back(std::move(criterion));
    if (!relationship.uses_get() || relationship.is_collection()) {
        request.draft.order_by = relationship.order_by(target, association);
    }
    request.options.roots = {options_behind(owner, relationship)};
    request.path = path_behind(owner, relationship);
    request.keeps_siblings = owner.load_context != nullptr && owner.load_context->keeps_siblings;
    const Relationship* back = relationship.reverse();
    if (back != nullptr && back->direction() == Direction::many_to_one && back->uses_get()) {
        request.back = back;
    }
    return load_planned(session, std::move(request), false);
}

/// An object in memory whose row has to be read again; null if the row is gone.
ObjectHeader* read_again(SessionState& session, ObjectHeader& known) {
    try {
        const Hold keep(known);
        load_expired(session, known);
        return &known;
    } catch (const ObjectDeletedError&) {
        become_deleted(session, known);
        return nullptr;
    }
}

[[noreturn]] void throw_not_available(const Relationship& relationship, std::string_view lazy) {
    throw InvalidRequestError(fmt::format("'{}' is not available due to lazy='{}'", relationship.full_name(), lazy));
}

/// One statement for each object of a result, where one could have loaded them all.
void report_repeated(SessionState& session, const ObjectHeader& header, const Relationship& relationship,
                     std::uint32_t count) {
    const NPlusOne what = session.options.n_plus_one;
    if (count < 2 || what == NPlusOne::ignore || (what == NPlusOne::warn && count > 2)) {
        return;
    }
    const std::string message = fmt::format(
        "N+1: '{0}' is loaded by a SELECT of its own for one object after the other of a result with {1} objects of "
        "class {2}. Load it for all at once: options(selectinload(rel<&{2}::{3}>)) for this query, or "
        "lazy(\"selectin\") "
        "or lazy(\"batch\") for the relationship",
        relationship.full_name(), header.load_context->places.size(), relationship.owner().class_name(),
        relationship.name());
    if (what == NPlusOne::raise) {
        throw InvalidRequestError(message);
    }
    session.warn(message);
}

/// A statement is about to be emitted for this object alone.
void before_statement(SessionState& session, ObjectHeader& header, const Relationship& relationship,
                      Autoflush autoflush) {
    if (autoflush == Autoflush::no) {
        return;  // the session itself needs to know
    }
    if (strategy_for(header, relationship) == LazyStrategy::raise_on_sql) {
        throw_not_available(relationship, "raise_on_sql");
    }
    report_repeated(session, header, relationship, note_lazy_load(header, relationship));
}

std::vector<Value> key_of_target(const ObjectHeader& owner, const Relationship& relationship,
                                 Value (*value_of)(const ObjectHeader&, const Attribute&)) {
    std::vector<Value> key;
    for (const Attribute* part : relationship.target().primary_key()) {
        const auto pair = std::find_if(relationship.pairs().begin(), relationship.pairs().end(),
                                       [&](const ColumnPair& each) { return each.target == part; });
        key.push_back(value_of(owner, *pair->owner));
    }
    return key;
}

/// The object of a many-to-one by primary key: from memory, where an expired one is read anew, or by one SELECT.
ObjectHeader* get_related(SessionState& session, ObjectHeader& owner, const Relationship& relationship,
                          Autoflush autoflush) {
    const auto key = key_of_target(owner, relationship, &choosing_value);
    if (std::any_of(key.begin(), key.end(), [](const Value& value) { return value.is_null(); })) {
        return nullptr;
    }
    const Mapper& target = relationship.target();
    if (ObjectHeader* known = session.identities.find(target, IdentityKey(target, key))) {
        return known->is_expired() ? read_again(session, *known) : known;
    }
    if (autoflush == Autoflush::yes) {
        session.core.autoflush();
    }
    before_statement(session, owner, relationship, autoflush);
    if (!brings_more(owner, relationship)) {
        return load_by_key(session, target, key);
    }
    const auto found = run_planned(session, owner, relationship);
    return found.empty() ? nullptr : found.front();
}

ObjectHeader* only_one(SessionState& session, const Relationship& relationship,
                       const std::vector<ObjectHeader*>& found) {
    if (found.size() > 1) {
        session.warn(fmt::format("Multiple rows returned with uselist=False for lazily-loaded attribute '{}'",
                                 relationship.full_name()));
    }
    return found.empty() ? nullptr : found.front();
}

}  // namespace

namespace {

/// The committed key of a many-to-one's object, as far as the owner has it in memory.
std::optional<std::vector<Value>> key_in_memory(const ObjectHeader& header, const Relationship& relationship) {
    if (header.session == nullptr || header.is_expired()) {
        return std::nullopt;
    }
    for (const ColumnPair& pair : relationship.pairs()) {
        const AttributeLink& link = pair.owner->link(header);
        if (!link.is_set() || (link.is_expired() && !link.is_modified())) return std::nullopt;
    }
    return key_of_target(header, relationship, &committed_value);
}

bool has_null(const std::vector<Value>& key) {
    return std::any_of(key.begin(), key.end(), [](const Value& value) { return value.is_null(); });
}

}  // namespace

ObjectHeader* find_in_memory(ObjectHeader& header, const Relationship& relationship) {
    const auto key = key_in_memory(header, relationship);
    if (!key || has_null(*key)) return nullptr;
    const Mapper& target = relationship.target();
    SessionState& session = header.session->state();
    const ShardScope scope(session, header.shard);
    return session.identities.find(target, IdentityKey(target, *key));
}

bool leads_to_nothing(const ObjectHeader& header, const Relationship& relationship) {
    const auto key = key_in_memory(header, relationship);
    return key && has_null(*key);
}

std::vector<ObjectHeader*> load_related(ObjectHeader& header, const Relationship& relationship) {
    SessionState& session = session_of(header, relationship);
    const ShardScope scope(session, header.shard);
    const auto& attributes = relationship.owner_attributes();
    refresh_attributes(session, header, attributes);
    const auto values = values_of(header, attributes);
    if (are_null(values)) {
        return {};
    }
    return brings_more(header, relationship) ? run_planned(session, header, relationship)
                                             : run_select(session, relationship, values);
}

namespace {

/// For all objects of the same result that lack it; false if there is only this one.
bool load_with_siblings(SessionState& session, ObjectHeader& header, const Relationship& relationship) {
    const LoadContext* context = header.load_context;
    if (context == nullptr || !context->keeps_siblings) {
        return false;
    }
    std::vector<EagerReader::Owner> owners;
    for (ObjectHeader* sibling : context->siblings) {
        const bool lacks = sibling != nullptr && sibling->session == &session.core && !sibling->is_expired() &&
                           !is_loaded(*sibling, relationship);
        if (!lacks) {
            continue;
        }
        ObjectHeader* known = relationship.uses_get() ? find_in_memory(*sibling, relationship) : nullptr;
        if (known != nullptr && sibling != &header) {
            set_loaded(*sibling, relationship, known);
        } else {
            owners.push_back({sibling, true});
        }
    }
    if (owners.size() < 2) {
        return false;
    }
    const RelationshipLoad* option = context->options ? context->options->find(relationship) : nullptr;
    load_by_keys({session, relationship, option, context->every, path_behind(header, relationship), false, true},
                 owners);
    return is_loaded(header, relationship);
}

void set_empty(ObjectHeader& header, const Relationship& relationship) {
    if (relationship.is_collection()) {
        set_loaded(header, relationship, std::span<ObjectHeader* const>());
    } else {
        set_loaded(header, relationship, nullptr);
    }
}

void load_by_select(SessionState& session, ObjectHeader& header, const Relationship& relationship,
                    Autoflush autoflush) {
    before_statement(session, header, relationship, autoflush);
    const std::vector<ObjectHeader*> found = load_related(header, relationship);
    if (relationship.is_collection()) {
        set_loaded(header, relationship, found);
    } else {
        set_loaded(header, relationship, only_one(session, relationship, found));
    }
}

}  // namespace

void lazy_load(ObjectHeader& header, const Relationship& relationship, Autoflush autoflush) {
    const LazyStrategy strategy = strategy_for(header, relationship);
    if (strategy == LazyStrategy::noload) {
        set_empty(header, relationship);
        return;
    }
    if (strategy == LazyStrategy::raise && autoflush == Autoflush::yes) {
        throw_not_available(relationship, "raise");
    }
    SessionState& session = session_of(header, relationship);
    const ShardScope scope(session, header.shard);
    const auto& attributes = relationship.owner_attributes();
    refresh_attributes(session, header, attributes);
    if (is_loaded(header, relationship)) {
        return;  // an expired object was read again, and this with it
    }
    const bool by_key = !relationship.is_collection() && relationship.uses_get();
    if (by_key && (strategy != LazyStrategy::batch || find_in_memory(header, relationship) != nullptr)) {
        set_loaded(header, relationship, get_related(session, header, relationship, autoflush));
        return;
    }
    if (autoflush == Autoflush::yes) {
        session.core.autoflush();
        if (is_loaded(header, relationship)) return;
        refresh_attributes(session, header, attributes);
    }
    if (strategy == LazyStrategy::batch && load_with_siblings(session, header, relationship)) {
        return;
    }
    if (by_key) {
        set_loaded(header, relationship, get_related(session, header, relationship, autoflush));
    } else {
        load_by_select(session, header, relationship, autoflush);
    }
}

}  // namespace aludel::detail
