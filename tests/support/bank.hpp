// A bank: accounts, and transfers that are written down once each.
#pragma once

#include <aludel/aludel.hpp>
#include <aludel/orm/retry.hpp>

#include <cstdlib>
#include <string>

namespace aludel::test {

struct Account {
    static constexpr auto table_name = "accounts";
    Mapped<int, primary_key> id;
    Mapped<int> balance;
};

/// What was done, by the name that the program gave it: nothing may be done twice.
struct Transfer {
    static constexpr auto table_name = "transfers";
    Mapped<std::string, String(40), primary_key> name;
    Mapped<int> amount;
};

using Bank = Registry<Account, Transfer>;

/// `accounts` accounts with 100 each, and no transfers.
inline void open_bank(const Engine& engine, int accounts) {
    Bank::metadata().drop_all(engine);
    Bank::metadata().create_all(engine);
    Session session{engine};
    for (int i = 1; i <= accounts; ++i) session.add(Account{.id = i, .balance = 100});
    session.commit();
}

inline int sum_of_balances(const Engine& engine) {
    Session session{engine};
    int sum = 0;
    for (const auto& account : session.query<Account>().all()) sum += account->balance;
    return sum;
}

/// Adds to an account in the database, whatever others have added since it was read.
inline void add_to(Session& session, int account, int amount) {
    session.query<Account>()
        .filter(col<&Account::id> == account)
        .update(col<&Account::balance> = col<&Account::balance> + amount);
}

/// Moves one from an account to another and writes it down.
inline void transfer(Session& session, int from, int to, const std::string& name) {
    add_to(session, from, -1);
    add_to(session, to, 1);
    session.add(Transfer{.name = name, .amount = 1});
}

/// A variable of the environment; empty where there is none.
inline std::string environment(const char* name) {
    const char* value = std::getenv(name);
    return value == nullptr ? std::string{} : std::string{value};
}

}  // namespace aludel::test
