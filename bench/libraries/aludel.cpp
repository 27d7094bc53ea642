// aludel's workloads as tasks.
#include "harness/checksum.hpp"
#include "harness/fail.hpp"
#include "libraries/aludel_queries.hpp"
#include "libraries/libraries.hpp"

#include <optional>
#include <utility>

namespace bench {

namespace {

void add_user(Checksum& sum, const model::User& user) {
    sum.add_row(*user.id, *user.name, *user.fullname, *user.password);
}

std::uint64_t checksum_of_users(const Loaded& loaded) {
    Checksum sum;
    for (const auto& user : loaded.users) add_user(sum, *user);
    return sum.value();
}

std::uint64_t checksum_of_linked(const Loaded& loaded) {
    Checksum sum;
    for (const auto& user : loaded.users) {
        add_user(sum, *user);
        for (const auto& address : user->addresses)
            sum.add_row(*address->id, *address->email_address, *address->user->id);
    }
    return sum.value();
}

std::uint64_t checksum_of_names(const std::vector<NameTuple>& names) {
    Checksum sum;
    for (const auto& [id, name] : names) sum.add_row(id, name);
    return sum.value();
}

class InsertTask : public Task {
  public:
    InsertTask(Library& library, const aludel::Engine& engine, const Database& database, int size)
        : library_(library), engine_(engine), database_(database), values_(new_users(size)) {}

    void prepare() override {
        for (const std::string& sql : empty_users_sql(database_)) library_.execute(sql);
    }
    void run() override { inserted_.emplace(insert_users(engine_, values_)); }
    std::uint64_t checksum() override { return checksum_of_users(*inserted_) + checksum_of_users(load_users(engine_)); }
    void release() override { inserted_.reset(); }

  private:
    Library& library_;
    const aludel::Engine& engine_;
    const Database& database_;
    std::vector<User> values_;
    std::optional<Loaded> inserted_;
};

class RenameTask : public Task {
  public:
    RenameTask(Library& library, const aludel::Engine& engine, const Database& database, int size)
        : library_(library), engine_(engine), database_(database), names_(other_names(size)) {}

    void prepare() override {
        loaded_.reset();
        library_.execute(original_names_sql(database_));
        loaded_ = load_users(engine_);
    }
    void run() override { rename_users(*loaded_, names_); }
    std::uint64_t checksum() override { return checksum_of_users(load_users(engine_)); }

  private:
    Library& library_;
    const aludel::Engine& engine_;
    const Database& database_;
    std::vector<std::string> names_;
    std::optional<Loaded> loaded_;
};

std::string url_of(const Database& database) {
    if (database.kind != DatabaseKind::sqlite) return database.address;
    return database.wal ? "sqlite:///" + database.address : "sqlite://";
}

class AludelLibrary : public Library {
  public:
    explicit AludelLibrary(const Database& database)
        : database_(database), engine_(aludel::create_engine(url_of(database))) {
        static_cast<void>(model::Base::metadata());
    }

    void execute(const std::string& sql) override {
        const auto permanent_at_once =
            engine_.execution_options({.isolation_level = aludel::IsolationLevel::autocommit});
        permanent_at_once.connect().execute(aludel::text(sql));
    }

    std::unique_ptr<Task> task(Workload workload, int size) override {
        switch (workload) {
            case Workload::insert_users: return std::make_unique<InsertTask>(*this, engine_, database_, size);
            case Workload::load_users: return loading(load_users, checksum_of_users);
            case Workload::get_users: return summing(get_users, shuffled_keys(size));
            case Workload::rename_users: return std::make_unique<RenameTask>(*this, engine_, database_, size);
            case Workload::load_eagerly: return loading(load_eagerly, checksum_of_linked);
            case Workload::load_lazily: return loading(load_lazily, checksum_of_linked);
            case Workload::load_names: return loading(load_names, checksum_of_names);
            case Workload::search_addresses: return summing(search, searches(size));
        }
        fail("a workload without a task");
    }

  private:
    template <class Result>
    std::unique_ptr<Task> loading(Result (*load)(const aludel::Engine&), std::uint64_t (*checksum)(const Result&)) {
        return std::make_unique<LoadingTask<Result>>([this, load] { return load(engine_); }, checksum);
    }
    template <class Parameters>
    std::unique_ptr<Task> summing(std::uint64_t (*sum)(const aludel::Engine&, const Parameters&),
                                  Parameters parameters) {
        return std::make_unique<SummingTask>(
            [this, sum, parameters = std::move(parameters)] { return sum(engine_, parameters); });
    }

    Database database_;
    aludel::Engine engine_;
};

}  // namespace

std::unique_ptr<Library> open_aludel(const Database& database) { return std::make_unique<AludelLibrary>(database); }

}  // namespace bench
