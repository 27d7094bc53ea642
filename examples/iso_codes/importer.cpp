#include "importer.hpp"

#include <fstream>
#include <iterator>
#include <map>
#include <optional>
#include <stdexcept>
#include <unordered_map>
#include <unordered_set>

namespace {

/// The records of `iso_<part>.json`, which is an object with one member: its array of records.
Json records(const std::string& folder, const std::string& part) {
    const std::string path = folder + "/iso_" + part + ".json";
    std::ifstream file{path};
    if (!file) throw std::runtime_error("cannot read " + path + " (Debian and Ubuntu have it in the package iso-codes)");
    return Json::parse(std::string{std::istreambuf_iterator<char>{file}, {}}).at(part);
}

std::string text(const Json& record, std::string_view key) { return record.at(key).as_string(); }

std::optional<std::string> optional_text(const Json& record, std::string_view key) {
    return record.contains(key) ? std::optional(text(record, key)) : std::nullopt;
}

/// The objects of one class by their key: those that the database has, and those that the data adds.
template <class T, auto Key>
class Known {
  public:
    Known(Session& session, const Query<T>& present) : session_(session) {
        for (auto& object : present) objects_.emplace(*((*object).*Key), object);
    }

    Ptr<T> find(const std::string& key) const {
        const auto found = objects_.find(key);
        return found == objects_.end() ? nullptr : found->second;
    }
    /// The object of a record: the one that is known, or a new one. It is not forgotten, whatever else is.
    Ptr<T> claim(const std::string& key) {
        claimed_.insert(key);
        auto& object = objects_[key];
        if (!object) {
            object = make(T{});
            (*object).*Key = key;
            fresh_.push_back(object);
        }
        return object;
    }
    /// Adds what is new, deletes what the data does not have any more, and counts.
    Tally finish() {
        session_.add_all(fresh_);
        Tally tally{.added = static_cast<std::int64_t>(fresh_.size())};
        std::int64_t changed_and_new = 0;
        for (const auto& [key, object] : objects_) {
            if (!claimed_.contains(key)) {
                session_.delete_(object);
                ++tally.removed;
            } else if (session_.is_modified(object)) {
                ++changed_and_new;
            } else {
                ++tally.unchanged;
            }
        }
        tally.changed = changed_and_new - tally.added;
        session_.flush();
        return tally;
    }

  private:
    Session& session_;
    std::unordered_map<std::string, Ptr<T>> objects_;
    std::unordered_set<std::string> claimed_;
    std::vector<Ptr<T>> fresh_;
};

using Countries = Known<Country, &Country::alpha_2>;
using Subdivisions = Known<Subdivision, &Subdivision::code>;
using Currencies = Known<Currency, &Currency::code>;
using Standards = Known<Standard, &Standard::code>;
using Languages = Known<Language, &Language::code>;

class Importer {
  public:
    Importer(Session& session, std::string folder, const Progress& progress)
        : session_(session), folder_(std::move(folder)), progress_(progress) {}

    std::vector<std::pair<std::string, Tally>> run() {
        // What is asked for is in memory by then, and half-made objects shall not be written.
        const auto guard = session_.no_autoflush();
        Countries countries{session_, session_.query<Country>()};
        const Tally of_countries = import_countries(countries);
        const Tally of_subdivisions = import_subdivisions(countries);
        const Tally of_currencies = import_currencies(countries);
        const Tally of_languages = import_languages();
        return {{"countries", of_countries},
                {"subdivisions", of_subdivisions},
                {"currencies", of_currencies},
                {"languages", of_languages}};
    }

  private:
    template <class Body>
    void for_each(std::string_view what, const Json& all, const Body& body) {
        for (std::size_t i = 0; i < all.size(); ++i) {
            body(all.at(i));
            progress_(what, i + 1, all.size());
        }
    }

    Tally import_countries(Countries& countries) {
        for_each("countries", records(folder_, "3166-1"), [&](const Json& record) {
            const auto country = countries.claim(text(record, "alpha_2"));
            country->alpha_3 = text(record, "alpha_3");
            country->numeric = text(record, "numeric");
            country->name = optional_text(record, "common_name").value_or(text(record, "name"));
            country->official_name = optional_text(record, "official_name");
            country->flag = text(record, "flag");
        });
        return countries.finish();
    }

    Tally import_subdivisions(const Countries& countries) {
        Subdivisions subdivisions{session_, session_.query<Subdivision>()};
        for_each("subdivisions", records(folder_, "3166-2"), [&](const Json& record) {
            const std::string code = text(record, "code");
            const std::string country_code = code.substr(0, code.find('-'));
            const auto subdivision = subdivisions.claim(code);
            subdivision->name = text(record, "name");
            subdivision->type = text(record, "type");
            subdivision->country = countries.find(country_code);
            // A parent may stand behind its children in the file, and is named with or without the country.
            const auto parent = optional_text(record, "parent");
            subdivision->parent = !parent                            ? nullptr
                                  : parent->find('-') != parent->npos ? subdivisions.claim(*parent)
                                                                      : subdivisions.claim(country_code + '-' + *parent);
        });
        return subdivisions.finish();
    }

    /// The package does not say where a currency is used. ISO 4217 makes most codes of the country's and a letter of
    /// the currency's (CHF, of Switzerland); the others (XAU, gold) belong to no country, and EUR to no single one.
    Tally import_currencies(const Countries& countries) {
        Currencies currencies{session_, session_.query<Currency>()};
        for_each("currencies", records(folder_, "4217"), [&](const Json& record) {
            const std::string code = text(record, "alpha_3");
            const auto currency = currencies.claim(code);
            currency->numeric = text(record, "numeric");
            currency->name = text(record, "name");
            currency->country = countries.find(code.substr(0, 2));
        });
        return currencies.finish();
    }

    /// One language is in up to two of these files; which ones is a many-to-many relationship.
    Tally import_languages() {
        Standards standards{session_, session_.query<Standard>()};
        Languages languages{session_, session_.query<Language>().options(selectinload(rel<&Language::standards>))};
        std::map<std::string, std::vector<Ptr<Standard>>> listed_in;
        for (const std::string part : {"639-2", "639-3", "639-5"}) {
            const auto standard = standards.claim("ISO " + part);
            for_each("languages of ISO " + part, records(folder_, part), [&](const Json& record) {
                const std::string code = text(record, "alpha_3");
                const bool is_first = listed_in[code].empty();
                listed_in[code].push_back(standard);
                describe(*languages.claim(code), record, is_first);
            });
        }
        standards.finish();
        for (const auto& [code, those] : listed_in) {
            const auto language = languages.find(code);
            if (language->standards.all() != those) language->standards = those;
        }
        return languages.finish();
    }

    static void describe(Language& language, const Json& record, bool is_first) {
        static const std::map<std::string, Scope> scopes{
            {"I", Scope::individual}, {"M", Scope::macrolanguage}, {"S", Scope::special}};
        static const std::map<std::string, Vitality> vitalities{
            {"L", Vitality::living},     {"E", Vitality::extinct},     {"A", Vitality::ancient},
            {"H", Vitality::historical}, {"C", Vitality::constructed}, {"S", Vitality::special}};
        // The parts differ in the names ("Adyghe; Adygei" and "Adyghe"): the first one in which it is has its way.
        if (is_first) {
            language.alpha_2 = optional_text(record, "alpha_2");
            language.name = text(record, "name");
        }
        if (record.contains("scope")) language.scope = scopes.at(text(record, "scope"));
        if (record.contains("type")) language.vitality = vitalities.at(text(record, "type"));
    }

    Session& session_;
    std::string folder_;
    const Progress& progress_;
};

}  // namespace

std::vector<std::pair<std::string, Tally>> import_folder(Session& session, const std::string& folder,
                                                         const Progress& progress) {
    return Importer{session, folder, progress}.run();
}
