#include <aludel/engine/driver.hpp>

#include <algorithm>
#include <map>
#include <mutex>
#include <utility>

namespace aludel::driver {

void ReleaseCursor::operator()(Cursor* cursor) const noexcept { cursor->release(); }

Cursor::~Cursor() = default;

std::span<const Cell> Cursor::row() const noexcept { return row_; }
Connection::~Connection() = default;
Driver::~Driver() = default;

namespace {

[[noreturn]] void fail_missing(std::string_view what) {
    Failure failure;
    failure.sqlstate = "0A000";
    failure.message = std::string{what}.append(" does not exist on this database");
    throw failure;
}

}  // namespace

void Cursor::execute(std::span<const Value> parameters) { execute(std::span<const Cell>(cells_of(parameters))); }

std::int64_t Cursor::execute_many(std::span<const Value> parameters, std::size_t rows) {
    return execute_many(std::span<const Cell>(cells_of(parameters)), rows);
}

std::int64_t Cursor::generated_key() {
    if (!next()) return last_insert_id();
    const std::int64_t key = row_.front().integer;
    while (next()) continue;
    return key;
}

void Cursor::insert_many(std::span<const Cell> parameters, std::size_t rows, std::vector<std::int64_t>& keys) {
    const std::size_t width = rows == 0 ? 0 : parameters.size() / rows;
    for (std::size_t row = 0; row < rows; ++row) {
        execute(parameters.subspan(row * width, width));
        keys.push_back(generated_key());
    }
}

std::int64_t Cursor::execute_many(std::span<const Cell> parameters, std::size_t rows) {
    if (rows == 0) return 0;
    const std::size_t width = parameters.size() / rows;
    std::int64_t affected = 0;
    for (std::size_t row = 0; row < rows; ++row) {
        execute(parameters.subspan(row * width, width));
        affected += std::max<std::int64_t>(rows_affected(), 0);
    }
    return affected;
}

void Connection::set_access(TransactionAccess access) {
    if (access.read_only || access.deferrable) fail_missing("a read-only or deferrable transaction");
}

void Connection::set_statement_timeout(std::chrono::milliseconds) {}
void Connection::begin_two_phase(std::string_view) { fail_missing("two-phase commit"); }
void Connection::prepare_two_phase(std::string_view) { fail_missing("two-phase commit"); }
void Connection::commit_prepared(std::string_view) { fail_missing("two-phase commit"); }
void Connection::rollback_prepared(std::string_view) { fail_missing("two-phase commit"); }
std::vector<std::string> Connection::prepared_ids() { fail_missing("two-phase commit"); }

std::optional<std::int64_t> Connection::copy_in(std::string_view, std::span<const std::string>,
                                                std::span<const Value>) {
    return std::nullopt;
}

bool Connection::is_lost() const noexcept { return false; }
void Connection::abandon() noexcept {}

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
