#include "orm/region.hpp"

#include "orm/change_log.hpp"

namespace aludel::detail {

Region::~Region() {
    while (!objects_.empty()) {
        remove(*objects_.back());
    }
}

void Region::add(ObjectHeader& header) {
    header.region_index = static_cast<std::uint32_t>(objects_.size());
    objects_.push_back(&header);
    header.region = this;
}

void Region::remove(ObjectHeader& header) noexcept {
    ObjectHeader* last = objects_.back();
    objects_[header.region_index] = last;
    last->region_index = header.region_index;
    objects_.pop_back();
    header.region = nullptr;
    if (header.handles.load(std::memory_order_acquire) == 0) {
        destroy_object(header);
    }
}

void destroy_object(ObjectHeader& header) noexcept {
    drop_changes(header);
    header.mapper->destroy(&header);
}

void on_last_handle(ObjectHeader& header) noexcept {
    if (header.region == nullptr) {
        destroy_object(header);
    }
}

}  // namespace aludel::detail
