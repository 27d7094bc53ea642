#include "orm/eager_load.hpp"

#include "orm/eager_subquery.hpp"
#include "orm/lazy_loading.hpp"
#include "orm/links.hpp"
#include "orm/row_key.hpp"

#include <aludel/base/error.hpp>

#include <utility>

namespace aludel::detail {

LoadedRows::LoadedRows(SessionState& session, QueryPlan plan, bool populate_existing, bool reaches_known)
    : plan_(std::move(plan)), run_{session, populate_existing, reaches_known, plan_.refreshes, {}} {
    for (const ElementPlan& element : plan_.elements) {
        readers_.push_back(element.entity ? std::make_unique<EagerReader>(run_, *element.entity) : nullptr);
    }
}

void LoadedRows::read_row(std::span<const Cell> row, const CompiledStatement& compiled, bool unique) {
    const std::size_t begin = items_.size();
    std::string key;
    for (std::size_t i = 0; i < plan_.elements.size(); ++i) {
        LoadedItem item;
        if (readers_[i]) {
            item.object = readers_[i]->read(row, compiled);
            if (unique) append_key(key, item.object);
        } else {
            item.value = row[plan_.elements[i].column].to_value();
            if (unique) append_key(key, item.value);
        }
        items_.push_back(std::move(item));
    }
    if (unique && !seen_.insert(std::move(key)).second) {
        items_.resize(begin);
        return;
    }
    for (std::size_t i = begin; i < items_.size(); ++i) {
        if (items_[i].object != nullptr) kept_.emplace_back(*items_[i].object);
    }
    ++count_;
}

/// A row that is one object, as most are.
void LoadedRows::read_object(std::span<const Cell> row, const CompiledStatement& compiled, bool unique) {
    ObjectHeader* object = readers_.front()->read(row, compiled);
    if (unique && !seen_objects_.insert(object).second) return;
    items_.push_back({object, {}});
    if (object != nullptr) kept_.emplace_back(*object);
    ++count_;
}

template <class ReadRow>
void LoadedRows::read_rows(RowCursor& rows, std::size_t limit, ReadRow read_row) {
    try {
        while (!is_at_end_ && (limit == 0 || count_ < limit)) {
            if (rows.next()) {
                read_row(rows.row());
            } else {
                is_at_end_ = true;
            }
        }
    } catch (StatementError& error) {
        rows.annotate(error);
        throw;
    }
    for (const auto& reader : readers_) {
        if (reader) reader->finish();
    }
    load_afterwards();
    for (const auto& reader : readers_) {
        if (reader) reader->clear();
    }
}

bool LoadedRows::read(RowCursor& rows, std::size_t limit, bool unique) {
    items_.clear();
    count_ = 0;
    if (!unique) kept_.clear();
    const CompiledPtr compiled = rows.compiled();
    const bool is_one_object = plan_.elements.size() == 1 && readers_.front();
    read_rows(rows, limit, [&](std::span<const Cell> row) {
        is_one_object ? read_object(row, *compiled, unique) : read_row(row, *compiled, unique);
    });
    return count_ != 0;
}

void LoadedRows::read_related(RowCursor& rows, std::size_t entity, std::size_t key, RelatedSink& sink) {
    const CompiledPtr compiled = rows.compiled();
    EagerReader& reader = *readers_[entity];
    const std::size_t key_column = plan_.elements[key].column;
    read_rows(rows, 0, [&](std::span<const Cell> row) {
        if (!sink.expects(row.data() + key_column)) return;
        if (ObjectHeader* object = reader.read(row, *compiled)) {
            kept_.emplace_back(*object);
            sink.take(*object);
        }
    });
}

void LoadedRows::load_afterwards() {
    if (!plan_.loads_afterwards) {
        return;
    }
    // SQLAlchemy loads by subquery, and at once, while it reads the rows, and by keys when all rows are read.
    for (const bool by_keys : {false, true}) {
        for (const auto& reader : readers_) {
            if (!reader) continue;
            reader->for_each([&](EagerReader& each) {
                for (std::size_t i = 0; i < each.plan().after.size(); ++i) {
                    const AfterPlan& after = each.plan().after[i];
                    const bool is_by_keys = after.way == LoadWay::selectin || after.way == LoadWay::table;
                    if (is_by_keys == by_keys) load_after(each, after, each.owners()[i]);
                }
            });
        }
    }
}

namespace {

/// As a lazy load does it, for each object.
void load_at_once(const AfterPlan& after, std::span<const EagerReader::Owner> owners) {
    for (const EagerReader::Owner& owner : owners) {
        if (!owner.wanted || is_loaded(*owner.header, *after.relationship)) {
            continue;
        }
        if (!after.is_in_circles || !after.relationship->uses_get()) {
            lazy_load(*owner.header, *after.relationship, Autoflush::no);
        } else if (ObjectHeader* known = find_in_memory(*owner.header, *after.relationship)) {
            set_loaded(*owner.header, *after.relationship, known);
        }
    }
}

}  // namespace

void LoadedRows::load_after(EagerReader& reader, const AfterPlan& after, std::span<const EagerReader::Owner> owners) {
    if (owners.empty()) {
        return;
    }
    if (after.way == LoadWay::immediate) {
        load_at_once(after, owners);
    } else if (after.way == LoadWay::subquery) {
        load_by_subquery(run_, reader.plan(), after, plan_.repeated, owners);
    } else {
        const EntityPlan& plan = reader.plan();
        load_by_keys({run_.session, *after.relationship, after.option, plan.every,
                      make_ref<const LoadPath>(after.relationship->target(), plan.path), run_.populate_existing,
                      plan.keeps_siblings, after.way == LoadWay::table},
                     owners);
    }
}

std::vector<ObjectHeader*> load_planned(SessionState& session, PlanRequest request, bool reaches_known) {
    LoadedRows loaded(session, make_plan(std::move(request)), false, reaches_known);
    RowCursor rows = session.core.read(loaded.plan().statement);
    loaded.read(rows, 0, true);
    std::vector<ObjectHeader*> objects;
    for (std::size_t i = 0; i < loaded.size(); ++i) {
        if (ObjectHeader* object = loaded.object(i, 0)) objects.push_back(object);
    }
    return objects;
}

}  // namespace aludel::detail
