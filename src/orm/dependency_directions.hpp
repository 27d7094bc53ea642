// The three directions of a relationship in a flush.
#pragma once

#include "orm/association_rows.hpp"
#include "orm/dependency.hpp"

#include <boost/unordered/unordered_flat_set.hpp>

#include <vector>

namespace aludel::detail {

/// The related objects' rows have the foreign key: it is copied before they are written.
class OneToMany final : public Dependency {
  public:
    OneToMany(FlushContext& context, const Relationship& relationship);

    void presort_saves(const Objects& owners) override;
    void presort_deletes(const Objects& owners) override;
    void process_saves(const Objects& owners) override;
    void process_deletes(const Objects& owners) override;

  protected:
    void order_classes(const ClassActions& actions) override;
    void order_objects(const ObjectActions& actions) override;

  private:
    void presort_save(ObjectHeader& owner);
    void process_save(ObjectHeader& owner);
    void process_delete(ObjectHeader& owner);
    void give_key(ObjectHeader& owner, ObjectHeader& child, bool key_changed);
    void take_key(ObjectHeader& child);
    [[nodiscard]] bool is_written(const ObjectHeader& child) const;
    [[nodiscard]] bool key_has_changed(const ObjectHeader& owner) const;

    std::vector<const Attribute*> keys_;                        // of the owners
    boost::unordered_flat_set<const ObjectHeader*> newcomers_;  // children that some owner gets in this flush
    bool blanks_removed_;                                       // what leaves a collection loses its foreign key
};

/// The owner's row has the foreign key: it is copied after the related object was written.
class ManyToOne final : public Dependency {
  public:
    using Dependency::Dependency;

    void presort_saves(const Objects& owners) override;
    void presort_deletes(const Objects& owners) override;
    void process_saves(const Objects& owners) override;
    void process_deletes(const Objects& owners) override;

  protected:
    void order_classes(const ClassActions& actions) override;
    void order_objects(const ObjectActions& actions) override;

  private:
    void process_save(ObjectHeader& owner);
    void take_key_of(ObjectHeader& owner, ObjectHeader* target);
};

/// Rows of an association table stand between the two.
class ManyToMany final : public Dependency {
  public:
    ManyToMany(FlushContext& context, const Relationship& relationship);

    void presort_saves(const Objects& owners) override;
    void presort_deletes(const Objects& owners) override;
    void process_saves(const Objects& owners) override;
    void process_deletes(const Objects& owners) override;

  protected:
    void order_classes(const ClassActions& actions) override;
    void order_objects(const ObjectActions& actions) override;

  private:
    using Pairs = std::vector<std::pair<const ObjectHeader*, const ObjectHeader*>>;
    void process_save(ObjectHeader& owner, AssociationChanges& changes, Pairs& done);
    /// Collects rows for those of the objects whose pair the other side has not dealt with.
    void collect(ObjectHeader& owner, const Objects& related, const char* operation, std::vector<ParameterRow>& rows,
                 Pairs& done);
    [[nodiscard]] bool writes_key_changes(const ObjectHeader& owner) const;

    std::vector<const Attribute*> keys_;  // of the owners
    AssociationRows table_;
};

}  // namespace aludel::detail
