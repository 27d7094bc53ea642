// A session over several databases: weather reports by continent, as in SQLAlchemy's example.
#include "support/log_capture.hpp"
#include "support/temporary.hpp"

#include <aludel/aludel.hpp>
#include <aludel/orm/sharded_session.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace aludel::test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::UnorderedElementsAre;

struct Report;

struct Tag;

struct Location {
    static constexpr auto table_name = "weather_locations";
    Mapped<int, primary_key> id;
    Mapped<std::string, String(30)> continent;
    Mapped<std::string, String(50)> city;
    Many<Report, back_populates("location"), cascade("all, delete-orphan")> reports;
    Many<Tag, secondary("weather_location_tags")> tags;
};

struct Report {
    static constexpr auto table_name = "weather_reports";
    Mapped<int, primary_key> id;
    Mapped<int, ForeignKey("weather_locations.id")> location_id;
    Mapped<double> temperature;
    One<Location, back_populates("reports")> location;
};

struct Tag {
    static constexpr auto table_name = "weather_tags";
    Mapped<int, primary_key> id;
    Mapped<std::string, String(20)> word;
};

using Weather = Registry<Location, Report, Tag>;

MetaData& weather() {
    static const Table tags{"weather_location_tags", Weather::metadata(),
                            Column{"location_id", Integer, ForeignKey("weather_locations.id"), primary_key},
                            Column{"tag_id", Integer, ForeignKey("weather_tags.id"), primary_key}};
    return Weather::metadata();
}

std::string shard_of_continent(const std::string& continent) { return continent == "Asia" ? "east" : "west"; }

class ShardedSessionTest : public ::testing::Test {
  protected:
    ShardedSessionTest() {
        weather().create_all(east);
        weather().create_all(west);
        log.clear();
    }

    ShardingOptions sharding() {
        ShardingOptions options;
        options.shards = {{"east", east}, {"west", west}};
        options.shard_chooser = [](const AnyPtr& object) -> std::string {
            if (const auto location = object.as<Location>()) return shard_of_continent(location->continent);
            if (const auto report = object.as<Report>()) return shard_of_continent(report->location->continent);
            if (const auto tag = object.as<Tag>()) return tag->word == "Tokyo" ? "east" : "west";
            return {};
        };
        options.execute_chooser = [](const ShardQuery& query) -> std::vector<std::string> {
            const auto continents = query.values_of(col<&Location::continent>);
            if (!continents) return {"east", "west"};
            std::vector<std::string> ids;
            for (const std::string& continent : *continents) {
                const std::string id = shard_of_continent(continent);
                if (std::find(ids.begin(), ids.end(), id) == ids.end()) ids.push_back(id);
            }
            return ids;
        };
        return options;
    }

    void given_cities() {
        ShardedSession session{sharding()};
        session.add(Location{.continent = "Asia", .city = "Tokyo"});
        session.add(Location{.continent = "Europe", .city = "London"});
        session.add(Location{.continent = "Europe", .city = "Dublin"});
        session.commit();
        log.clear();
    }

    static std::vector<std::string> cities(const Query<Location>& query) {
        std::vector<std::string> names;
        for (const auto& location : query.all()) names.push_back(location->city);
        return names;
    }

    FreshFile east_file, west_file;
    LogCapture log;
    Engine east = create_engine(east_file.url(), {.log = log.sink()});
    Engine west = create_engine(west_file.url(), {.log = log.sink()});
};

TEST_F(ShardedSessionTest, new_rows_go_where_the_chooser_says) {
    ShardedSession session{sharding()};
    auto tokyo = session.add(Location{.continent = "Asia", .city = "Tokyo"});
    auto london = session.add(Location{.continent = "Europe", .city = "London"});
    EXPECT_EQ(shard_of(tokyo), "");
    session.commit();
    EXPECT_EQ(shard_of(tokyo), "east");
    EXPECT_EQ(shard_of(london), "west");
    EXPECT_EQ(tokyo->id, 1);
    EXPECT_EQ(london->id, 1);
    EXPECT_EQ(tokyo->city, "Tokyo");
    EXPECT_EQ(london->city, "London");
    EXPECT_THAT(cities(Session(east).query<Location>()), ElementsAre("Tokyo"));
    EXPECT_THAT(cities(Session(west).query<Location>()), ElementsAre("London"));
}

TEST_F(ShardedSessionTest, queries_run_on_the_shards_that_may_have_rows) {
    given_cities();
    ShardedSession session{sharding()};
    EXPECT_THAT(cities(session.query<Location>()), ElementsAre("Tokyo", "London", "Dublin"));
    EXPECT_EQ(session.statement_count(), 2u);
    EXPECT_THAT(cities(session.query<Location>().filter(col<&Location::continent> == "Europe")),
                ElementsAre("London", "Dublin"));
    EXPECT_EQ(session.statement_count(), 3u);
    EXPECT_THAT(cities(session.query<Location>().filter(col<&Location::continent>.in_({"Asia", "Europe"}))),
                ElementsAre("Tokyo", "London", "Dublin"));
    EXPECT_THAT(cities(session.query<Location>().set_shard("east")), ElementsAre("Tokyo"));
    EXPECT_EQ(session.query<Location>().count(), 3);
    EXPECT_EQ(session.query(col<&Location::city>).filter(col<&Location::id> == 1).all(),
              (std::vector<std::string>{"Tokyo", "London"}));
    EXPECT_EQ(session.query<Location>().filter_by("city"_a = "Dublin").one()->id, 2);
    EXPECT_THROW((void)session.query<Location>().set_shard("north").all(), InvalidRequestError);
}

TEST_F(ShardedSessionTest, rows_of_two_shards_with_one_key_are_two_objects) {
    given_cities();
    ShardedSession session{sharding()};
    const auto ones = session.query<Location>().filter(col<&Location::id> == 1).all();
    ASSERT_EQ(ones.size(), 2u);
    EXPECT_NE(ones[0], ones[1]);
    EXPECT_EQ(session.query<Location>().filter(col<&Location::id> == 1).all(), ones);
    EXPECT_EQ(session.identity_map_size(), 2u);
}

TEST_F(ShardedSessionTest, get_asks_the_shards_in_order) {
    given_cities();
    ShardingOptions options = sharding();
    options.id_chooser = [](const ShardKey& key) -> std::vector<std::string> {
        EXPECT_TRUE(key.is_for<Location>());
        return key.values()[0].as_integer() > 1 ? std::vector<std::string>{"west"}
                                                : std::vector<std::string>{"west", "east"};
    };
    ShardedSession session{options};
    EXPECT_EQ(session.get<Location>(1)->city, "London");
    EXPECT_EQ(session.statement_count(), 1u);
    EXPECT_EQ(session.get<Location>(1)->city, "London");
    EXPECT_EQ(session.statement_count(), 1u);
    EXPECT_EQ(session.get<Location>(2)->city, "Dublin");
    EXPECT_EQ(session.get<Location>(3), nullptr);
    ShardedSession everywhere{sharding()};
    EXPECT_EQ(everywhere.get<Location>(2)->city, "Dublin");
    EXPECT_EQ(everywhere.statement_count(), 2u);
}

TEST_F(ShardedSessionTest, objects_are_refreshed_changed_and_deleted_on_their_shard) {
    given_cities();
    ShardedSession session{sharding()};
    auto tokyo = session.query<Location>().filter_by("city"_a = "Tokyo").one();
    auto london = session.query<Location>().filter_by("city"_a = "London").one();
    session.commit();
    EXPECT_EQ(tokyo->city, "Tokyo");
    EXPECT_EQ(london->city, "London");
    tokyo->city = "Kyoto";
    london->city = "Leeds";
    session.commit();
    EXPECT_THAT(cities(Session(east).query<Location>()), ElementsAre("Kyoto"));
    EXPECT_THAT(cities(Session(west).query<Location>()), ElementsAre("Leeds", "Dublin"));
    session.delete_(london);
    session.commit();
    session.refresh(tokyo);
    EXPECT_THAT(cities(Session(east).query<Location>()), ElementsAre("Kyoto"));
    EXPECT_THAT(cities(Session(west).query<Location>()), ElementsAre("Dublin"));
}

TEST_F(ShardedSessionTest, relationships_stay_on_the_shard_of_their_owner) {
    given_cities();
    ShardedSession session{sharding()};
    for (const auto& location : session.query<Location>().all()) {
        location->reports.append(Report{.temperature = location->city == "Tokyo" ? 30.0 : 10.0});
        location->tags.append(Tag{.word = location->city});
    }
    session.flush();
    session.commit();
    EXPECT_EQ(Session(east).query<Report>().count(), 1);
    EXPECT_EQ(Session(west).query<Report>().count(), 2);
    auto tokyo = session.query<Location>().filter_by("city"_a = "Tokyo").one();
    ASSERT_EQ(tokyo->reports.size(), 1u);
    EXPECT_EQ(tokyo->reports[0]->temperature, 30.0);
    EXPECT_EQ(tokyo->reports[0]->location, tokyo);
    EXPECT_EQ(shard_of(tokyo->reports[0]), "east");
    EXPECT_EQ(tokyo->tags[0]->word, "Tokyo");
    session.close();  // and its locks with it
    ShardedSession eager{sharding()};
    const auto all =
        eager.query<Location>().options(selectinload(rel<&Location::reports>), joinedload(rel<&Location::tags>)).all();
    ASSERT_EQ(all.size(), 3u);
    EXPECT_EQ(eager.statement_count(), 4u);
    for (const auto& location : all) {
        EXPECT_EQ(location->reports.size(), 1u);
        EXPECT_EQ(location->tags[0]->word, location->city);
    }
    EXPECT_EQ(eager.statement_count(), 4u);
    eager.delete_(all[1]);
    eager.commit();
    EXPECT_EQ(Session(west).query<Report>().count(), 1);
    EXPECT_EQ(Session(east).query<Report>().count(), 1);
}

TEST_F(ShardedSessionTest, rollback_forgets_the_shards_that_were_chosen) {
    ShardedSession session{sharding()};
    auto city = session.add(Location{.continent = "Asia", .city = "Delhi"});
    session.flush();
    EXPECT_EQ(shard_of(city), "east");
    session.rollback();
    EXPECT_EQ(shard_of(city), "");
    city->continent = "Europe";
    session.add(city);
    session.commit();
    EXPECT_EQ(shard_of(city), "west");
}

TEST_F(ShardedSessionTest, updates_and_deletes_of_queries_give_the_sum) {
    given_cities();
    ShardedSession session{sharding()};
    const auto known = session.query<Location>().filter(col<&Location::id> == 1).all();
    EXPECT_EQ(session.query<Location>().update(col<&Location::city> = "X"), 3);
    EXPECT_EQ(known[0]->city, "X");
    EXPECT_EQ(known[1]->city, "X");
    EXPECT_EQ(session.query<Location>().filter(col<&Location::continent> == "Europe").delete_(), 2);
    EXPECT_EQ(object_state(known[1]), ObjectState::deleted);
    EXPECT_EQ(object_state(known[0]), ObjectState::persistent);
    session.commit();
    EXPECT_EQ(Session(east).query<Location>().count(), 1);
    EXPECT_EQ(Session(west).query<Location>().count(), 0);
}

TEST_F(ShardedSessionTest, statements_need_a_shard) {
    given_cities();
    ShardedSession session{sharding()};
    EXPECT_THROW(session.execute(select(col<&Location::city>)), InvalidRequestError);
    EXPECT_THROW((void)session.connection(), InvalidRequestError);
    EXPECT_EQ(session.execute_on("east", select(col<&Location::city>)).scalar_one(), "Tokyo");
    try {
        (void)session.connection_to("north");
        FAIL();
    } catch (const InvalidRequestError& error) {
        EXPECT_THAT(error.message(), HasSubstr("'north'; this session has: east, west"));
    }
}

TEST_F(ShardedSessionTest, detached_objects_return_to_their_shard) {
    given_cities();
    Ptr<Location> tokyo;
    {
        ShardedSession session{sharding()};
        tokyo = session.query<Location>().filter_by("city"_a = "Tokyo").one();
    }
    EXPECT_EQ(shard_of(tokyo), "east");
    ShardedSession session{sharding()};
    auto london = session.get<Location>(1);  // the first of east is Tokyo's own row
    session.expunge(london);
    session.add(tokyo);
    tokyo->city = "Osaka";
    session.commit();
    EXPECT_THAT(cities(Session(east).query<Location>()), ElementsAre("Osaka"));
    Ptr<Location> merged = session.merge(tokyo);
    EXPECT_EQ(merged, tokyo);
}

TEST_F(ShardedSessionTest, what_makes_no_sense_is_refused) {
    EXPECT_THROW(ShardedSession(ShardingOptions{}), ArgumentError);
    ShardingOptions options = sharding();
    options.shards = {{"east", east}, {"east", west}};
    EXPECT_THROW(ShardedSession{options}, ArgumentError);
    options = sharding();
    options.shard_chooser = nullptr;
    EXPECT_THROW(ShardedSession{options}, ArgumentError);
    EXPECT_THROW(ShardedSession(sharding(), {.replicas = {east}}), ArgumentError);
    options = sharding();
    options.shard_chooser = [](const AnyPtr&) { return "nowhere"; };
    ShardedSession session{options};
    session.add(Location{.continent = "Asia", .city = "Tokyo"});
    EXPECT_THROW(session.flush(), InvalidRequestError);
    session.rollback();
    options.execute_chooser = [](const ShardQuery&) { return std::vector<std::string>{}; };
    ShardedSession lost{options};
    EXPECT_THROW((void)lost.query<Location>().all(), InvalidRequestError);
}

TEST_F(ShardedSessionTest, stream_reads_one_shard_after_the_other) {
    given_cities();
    ShardedSession session{sharding()};
    std::vector<std::string> names;
    for (const auto& location : session.query<Location>().stream()) names.push_back(location->city);
    EXPECT_THAT(names, ElementsAre("Tokyo", "London", "Dublin"));
}

}  // namespace
}  // namespace aludel::test
