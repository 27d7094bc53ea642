// Writing the objects of one class: INSERT, UPDATE and DELETE, batched as SQLAlchemy batches them.
#pragma once

#include "orm/session_state.hpp"

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

namespace aludel::detail {

/// Writes new objects and changes: first the UPDATEs by primary key, then the INSERTs in the order of add().
/// Consecutive rows with the same columns go in one executemany: UPDATEs unless they ask for a version, INSERTs if
/// their keys are known. @throws StaleDataError if an UPDATE does not match its row.
void save_objects(SessionState& session, const Mapper& mapper, std::vector<ObjectHeader*> objects);

/// Writes only these attributes, of those objects where they have changed: the UPDATE of `post_update` relationships,
/// by primary key. An object that is new in this flush keeps the version of its INSERT.
void update_attributes(SessionState& session, const Mapper& mapper, std::vector<ObjectHeader*> objects,
                       std::span<const Attribute* const> attributes,
                       const std::function<bool(const ObjectHeader&)>& is_new);

/// Deletes rows by primary key: one executemany. @throws StaleDataError if a row has another version, or is gone.
void delete_objects(SessionState& session, const Mapper& mapper, std::vector<ObjectHeader*> objects);

/// A statement's parameters for several rows: values in the order of the names.
struct Batch {
    std::vector<std::string> names;
    std::vector<ParameterRow> rows;
};

struct Outcome {
    std::int64_t affected;
    std::int64_t generated_key;  // of the only row
};

/// Runs the statement for each row: one row as it is, more as an executemany.
Outcome execute_cells(SessionState& session, const PreparedStatement& statement, const ParameterCells& rows);
Outcome execute_batch(SessionState& session, const PreparedStatement& statement, const Batch& batch);

}  // namespace aludel::detail
