// Writing the objects of one class: INSERT, UPDATE and DELETE, batched as SQLAlchemy batches them.
#pragma once

#include "orm/session_state.hpp"

#include <vector>

namespace aludel::detail {

/// Writes new objects and changes: first the UPDATEs by primary key, then the INSERTs in the order of add().
/// Consecutive rows with the same columns go in one executemany: UPDATEs always, INSERTs if their keys are known.
void save_objects(SessionState& session, const Mapper& mapper, std::vector<ObjectHeader*> objects);

/// Deletes rows by primary key: one executemany.
void delete_objects(SessionState& session, const Mapper& mapper, std::vector<ObjectHeader*> objects);

}  // namespace aludel::detail
