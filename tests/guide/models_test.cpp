// Samples of docs/guide/models.md.
#include "guide.hpp"

#include <gmock/gmock.h>

// begin: include
#include <aludel/aludel.hpp>

#include <iostream>
#include <optional>
#include <string>

using namespace aludel;
using namespace aludel::literals;  // "name"_a = value
// end

// Named, for the classes of other chapters have the same names.
namespace guide_models {

// begin: user
struct User {
    static constexpr auto table_name = "users";

    Mapped<int, primary_key> id;
    Mapped<std::string> name;
    Mapped<std::optional<std::string>> fullname;
    Mapped<std::optional<std::string>> nickname;

    friend std::ostream& operator<<(std::ostream& out, const User& user) { return out << "<User " << user.name << '>'; }
};
// end

// begin: product
enum class Status { draft, on_sale, gone };

struct Product {
    static constexpr auto table_name = "products";

    Mapped<std::int64_t, primary_key> id;
    Mapped<std::string, String(40), unique> code;
    Mapped<std::string, Text> description = "";  // a default of the program
    Mapped<Decimal, Numeric(10, 2)> price;
    Mapped<Status> status = Status::draft;
    Mapped<std::optional<int>, ForeignKey("users.id", ondelete("SET NULL")), indexed> seller_id;
    Mapped<std::chrono::sys_time<std::chrono::microseconds>, server_default(func::current_timestamp())> created;

    static auto table_args() { return TableArgs{CheckConstraint("price >= 0")}; }
};
// end

// begin: account
class Account {
  public:
    static constexpr auto table_name = "accounts";

    Account() = default;
    explicit Account(std::string owner) : owner_(std::move(owner)) {}
    void deposit(int cents) { balance_ += cents; }
    int balance() const { return balance_; }

  private:
    Mapped<int, primary_key> id_;
    Mapped<std::string> owner_;
    Mapped<int> balance_ = 0;

  public:
    using mapped = Members<&Account::id_, &Account::owner_, &Account::balance_>;
};
// end

// begin: registry
using Base = Registry<User, Product, Account>;
// end

TEST(GuideModels, samples_do_what_the_chapter_says) {
    Guide guide{"models"};
    const auto create_engine = guide.engine_maker();

    guide.begin("connect");
    Engine engine = create_engine("sqlite://", {.echo = true});
    guide.end();

    guide.begin("create-all");
    Base::metadata().create_all(engine);
    guide.end();
    EXPECT_THAT(guide.statements(), testing::Contains(testing::HasSubstr("CREATE TABLE users")));

    guide.begin("ddl");
    std::cout << create_table_sql(Base::metadata().table("products"), dialects::postgresql()) << '\n';
    guide.end();
    EXPECT_THAT(guide.output(), testing::HasSubstr("id BIGSERIAL NOT NULL"));

    guide.begin("instance");
    auto ed = make(User{.name = "ed", .fullname = "Ed Jones"});
    ed->nickname = "edsnickname";

    std::cout << *ed->name << ", " << ed->nickname->value() << ", " << ed << '\n';
    guide.end();
    EXPECT_EQ(guide.output(), "ed, edsnickname, <User ed>\n");
    EXPECT_THAT(guide.statements(), testing::IsEmpty());

    guide.begin("class");
    Session session{engine};
    auto account = session.add(Account{"ed"});
    account->deposit(500);
    session.commit();
    guide.end();
    EXPECT_EQ(account->balance(), 500);
}

}  // namespace guide_models
