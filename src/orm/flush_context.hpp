// The objects of one flush, and what is known about them.
#pragma once

#include "orm/dependency.hpp"
#include "orm/flush_plan.hpp"
#include "orm/history.hpp"
#include "orm/session_state.hpp"

#include <boost/unordered/unordered_flat_map.hpp>
#include <boost/unordered/unordered_flat_set.hpp>

#include <deque>
#include <memory>
#include <span>
#include <utility>
#include <vector>

namespace aludel::detail {

/// How an object takes part in a flush.
struct FlushEntry {
    ObjectHeader* object;
    bool is_delete;
    bool is_listed_only;  // nothing is written for it, but the flush has changed it
    bool was_new;         // it had no row before
};

/// How an object is registered, and by what.
struct Registration {
    bool is_delete = false;
    bool is_listed_only = false;
    bool cancels_delete = false;
    const char* operation = nullptr;  // for the warning that the object is not in the session; null: no warning
    const Relationship* along = nullptr;
};

class FlushContext {
  public:
    explicit FlushContext(SessionState& session) noexcept : session_(session) {}
    FlushContext(const FlushContext&) = delete;
    FlushContext& operator=(const FlushContext&) = delete;
    ~FlushContext();

    [[nodiscard]] SessionState& session() const noexcept { return session_; }
    [[nodiscard]] FlushPlan& plan() noexcept { return plan_; }

    /// The object takes part. False, with a warning, if it is not in the session.
    bool add(ObjectHeader& object, const Registration& how = {});
    [[nodiscard]] bool has(const ObjectHeader& object) const noexcept { return object.flush_place != 0; }
    [[nodiscard]] bool is_deleted(const ObjectHeader& object) const noexcept {
        return has(object) && entries_[object.flush_place - 1].is_delete;
    }
    [[nodiscard]] bool is_in_session(const ObjectHeader& object) const noexcept;
    [[nodiscard]] bool has_objects_of(const Mapper& mapper) const { return classes_.contains(&mapper); }
    [[nodiscard]] bool empty() const noexcept { return entries_.empty(); }
    /// The flush is over: each object is visited, and takes part no more.
    template <class Visit>
    void end(Visit visit) {
        for (const FlushEntry& entry : entries_) {
            visit(entry);
            entry.object->flush_place = 0;
        }
        entries_.clear();
    }

    /// The history of a relationship. It is asked for once only, so that what the flush itself does never shows in it.
    const History& history(ObjectHeader& owner, const Relationship& relationship, Passive passive);
    /// The same of what is in memory, and of a collection only what came and what left: that costs nothing for the many
    /// objects that stay.
    const History& changes(ObjectHeader& owner, const Relationship& relationship);
    /// Something is, or was, in the relationship, as far as that is in memory.
    [[nodiscard]] bool is_used(ObjectHeader& owner, const Relationship& relationship);

    /// These attributes of the object are written by an UPDATE of their own.
    void add_post_update(ObjectHeader& object, std::span<const ColumnPair> pairs, bool of_owner);

    /// Remembers which of the attributes, keys of other objects' references, have another value than the row.
    void note_old_keys(const ObjectHeader& object, std::span<const Attribute* const> attributes);
    /// The value that the row had before this flush, if it has changed; else null.
    [[nodiscard]] const Value* old_key(const ObjectHeader& object, const Attribute& attribute) const;

    /// Pairs of objects whose association row is dealt with, by a relationship or by its other side.
    using ObjectPair = std::pair<const ObjectHeader*, const ObjectHeader*>;
    using ObjectPairs = boost::unordered_flat_set<ObjectPair, boost::hash<ObjectPair>>;
    /// Null where the relationship has no other side.
    ObjectPairs* processed_pairs(const Relationship& relationship);

    /// Finds all objects that take part, plans what to do with them, and does it.
    void execute();

  private:
    struct ClassWork {
        const Mapper* mapper;
        Objects objects;
        std::vector<Dependency*> planned;  // of its relationships those with actions
    };
    /// How far a relationship has looked at the objects of its class.
    struct Presort {
        std::unique_ptr<Dependency> dependency;
        std::vector<const Attribute*> attributes;  // of the owner, whose change concerns the relationship
        std::size_t seen = 0;
        Objects skipped;  // those that were only listed
        bool is_planned = false;
    };

    ClassWork& class_work(const Mapper& mapper);
    bool presort(std::size_t index);
    void prepare();
    void plan_foreign_keys();
    void split_cycles();
    void split(FlushPlan::Action all, bool is_delete);
    [[nodiscard]] Objects objects_of(const Mapper& mapper, bool is_delete) const;

    void run(const std::vector<FlushAction>& level);
    void run(const FlushAction& action, const Objects& objects);
    void save(const Mapper& mapper, const Objects& objects);
    void remove(const Mapper& mapper, const Objects& objects);
    void post_update(const Mapper& mapper, bool is_delete);
    void switch_row(ObjectHeader& object);
    void take_over_row(ObjectHeader& object, ObjectHeader& holder);

    struct KnownHistory {
        History history;
        Passive passive;
        bool is_whole;  // with the objects that stay
    };
    struct PostUpdates {
        Objects objects;
        std::vector<const Attribute*> attributes;
    };
    using HistoryKey = std::pair<const ObjectHeader*, const Relationship*>;

    KnownHistory& known_history(const ObjectHeader& owner, const Relationship& relationship, bool& is_new);

    SessionState& session_;
    FlushPlan plan_;
    std::vector<FlushEntry> entries_;
    boost::unordered_flat_map<const Mapper*, std::size_t> classes_;
    std::deque<ClassWork> class_works_;
    ClassWork* last_work_ = nullptr;  // that was asked for last: the next object is often of the same class
    std::deque<Presort> presorts_;
    boost::unordered_flat_map<HistoryKey, std::size_t, boost::hash<HistoryKey>> history_places_;
    std::deque<KnownHistory> histories_;
    boost::unordered_flat_map<const Mapper*, PostUpdates> post_updates_;
    boost::unordered_flat_map<std::pair<const ObjectHeader*, const Attribute*>, Value,
                              boost::hash<std::pair<const ObjectHeader*, const Attribute*>>>
        old_keys_;
    boost::unordered_flat_map<const Relationship*, ObjectPairs> processed_;
};

}  // namespace aludel::detail
