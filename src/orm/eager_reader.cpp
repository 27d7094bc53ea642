#include "orm/eager_reader.hpp"

#include "orm/links.hpp"

#include <fmt/format.h>

namespace aludel::detail {

namespace {

Ref<LoadContext> context_of(const EntityPlan& plan) {
    if (!plan.options && !plan.every.relationships && !plan.keeps_siblings) {
        return {};
    }
    auto context = make_ref<LoadContext>();
    context->options = plan.options;
    context->every = plan.every;
    if (plan.options) {
        context->path = plan.path;
    }
    context->keeps_siblings = plan.keeps_siblings;
    return context;
}

}  // namespace

EagerReader::EagerReader(LoadRun& run, const EntityPlan& plan)
    : run_(&run),
      plan_(&plan),
      loader_(run.session, *plan.mapper, plan.first, plan.cells, run.populate_existing),
      context_(context_of(plan)),
      is_plain_(plan.is_plain()),
      after_(plan.after.size()) {
    if (run.populate_existing) {
        loader_.populate_once(run.populated);
    }
    for (const JoinedPlan& joined : plan.joined) {
        joined_.push_back({joined.relationship, std::make_unique<EagerReader>(run, *joined.entity), {}, {}});
    }
}

/// What this query says holds for the object from now on.
bool EagerReader::takes_context(const ObjectHeader& header) const noexcept {
    if (loader_.made_object() || run_->populate_existing) {
        return true;
    }
    const bool knows_more = header.load_context != nullptr && header.load_context->options;
    return context_ && !run_->refreshes && (loader_.refreshed_object() || !knows_more);
}

/// The place of an object among those that came; a new one finds out what it lacks.
std::uint32_t EagerReader::note(ObjectHeader& header) {
    const auto [known, is_new] = places_.emplace(&header, static_cast<std::uint32_t>(objects_.size()));
    if (!is_new) {
        return known->second;
    }
    objects_.push_back(&header);
    if (takes_context(header)) {
        set_load_context(header, context_);
    }
    for (const Relationship* relationship : plan_->absent) {
        if (is_loaded(header, *relationship)) {
            continue;
        }
        if (relationship->is_collection()) {
            set_loaded(header, *relationship, std::span<ObjectHeader* const>());
        } else {
            set_loaded(header, *relationship, nullptr);
        }
    }
    for (Joined& joined : joined_) {
        joined.slots.push_back({!is_loaded(header, *joined.relationship)});
    }
    for (std::size_t i = 0; i < after_.size(); ++i) {
        const AfterPlan& after = plan_->after[i];
        const bool wanted = !is_loaded(header, *after.relationship);
        // Lazy loads that lead to each other end where they meet objects that are there already.
        const bool leads_on = after.way == LoadWay::immediate ? loader_.made_object() : wanted;
        if (leads_on || run_->reaches_known) {
            after_[i].push_back({&header, wanted});
        }
    }
    return known->second;
}

void EagerReader::put(Joined& joined, std::uint32_t owner, ObjectHeader* item) {
    Slot& slot = joined.slots[owner];
    if (joined.relationship->is_collection()) {
        if (item != nullptr && joined.members.emplace(owner, item).second) {
            slot.items.push_back(item);
        }
        return;
    }
    if (slot.is_set && slot.target != item) {
        run_->session.warn(fmt::format("Multiple rows returned with uselist=False for eagerly-loaded attribute '{}'",
                                       joined.relationship->full_name()));
        return;
    }
    slot.target = item;
    slot.is_set = true;
}

ObjectHeader* EagerReader::read(std::span<const Cell> row, const CompiledStatement& compiled) {
    ObjectHeader* header = loader_.load(row, decode_context(compiled));
    if (header == nullptr || is_plain_) {
        return header;
    }
    const std::uint32_t place = note(*header);
    for (Joined& joined : joined_) {
        const bool wanted = joined.slots[place].wanted;
        if (wanted || run_->reaches_known) {
            ObjectHeader* item = joined.reader->read(row, compiled);
            if (wanted) {
                put(joined, place, item);
            }
        }
    }
    return header;
}

void EagerReader::finish() {
    for (Joined& joined : joined_) {
        joined.reader->finish();
        for (std::size_t i = 0; i < joined.slots.size(); ++i) {
            const Slot& slot = joined.slots[i];
            ObjectHeader& owner = *objects_[i];
            if (!slot.wanted || is_loaded(owner, *joined.relationship)) {
                continue;  // the same object may stand in several columns of the rows
            }
            if (joined.relationship->is_collection()) {
                set_loaded(owner, *joined.relationship, slot.items);
            } else {
                set_loaded(owner, *joined.relationship, slot.target);
            }
        }
    }
}

void EagerReader::clear() {
    objects_.clear();
    places_.clear();
    for (Joined& joined : joined_) {
        joined.slots.clear();
        joined.members.clear();
        joined.reader->clear();
    }
    for (auto& owners : after_) {
        owners.clear();
    }
}

}  // namespace aludel::detail
