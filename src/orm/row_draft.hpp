// A row on its way to the database: which columns get what.
#pragma once

#include "orm/session_state.hpp"

#include <aludel/sql/expr/node.hpp>
#include <aludel/types/cell.hpp>

#include <deque>
#include <span>
#include <utility>
#include <vector>

namespace aludel::detail {

/// One column of a row to be written: a value, or an SQL expression in its place.
struct Cargo {
    const Attribute* attribute;
    Cell value;               // views the object, or what the draft made
    NodeRef expression;       // null: the value
    bool is_default = false;  // the object says nothing; the column's default does
};

/// One row to be written, its columns in the table's order. Used for one row after the other, so that it allocates
/// once.
class RowDraft {
  public:
    ObjectHeader* object = nullptr;
    bool has_expression = false;  // one that the object gave: the statement is of no use for another row
    bool has_key = true;          // all columns of the primary key are given

    /// Begins anew, for this object.
    void start(ObjectHeader& of);
    [[nodiscard]] const std::vector<Cargo>& cargo() const noexcept { return cargo_; }
    /// What was made for the row, because the object does not hold it in this form; the cells view it.
    [[nodiscard]] const std::deque<Value>& made() const noexcept { return made_; }

    void put_null(const Attribute& attribute);
    /// What the object has in memory.
    void put_held(const Attribute& attribute);
    void put_made(const Attribute& attribute, Value value, bool is_default);
    void put_expression(const Attribute& attribute, NodeRef expression, bool is_default);
    /// Drops the last column.
    void take_back() { cargo_.pop_back(); }

    /// Those of the object's attributes whose values differ from the row's, in the table's order.
    std::vector<const Attribute*> changed;

  private:
    Cargo& next(const Attribute& attribute);

    std::vector<Cargo> cargo_;
    std::deque<Value> made_;
    Value scratch_;
};

/// What an INSERT of the object writes. @throws FlushError if a key is missing that nobody generates.
void draft_insert(ObjectHeader& object, RowDraft& row);
/// An UPDATE of the object, or of these attributes of it, has something to write.
bool is_update_due(const ObjectHeader& object);
bool is_update_due(const ObjectHeader& object, std::span<const Attribute* const> attributes);

/// What an UPDATE of the object writes, with the next version; no cargo if nothing has changed.
void draft_update(ObjectHeader& object, RowDraft& row);

/// What the UPDATE of a relationship with `post_update` writes: those of the attributes that have changed.
/// The version with them, unless the object is new in this flush.
void draft_post_update(ObjectHeader& object, std::span<const Attribute* const> attributes, bool is_new, RowDraft& row);

/// Stands for the NULL of a foreign key whose member cannot hold NULL. It is written as a value, for the database to
/// accept or refuse.
const NodeRef& null_of_reference();

}  // namespace aludel::detail
