#include <aludel/orm/object_set.hpp>

namespace aludel {

ObjectSet::ObjectSet(const std::vector<detail::ObjectHeader*>& objects) {
    objects_.reserve(objects.size());
    for (detail::ObjectHeader* object : objects) objects_.emplace_back(object);
}

}  // namespace aludel
