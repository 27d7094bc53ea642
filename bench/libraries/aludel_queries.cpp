#include "libraries/aludel_queries.hpp"

#include "harness/checksum.hpp"
#include "harness/fail.hpp"

namespace bench {

using aludel::col;
using aludel::rel;

Loaded insert_users(const aludel::Engine& engine, const std::vector<User>& values) {
    // The objects are used after the commit, so they are not to be read anew.
    Loaded inserted{
        .session = std::make_unique<aludel::Session>(engine, aludel::SessionOptions{.expire_on_commit = false}),
        .users = {}};
    for (const User& value : values)
        inserted.users.push_back(inserted.session->add(
            model::User{.name = value.name, .fullname = value.fullname, .password = value.password}));
    inserted.session->commit();
    return inserted;
}

void rename_users(Loaded& loaded, const std::vector<std::string>& names) {
    for (std::size_t i = 0; i < names.size(); ++i) loaded.users[i]->name = names[i];
    loaded.session->commit();
}

Loaded load_users(const aludel::Engine& engine) {
    Loaded loaded{.session = std::make_unique<aludel::Session>(engine), .users = {}};
    loaded.users = loaded.session->query<model::User>().all();
    return loaded;
}

Loaded load_eagerly(const aludel::Engine& engine) {
    Loaded loaded{.session = std::make_unique<aludel::Session>(engine), .users = {}};
    loaded.users = loaded.session->query<model::User>().options(aludel::tableload(rel<&model::User::addresses>)).all();
    return loaded;
}

Loaded load_lazily(const aludel::Engine& engine) {
    Loaded loaded = load_users(engine);
    std::size_t addresses = 0;
    for (const auto& user : loaded.users) addresses += user->addresses.size();
    if (addresses == 0) fail("users without addresses");
    return loaded;
}

std::vector<NameTuple> load_names(const aludel::Engine& engine) {
    aludel::Session session{engine};
    return session.query(col<&model::User::id>, col<&model::User::name>).all();
}

std::uint64_t get_users(const aludel::Engine& engine, const std::vector<int>& keys) {
    aludel::Session session{engine};
    std::uint64_t sum = 0;
    for (const int key : keys) {
        const auto user = session.get<model::User>(key);
        sum += touch(*user->id) + touch(*user->name) + touch(*user->fullname) + touch(*user->password);
    }
    return sum;
}

std::uint64_t search(const aludel::Engine& engine, const std::vector<Search>& searches) {
    aludel::Session session{engine};
    std::uint64_t sum = 0;
    for (const Search& wanted : searches) {
        const auto matches = session.query(col<&model::User::name>, col<&model::Address::email_address>)
                                 .join<model::Address>(rel<&model::User::addresses>)
                                 .filter(col<&model::User::id> >= wanted.from, col<&model::User::id> < wanted.to,
                                         col<&model::Address::email_address> != wanted.without)
                                 .order_by(col<&model::Address::email_address>)
                                 .limit(search_limit)
                                 .all();
        for (const auto& [name, email_address] : matches) sum += touch(name) + touch(email_address);
    }
    return sum;
}

}  // namespace bench
