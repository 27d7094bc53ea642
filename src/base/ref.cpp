#include "aludel/base/ref.hpp"

namespace aludel {

RefCounted::~RefCounted() = default;

void RefCounted::release() const noexcept {
    if (count_.fetch_sub(1, std::memory_order_acq_rel) == 1) delete this;
}

}  // namespace aludel
