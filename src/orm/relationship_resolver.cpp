#include "orm/relationship_resolver.hpp"

#include "orm/relationship_conflicts.hpp"
#include "orm/resolved_relationships.hpp"

#include <aludel/base/error.hpp>
#include <aludel/sql/schema/table_info.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <exception>
#include <iterator>
#include <utility>

namespace aludel::detail {

// ---- the classes

RelationshipResolver::Class* RelationshipResolver::find(const Mapper& mapper) noexcept {
    const auto found =
        std::find_if(classes_.begin(), classes_.end(), [&](const auto& each) { return each->mapper == &mapper; });
    return found == classes_.end() ? nullptr : found->get();
}

template <class Visit>
void RelationshipResolver::for_each(Visit visit) {
    for (const auto& each : classes_) {
        for (Draft& draft : each->drafts) {
            visit(draft);
        }
    }
}

void RelationshipResolver::add(const Mapper& mapper) {
    if (mapper.resolved().is_done || find(mapper) != nullptr) {
        return;
    }
    auto& added = *classes_.emplace_back(std::make_unique<Class>(Class{&mapper, {}, {}}));
    const auto descriptions = mapper.relationships();
    added.relationships.reserve(descriptions.size());
    added.drafts.reserve(descriptions.size());
    for (const RelationshipDescription& description : descriptions) {
        Relationship& relationship = added.relationships.emplace_back(mapper, description, added.relationships.size());
        const Mapper& target = description.target();
        relationship.target_ = &target;
        added.drafts.push_back({&relationship, JoinRequest{mapper, target, description}});
        Draft& draft = added.drafts.back();
        draft.is_bare = draft.request.says_no_join() && draft.request.text(RelationshipText::secondary).empty() &&
                        draft.request.text(RelationshipText::back_populates).empty() && !draft.viewonly();
        add(target);
    }
}

void RelationshipResolver::resolve() {
    link_named();
    for_each([&](Draft& draft) { join_by_itself(draft); });
    for_each([&](Draft& draft) { join_by_other(draft); });
    link_bare();
    for_each([&](Draft& draft) {
        if (!draft.joins) {
            std::rethrow_exception(draft.failure);
        }
        check_pair(draft);
    });
    for_each([&](Draft& draft) { finish(draft); });
}

void RelationshipResolver::publish() noexcept {
    for (const auto& each : classes_) {
        ResolvedRelationships& resolved = each->mapper->resolved();
        resolved.all = std::move(each->relationships);  // the elements stay where they are
        for (Relationship& relationship : resolved.all) {
            if (relationship.cascades(CascadeKind::delete_orphan)) {
                auto& first = relationship.target().resolved().delete_orphans;
                relationship.next_delete_orphan_ = first.load(std::memory_order_relaxed);
                first.store(&relationship, std::memory_order_release);
            }
        }
    }
    for (const auto& each : classes_) {
        each->mapper->resolved().is_done.store(true, std::memory_order_release);
    }
}

std::vector<std::string> RelationshipResolver::conflicts() const {
    std::vector<std::string> found;
    for (const auto& each : classes_) {
        std::vector<std::string> of_class = find_conflicts(each->mapper->resolved().all);
        std::move(of_class.begin(), of_class.end(), std::back_inserter(found));
    }
    return found;
}

// ---- other sides by name

namespace {

[[noreturn]] void throw_leads_elsewhere(const JoinRequest& request, const RelationshipDescription& other) {
    throw ArgumentError(fmt::format(
        "reverse_property '{}' on relationship {} references relationship {}.{}, which does not reference mapper {}: "
        "it leads to {}",
        other.name, request.full_name(), request.target.class_name(), other.name, request.owner.class_name(),
        other.target().class_name()));
}

}  // namespace

RelationshipResolver::Draft& RelationshipResolver::named_on_target(const Draft& draft) {
    const std::string_view name = draft.request.text(RelationshipText::back_populates);
    const Mapper& target = draft.request.target;
    std::string known;
    for (const RelationshipDescription& each : target.relationships()) {
        known += fmt::format("{}{}", known.empty() ? "" : ", ", each.name);
        if (each.name != name) {
            continue;
        }
        if (&each.target() != &draft.request.owner) {
            throw_leads_elsewhere(draft.request, each);
        }
        // It leads back to a class that is not resolved, so that its own is not either.
        return find(target)->drafts[static_cast<std::size_t>(&each - target.relationships().data())];
    }
    throw InvalidRequestError(fmt::format(
        "Relationship {} names back_populates(\"{}\"), but class {} has no relationship of that name; {}", draft.name(),
        name, target.class_name(), known.empty() ? "it has none" : "its relationships are: " + known));
}

void RelationshipResolver::link_named() {
    for_each([&](Draft& draft) {
        if (!draft.request.text(RelationshipText::back_populates).empty()) {
            link_named(draft);
        }
    });
}

void RelationshipResolver::link_named(Draft& draft) {
    Draft& other = named_on_target(draft);
    const std::string_view back = other.request.text(RelationshipText::back_populates);
    if (!back.empty() && back != draft.request.description.name) {
        throw ArgumentError(fmt::format(
            "Relationship {} names back_populates(\"{}\"), but {} names back_populates(\"{}\"); the two sides of one "
            "relationship name each other",
            draft.name(), other.request.description.name, other.name(), back));
    }
    other.is_bare = false;
    link(draft, other);
}

void RelationshipResolver::link(Draft& draft, Draft& other) {
    for (Draft* side : {&draft, &other}) {
        const Draft* partner = side == &draft ? &other : &draft;
        if (side->reverse != nullptr && side->reverse != partner) {
            throw ArgumentError(fmt::format(
                "Relationship {} has two other sides, {} and {}; a relationship that only reads takes viewonly and no "
                "back_populates(\"…\")",
                side->name(), side->reverse->name(), partner->name()));
        }
    }
    draft.reverse = &other;
    other.reverse = &draft;
}

// ---- joins

/// The other side says how the two join, and this one does not, or says less.
bool RelationshipResolver::may_take_from(const Draft& draft, const Draft& other) {
    const bool has_secondary = !draft.request.text(RelationshipText::secondary).empty();
    const bool other_has_secondary = !other.request.text(RelationshipText::secondary).empty();
    return draft.request.says_no_join() && (!other.request.says_no_join() || (other_has_secondary && !has_secondary));
}

void RelationshipResolver::join_by_itself(Draft& draft) {
    if (draft.reverse != nullptr && may_take_from(draft, *draft.reverse)) {
        return;
    }
    try {
        draft.joins = find_joins(draft.request);
    } catch (const Error&) {
        if (!draft.is_bare) {
            throw;
        }
        draft.failure = std::current_exception();
    }
}

void RelationshipResolver::take_joins(Draft& draft, const Draft& other) {
    draft.joins = other.joins->swapped();
    draft.is_derived = true;
}

void RelationshipResolver::turn_around(Draft& draft) {
    // The pairs change their roles with the comparisons: what was the owner's column is the target's.
    draft.joins = draft.joins->swapped();
    draft.joins->is_guess = false;
}

void RelationshipResolver::join_by_other(Draft& draft) {
    Draft* other = draft.reverse;
    if (other == nullptr) {
        return;
    }
    if (!draft.joins) {
        take_joins(draft, *other);
        return;
    }
    const bool same_direction = other->joins && draft.joins->direction == other->joins->direction;
    if (same_direction && draft.joins->is_guess && !other->joins->is_guess &&
        draft.request.description.shape == RelationshipShape::one) {
        turn_around(draft);
    }
}

// ---- other sides by their joins

bool RelationshipResolver::fits(const Draft& bare, const Draft& other) {
    if (!other.joins) {
        return false;
    }
    const Joins seen_from_here = other.joins->swapped();
    const bool is_one = bare.request.description.shape == RelationshipShape::one;
    if (!is_one && seen_from_here.direction == Direction::many_to_one) {
        return false;
    }
    if (bare.joins && seen_from_here.same_as(*bare.joins)) {
        return true;
    }
    // Nothing of its own, or only a guess: what the other side says decides.
    const bool guesses = bare.joins && bare.joins->is_guess && is_one;
    if (guesses) {
        return !other.joins->is_guess && bare.joins->swapped().same_as(seen_from_here);
    }
    return !bare.joins && !other.is_bare;
}

std::vector<RelationshipResolver::Draft*> RelationshipResolver::candidates_of(const Draft& draft) {
    std::vector<Draft*> candidates;
    Class* target = find(draft.request.target);
    if (target == nullptr) {
        return candidates;  // resolved before: nothing of it leads back here
    }
    for (Draft& other : target->drafts) {
        const bool leads_back = &other.request.target == &draft.request.owner && &other != &draft;
        const bool is_free = other.reverse == nullptr && !other.viewonly();
        if (leads_back && is_free && (draft.is_bare ? fits(draft, other) : other.is_bare && fits(other, draft))) {
            candidates.push_back(&other);
        }
    }
    return candidates;
}

void RelationshipResolver::link_bare() {
    std::vector<std::pair<Draft*, Draft*>> found;
    for_each([&](Draft& draft) {
        if (draft.reverse != nullptr || draft.viewonly()) {
            return;
        }
        const std::vector<Draft*> candidates = candidates_of(draft);
        if (candidates.size() > 1) {
            std::string names;
            for (const Draft* each : candidates) {
                names += fmt::format("{}{}", names.empty() ? "" : " and ", each->name());
            }
            throw ArgumentError(fmt::format(
                "Relationship {} may be the other side of several: {}; write back_populates(\"{}\") at the one that "
                "is meant, and viewonly at one that only reads",
                draft.name(), names, draft.request.description.name));
        }
        if (candidates.size() == 1) {
            found.emplace_back(&draft, candidates.front());
        }
    });
    for (const auto& [draft, other] : found) {
        link(*draft, *other);
        const bool is_own = draft->joins && other->joins && other->joins->swapped().same_as(*draft->joins);
        if (!is_own && draft->is_bare) {
            take_joins(*draft, *other);
        }
    }
}

// ---- checks

std::string_view symbol_of(Direction direction) {
    switch (direction) {
        case Direction::one_to_many: return "symbol('ONETOMANY')";
        case Direction::many_to_one: return "symbol('MANYTOONE')";
        case Direction::many_to_many: break;
    }
    return "symbol('MANYTOMANY')";
}

void RelationshipResolver::check_pair(Draft& draft) {
    const Draft* other = draft.reverse;
    if (other == nullptr) {
        return;
    }
    const Direction mine = draft.joins->direction;
    const Direction theirs = other->joins->direction;
    if (mine == theirs && mine != Direction::many_to_many) {
        throw ArgumentError(fmt::format(
            "{} and back-reference {} are both of the same direction {}. Did you mean to set remote_side on the "
            "many-to-one side ? Write One<{}, remote_side(\"{}\")> there",
            draft.name(), other->name(), symbol_of(mine), draft.request.target.class_name(),
            draft.request.target.primary_key().front()->name()));
    }
    if ((mine == Direction::many_to_many) != (theirs == Direction::many_to_many) ||
        draft.joins->secondary != other->joins->secondary) {
        const auto table = [](const Draft& side) {
            return side.joins->secondary == nullptr
                       ? std::string("no association table")
                       : fmt::format("the association table '{}'", side.joins->secondary->key());
        };
        throw ArgumentError(fmt::format(
            "{} and {} are the two sides of one relationship, but {} joins by {} and {} by {}; write secondary(\"…\") "
            "on one side only",
            draft.name(), other->name(), draft.name(), table(draft), other->name(), table(*other)));
    }
}

void RelationshipResolver::check_shape(const Draft& draft) {
    const bool is_collection = draft.request.description.shape != RelationshipShape::one;
    if (is_collection && draft.joins->direction == Direction::many_to_one) {
        throw ArgumentError(fmt::format(
            "Relationship {} is a collection, but its foreign key {} stands in its own table, so that it leads to one "
            "object at most; write One<{}>",
            draft.name(), draft.joins->pairs.front().owner->column().full_name(), draft.request.target.class_name()));
    }
}

namespace {

std::uint8_t bit(CascadeKind kind) { return static_cast<std::uint8_t>(kind); }

std::uint8_t cascade_of(std::string_view word) {
    constexpr std::pair<std::string_view, CascadeKind> kinds[] = {{"save-update", CascadeKind::save_update},
                                                                  {"merge", CascadeKind::merge},
                                                                  {"delete", CascadeKind::delete_},
                                                                  {"delete-orphan", CascadeKind::delete_orphan},
                                                                  {"refresh-expire", CascadeKind::refresh_expire},
                                                                  {"expunge", CascadeKind::expunge}};
    if (word == "all") {
        std::uint8_t all = 0;
        for (const auto& [name, kind] : kinds) {
            all |= kind == CascadeKind::delete_orphan ? std::uint8_t{0} : bit(kind);
        }
        return all;
    }
    for (const auto& [name, kind] : kinds) {
        if (name == word) {
            return bit(kind);
        }
    }
    return 0;  // "none"
}

std::uint8_t cascades_of(std::string_view words) {
    std::uint8_t bits = 0;
    for (std::size_t begin = words.find_first_not_of(", "); begin != std::string_view::npos;
         begin = words.find_first_not_of(", ", begin)) {
        const std::size_t end = std::min(words.find_first_of(", ", begin), words.size());
        const std::string_view word = words.substr(begin, end - begin);
        if (word == "none") {
            return 0;
        }
        bits |= cascade_of(word);
        begin = end;
    }
    return bits;
}

LazyStrategy strategy_of(std::string_view word, RelationshipShape shape) {
    constexpr std::pair<std::string_view, LazyStrategy> strategies[] = {
        {"select", LazyStrategy::select},       {"joined", LazyStrategy::joined},
        {"subquery", LazyStrategy::subquery},   {"selectin", LazyStrategy::selectin},
        {"immediate", LazyStrategy::immediate}, {"batch", LazyStrategy::batch},
        {"raise", LazyStrategy::raise},         {"raise_on_sql", LazyStrategy::raise_on_sql},
        {"noload", LazyStrategy::noload}};
    if (shape == RelationshipShape::dynamic) {
        return LazyStrategy::dynamic;
    }
    for (const auto& [name, strategy] : strategies) {
        if (name == word) {
            return strategy;
        }
    }
    return LazyStrategy::select;
}

PassiveDeletes passive_deletes_of(const RelationshipOptions& options) {
    if (options.has(RelationshipFlag::passive_deletes_all)) {
        return PassiveDeletes::all;
    }
    return options.has(RelationshipFlag::passive_deletes) ? PassiveDeletes::on : PassiveDeletes::off;
}

/// Each column of the target's key equals one of the owner's, and nothing else is asked.
bool joins_primary_key(const Joins& joins, const Mapper& target) {
    const auto key = target.primary_key();
    const bool only_pairs = joins.primaryjoin.size() == joins.pairs.size() && joins.pairs.size() == key.size();
    return joins.direction == Direction::many_to_one && only_pairs &&
           std::all_of(key.begin(), key.end(), [&](const Attribute* attribute) {
               return std::any_of(joins.pairs.begin(), joins.pairs.end(),
                                  [&](const ColumnPair& pair) { return pair.target == attribute; });
           });
}

}  // namespace

void RelationshipResolver::set_cascades(Relationship& relationship) {
    const RelationshipOptions& options = relationship.description().options;
    if (options.has_cascade) {
        relationship.cascades_ = cascades_of(options.text(RelationshipText::cascade));
    } else {
        relationship.cascades_ = relationship.viewonly() ? cascades_of("merge") : cascades_of("save-update, merge");
    }
    check_cascades(relationship);
}

void RelationshipResolver::check_cascades(const Relationship& relationship) {
    const bool orphans = relationship.cascades(CascadeKind::delete_orphan);
    const bool deletes = relationship.cascades(CascadeKind::delete_);
    const std::string name = relationship.full_name();
    if (relationship.viewonly() && (orphans || deletes || relationship.cascades(CascadeKind::save_update))) {
        throw ArgumentError(
            fmt::format("Relationship {}: cascade(\"{}\") applies to persistence operations and should not be combined "
                        "with a viewonly relationship; of the cascades merge, refresh-expire and expunge may stand "
                        "there",
                        name, relationship.description().options.text(RelationshipText::cascade)));
    }
    if (orphans && !relationship.single_parent() && relationship.direction() != Direction::one_to_many) {
        const bool to_one = relationship.direction() == Direction::many_to_one;
        throw ArgumentError(fmt::format(
            "For {} relationship {}, delete-orphan cascade is normally configured only on the \"one\" side of a "
            "one-to-many relationship, and not on the \"many\" side of a many-to-one or many-to-many relationship. To "
            "force this relationship to allow a particular \"{}\" object to be referred towards by only a single "
            "\"{}\" object at a time via the {} relationship, which would allow delete-orphan cascade to take place in "
            "this direction, write single_parent among its options",
            to_one ? "many-to-one" : "many-to-many", name, relationship.target().class_name(),
            relationship.owner().class_name(), name));
    }
    if (relationship.passive_deletes() == PassiveDeletes::all && (orphans || deletes)) {
        throw ArgumentError(fmt::format(
            "On {}, can't set passive_deletes(\"all\") in conjunction with 'delete' or 'delete-orphan' cascade", name));
    }
}

void RelationshipResolver::set_key(Draft& draft) {
    const std::string_view name = draft.request.text(RelationshipText::attribute_key);
    if (name.empty()) {
        return;
    }
    draft.relationship->key_attribute_ = draft.request.target.find_attribute(name);
    if (draft.relationship->key_attribute_ == nullptr) {
        throw ArgumentError(
            fmt::format("Relationship {}: attribute_keyed(\"{}\") names no mapped attribute of class {}", draft.name(),
                        name, draft.request.target.class_name()));
    }
}

namespace {

/// The owner's attributes that choose the related rows, in the order in which the joins name them.
std::vector<const Attribute*> owner_attributes(const Relationship& relationship) {
    std::vector<const Attribute*> attributes;
    for (const JoinComparison& comparison : relationship.primaryjoin()) {
        for (const JoinOperand* operand : {&comparison.left, &comparison.right}) {
            if (operand->column != nullptr && operand->side == JoinSide::owner) {
                attributes.push_back(&relationship.owner().attribute_of(*operand->column));
            }
        }
    }
    return attributes;
}

}  // namespace

void RelationshipResolver::finish(Draft& draft) {
    check_shape(draft);
    Relationship& relationship = *draft.relationship;
    Joins& joins = *draft.joins;
    relationship.uses_get_ = joins_primary_key(joins, draft.request.target);
    relationship.direction_ = joins.direction;
    relationship.secondary_ = joins.secondary;
    for (const auto& [column, descending] : parse_order(draft.request, joins.secondary)) {
        relationship.order_by_.push_back({column, descending});
    }
    relationship.pairs_ = std::move(joins.pairs);
    relationship.owner_pairs_ = std::move(joins.owner_pairs);
    relationship.target_pairs_ = std::move(joins.target_pairs);
    relationship.primaryjoin_ = std::move(joins.primaryjoin);
    relationship.secondaryjoin_ = std::move(joins.secondaryjoin);
    relationship.owner_attributes_ = owner_attributes(relationship);
    if (joins.secondary == nullptr) {
        relationship.condition_ =
            whole_condition(relationship, {draft.request.owner.selectable(), draft.request.target.selectable(), {}});
    }
    // A side that only reads takes no part in keeping the two sides equal.
    const bool is_kept = draft.reverse != nullptr && !draft.viewonly() && !draft.reverse->viewonly();
    relationship.reverse_ = is_kept ? draft.reverse->relationship : nullptr;
    const RelationshipOptions& options = draft.request.description.options;
    relationship.lazy_ = strategy_of(options.text(RelationshipText::lazy), relationship.shape());
    relationship.passive_deletes_ = passive_deletes_of(options);
    set_cascades(relationship);
    set_key(draft);
}

}  // namespace aludel::detail
