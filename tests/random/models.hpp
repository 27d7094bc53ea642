// Five classes with every kind of relationship between them.
#pragma once

#include <aludel/aludel.hpp>

#include <optional>
#include <string>

namespace aludel::test {

struct Department;
struct Employee;
struct Project;
struct Badge;

struct Company {
    static constexpr auto table_name = "companies";

    Mapped<int, primary_key> id;
    Mapped<std::string, String(40), unique> name;
    Mapped<int> amount;

    Many<Department, back_populates("company"), order_by("id"), cascade("all, delete-orphan")> departments;
};

struct Department {
    static constexpr auto table_name = "departments";

    Mapped<int, primary_key> id;
    Mapped<std::string, String(40), unique> name;
    Mapped<int> amount;
    Mapped<std::optional<int>, ForeignKey("companies.id")> company_id;

    One<Company> company;
    Many<Employee, back_populates("department")> employees;
};

struct Employee {
    static constexpr auto table_name = "employees";

    Mapped<int, primary_key> id;
    Mapped<std::string, String(40), unique> name;
    Mapped<int> amount;
    Mapped<std::optional<int>, ForeignKey("departments.id")> department_id;
    Mapped<std::optional<int>, ForeignKey("employees.id")> manager_id;

    One<Department> department;
    One<Employee, remote_side("id"), back_populates("reports")> manager;
    Many<Employee> reports;
    Set<Project, secondary("memberships"), back_populates("members")> projects;
    One<Badge, back_populates("employee"), cascade("all, delete-orphan")> badge;
};

struct Project {
    static constexpr auto table_name = "projects";

    Mapped<int, primary_key> id;
    Mapped<std::string, String(40), unique> name;
    Mapped<int> amount;

    Many<Employee> members;
};

struct Badge {
    static constexpr auto table_name = "badges";

    Mapped<int, primary_key> id;
    Mapped<std::string, String(40), unique> name;
    Mapped<int> amount;
    Mapped<std::optional<int>, ForeignKey("employees.id")> employee_id;

    One<Employee> employee;
};

using Base = Registry<Company, Department, Employee, Project, Badge>;

inline const Table memberships{"memberships", Base::metadata(),
                               Column{"employee_id", ForeignKey("employees.id"), primary_key},
                               Column{"project_id", ForeignKey("projects.id"), primary_key}};

}  // namespace aludel::test
