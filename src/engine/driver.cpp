#include <aludel/engine/driver.hpp>

#include <map>
#include <mutex>
#include <utility>

namespace aludel::driver {

Cursor::~Cursor() = default;
Connection::~Connection() = default;
Driver::~Driver() = default;

namespace {

struct Registry {
    std::mutex mutex;
    std::map<std::string, std::shared_ptr<const Driver>, std::less<>> drivers;
};

// A local static, since drivers register before objects of namespace scope exist. Never destroyed, since engines of
// namespace scope may connect while the program ends.
Registry& registry() {
    static auto& instance = *new Registry;
    return instance;
}

}  // namespace

void register_driver(std::shared_ptr<const Driver> driver) {
    auto& known = registry();
    std::scoped_lock lock{known.mutex};
    std::string name{driver->name()};
    known.drivers.insert_or_assign(std::move(name), std::move(driver));
}

std::shared_ptr<const Driver> find_driver(std::string_view backend) {
    auto& known = registry();
    std::scoped_lock lock{known.mutex};
    const auto found = known.drivers.find(backend);
    return found == known.drivers.end() ? nullptr : found->second;
}

std::vector<std::string> driver_names() {
    auto& known = registry();
    std::scoped_lock lock{known.mutex};
    std::vector<std::string> names;
    names.reserve(known.drivers.size());
    for (const auto& [name, driver] : known.drivers) names.push_back(name);
    return names;
}

}  // namespace aludel::driver
