#include "random/world.hpp"

#include <algorithm>

namespace aludel::test {

namespace {

const char* table_of(Kind kind) {
    switch (kind) {
        case Kind::company: return "companies";
        case Kind::department: return "departments";
        case Kind::employee: return "employees";
        case Kind::project: return "projects";
        case Kind::badge: return "badges";
    }
    return "";
}

std::string optional_name(const std::optional<int>& number) { return number ? World::name_of(*number) : "-"; }

template <class Predicate>
std::vector<int> numbers(const World& world, Predicate predicate) {
    std::vector<int> found;
    for (const auto& [number, thing] : world.things) {
        if (predicate(thing)) found.push_back(number);
    }
    return found;
}

}  // namespace

std::vector<int> World::all(Kind kind) const {
    return numbers(*this, [&](const Thing& thing) { return thing.kind == kind; });
}

std::vector<int> World::children_of(int parent) const {
    return numbers(*this, [&](const Thing& thing) { return thing.parent == parent; });
}

std::vector<int> World::reports_of(int manager) const {
    return numbers(*this, [&](const Thing& thing) { return thing.manager == manager; });
}

std::vector<int> World::members_of(int project) const {
    return numbers(*this, [&](const Thing& thing) { return thing.projects.contains(project); });
}

std::optional<int> World::badge_of(int employee) const {
    const auto badges =
        numbers(*this, [&](const Thing& thing) { return thing.kind == Kind::badge && thing.parent == employee; });
    return badges.empty() ? std::nullopt : std::optional(badges.front());
}

bool World::is_above(int employee, int other) const {
    for (std::optional<int> at = other; at; at = things.at(*at).manager) {
        if (*at == employee) return true;
    }
    return false;
}

void World::erase(int number) {
    const Kind kind = things.at(number).kind;
    for (const int child : children_of(number)) {
        if (kind == Kind::company || things.at(child).kind == Kind::badge) {
            erase(child);
        } else {
            things.at(child).parent.reset();
        }
    }
    for (auto& [other, thing] : things) {
        if (thing.manager == number) thing.manager.reset();
        thing.projects.erase(number);
    }
    things.erase(number);
}

std::vector<std::string> World::rows() const {
    std::vector<std::string> lines;
    for (const auto& [number, thing] : things) {
        std::string line =
            std::string(table_of(thing.kind)) + ": " + name_of(number) + ' ' + std::to_string(thing.amount);
        if (thing.kind != Kind::company && thing.kind != Kind::project) line += " of " + optional_name(thing.parent);
        if (thing.kind == Kind::employee) line += " under " + optional_name(thing.manager);
        lines.push_back(line);
        for (const int project : thing.projects) {
            lines.push_back("memberships: " + name_of(number) + " in " + name_of(project));
        }
    }
    std::sort(lines.begin(), lines.end());
    return lines;
}

}  // namespace aludel::test
