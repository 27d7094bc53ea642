// From relationships as they were written to relationships that know their joins and their other sides.
#pragma once

#include "orm/relationship.hpp"
#include "orm/relationship_joins.hpp"

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace aludel::detail {

/// Resolves a set of classes that refer to each other only, or to resolved ones: all of them or, if one contradicts
/// itself, none.
class RelationshipResolver {
  public:
    /// Adds the class and all that its relationships lead to.
    void add(const Mapper& mapper);
    /// Finds everything out. @throws ArgumentError and others; then no mapper has changed.
    void resolve();
    /// Hands the result to the mappers. May not throw.
    void publish() noexcept;
    /// What is suspicious about the result, once it is published: the texts of warnings.
    [[nodiscard]] std::vector<std::string> conflicts() const;

  private:
    /// One relationship on its way.
    struct Draft {
        Relationship* relationship;
        JoinRequest request;
        std::optional<Joins> joins{};
        std::exception_ptr failure{};  // why it has none of its own
        Draft* reverse = nullptr;
        bool is_bare = false;  // may be matched by what it joins
        bool is_derived = false;

        [[nodiscard]] std::string name() const { return request.full_name(); }
        [[nodiscard]] bool viewonly() const { return request.description.options.has(RelationshipFlag::viewonly); }
    };
    struct Class {
        const Mapper* mapper;
        std::vector<Relationship> relationships;
        std::vector<Draft> drafts;
    };

    [[nodiscard]] Class* find(const Mapper& mapper) noexcept;
    template <class Visit>
    void for_each(Visit visit);

    // Step by step, each for all relationships.
    void link_named();
    void link_named(Draft& draft);
    void join_by_itself(Draft& draft);
    void join_by_other(Draft& draft);
    void link_bare();
    void check_pair(Draft& draft);
    void finish(Draft& draft);

    [[nodiscard]] Draft& named_on_target(const Draft& draft);
    [[nodiscard]] std::vector<Draft*> candidates_of(const Draft& draft);
    [[nodiscard]] static bool may_take_from(const Draft& draft, const Draft& other);
    [[nodiscard]] static bool fits(const Draft& bare, const Draft& other);
    static void link(Draft& draft, Draft& other);
    static void take_joins(Draft& draft, const Draft& other);
    static void turn_around(Draft& draft);
    static void set_cascades(Relationship& relationship);
    static void check_cascades(const Relationship& relationship);
    static void check_shape(const Draft& draft);
    static void set_key(Draft& draft);

    std::vector<std::unique_ptr<Class>> classes_;
};

}  // namespace aludel::detail
