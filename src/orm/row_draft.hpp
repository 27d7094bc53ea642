// A row on its way to the database: which columns get what.
#pragma once

#include "orm/session_state.hpp"

#include <aludel/sql/expr/node.hpp>

#include <span>
#include <vector>

namespace aludel::detail {

/// One column of a row to be written: a value, or an SQL expression in its place.
struct Cargo {
    const Attribute* attribute;
    Value value;
    NodeRef expression;       // null: the value
    bool is_default = false;  // the object says nothing; the column's default does
};

/// One row to be written, its columns in the table's order.
struct RowDraft {
    ObjectHeader* object;
    std::vector<Cargo> cargo;
    bool has_expression = false;  // one that the object gave: the statement is of no use for another row
    bool has_key = true;          // all columns of the primary key are given
};

/// What an INSERT of the object writes. @throws FlushError if a key is missing that nobody generates.
RowDraft draft_insert(ObjectHeader& object);
/// What an UPDATE of the object writes, with the next version; no cargo if nothing has changed.
RowDraft draft_update(ObjectHeader& object);

/// What the UPDATE of a relationship with `post_update` writes: those of the attributes that have changed.
/// The version with them, unless the object is new in this flush.
RowDraft draft_post_update(ObjectHeader& object, std::span<const Attribute* const> attributes, bool is_new);

/// Stands for the NULL of a foreign key whose member cannot hold NULL. It is written as a value, for the database to
/// accept or refuse.
const NodeRef& null_of_reference();

/// The two may be rows of one statement.
bool same_shape(const RowDraft& a, const RowDraft& b);

}  // namespace aludel::detail
