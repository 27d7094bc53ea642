#include "sql/schema/table_sort.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "aludel/base/error.hpp"

namespace aludel::detail {

namespace {

using Tables = std::vector<const TableInfo*>;
/// (referred table, referring table), for both being sorted.
using Edges = std::set<std::pair<const TableInfo*, const TableInfo*>>;
using Keys = std::set<const ForeignKeyInfo*>;

bool contains(const Tables& tables, const TableInfo* table) {
    return std::find(tables.begin(), tables.end(), table) != tables.end();
}

/// Takes away level after level of tables that depend on none that is left. What cannot be taken stays in `left`.
Tables take_levels(const Edges& edges, Tables& left) {
    Tables sorted;
    while (!left.empty()) {
        Tables level;
        for (const auto* table : left) {
            const bool waits = std::any_of(edges.begin(), edges.end(), [&](const auto& edge) {
                return edge.second == table && contains(left, edge.first);
            });
            if (!waits) level.push_back(table);
        }
        if (level.empty()) break;
        std::erase_if(left, [&](const TableInfo* table) { return contains(level, table); });
        sorted.insert(sorted.end(), level.begin(), level.end());
    }
    return sorted;
}

/// The tables that can be reached from themselves.
std::set<const TableInfo*> tables_in_cycles(const Edges& edges, const Tables& tables) {
    std::set<const TableInfo*> found;
    for (const auto* start : tables) {
        std::set<const TableInfo*> reached;
        Tables open{start};
        while (!open.empty()) {
            const auto* table = open.back();
            open.pop_back();
            for (auto edge = edges.lower_bound({table, nullptr}); edge != edges.end() && edge->first == table; ++edge)
                if (reached.insert(edge->second).second) open.push_back(edge->second);
        }
        if (reached.contains(start)) found.insert(start);
    }
    return found;
}

[[noreturn]] void throw_circular(const std::set<const TableInfo*>& cycle) {
    std::set<std::string> names;
    for (const auto* table : cycle) names.insert(table->key());
    std::string text;
    for (const auto& name : names) text += (text.empty() ? "" : ", ") + name;
    throw CircularDependencyError(
        "Tables refer to each other in a circle by foreign keys: " + text +
        ". Give the foreign keys of the circle names, so that they can be dropped and added on their own, "
        "or mark one of them use_alter");
}

/// Puts the foreign keys of the tables that form cycles aside, where they may be, and their edges away.
void break_cycles(const Tables& tables, const std::function<KeyPlace(const ForeignKeyInfo&)>& place_of, Edges& edges,
                  Keys& apart) {
    const auto cycle = tables_in_cycles(edges, tables);
    for (const auto* table : tables) {
        if (!cycle.contains(table)) continue;
        for (const auto& key : table->foreign_keys()) {
            if (place_of(key) == KeyPlace::with_table) continue;
            apart.insert(&key);
            edges.erase({&key.referred_table(), table});
        }
    }
}

}  // namespace

std::vector<SortStep> sort_tables(const Tables& tables,
                                  const std::function<KeyPlace(const ForeignKeyInfo&)>& place_of) {
    Edges edges;
    Keys apart;
    for (const auto* table : tables)
        for (const auto& key : table->foreign_keys()) {
            const auto& referred = key.referred_table();
            if (key.use_alter())
                apart.insert(&key);
            else if (&referred != table)
                edges.insert({&referred, table});
        }

    Tables left = tables;
    Tables sorted = take_levels(edges, left);
    if (!left.empty()) {
        break_cycles(tables, place_of, edges, apart);
        left = tables;
        sorted = take_levels(edges, left);
        if (!left.empty()) throw_circular(tables_in_cycles(edges, left));
    }

    std::vector<SortStep> steps;
    SortStep last;
    for (const auto* table : sorted) {
        SortStep step{table, {}};
        for (const auto& key : table->foreign_keys()) (apart.contains(&key) ? last : step).keys.push_back(&key);
        steps.push_back(std::move(step));
    }
    steps.push_back(std::move(last));
    return steps;
}

std::vector<const TableInfo*> table_pointers(const MetaData& metadata) {
    std::vector<const TableInfo*> pointers;
    for (const auto& table : metadata.tables()) pointers.push_back(table.get());
    return pointers;
}

}  // namespace aludel::detail
