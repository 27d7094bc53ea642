// What one relationship does in a flush, for each of the three directions.
#pragma once

#include "orm/flush_plan.hpp"
#include "orm/history.hpp"
#include "orm/relationship.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace aludel::detail {

class FlushContext;

using Objects = std::vector<ObjectHeader*>;

/// The actions of a relationship and of the classes at its ends.
struct ClassActions {
    FlushPlan::Action save_owners, save_targets, delete_owners, delete_targets;
    FlushPlan::Action after_save, before_delete;
};

/// The same for one owner and one related object, or for the class of the latter. What does not apply is `none`.
struct ObjectActions {
    FlushPlan::Action save_owner = FlushPlan::none, delete_owner = FlushPlan::none;
    FlushPlan::Action target = FlushPlan::none;
    FlushPlan::Action after_save = FlushPlan::none, before_delete = FlushPlan::none;
    bool is_delete = false, target_is_delete = false;
};

/// Lives as long as one flush. Source: SQLAlchemy's dependency processors.
class Dependency {
  public:
    static std::unique_ptr<Dependency> make(FlushContext& context, const Relationship& relationship);
    Dependency(FlushContext& context, const Relationship& relationship);
    Dependency(const Dependency&) = delete;
    Dependency& operator=(const Dependency&) = delete;
    virtual ~Dependency() = default;

    [[nodiscard]] const Relationship& relationship() const noexcept { return relationship_; }
    /// `User_addresses`
    [[nodiscard]] std::string_view sort_name() const noexcept { return sort_name_; }

    /// Finds what else has to be written because of the owners.
    virtual void presort_saves(const Objects& owners) = 0;
    virtual void presort_deletes(const Objects& owners) = 0;
    /// Copies keys, or writes the rows of the association table.
    virtual void process_saves(const Objects& owners) = 0;
    virtual void process_deletes(const Objects& owners) = 0;

    /// Whether there is, or may be, anything to do for these owners.
    bool has_work(const Objects& owners, bool is_delete);
    /// Adds the actions of the relationship, and what has to come before what.
    void plan_for_classes();
    /// The same object by object, where the owner's class is on a cycle.
    void plan_for_objects(const Objects& owners, bool is_delete);

  protected:
    virtual void order_classes(const ClassActions& actions) = 0;
    virtual void order_objects(const ObjectActions& actions) = 0;

    [[nodiscard]] Passive passive_for_delete() const noexcept {
        return relationship_.passive_deletes() == PassiveDeletes::off ? Passive::load : Passive::no_initialize;
    }
    [[nodiscard]] bool cascades(CascadeKind kind) const noexcept { return relationship_.cascades(kind); }
    [[nodiscard]] bool has_lost_parent(const ObjectHeader& child) const { return !has_parent(child, relationship_); }
    /// An object that has no parent any more is deleted, with what its deletion takes along.
    void delete_orphan(ObjectHeader& child);
    void delete_with_dependents(ObjectHeader& child);

    // NOLINTBEGIN(misc-non-private-member-variables-in-classes): the three directions are parts of this class
    FlushContext& context_;
    FlushPlan& plan_;
    const Relationship& relationship_;
    // NOLINTEND(misc-non-private-member-variables-in-classes): as above

  private:
    void plan_for_object(ObjectHeader& owner, bool is_delete);
    [[nodiscard]] FlushPlan::Action action_of_target(ObjectHeader* target, bool& is_delete);

    std::string sort_name_;
};

}  // namespace aludel::detail
