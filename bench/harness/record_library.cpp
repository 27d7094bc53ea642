#include "harness/record_library.hpp"

#include "harness/fail.hpp"

#include <optional>
#include <utility>

namespace bench {

namespace {

std::uint64_t checksum_of_users(const std::vector<User>& users) {
    Checksum sum;
    for (const User& user : users) sum.add_row(user.id, user.name, user.fullname, user.password);
    return sum.value();
}

std::uint64_t checksum_of_linked(const std::vector<UserWithAddresses>& users) {
    Checksum sum;
    for (const auto& [user, addresses] : users) {
        sum.add_row(user.id, user.name, user.fullname, user.password);
        for (const Address& address : addresses) sum.add_row(address.id, address.email_address, user.id);
    }
    return sum.value();
}

std::uint64_t checksum_of_names(const std::vector<Name>& names) {
    Checksum sum;
    for (const Name& name : names) sum.add_row(name.id, name.name);
    return sum.value();
}

/// What `work` returns, from inside of a transaction.
template <class Work>
auto in_transaction(RecordLibrary& library, Work work) {
    library.begin();
    auto result = work();
    library.commit();
    return result;
}

class InsertTask : public Task {
  public:
    InsertTask(RecordLibrary& library, int size) : library_(library), values_(new_users(size)) {}

    void prepare() override {
        for (const std::string& sql : empty_users_sql(library_.database())) library_.execute(sql);
    }
    void run() override {
        users_ = in_transaction(library_, [&] { return library_.insert_users(values_); });
    }
    std::uint64_t checksum() override { return checksum_of_users(*users_) + checksum_of_users(library_.load_users()); }
    void release() override { users_.reset(); }

  private:
    RecordLibrary& library_;
    std::vector<User> values_;
    std::optional<std::vector<User>> users_;
};

class RenameTask : public Task {
  public:
    RenameTask(RecordLibrary& library, int size) : library_(library), names_(other_names(size)) {}

    void prepare() override {
        library_.execute(original_names_sql(library_.database()));
        users_ = library_.load_users();
    }
    void run() override {
        library_.begin();
        library_.rename_users(users_, names_);
        library_.commit();
    }
    std::uint64_t checksum() override { return checksum_of_users(library_.load_users()); }

  private:
    RecordLibrary& library_;
    std::vector<std::string> names_;
    std::vector<User> users_;
};

template <class Result>
std::unique_ptr<Task> loading(RecordLibrary& library, std::vector<Result> (RecordLibrary::*load)(),
                              std::uint64_t (*checksum)(const std::vector<Result>&)) {
    return std::make_unique<LoadingTask<std::vector<Result>>>(
        [&library, load] { return in_transaction(library, [&] { return (library.*load)(); }); }, checksum);
}

template <class Parameters>
std::unique_ptr<Task> summing(RecordLibrary& library, std::uint64_t (RecordLibrary::*sum)(const Parameters&),
                              Parameters parameters) {
    return std::make_unique<SummingTask>([&library, sum, parameters = std::move(parameters)] {
        return in_transaction(library, [&] { return (library.*sum)(parameters); });
    });
}

}  // namespace

std::unique_ptr<Task> RecordLibrary::task(Workload workload, int size) {
    switch (workload) {
        case Workload::insert_users: return std::make_unique<InsertTask>(*this, size);
        case Workload::load_users: return loading(*this, &RecordLibrary::load_users, checksum_of_users);
        case Workload::get_users: return summing(*this, &RecordLibrary::get_users, shuffled_keys(size));
        case Workload::rename_users: return std::make_unique<RenameTask>(*this, size);
        case Workload::load_eagerly: return loading(*this, &RecordLibrary::load_eagerly, checksum_of_linked);
        case Workload::load_lazily: return loading(*this, &RecordLibrary::load_lazily, checksum_of_linked);
        case Workload::load_names: return loading(*this, &RecordLibrary::load_names, checksum_of_names);
        case Workload::search_addresses: return summing(*this, &RecordLibrary::search, searches(size));
    }
    fail("a workload without a task");
}

}  // namespace bench
