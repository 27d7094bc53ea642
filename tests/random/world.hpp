// The plain model that the session is held against: what there is, and who belongs to whom.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace aludel::test {

enum class Kind { company, department, employee, project, badge };

struct Thing {
    Kind kind;
    int amount = 0;
    std::optional<int> parent;   // of a department its company, of an employee its department, of a badge its employee
    std::optional<int> manager;  // of an employee
    std::set<int> projects;      // of an employee
};

/// All things by their number. A number is never used again.
class World {
  public:
    std::map<int, Thing> things;

    static std::string name_of(int number) { return "thing " + std::to_string(number); }

    [[nodiscard]] std::vector<int> all(Kind kind) const;
    [[nodiscard]] std::vector<int> children_of(int parent) const;
    [[nodiscard]] std::vector<int> reports_of(int manager) const;
    [[nodiscard]] std::vector<int> members_of(int project) const;
    [[nodiscard]] std::optional<int> badge_of(int employee) const;
    /// True if `employee` is above `other`, or is `other`.
    [[nodiscard]] bool is_above(int employee, int other) const;

    /// What a deletion takes along: departments with their company, a badge with its employee; what else belonged to a
    /// deleted thing belongs to nobody.
    void erase(int number);

    /// One line for each row that the tables should have.
    [[nodiscard]] std::vector<std::string> rows() const;
};

}  // namespace aludel::test
