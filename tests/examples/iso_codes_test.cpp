// The example iso_codes: what its imports add, change, leave alone and remove, and what it reports.
#include "../../examples/iso_codes/importer.hpp"
#include "../../examples/iso_codes/report.hpp"
#include "support/log_capture.hpp"
#include "support/temporary.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

namespace {

using Tallies = std::vector<std::pair<std::string, Tally>>;

const std::string real_data = "/usr/share/iso-codes/json";

class IsoCodes : public testing::Test {
  protected:
    IsoCodes() { Base::metadata().create_all(engine); }

    Tallies import_from(const std::string& folder) {
        log.clear();
        Session session{engine};
        auto tallies = import_folder(session, folder, [this](std::string_view what, std::size_t done, std::size_t all) {
            EXPECT_LE(done, all);
            heard.insert(std::string{what});
        });
        session.commit();
        return tallies;
    }
    std::string report() {
        log.clear();
        Session session{engine};
        std::ostringstream out;
        print_report(session, out);
        return out.str();
    }
    std::ptrdiff_t statements_with(std::string_view word) const {
        const auto all = log.statements();
        return std::count_if(all.begin(), all.end(), [&](const std::string& text) { return text.starts_with(word); });
    }
    std::ptrdiff_t writes() const {
        return statements_with("INSERT") + statements_with("UPDATE") + statements_with("DELETE");
    }
    /// The file `iso_<part>.json` of the data of this test.
    void write(const std::string& part, const std::string& records) const {
        std::ofstream{small_data() + "/iso_" + part + ".json"} << "{\"" << part << "\": [" << records << "]}";
    }
    std::string small_data() const { return directory.path().string(); }

    aludel::test::LogCapture log;
    aludel::test::TemporaryDirectory directory;
    Engine engine = create_engine("sqlite://", {.echo = true, .log = log.sink()});
    std::set<std::string> heard;
};

class IsoCodesSmall : public IsoCodes {
  protected:
    IsoCodesSmall() {
        write("3166-1", andorra + "," + belgium);
        write("3166-2",
              R"({"code": "BE-WLG", "name": "Liège", "type": "Province", "parent": "WAL"},
                 {"code": "BE-WAL", "name": "wallonne, Région", "type": "Region"},
                 {"code": "AD-06", "name": "Sant Julià de Lòria", "type": "Parish"})");
        write("4217", R"({"alpha_3": "EUR", "name": "Euro", "numeric": "978"},
                         {"alpha_3": "BEF", "name": "Belgian Franc", "numeric": "056"})");
        write("639-2", R"({"alpha_2": "ca", "alpha_3": "cat", "name": "Catalan; Valencian"})");
        write("639-3", R"({"alpha_2": "ca", "alpha_3": "cat", "name": "Catalan", "scope": "I", "type": "L"},
                          {"alpha_3": "wln", "name": "Walloon", "scope": "I", "type": "L"})");
        write("639-5", R"({"alpha_3": "roa", "name": "Romance languages"})");
    }

    const std::string andorra =
        R"({"alpha_2": "AD", "alpha_3": "AND", "flag": "🇦🇩", "name": "Andorra", "numeric": "020"})";
    const std::string belgium =
        R"({"alpha_2": "BE", "alpha_3": "BEL", "flag": "🇧🇪", "name": "Belgium", "numeric": "056"})";
};

TEST_F(IsoCodesSmall, first_import_adds_everything_with_its_relations) {
    EXPECT_EQ(import_from(small_data()), (Tallies{{"countries", {.added = 2}},
                                                  {"subdivisions", {.added = 3}},
                                                  {"currencies", {.added = 2}},
                                                  {"languages", {.added = 3}}}));
    Session session{engine};
    const auto liege = session.get<Subdivision>("BE-WLG");
    EXPECT_EQ(*liege->name, "Liège");
    EXPECT_EQ(*liege->parent->name, "wallonne, Région");
    EXPECT_EQ(liege->country, session.get<Country>("BE"));
    EXPECT_EQ(liege->country->subdivisions.size(), 2u);
    EXPECT_EQ(session.get<Currency>("BEF")->country, session.get<Country>("BE"));
    EXPECT_EQ(session.get<Currency>("EUR")->country, nullptr);
    const auto catalan = session.get<Language>("cat");
    EXPECT_EQ(*catalan->name, "Catalan; Valencian");
    EXPECT_EQ(*catalan->vitality, Vitality::living);
    EXPECT_EQ(catalan->standards.size(), 2u);
    EXPECT_EQ(session.get<Standard>("ISO 639-3")->languages.count(), 2);
}

TEST_F(IsoCodesSmall, second_import_writes_nothing) {
    import_from(small_data());
    EXPECT_EQ(import_from(small_data()), (Tallies{{"countries", {.unchanged = 2}},
                                                  {"subdivisions", {.unchanged = 3}},
                                                  {"currencies", {.unchanged = 2}},
                                                  {"languages", {.unchanged = 3}}}));
    EXPECT_EQ(writes(), 0) << log.text();
}

TEST_F(IsoCodesSmall, changed_data_updates_what_differs_and_removes_what_is_gone) {
    import_from(small_data());
    write("3166-1", belgium);
    write("3166-2", R"({"code": "BE-WLG", "name": "Liège", "type": "Province", "parent": "BE-WAL"},
                       {"code": "BE-WAL", "name": "Wallonie", "type": "Region"})");
    write("639-2", R"({"alpha_3": "wln", "name": "Walloon"})");
    EXPECT_EQ(import_from(small_data()), (Tallies{{"countries", {.unchanged = 1, .removed = 1}},
                                                  {"subdivisions", {.changed = 1, .unchanged = 1}},
                                                  {"currencies", {.unchanged = 2}},
                                                  {"languages", {.changed = 2, .unchanged = 1}}}));
    Session session{engine};
    EXPECT_EQ(*session.get<Subdivision>("BE-WAL")->name, "Wallonie");
    EXPECT_EQ(session.get<Subdivision>("AD-06"), nullptr);  // went with its country
    EXPECT_EQ(session.get<Language>("wln")->standards.size(), 2u);
    EXPECT_EQ(session.get<Language>("cat")->standards.size(), 1u);
    EXPECT_EQ(*session.get<Language>("cat")->name, "Catalan");
}

TEST_F(IsoCodesSmall, missing_file_is_an_error_that_names_it_and_leaves_the_database_as_it_was) {
    std::filesystem::remove(small_data() + "/iso_4217.json");
    EXPECT_THAT([this] { import_from(small_data()); },
                testing::ThrowsMessage<std::runtime_error>(testing::HasSubstr("iso_4217.json")));
    Session session{engine};
    EXPECT_EQ(session.query<Country>().count(), 0);
}

TEST_F(IsoCodes, real_data_is_imported_once_and_updated_by_the_second_run) {
    if (!std::filesystem::exists(real_data)) GTEST_SKIP() << "the package iso-codes is not installed";
    const auto first = import_from(real_data);
    ASSERT_EQ(first.size(), 4u);
    EXPECT_GE(first[0].second.added, 240);
    EXPECT_GE(first[1].second.added, 4'500);
    EXPECT_GE(first[2].second.added, 150);
    EXPECT_GE(first[3].second.added, 7'500);
    EXPECT_THAT(heard, testing::ElementsAre("countries", "currencies", "languages of ISO 639-2",
                                            "languages of ISO 639-3", "languages of ISO 639-5", "subdivisions"));

    auto unchanged = first;
    for (auto& [what, tally] : unchanged) tally = {.unchanged = tally.added};
    EXPECT_EQ(import_from(real_data), unchanged);
    EXPECT_EQ(writes(), 0) << "a second import wrote";
    EXPECT_LE(statements_with("SELECT"), 30) << "one for each class, and one for each 500 languages";
}

TEST_F(IsoCodes, report_tells_about_the_real_data_in_few_statements) {
    if (!std::filesystem::exists(real_data)) GTEST_SKIP() << "the package iso-codes is not installed";
    import_from(real_data);
    const std::string text = report();
    EXPECT_LE(log.statements().size(), 30u);
    for (const char* line : {"249 countries, ", "🇬🇧 United Kingdom", "The tree of 🇧🇪 Belgium\n",
                             "    BE-WLG Liège (Province)\n", "  CHF Swiss Franc, Switzerland\n",
                             "  VES Bolívar Soberano, Venezuela\n", "in ISO 639-5, 0 of them ancient\n", "  extinct\n"})
        EXPECT_THAT(text, testing::HasSubstr(line));
}

}  // namespace
