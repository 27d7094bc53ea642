#include "orm/region.hpp"

#include "orm/change_log.hpp"
#include "orm/history.hpp"
#include "orm/links.hpp"
#include "orm/load_context.hpp"

#include <aludel/base/error.hpp>

#include <algorithm>
#include <memory>
#include <numeric>
#include <utility>

namespace aludel::detail {

namespace {

bool has_handle(const ObjectHeader& header) noexcept { return header.handles.value() != 0; }

/// An expired object reads its relationships anew, so that what it had need not be kept for it.
void drop_stale_links(ObjectHeader& header) noexcept {
    if (header.state == ObjectState::persistent && header.is_expired()) {
        unload_relationships(header);
    }
}

void reach(ObjectHeader& root, std::vector<ObjectHeader*>& waiting) {
    root.is_reached = true;
    if (!root.is_linked) return;
    waiting.push_back(&root);
    while (!waiting.empty()) {
        ObjectHeader& header = *waiting.back();
        waiting.pop_back();
        drop_stale_links(header);
        visit_links(header, [&](ObjectHeader& other) {
            if (!std::exchange(other.is_reached, true)) {
                waiting.push_back(&other);
            }
        });
    }
}

/// The sets of objects that are linked, by union and find over their places in the region.
class Components {
  public:
    explicit Components(std::size_t count) : leaders_(count) { std::iota(leaders_.begin(), leaders_.end(), 0U); }

    std::uint32_t leader(std::uint32_t place) noexcept {
        while (leaders_[place] != place) {
            leaders_[place] = leaders_[leaders_[place]];
            place = leaders_[place];
        }
        return place;
    }
    void join(std::uint32_t a, std::uint32_t b) noexcept { leaders_[leader(a)] = leader(b); }

  private:
    std::vector<std::uint32_t> leaders_;
};

}  // namespace

void Region::add(ObjectHeader& header) {
    header.region_index = static_cast<std::uint32_t>(objects_.size());
    objects_.push_back(&header);
    header.region = this;
    if (has_handle(header)) {
        held_.fetch_add(1, std::memory_order_relaxed);
    }
}

void Region::remove(ObjectHeader& header) noexcept {
    ObjectHeader* last = objects_.back();
    objects_[header.region_index] = last;
    last->region_index = header.region_index;
    objects_.pop_back();
    header.region = nullptr;
    if (!has_handle(header)) {
        destroy_object(header);
    }
}

void Region::absorb(Region& other) {
    const std::size_t together = objects_.size() + other.objects_.size();
    if (together > objects_.capacity()) objects_.reserve(std::max(together, 2 * objects_.capacity()));
    for (ObjectHeader* header : other.objects_) {
        header->region = this;
        header->region_index = static_cast<std::uint32_t>(objects_.size());
        objects_.push_back(header);
    }
    held_.fetch_add(other.held_.load(std::memory_order_relaxed), std::memory_order_relaxed);
    if (other.session_slot_ != nullptr) {
        session_slot_ = other.session_slot_;
        *session_slot_ = this;
    }
    delete &other;
}

std::vector<ObjectHeader*> Region::extract_unreached(const std::function<bool(const ObjectHeader&)>& is_root) {
    std::vector<ObjectHeader*> waiting;
    for (ObjectHeader* header : objects_) {
        if (!header->is_reached && (has_handle(*header) || is_root(*header))) {
            reach(*header, waiting);
        }
    }
    std::vector<ObjectHeader*> unreached;
    std::vector<ObjectHeader*> kept;
    for (ObjectHeader* header : objects_) {
        if (std::exchange(header->is_reached, false)) {
            header->region_index = static_cast<std::uint32_t>(kept.size());
            kept.push_back(header);
        } else {
            header->region = nullptr;
            unreached.push_back(header);
        }
    }
    objects_ = std::move(kept);
    return unreached;
}

void Region::sweep(const std::function<bool(const ObjectHeader&)>& is_root, const Forget& forget) {
    free_all(extract_unreached(is_root), forget);
}

Region::Linked Region::let_go_of_unlinked(const std::function<void(ObjectHeader&)>& leave) {
    Linked linked;
    for (ObjectHeader* header : std::exchange(objects_, {})) {
        const bool is_held = has_handle(*header);
        if (header->is_linked) {
            linked.is_held |= is_held;
            linked.objects.push_back(header);
            continue;
        }
        header->region = nullptr;
        if (is_held) {
            leave(*header);
        } else {
            destroy_object(*header);
        }
    }
    return linked;
}

void Region::dissolve(const std::function<void(ObjectHeader&)>& leave, const Forget& forget) {
    Linked linked = let_go_of_unlinked(leave);
    if (!linked.is_held) {
        for (ObjectHeader* header : linked.objects) header->region = nullptr;
        return free_all(linked.objects, forget);
    }
    objects_ = std::move(linked.objects);
    for (std::size_t i = 0; i < objects_.size(); ++i) {
        leave(*objects_[i]);
        objects_[i]->region_index = static_cast<std::uint32_t>(i);
    }
    const std::vector<ObjectHeader*> doomed = extract_unreached([](const ObjectHeader&) { return false; });
    divide();
    free_all(doomed, forget);
}

void Region::free_all(std::span<ObjectHeader* const> doomed, const Forget& forget) {
    forget(doomed);
    for (ObjectHeader* header : doomed) {
        destroy_object(*header);
    }
}

void Region::divide() {
    Components components(objects_.size());
    for (const ObjectHeader* header : objects_) {
        visit_links(*header,
                    [&](const ObjectHeader& other) { components.join(header->region_index, other.region_index); });
    }
    std::vector<std::vector<ObjectHeader*>> members(objects_.size());
    for (ObjectHeader* header : objects_) {
        members[components.leader(header->region_index)].push_back(header);
    }
    objects_.clear();
    held_.store(0, std::memory_order_relaxed);
    for (const auto& linked : members) {
        if (linked.size() == 1) {
            linked.front()->region = nullptr;
            linked.front()->is_linked = false;
        } else if (!linked.empty()) {
            auto region = std::make_unique<Region>();
            for (ObjectHeader* header : linked) {
                region->add(*header);
            }
            region.release();  // NOLINT(bugprone-unused-return-value): its handles own it now
        }
    }
}

void Region::destroy_all() noexcept {
    for (ObjectHeader* header : std::exchange(objects_, {})) {
        destroy_object(*header);
    }
}

Region& merge_regions(Region& a, Region& b) {
    if (&a == &b) {
        return a;
    }
    if (a.is_of_session() && b.is_of_session()) {
        throw InvalidRequestError(
            "Two objects of different sessions cannot be related to each other. Load one of them with the session of "
            "the "
            "other, or let its session go of it with close() or expunge_all() first");
    }
    Region& larger = a.size() < b.size() ? b : a;
    larger.absorb(&larger == &a ? b : a);
    return larger;
}

void join_regions(ObjectHeader& a, ObjectHeader& b) {
    if (a.region == nullptr && b.region == nullptr) {
        (new Region)->add(a);
    }
    if (a.region == nullptr) {
        b.region->add(a);
    } else if (b.region == nullptr) {
        if (&a != &b) a.region->add(b);
    } else {
        merge_regions(*a.region, *b.region);
    }
    a.is_linked = b.is_linked = true;
}

void destroy_object(ObjectHeader& header) noexcept {
    drop_changes(header);
    drop_parents(header);
    drop_load_context(header);
    header.mapper->destroy(&header);
}

void on_first_handle(ObjectHeader& header) noexcept {
    if (!header.region->is_of_session()) {
        header.region->count_first_handle();
    }
}

void on_last_handle(ObjectHeader& header) noexcept {
    if (header.session != nullptr) {
        return;
    }
    Region* region = header.region;
    if (region == nullptr) {
        destroy_object(header);
    } else if (!region->is_of_session() && region->count_last_handle()) {
        region->destroy_all();
        delete region;
    }
}

}  // namespace aludel::detail
