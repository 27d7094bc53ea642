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

std::uint32_t Memberships::count(const Items& items, const ObjectHeader& object) const {
    if (is_indexed_) {
        const auto found = index_->find(&object);
        return found == index_->end() ? 0 : found->second.now;
    }
    return static_cast<std::uint32_t>(std::count(items.begin(), items.end(), &object));
}

void Memberships::build_index(const Items& items) {
    if (std::exchange(is_indexed_, true)) return;
    auto& entries = index_.changed();
    for (const ObjectHeader* item : items) ++entries[item].now;
    for (const Change& change : changes_) entries[change.object].is_changed = true;
}

void Memberships::note(const Items& items, ObjectHeader& object) {
    if (items.size() > searched_up_to || changes_.size() > searched_up_to) build_index(items);
    if (is_indexed_) {
        Entry& entry = index_.changed()[&object];
        if (!std::exchange(entry.is_changed, true)) changes_.push_back({&object, entry.now});
        return;
    }
    const bool is_known =
        std::any_of(changes_.begin(), changes_.end(), [&](const Change& change) { return change.object == &object; });
    if (!is_known) changes_.push_back({&object, count(items, object)});
}

void Memberships::note_added(const Items& items, ObjectHeader& object) {
    note(items, object);
    if (is_indexed_) ++index_.changed()[&object].now;
}

void Memberships::note_removed(const Items& items, ObjectHeader& object) {
    note(items, object);
    if (is_indexed_) --index_.changed()[&object].now;
}

// The counts come from the index alone, because `items` does not follow step by step.
void Memberships::note_replaced(const Items& items, const Items& wanted) {
    build_index(items);
    for (ObjectHeader* item : items) note_removed(items, *item);
    for (ObjectHeader* item : wanted) note_added(items, *item);
}

void Memberships::commit() noexcept {
    if (is_indexed_) {
        auto& entries = index_.changed();
        for (const Change& change : changes_) {
            const auto found = entries.find(change.object);
            if (found == entries.end()) continue;
            found->second.is_changed = false;
            if (found->second.now == 0) entries.erase(found);
        }
    }
    changes_.clear();
}

}  // namespace aludel::detail
