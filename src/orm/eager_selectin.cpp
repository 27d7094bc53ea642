// selectinload, tableload and batchload: the related rows by the keys of their owners.
#include "orm/eager_joins.hpp"
#include "orm/eager_load.hpp"
#include "orm/eager_owners.hpp"
#include "orm/links.hpp"
#include "orm/row_key.hpp"

#include <aludel/sql/expr/build.hpp>
#include <aludel/sql/expr/statement.hpp>

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

namespace aludel::detail {

namespace {

constexpr std::size_t keys_per_statement = 500;

/// The foreign key on the other side refers to exactly the owner's primary key: the owner's table is not needed.
bool names_owner_by_key(const Relationship& relationship) {
    const auto key = relationship.owner().primary_key();
    const auto& pairs = relationship.pairs();
    return relationship.direction() == Direction::one_to_many && relationship.secondary() == nullptr &&
           pairs.size() == key.size() && relationship.primaryjoin().size() == pairs.size() &&
           std::all_of(key.begin(), key.end(), [&](const Attribute* part) {
               return std::any_of(pairs.begin(), pairs.end(),
                                  [&](const ColumnPair& pair) { return pair.owner == part; });
           });
}

bool precedes(const Value& a, const Value& b) {
    if (a.kind() == ValueKind::integer && b.kind() == ValueKind::integer) return a.as_integer() < b.as_integer();
    if (a.kind() == ValueKind::text && b.kind() == ValueKind::text) return a.as_text() < b.as_text();
    std::string left, right;
    append_key(left, a);
    append_key(right, b);
    return left < right;
}

bool key_precedes(const std::vector<Value>& a, const std::vector<Value>& b) {
    return std::lexicographical_compare(a.begin(), a.end(), b.begin(), b.end(), precedes);
}

bool has_null(const std::vector<Value>& key) {
    return std::any_of(key.begin(), key.end(), [](const Value& value) { return value.is_null(); });
}

/// One SELECT for some of the owners.
class KeyedLoad {
  public:
    KeyedLoad(const RelatedLoad& load, std::span<const EagerReader::Owner> owners);

    void run();

  private:
    void prepare_by_target_key();
    void prepare_by_foreign_key();
    void prepare_by_owner();
    [[nodiscard]] bool reads_table() const noexcept { return load_.reads_table && draft_.from.empty(); }
    void read_by_keys();
    void read(std::vector<NodeRef> criteria);
    [[nodiscard]] NodeRef criterion(std::span<const std::vector<Value>> keys) const;

    const RelatedLoad& load_;
    std::span<const EagerReader::Owner> owners_;
    bool sorts_ = false;
    std::vector<const Attribute*> owner_attributes_;  // whose values are the keys
    std::vector<const Attribute*> row_attributes_;    // what the columns in the rows are
    std::vector<NodeRef> key_columns_;
    SelectDraft draft_;
    NodeRef target_, association_;
    std::optional<FoundByKey> found_;
};

KeyedLoad::KeyedLoad(const RelatedLoad& load, std::span<const EagerReader::Owner> owners)
    : load_(load), owners_(owners), target_(load.relationship.target().selectable()) {
    draft_.label_style = LabelStyle::table_column;
    const Relationship& relationship = load.relationship;
    const auto local = local_attributes(relationship);
    const auto have_keys = [&] {
        return std::all_of(owners.begin(), owners.end(),
                           [&](const EagerReader::Owner& owner) { return are_in_memory(*owner.header, local); });
    };
    if (relationship.direction() == Direction::many_to_one && relationship.uses_get() && have_keys()) {
        prepare_by_target_key();
    } else if (names_owner_by_key(relationship)) {
        prepare_by_foreign_key();
    } else {
        prepare_by_owner();
    }
    found_.emplace(owner_attributes_, row_attributes_);
}

void KeyedLoad::prepare_by_target_key() {
    sorts_ = true;
    for (const Attribute* part : load_.relationship.target().primary_key()) {
        const auto& pairs = load_.relationship.pairs();
        const auto pair =
            std::find_if(pairs.begin(), pairs.end(), [&](const ColumnPair& each) { return each.target == part; });
        owner_attributes_.push_back(pair->owner);
        row_attributes_.push_back(part);
        key_columns_.push_back(column_of(target_, part->column()));
    }
}

void KeyedLoad::prepare_by_foreign_key() {
    for (const Attribute* part : load_.relationship.owner().primary_key()) {
        const auto& pairs = load_.relationship.pairs();
        const auto pair =
            std::find_if(pairs.begin(), pairs.end(), [&](const ColumnPair& each) { return each.owner == part; });
        owner_attributes_.push_back(part);
        row_attributes_.push_back(part);
        key_columns_.push_back(column_of(target_, pair->target->column()));
    }
}

/// By the owner's own key, with the owner's table joined to the target's.
void KeyedLoad::prepare_by_owner() {
    const Relationship& relationship = load_.relationship;
    const NodeRef owner = alias_of(relationship.owner().selectable());
    if (relationship.secondary() != nullptr) {
        association_ = alias_of(table_node(*relationship.secondary()));
    }
    for (const Attribute* part : relationship.owner().primary_key()) {
        owner_attributes_.push_back(part);
        row_attributes_.push_back(part);
        key_columns_.push_back(column_of(owner, part->column()));
    }
    const ColumnOfSide column = [&](JoinSide side, const ColumnInfo& info) {
        return column_of(side == JoinSide::owner ? owner : side == JoinSide::target ? target_ : association_, info);
    };
    JoinTree joins(owner, nullptr);
    if (association_) {
        joins = joins.joined(JoinTree(association_, nullptr), join_condition(relationship.primaryjoin(), column), false)
                    .joined(JoinTree(target_, nullptr), join_condition(relationship.secondaryjoin(), column), false);
    } else {
        joins = joins.joined(JoinTree(target_, nullptr), join_condition(relationship.primaryjoin(), column), false);
    }
    draft_.from = {joins.node()};
}

NodeRef KeyedLoad::criterion(std::span<const std::vector<Value>> keys) const {
    std::vector<Value> values;
    for (const auto& key : keys) values.insert(values.end(), key.begin(), key.end());
    const NodeRef left = key_columns_.size() == 1 ? key_columns_.front() : tuple_node(key_columns_);
    return in_values(Operator::in, left, std::move(values), key_columns_.size());
}

void KeyedLoad::read(std::vector<NodeRef> criteria) {
    const Relationship& relationship = load_.relationship;
    PlanRequest request;
    request.draft = draft_;
    request.draft.where = std::move(criteria);
    if (load_.option != nullptr) {
        request.draft.where.insert(request.draft.where.end(), load_.option->criteria.begin(),
                                   load_.option->criteria.end());
    }
    request.draft.order_by = relationship.order_by(target_, association_);
    for (const NodeRef& column : key_columns_) request.elements.push_back({nullptr, column});
    request.elements.push_back({&relationship.target(), target_});
    request.options.roots.resize(request.elements.size());
    if (load_.option != nullptr) request.options.roots.back() = load_.option->behind;
    request.options.every = load_.every;
    request.path = load_.path;
    request.keeps_siblings = load_.keeps_siblings;
    LoadedRows loaded(load_.session, make_plan(std::move(request)), load_.populate_existing, true);
    RowCursor rows = load_.session.core.read(loaded.plan().statement, {}, Reading::at_once);
    loaded.read_related(rows, key_columns_.size(), 0, *found_);  // what repeats is not added again
}

void KeyedLoad::run() {
    if (reads_table()) {
        found_->expect_only(owners_);
        read({});
    } else {
        read_by_keys();
    }
    for (const EagerReader::Owner& owner : owners_) {
        found_->give(load_.session, load_.relationship, owner);
    }
}

void KeyedLoad::read_by_keys() {
    std::vector<std::vector<Value>> keys;
    for (const EagerReader::Owner& owner : owners_) {
        auto key = committed_values(*owner.header, owner_attributes_);
        if (!has_null(key)) keys.push_back(std::move(key));
    }
    if (sorts_) {
        std::sort(keys.begin(), keys.end(), key_precedes);
        keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
    }
    const std::span<const std::vector<Value>> all(keys);
    for (std::size_t begin = 0; begin < all.size(); begin += keys_per_statement) {
        read({criterion(all.subspan(begin, std::min(keys_per_statement, all.size() - begin)))});
    }
}

}  // namespace

void load_by_keys(const RelatedLoad& load, std::span<const EagerReader::Owner> owners) {
    KeyedLoad(load, owners).run();
}

}  // namespace aludel::detail
