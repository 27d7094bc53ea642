#include "aludel/base/ref.hpp"

namespace aludel {

RefCounted::~RefCounted() = default;

void RefCounted::release() const noexcept {
    if (count_.decrement() == 1) delete this;
}

}  // namespace aludel
