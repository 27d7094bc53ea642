#include <aludel/engine/options.hpp>

namespace aludel {

std::string_view to_string(IsolationLevel level) noexcept {
    switch (level) {
        case IsolationLevel::autocommit: return "AUTOCOMMIT";
        case IsolationLevel::read_uncommitted: return "READ UNCOMMITTED";
        case IsolationLevel::read_committed: return "READ COMMITTED";
        case IsolationLevel::repeatable_read: return "REPEATABLE READ";
        case IsolationLevel::serializable: return "SERIALIZABLE";
        case IsolationLevel::database_default: break;
    }
    return "DEFAULT";
}

}  // namespace aludel
