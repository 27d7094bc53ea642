#include "orm/collection.hpp"

#include <algorithm>
#include <utility>

namespace aludel::detail {

namespace {

constexpr std::size_t searched_up_to = 16;

}  // namespace

// ---- ObjectQueue

bool ObjectQueue::contains(const ObjectHeader& object) const {
    if (!index_->empty()) {
        return index_->contains(&object);
    }
    return std::find(items_.begin(), items_.end(), &object) != items_.end();
}

void ObjectQueue::build_index() {
    index_.clear();
    if (items_.size() <= searched_up_to) return;
    auto& places = index_.changed();
    for (std::size_t i = 0; i < items_.size(); ++i) places.emplace(items_[i], static_cast<std::uint32_t>(i));
}

bool ObjectQueue::add(ObjectHeader& object) {
    if (contains(object)) {
        return false;
    }
    items_.push_back(&object);
    if (index_->empty()) {
        build_index();
    } else {
        index_.changed().emplace(&object, static_cast<std::uint32_t>(items_.size() - 1));
    }
    return true;
}

bool ObjectQueue::remove(const ObjectHeader& object) {
    const auto place = index_->empty() ? std::find(items_.begin(), items_.end(), &object) : [&] {
        const auto found = index_->find(&object);
        return found == index_->end() ? items_.end() : items_.begin() + found->second;
    }();
    if (place == items_.end()) {
        return false;
    }
    items_.erase(place);
    build_index();
    return true;
}

void ObjectQueue::clear() noexcept {
    items_.clear();
    index_.clear();
}

// ---- Memberships

const Memberships::Change* Memberships::find_change(const ObjectHeader& object) const {
    if (!places_->empty()) {
        const auto found = places_->find(&object);
        return found == places_->end() ? nullptr : &changes_[found->second];
    }
    const auto found =
        std::find_if(changes_.begin(), changes_.end(), [&](const Change& change) { return change.object == &object; });
    return found == changes_.end() ? nullptr : &*found;
}

std::uint32_t Memberships::count(const Items& items, const ObjectHeader& object) const {
    if (const Change* change = find_change(object)) {
        return change->now;
    }
    if (is_indexed_) {
        const auto found = counts_->find(&object);
        return found == counts_->end() ? 0 : found->second;
    }
    return static_cast<std::uint32_t>(std::count(items.begin(), items.end(), &object));
}

std::uint32_t Memberships::count_indexed(const Items& items, const ObjectHeader& object) {
    if (items.size() > searched_up_to) build_index(items);
    return count(items, object);
}

void Memberships::build_index(const Items& items) {
    if (std::exchange(is_indexed_, true)) return;
    auto& counts = counts_.changed();
    for (const ObjectHeader* item : items) ++counts[item];
}

Memberships::Change& Memberships::change_of(const Items& items, ObjectHeader& object, bool is_new) {
    if (const Change* known = find_change(object)) {
        return changes_[static_cast<std::size_t>(known - changes_.data())];
    }
    const std::uint32_t before = is_new && items.size() > searched_up_to ? 0 : count_indexed(items, object);
    changes_.push_back({&object, before, before});
    if (!places_->empty()) {
        places_.changed().emplace(&object, static_cast<std::uint32_t>(changes_.size() - 1));
    } else if (changes_.size() > searched_up_to) {
        auto& places = places_.changed();
        for (std::size_t i = 0; i < changes_.size(); ++i) {
            places.emplace(changes_[i].object, static_cast<std::uint32_t>(i));
        }
    }
    return changes_.back();
}

void Memberships::note_added(const Items& items, ObjectHeader& object) {
    const bool is_new = object.state == ObjectState::transient || object.state == ObjectState::pending;
    ++change_of(items, object, is_new).now;
    if (is_indexed_) ++counts_.changed()[&object];
}

void Memberships::note_removed(const Items& items, ObjectHeader& object) {
    Change& change = change_of(items, object, false);
    if (change.now != 0) --change.now;
    if (is_indexed_) --counts_.changed()[&object];
}

// The counts come from the index alone, because `items` does not follow step by step.
void Memberships::note_replaced(const Items& items, const Items& wanted) {
    build_index(items);
    for (ObjectHeader* item : items) note_removed(items, *item);
    for (ObjectHeader* item : wanted) note_added(items, *item);
}

void Memberships::commit() noexcept {
    if (is_indexed_) {
        auto& counts = counts_.changed();
        for (const Change& change : changes_) {
            if (change.now == 0) counts.erase(change.object);
        }
    }
    changes_.clear();
    places_.clear();
}

}  // namespace aludel::detail
