// The part of ConnectionCore that leaves the pool, or finds that it was left behind by a fork.
#include <aludel/base/error.hpp>
#include <aludel/engine/connection.hpp>

#include "engine/connection_core.hpp"

#include <utility>

namespace aludel::detail {

// In the child of a fork the connection is still its parent's, which goes on using it: nothing may be sent on it, and
// nothing read.
void ConnectionCore::leave_parent() noexcept {
    if (!lease_.is_foreign()) return;
    end_cursors();
    if (root_ && root_->prepared)
        end_transaction();  // the parent's to end
    else if (root_ && lost_reason_.empty())
        lost_reason_ = "the parent of this process began it, and has it still";
    engine_->pool().give_back(std::exchange(lease_, Lease{}));
}

void ConnectionCore::detach() {
    require_lease();
    engine_->pool().detach(lease_);
}

PooledConnection ConnectionCore::pooled() {
    require_lease();
    return engine_->pool().keeper().face(*lease_.record);
}

}  // namespace aludel::detail

namespace aludel {

void Connection::detach() { core().detach(); }
PooledConnection Connection::pooled_connection() { return core().pooled(); }

}  // namespace aludel
