// The members that are relationships: as plain values, which own handles, and as parts of managed objects.
#include <aludel/orm/detail/related.hpp>

#include "orm/lazy_loading.hpp"
#include "orm/links.hpp"
#include "orm/relationship_events.hpp"

#include <aludel/base/error.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <vector>

namespace aludel::detail {

namespace {

void retain_if(ObjectHeader* header) noexcept {
    if (header != nullptr) retain(*header);
}

void release_if(ObjectHeader* header) noexcept {
    if (header != nullptr) release(*header);
}

void load(const AttributeLink& link) {
    const Relationship& relationship = relationship_with_link(link);
    ObjectHeader& owner = link.header();
    if (!needs_no_load(owner, relationship)) {
        lazy_load(owner, relationship, Autoflush::yes);
    }
}

/// A copy takes what is there, or can be loaded; a detached object may be copied without what it never loaded.
bool is_readable(const AttributeLink& link) noexcept {
    const ObjectHeader& owner = link.header();
    return owner.session != nullptr || !has_row(owner) || link.is_set();
}

}  // namespace

// ---- one object

OneBase::OneBase(ObjectHeader* target) noexcept : target_(target) {
    link_.mark_set();
    retain_if(target_);
}

OneBase::OneBase(const OneBase& other) {
    if (other.link_.is_managed()) {
        if (!is_readable(other.link_)) {
            return;
        }
        target_ = other.related();
        link_.mark_set();
    } else {
        link_ = other.link_.as_plain();
        target_ = other.target_;
    }
    retain_if(target_);
}

// NOLINTNEXTLINE(performance-noexcept-move-constructor): of a managed object it copies, which may load
OneBase::OneBase(OneBase&& other) {
    if (!other.link_.is_managed()) {
        link_ = other.link_.as_plain();
        target_ = std::exchange(other.target_, nullptr);
        return;
    }
    OneBase copy(std::as_const(other));
    std::swap(link_, copy.link_);
    std::swap(target_, copy.target_);
}

OneBase& OneBase::operator=(const OneBase& other) {
    if (this == &other) {
        return *this;
    }
    if (other.link_.is_managed()) {
        relate(other.related());
    } else if (other.link_.is_set() || !link_.is_managed()) {
        relate(other.target_);
        if (!link_.is_managed()) link_ = other.link_.as_plain();
    }
    return *this;
}

// NOLINTNEXTLINE(performance-noexcept-move-constructor): of a managed object it copies, which may load
OneBase& OneBase::operator=(OneBase&& other) { return *this = std::as_const(other); }

OneBase::~OneBase() {
    if (!link_.is_managed()) {
        release_if(target_);
    }
}

void OneBase::relate(ObjectHeader* target) {
    if (link_.is_managed()) {
        set_reference(link_.header(), relationship_with_link(link_), target);
        return;
    }
    retain_if(target);
    release_if(std::exchange(target_, target));
    link_.mark_set();
}

void OneBase::load_related() const {
    if (has_row(link_.header())) {
        load(link_);
    }
}

void throw_null_related(const OneBase& member) {
    const AttributeLink& link = Links::link(member);
    const std::string name = link.is_managed() ? relationship_with_link(link).full_name() : "a reference";
    throw InvalidRequestError(fmt::format(
        "{} refers to no object (None) and was used as if it did; test it first: `if (object->member)`", name));
}

// ---- collections

CollectionBase::CollectionBase(const CollectionBase& other) {
    const bool is_managed = other.link_.is_managed();
    if (is_managed && (!is_readable(other.link_) || relationship_with_link(other.link_).is_dynamic())) {
        return;
    }
    const std::size_t count = is_managed ? other.size() : 0;  // loads
    if (is_managed) {
        link_.mark_set();
    } else {
        link_ = other.link_.as_plain();
    }
    if (other.state_ == nullptr || (is_managed && count == 0)) {
        return;
    }
    state_ = new Collection{
        .items = other.state_->items, .memberships = {}, .queued_in = {}, .queued_out = {}, .by_key = {}};
    for (ObjectHeader* item : state_->items) retain(*item);
}

// NOLINTNEXTLINE(performance-noexcept-move-constructor): of a managed object it copies, which may load
CollectionBase::CollectionBase(CollectionBase&& other) {
    if (!other.link_.is_managed()) {
        link_ = other.link_.as_plain();
        state_ = std::exchange(other.state_, nullptr);
        return;
    }
    CollectionBase copy(std::as_const(other));
    std::swap(link_, copy.link_);
    std::swap(state_, copy.state_);
}

CollectionBase::~CollectionBase() {
    if (state_ != nullptr && !link_.is_managed()) {
        for (ObjectHeader* item : state_->items) release(*item);
    }
    delete state_;
}

void CollectionBase::take(const CollectionBase& other) {
    if (this == &other) {
        return;
    }
    if (!other.link_.is_managed() && !other.link_.is_set() && link_.is_managed()) {
        return;  // it says nothing
    }
    const std::size_t count = other.size();
    std::vector<ObjectHeader*> items;
    items.reserve(count);
    for (std::size_t i = 0; i < count; ++i) items.push_back(&other.object_at(i));
    replace(items);
    if (!link_.is_managed() && !other.link_.is_managed()) {
        link_ = other.link_.as_plain();
    }
}

std::size_t CollectionBase::size() const {
    if (link_.is_managed() && (!link_.is_set() || link_.header().is_expired())) {
        load(link_);
    }
    return state_ == nullptr ? 0 : state_->items.size();
}

void CollectionBase::replace(const std::vector<ObjectHeader*>& objects) {
    if (link_.is_managed()) {
        replace_items(link_.header(), relationship_with_link(link_), objects);
        return;
    }
    for (ObjectHeader* item : objects) retain(*item);
    Collection& state = Links::ensure(*this);
    const std::vector<ObjectHeader*> before =
        std::exchange(state.items, std::vector<ObjectHeader*>(objects.begin(), objects.end()));
    for (ObjectHeader* item : before) release(*item);
    link_.mark_set();
}

ObjectHeader* CollectionBase::object_or_null(std::size_t position) const {
    return position < size() ? state_->items[position] : nullptr;
}

ObjectHeader& CollectionBase::object_at(std::size_t position) const {
    if (ObjectHeader* found = object_or_null(position)) {
        return *found;
    }
    const std::string name = link_.is_managed() ? relationship_with_link(link_).full_name() : "the collection";
    if (size() == 0) {
        throw InvalidRequestError(fmt::format("There is no object at any position of {}: it is empty", name));
    }
    throw InvalidRequestError(
        fmt::format("Position {} is behind the end of {}, which has {} object(s)", position, name, size()));
}

void CollectionBase::insert_object(std::size_t position, ObjectHeader& object) {
    const std::size_t count = size();
    if (link_.is_managed()) {
        append_item(link_.header(), relationship_with_link(link_), object, {}, std::min(position, count));
        return;
    }
    retain(object);
    Collection& state = Links::ensure(*this);
    state.items.insert(state.items.begin() + static_cast<std::ptrdiff_t>(std::min(position, count)), &object);
    link_.mark_set();
}

void CollectionBase::append_object(ObjectHeader& object) { insert_object(size(), object); }

bool CollectionBase::discard_object(ObjectHeader& object) {
    if (size() == 0) {
        return false;
    }
    if (link_.is_managed()) {
        return remove_item(link_.header(), relationship_with_link(link_), object);
    }
    const auto place = std::find(state_->items.begin(), state_->items.end(), &object);
    if (place == state_->items.end()) {
        return false;
    }
    state_->items.erase(place);
    release(object);
    return true;
}

void CollectionBase::remove_object(ObjectHeader& object) {
    if (!discard_object(object)) {
        const std::string name = link_.is_managed() ? relationship_with_link(link_).full_name() : "the collection";
        throw InvalidRequestError(
            fmt::format("The object to be removed is not in {}; test with contains() first", name));
    }
}

void CollectionBase::erase_at(std::size_t position) {
    ObjectHeader& object = object_at(position);
    if (link_.is_managed()) {
        remove_item(link_.header(), relationship_with_link(link_), object, {}, position);
    } else {
        state_->items.erase(state_->items.begin() + static_cast<std::ptrdiff_t>(position));
        release(object);
    }
}

bool CollectionBase::contains_object(const ObjectHeader* object) const {
    return object != nullptr && size() != 0 && state_->memberships.count(state_->items, *object) != 0;
}

ObjectHeader* CollectionBase::find_by_key(const Value& key) const {
    if (size() == 0) {
        return nullptr;
    }
    if (!link_.is_managed()) {
        throw InvalidRequestError(
            "A keyed collection of a plain value has no keys yet; make the object with make() or session.add() first");
    }
    const auto found = state_->by_key->find(encode_key(key));
    return found == state_->by_key->end() ? nullptr : found->second;
}

void CollectionBase::queue_append(ObjectHeader& object) {
    if (link_.is_managed()) {
        append_item(link_.header(), relationship_with_link(link_), object);
        return;
    }
    retain(object);
    Links::ensure(*this).items.push_back(&object);
    link_.mark_set();
}

void CollectionBase::queue_remove(ObjectHeader& object) {
    if (link_.is_managed()) {
        remove_item(link_.header(), relationship_with_link(link_), object);
        return;
    }
    if (state_ != nullptr && std::erase(state_->items, &object) != 0) {
        release(object);
    }
}

}  // namespace aludel::detail
