// Classes and their tables: keys, defaults, names.
#include "compliance/compliance.hpp"

namespace aludel::test::compliance {
namespace {

/// Keys from elsewhere than the table's own counter.
struct Numbered {
    static constexpr auto table_name = "numbered";
    Mapped<int, primary_key, Sequence("number_seq", {.start = 100})> id;
    Mapped<std::string, String(20)> name;
};
struct Identified {
    static constexpr auto table_name = "identified";
    Mapped<int, primary_key, Identity{}> id;
    Mapped<std::string, String(20)> name;
};
using Numbers = Registry<Numbered, Identified>;

using Mapping = ComplianceTest;
ALUDEL_ON_EVERY_DATABASE(Mapping);

TEST_P(Mapping, generated_keys_count_from_one) {
    auto ed = session.add(User{.name = "ed"});
    auto wendy = session.add(User{.name = "wendy"});
    session.flush();
    EXPECT_EQ(ed->id, 1);
    EXPECT_EQ(wendy->id, 2);
}

TEST_P(Mapping, given_key_is_kept) {
    session.add(User{.id = 77, .name = "ed"});
    session.commit();
    EXPECT_EQ(session.get<User>(77)->name, "ed");
}

TEST_P(Mapping, key_of_an_identity_column_is_read_back) {
    Numbers::metadata().create_all(engine);
    auto first = session.add(Identified{.name = "a"});
    auto second = session.add(Identified{.name = "b"});
    session.commit();
    EXPECT_EQ(first->id, 1);
    EXPECT_EQ(second->name, "b");
}

TEST_P(Mapping, key_of_a_sequence_is_read_back) {
    ALUDEL_NEEDS(sequences);
    Numbers::metadata().create_all(engine);
    auto first = session.add(Numbered{.name = "a"});
    auto second = session.add(Numbered{.name = "b"});
    session.commit();
    EXPECT_EQ(first->id, 100);
    EXPECT_EQ(second->id, 101);
    EXPECT_EQ(committed<std::string>("SELECT name FROM numbered WHERE id = 101"), "b");
    const Table table{mapper<Numbered>().table()};
    Connection connection = engine.connect();
    EXPECT_THAT(connection.execute(insert(table).values("name"_a = "c")).inserted_primary_key(),
                ::testing::ElementsAre(Value::of(102)));
}

TEST_P(Mapping, default_of_the_program_is_written_and_known) {
    auto item = session.add(Item{.title = "x"});
    session.flush();
    EXPECT_EQ(item->quantity, 1);
    session.commit();
    EXPECT_EQ(committed<int>("SELECT quantity FROM items"), 1);
}

TEST_P(Mapping, default_of_the_database_is_read_back) {
    auto item = session.add(Item{.title = "x"});
    session.flush();
    EXPECT_EQ(item->status, "new");
    auto sold = session.add(Item{.title = "y", .status = "sold"});
    session.commit();
    EXPECT_EQ(sold->status, "sold");
}

TEST_P(Mapping, null_is_nothing_and_empty_text_is_no_null) {
    session.add_all(User{.name = "a", .fullname = std::nullopt}, User{.name = "b", .fullname = ""});
    session.commit();
    restart();
    EXPECT_EQ(session.get<User>(1)->fullname, std::nullopt);
    EXPECT_EQ(session.get<User>(2)->fullname, "");
}

TEST_P(Mapping, key_of_two_columns_with_words_of_sql_as_names) {
    session.add_all(Seat{.row = "A", .select = 1}, Seat{.row = "A", .select = 2, .note = "aisle"},
                    Seat{.row = "B", .select = 1});
    session.commit();
    restart();
    EXPECT_EQ(session.get<Seat>("A", 2)->note, "aisle");
    EXPECT_FALSE(session.get<Seat>("B", 2));
    EXPECT_EQ(session.query<Seat>().filter(col<&Seat::select> == 1).count(), 2);
}

TEST_P(Mapping, key_of_two_columns_identifies_one_object) {
    given(Seat{.row = "A", .select = 1});
    auto by_key = session.get<Seat>("A", 1);
    auto by_query = session.query<Seat>().one();
    EXPECT_EQ(by_key, by_query);
    EXPECT_EQ(session.identity_map_size(), 1u);
}

TEST_P(Mapping, key_that_is_text_is_found_again) {
    given(Country{.code = "DE", .title = "Germany"}, Country{.code = "ÅX", .title = "Åland"});
    EXPECT_EQ(session.get<Country>("ÅX")->title, "Åland");
    EXPECT_FALSE(session.get<Country>("FR"));
}

TEST_P(Mapping, names_of_tables_and_columns_keep_their_case_and_may_hold_anything) {
    MetaData metadata;
    const Table table{"Näme with \"quotes\" `ticks` and SPACE", metadata, Column{"Id", Integer, primary_key},
                      Column{"a%b:c?d", Integer}, Column{"select", Integer}};
    metadata.create_all(engine);
    Connection connection = engine.connect();
    connection.execute(insert(table).values("Id"_a = 1, "a%b:c?d"_a = 2, "select"_a = 3));
    const auto row =
        connection.execute(select(table.c<int>("Id"), table.c<int>("a%b:c?d"), table.c<int>("select"))).one();
    EXPECT_EQ(row, (std::tuple{1, 2, 3}));
    connection.execute(update(table).where(table.c<int>("a%b:c?d") == 2).values("select"_a = 4));
    EXPECT_EQ(connection.scalar(select(table.c<int>("select"))), 4);
}

TEST_P(Mapping, objects_of_one_row_are_one_object) {
    given_users({"ed"});
    EXPECT_EQ(session.get<User>(1), session.query<User>().filter(col<&User::name> == "ed").one());
}

TEST_P(Mapping, deferred_column_is_read_when_it_is_used) {
    given(Profile{.bio = "long"});
    auto profile = session.query<Profile>().one();
    statements();
    EXPECT_EQ(profile->bio, "long");
    EXPECT_EQ(statements(), 1u);
}

TEST_P(Mapping, many_rows_in_one_flush_have_distinct_keys_in_order) {
    std::vector<Ptr<User>> users;
    for (int i = 0; i < 250; ++i) users.push_back(session.add(User{.name = "u" + std::to_string(i)}));
    session.commit();
    for (int i = 0; i < 250; ++i) {
        EXPECT_EQ(users[static_cast<std::size_t>(i)]->id, i + 1);
        EXPECT_EQ(users[static_cast<std::size_t>(i)]->name, "u" + std::to_string(i));
    }
}

}  // namespace
}  // namespace aludel::test::compliance
