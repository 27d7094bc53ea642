#include "orm/many_to_many.hpp"

#include "orm/session_state.hpp"

#include <aludel/base/error.hpp>
#include <aludel/orm/query_core.hpp>
#include <aludel/sql/expr/statement.hpp>
#include <aludel/sql/schema/metadata.hpp>

#include <fmt/format.h>

#include <string_view>

namespace aludel::detail {

namespace {

std::string full_name(const Mapper& owner, const RelationshipDescription& relationship) {
    return fmt::format("{}.{}", owner.class_name(), relationship.name);
}

std::string_view trimmed(std::string_view text) {
    const auto begin = text.find_first_not_of(' ');
    return begin == std::string_view::npos ? std::string_view{}
                                           : text.substr(begin, text.find_last_not_of(' ') - begin + 1);
}

struct JoinText {
    std::string_view text;    // of the option, for messages
    const TableInfo& mapped;  // the class's table
    const TableInfo& association;
    const Mapper& mapper;
    std::string relationship;

    [[noreturn]] void fail(std::string_view why) const {
        throw ArgumentError(
            fmt::format("Relationship {}: the join \"{}\" {}; write \"{}.column == {}.column\", several "
                        "joined by &&",
                        relationship, text, why, mapped.key(), association.key()));
    }

    const ColumnInfo& column(std::string_view name) const {
        const auto dot = name.rfind('.');
        if (dot == std::string_view::npos) {
            fail("names a column without its table");
        }
        const std::string_view table = name.substr(0, dot);
        if (table != mapped.key() && table != association.key()) {
            fail(fmt::format("names a table '{}' that has no part in it", table));
        }
        return (table == mapped.key() ? mapped : association).column(name.substr(dot + 1));
    }

    AssociationPair pair(std::string_view condition) const {
        const auto equals = condition.find("==");
        if (equals == std::string_view::npos) {
            fail("has no ==");
        }
        const ColumnInfo* left = &column(trimmed(condition.substr(0, equals)));
        const ColumnInfo* right = &column(trimmed(condition.substr(equals + 2)));
        if (&left->table() == &association) {
            std::swap(left, right);
        }
        if (&left->table() != &mapped || &right->table() != &association) {
            fail("compares two columns of one table");
        }
        return {&mapper.attribute_of(*left), right};
    }

    std::vector<AssociationPair> pairs() const {
        std::vector<AssociationPair> result;
        for (std::string_view rest = text; !rest.empty();) {
            const auto end = rest.find("&&");
            result.push_back(pair(trimmed(rest.substr(0, end))));
            rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 2);
        }
        return result;
    }
};

std::vector<AssociationPair> pairs_of_foreign_keys(const TableInfo& association, const Mapper& mapper) {
    std::vector<AssociationPair> result;
    for (const ForeignKeyInfo& key : association.foreign_keys()) {
        if (key.find_referred_table() != &mapper.table()) {
            continue;
        }
        for (std::size_t i = 0; i < key.columns().size(); ++i) {
            result.push_back({&mapper.attribute_of(key.referred_column(i)), key.columns()[i]});
        }
    }
    return result;
}

/// The same relationship as the other class declares it, or null.
const RelationshipDescription* other_side(const Mapper& owner, const RelationshipDescription& relationship,
                                          const Mapper& target) {
    for (const auto& candidate : target.relationships()) {
        const bool is_named = candidate.name == relationship.back_populates;
        const bool names_us = candidate.back_populates == relationship.name && &candidate.target() == &owner;
        if (&candidate != &relationship && (is_named || names_us)) {
            return &candidate;
        }
    }
    return nullptr;
}

struct JoinTexts {
    std::string_view association, to_owner, to_target;
};

JoinTexts join_texts(const Mapper& owner, const RelationshipDescription& relationship, const Mapper& target) {
    JoinTexts texts{relationship.secondary, relationship.primaryjoin, relationship.secondaryjoin};
    if (const RelationshipDescription* other = other_side(owner, relationship, target)) {
        if (texts.association.empty()) texts.association = other->secondary;
        if (texts.to_owner.empty()) texts.to_owner = other->secondaryjoin;
        if (texts.to_target.empty()) texts.to_target = other->primaryjoin;
    }
    return texts;
}

std::vector<AssociationPair> side(const Mapper& owner, const RelationshipDescription& relationship,
                                  const Mapper& mapper, const TableInfo& association, std::string_view text) {
    if (!text.empty()) {
        return JoinText{text, mapper.table(), association, mapper, full_name(owner, relationship)}.pairs();
    }
    if (&owner == &relationship.target()) {
        throw AmbiguousForeignKeysError(fmt::format(
            "Could not determine join condition between parent/child tables on relationship {} - there are multiple "
            "foreign key paths linking the tables via secondary table '{}'. Write primaryjoin(\"…\") and "
            "secondaryjoin(\"…\")",
            full_name(owner, relationship), association.name()));
    }
    auto pairs = pairs_of_foreign_keys(association, mapper);
    if (pairs.empty()) {
        throw NoForeignKeysError(fmt::format(
            "Could not determine join condition between parent/child tables on relationship {} - there are no foreign "
            "keys linking these tables via secondary table '{}'. Give its column a ForeignKey(\"{}.…\"), or write "
            "primaryjoin(\"…\") and secondaryjoin(\"…\")",
            full_name(owner, relationship), association.name(), mapper.table().name()));
    }
    return pairs;
}

NodeRef equal(NodeRef left, NodeRef right) {
    return make_ref<BinaryNode>(Operator::eq, std::move(left), std::move(right), SqlType{.kind = TypeKind::boolean});
}

}  // namespace

ManyToMany resolve_many_to_many(const Mapper& owner, const RelationshipDescription& relationship) {
    const Mapper& target = relationship.target();
    const JoinTexts texts = join_texts(owner, relationship, target);
    if (texts.association.empty()) {
        throw ArgumentError(
            fmt::format("Relationship {} names no association table; write secondary(\"…\") on one of "
                        "its two sides",
                        full_name(owner, relationship)));
    }
    const MetaData* metadata = owner.table().metadata();
    if (metadata == nullptr) {
        throw InvalidRequestError(fmt::format(
            "Relationship {}: class {} belongs to no Registry; name it in `using Base = Registry<…>` and call "
            "Base::metadata() before it is used",
            full_name(owner, relationship), owner.class_name()));
    }
    const TableInfo& association = metadata->table(texts.association);
    return {&association, side(owner, relationship, owner, association, texts.to_owner),
            side(owner, relationship, target, association, texts.to_target)};
}

std::vector<NodeRef> related_criteria(const ManyToMany& joins, const ObjectHeader& owner) {
    std::vector<NodeRef> criteria;
    criteria.reserve(joins.owner.size() + joins.target.size());
    for (const AssociationPair& pair : joins.owner) {
        criteria.push_back(equal(make_ref<BindNode>(pair.attribute->value_of(owner), "param", pair.association->type()),
                                 column_node(*pair.association)));
    }
    for (const AssociationPair& pair : joins.target) {
        criteria.push_back(equal(column_node(pair.attribute->column()), column_node(*pair.association)));
    }
    return criteria;
}

QueryCore related_query(const AttributeLink& link) {
    if (!link.is_managed() || link.header().session == nullptr) {
        throw DetachedInstanceError(
            "A dynamic relationship is a query, and its object belongs to no session; add the "
            "object to a session with add() first");
    }
    ObjectHeader& owner = link.header();
    SessionCore& session = *owner.session;
    session.autoflush();
    if (owner.is_expired() || owner.some_expired) {
        load_expired(session.state(), owner);
    }
    const RelationshipDescription& relationship = owner.mapper->relationship_with_link(link);
    const Mapper& target = relationship.target();
    return QueryCore(&session, {{&target, table_node(target.table())}})
        .filter(related_criteria(resolve_many_to_many(*owner.mapper, relationship), owner));
}

std::vector<Value> association_values(const std::vector<AssociationPair>& pairs, const ObjectHeader& header) {
    std::vector<Value> values;
    values.reserve(pairs.size());
    for (const AssociationPair& pair : pairs) {
        values.push_back(pair.attribute->value_of(header));
    }
    return values;
}

}  // namespace aludel::detail
