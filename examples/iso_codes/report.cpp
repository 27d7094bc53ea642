#include "report.hpp"

#include <cstdint>
#include <iomanip>
#include <ostream>
#include <string>
#include <string_view>

using namespace aludel::literals;

namespace {

const std::string& name_of(Vitality vitality) {
    return enum_names<Vitality>().name_of(static_cast<std::int64_t>(vitality));
}

void print_totals(Session& session, std::ostream& out) {
    out << session.query<Country>().count() << " countries, " << session.query<Subdivision>().count()
        << " subdivisions, " << session.query<Currency>().count() << " currencies, "
        << session.query<Language>().count() << " languages\n";
}

void print_rankings(Session& session, std::ostream& out) {
    const auto number = func::count(col<&Subdivision::code>).label("number");
    out << "\nThe most subdivisions\n";
    for (auto& [country, count] : session.query(entity<Country>, number)
                                      .join(rel<&Country::subdivisions>)
                                      .group_by(col<&Country::alpha_2>)
                                      .order_by(number.desc(), col<&Country::name>)
                                      .limit(5))
        out << std::setw(6) << count << "  " << *country->flag << ' ' << *country->name << '\n';

    out << "\nThe most usual kinds\n";
    for (auto& [kind, count] : session.query(col<&Subdivision::type>, number)
                                   .group_by(col<&Subdivision::type>)
                                   .having(func::count(col<&Subdivision::code>) > 200)
                                   .order_by(number.desc()))
        out << std::setw(6) << count << "  " << kind << '\n';

    const auto without = !rel<&Country::subdivisions>.any();
    out << "\nCountries without any: " << session.query<Country>().filter(without).count() << '\n';
}

void print_branch(const Ptr<Subdivision>& subdivision, int depth, std::ostream& out) {
    out << std::string(static_cast<std::size_t>(2 * depth), ' ') << *subdivision->code << ' ' << *subdivision->name
        << " (" << *subdivision->type << ")\n";
    for (auto& child : subdivision->children) print_branch(child, depth + 1, out);
}

// The data has two levels below a country: one SELECT for each, and one that finds nothing below the second.
void print_tree(Session& session, std::string_view country_code, std::ostream& out) {
    const auto roots =
        session.query<Subdivision>()
            .filter(col<&Subdivision::country_code> == country_code, rel<&Subdivision::parent> == nullptr)
            .order_by(col<&Subdivision::code>)
            .options(joinedload(rel<&Subdivision::country>),
                     selectinload(rel<&Subdivision::children>).selectinload(rel<&Subdivision::children>))
            .all();
    if (roots.empty()) return;
    out << "\nThe tree of " << *roots.front()->country->flag << ' ' << *roots.front()->country->name << '\n';
    for (auto& root : roots) print_branch(root, 1, out);
}

void print_currencies(Session& session, std::ostream& out) {
    out << "\nCurrencies that are called franc or bolívar, or have an apostrophe\n";
    for (auto& currency : session.query<Currency>()
                              .options(joinedload(rel<&Currency::country>))
                              .filter(col<&Currency::name>.like("%Franc%") || col<&Currency::name>.like("%Bolívar%") ||
                                      col<&Currency::name>.like("%’%"))
                              .order_by(col<&Currency::code>))
        out << "  " << *currency->code << ' ' << *currency->name << ", "
            << (currency->country ? *currency->country->name : std::string{"no single country"}) << '\n';
    out << "  of no country: " << session.query<Currency>().filter(!rel<&Currency::country>.has()).count() << '\n';
}

void print_languages(Session& session, std::ostream& out) {
    out << "\nLanguages\n";
    const auto number = func::count(col<&Language::code>);
    for (auto& [standard, count] : session.query(entity<Standard>, number)
                                       .join(rel<&Standard::languages>)
                                       .group_by(col<&Standard::code>)
                                       .order_by(col<&Standard::code>)) {
        const auto oldest = standard->languages.filter(col<&Language::vitality> == Vitality::ancient).count();
        out << std::setw(6) << count << "  in " << *standard->code << ", " << oldest << " of them ancient\n";
    }
    const auto in_part_2 = rel<&Language::standards>.any("code"_a = "ISO 639-2");
    const auto in_part_3 = rel<&Language::standards>.any("code"_a = "ISO 639-3");
    out << std::setw(6) << session.query<Language>().filter(in_part_2, in_part_3).count() << "  in parts 2 and 3\n"
        << std::setw(6) << session.query<Language>().filter(in_part_2, !in_part_3).count() << "  in part 2 without 3\n";
    for (auto& [vitality, count] : session.query(col<&Language::vitality>, number)
                                       .filter(col<&Language::vitality> != nullptr)
                                       .group_by(col<&Language::vitality>)
                                       .order_by(number.desc()))
        out << std::setw(6) << count << "  " << name_of(*vitality) << '\n';
}

}  // namespace

void print_report(Session& session, std::ostream& out) {
    print_totals(session, out);
    print_rankings(session, out);
    print_tree(session, "BE", out);
    print_currencies(session, out);
    print_languages(session, out);
}
