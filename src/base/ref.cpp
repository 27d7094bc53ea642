#include "aludel/base/ref.hpp"

namespace aludel {

RefCounted::~RefCounted() = default;

}  // namespace aludel
