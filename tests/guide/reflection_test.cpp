// Samples of docs/guide/reflection.md.
#include "contacts_models.hpp"
#include "guide.hpp"

#include <aludel/orm/automap.hpp>
#include <aludel/sql/schema/inspector.hpp>

#include <gmock/gmock.h>

#include <iostream>

using namespace aludel;

namespace guide_reflection {

class GuideReflection : public testing::Test {
  protected:
    GuideReflection() { contacts::Base::metadata().create_all(engine); }

    Guide guide{"reflection"};
    // Its statements are the catalogue's, which the page does not show.
    Engine engine = aludel::create_engine("sqlite://");
};

TEST_F(GuideReflection, inspector) {
    guide.begin("inspect");
    auto inspector = inspect(engine);
    for (auto& table : inspector.get_table_names()) {
        std::cout << table << '\n';
        for (auto& column : inspector.get_columns(table))
            std::cout << "  " << column.name << ' ' << column.type_text << (column.nullable ? "" : " NOT NULL") << '\n';
        for (auto& key : inspector.get_foreign_keys(table))
            std::cout << "  " << key.columns[0] << " -> " << key.referred_table << '\n';
    }
    guide.end();
    EXPECT_EQ(guide.output(),
              "addresses\n  id INTEGER NOT NULL\n  email VARCHAR NOT NULL\n  user_id INTEGER\n  user_id -> users\n"
              "users\n  id INTEGER NOT NULL\n  name VARCHAR NOT NULL\n  fullname VARCHAR\n");
}

TEST_F(GuideReflection, tables) {
    {
        Session session(engine);
        contacts::add_users(session);
    }
    guide.begin("autoload");
    MetaData metadata;
    const Table addresses{"addresses", metadata, autoload_with(engine)};
    auto connection = engine.connect();
    auto emails = connection.execute(select(addresses.c<std::string>("email")).order_by(addresses.c("id")));
    for (auto& email : emails.scalars()) std::cout << email << '\n';
    std::cout << metadata.tables().size() << " tables\n";
    guide.end();
    EXPECT_EQ(guide.output(), "jack@google.com\nj25@yahoo.com\n2 tables\n");
    connection.close();

    guide.begin("reflect");
    MetaData everything;
    everything.reflect(engine);
    for (auto* table : everything.sorted_tables()) std::cout << table->name() << '\n';
    guide.end();
    EXPECT_EQ(guide.output(), "users\naddresses\n");
}

TEST_F(GuideReflection, classes) {
    guide.begin("automap");
    MetaData metadata;
    metadata.reflect(engine);
    std::cout << automap(metadata);
    guide.end();
    EXPECT_THAT(guide.output(), testing::HasSubstr("One<Users, back_populates(\"addresses_collection\")> user;"));
}

}  // namespace guide_reflection
