// Objects that refer to one whose primary key changes, where no collection of that one tells of them.
#pragma once

namespace aludel::detail {

class FlushContext;

enum class KeySwitchKind : unsigned char {
    by_session,   ///< `passive_updates(false)`: the referring rows are to be written
    by_database,  ///< ON UPDATE CASCADE has changed them: memory follows
};

/// Looks through the session's objects for such; true if it registered one that was not registered before.
/// Source: SQLAlchemy's `DetectKeySwitch`.
bool write_key_switches(FlushContext& context, KeySwitchKind kind);

}  // namespace aludel::detail
