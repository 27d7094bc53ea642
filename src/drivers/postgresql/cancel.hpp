#pragma once

#include <memory>

struct pg_conn;

namespace aludel::driver::postgresql {

/// Asks the server to end the statement that a connection is running.
///
/// libpq's call for that opens a connection of its own and blocks until the server has closed it, which a server that
/// hangs never does. It is therefore made in a thread of its own, which nobody waits for.
class Canceller {
  public:
    explicit Canceller(pg_conn* connection);

    /// Returns at once. May be called from any thread.
    void request() noexcept;

    /// Whether no request is under way: then none can hit a statement that is sent from now on.
    bool settled() const noexcept;

  private:
    struct State;
    std::shared_ptr<State> state_;
};

}  // namespace aludel::driver::postgresql
