#pragma once

namespace aludel::driver {

/// Makes SQLite known to `create_engine`. A program that links the whole of aludel has it registered already.
///
/// URLs: `sqlite://` and `sqlite:///:memory:` are a database in memory, one connection shared by the whole engine;
/// `sqlite:///data/app.db` is a file relative to the working directory, `sqlite:////var/lib/app.db` an absolute one.
/// Options of the URL, which go before those of `EngineOptions`:
///
/// | option | values | meaning |
/// | --- | --- | --- |
/// | `mode` | `rwc`, `rw`, `ro`, `memory` | create the file where it is missing (default), only use it, only read it |
/// | `timeout` | seconds | how long to wait for a lock; 5 unless `EngineOptions::busy_timeout` says otherwise |
/// | `foreign_keys` | `on`, `off` | whether foreign keys are enforced; on unless said otherwise |
/// | `journal_mode` | `delete`, `truncate`, `persist`, `memory`, `wal`, `off` | left as the file has it unless said
/// otherwise | | `begin` | `deferred`, `immediate`, `exclusive` | the kind of BEGIN; `immediate` takes the write lock
/// at once | | `cache` | `private`, `shared` | shared cache between the connections of this process | | `immutable`,
/// `nolock` | `0`, `1` | as SQLite's URI parameters | | `vfs` | a name | the operating system layer | | `uri` | `true`,
/// `false` | accepted for URLs written for Python: `sqlite:///file:app.db?mode=ro&uri=true` |
///
/// Each transaction starts with a real BEGIN, data definition included. The pragmas that SQLite ignores inside a
/// transaction
/// (`foreign_keys`, `journal_mode`) and VACUUM need a connection with `IsolationLevel::autocommit`.
///
/// Turns off SQLite's statistics of memory (`SQLITE_CONFIG_MEMSTATUS`) for the whole process, unless SQLite runs
/// already: `sqlite3_memory_used()` is 0 then, and the heap limits do nothing. A program that wants them calls
/// `sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 1)` in `main`, before its first engine connects.
void register_sqlite();

}  // namespace aludel::driver
