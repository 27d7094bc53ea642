// Countries with their subdivisions and currencies, languages with the standards that list them: ISO 3166, 4217 and 639.
#pragma once
#include <aludel/aludel.hpp>

#include <optional>
#include <string>

using namespace aludel;

struct Subdivision;
struct Currency;

struct Country {
    static constexpr auto table_name = "countries";

    Mapped<std::string, String(2), primary_key> alpha_2;
    Mapped<std::string, String(3)> alpha_3;
    Mapped<std::string, String(3)> numeric;
    Mapped<std::string> name;
    Mapped<std::optional<std::string>> official_name;
    Mapped<std::string> flag;  // two "regional indicator" characters

    Many<Subdivision, back_populates("country"), order_by("code"), cascade("all, delete-orphan")> subdivisions;
    Many<Currency, back_populates("country"), order_by("code")> currencies;
};

// A tree: the departments of France stand below its regions, those of other countries directly below the country.
struct Subdivision {
    static constexpr auto table_name = "subdivisions";

    Mapped<std::string, String(6), primary_key> code;
    Mapped<std::string> name;
    Mapped<std::string> type;
    Mapped<std::string, String(2), ForeignKey("countries.alpha_2"), indexed> country_code;
    Mapped<std::optional<std::string>, String(6), ForeignKey("subdivisions.code"), indexed> parent_code;

    One<Country> country;  // the other side names this one: that is enough
    One<Subdivision, remote_side("code"), back_populates("children")> parent;
    Many<Subdivision, order_by("code")> children;
};

struct Currency {
    static constexpr auto table_name = "currencies";

    Mapped<std::string, String(3), primary_key> code;
    Mapped<std::string, String(3)> numeric;
    Mapped<std::string> name;
    Mapped<std::optional<std::string>, String(2), ForeignKey("countries.alpha_2"), indexed> country_code;

    One<Country> country;
};

enum class Scope { individual, macrolanguage, special };
enum class Vitality { living, extinct, ancient, historical, constructed, special };

struct Standard;

struct Language {
    static constexpr auto table_name = "languages";

    Mapped<std::string, String(7), primary_key> code;
    Mapped<std::optional<std::string>, String(2)> alpha_2;
    Mapped<std::string> name;
    Mapped<std::optional<Scope>> scope;        // what ISO 639-3 alone tells
    Mapped<std::optional<Vitality>> vitality;  // "

    Many<Standard, secondary("language_standards"), back_populates("languages"), order_by("code")> standards;
};

// A part of ISO 639. Most languages are in one of them, many in two.
struct Standard {
    static constexpr auto table_name = "standards";

    Mapped<std::string, String(10), primary_key> code;

    Dynamic<Language, secondary("language_standards")> languages;  // thousands: a query, never a list
};

using Base = Registry<Country, Subdivision, Currency, Language, Standard>;

inline const Table language_standards{"language_standards", Base::metadata(),
                                      Column{"language_code", ForeignKey("languages.code"), primary_key},
                                      Column{"standard_code", ForeignKey("standards.code"), primary_key, indexed}};
