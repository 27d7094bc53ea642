#pragma once

#include <memory>
#include <string>

namespace aludel {

namespace detail {
class ConnectionCore;
struct TransactionState;
}  // namespace detail

/// A transaction or a savepoint as an object: what is not committed when it goes out of scope is rolled back.
///
/// Source: SQLAlchemy's `Transaction`, whose `with` block is this object's scope, with one difference: the end of a
/// scope does not commit in C++, since an error may be on its way through it.
class Transaction {
  public:
    Transaction(Transaction&&) noexcept = default;
    Transaction& operator=(Transaction&&) noexcept;
    ~Transaction();

    /// COMMIT, or RELEASE SAVEPOINT. Savepoints inside of it end with it.
    /// @throws InvalidRequestError "This transaction is inactive" when it has ended already; DBAPIError when the
    /// database refuses: nothing was kept then, unless the error says that the outcome is in doubt, which it is when
    /// the connection breaks in the middle of the COMMIT (`DBAPIError::outcome_in_doubt`).
    void commit();

    /// ROLLBACK, or ROLLBACK TO SAVEPOINT. Does nothing when it has ended already.
    void rollback();

    bool is_active() const noexcept;
    bool is_nested() const noexcept;

  protected:
    friend class Connection;
    /// One that does not own the transaction leaves it as it is at the end of its scope.
    explicit Transaction(std::shared_ptr<detail::TransactionState> state, bool owns = true) noexcept;

    std::shared_ptr<detail::TransactionState> state_;

  private:
    bool owns_ = true;
};

/// A transaction that is committed in two phases: `prepare` makes the database promise that the commit will not fail,
/// even if the client or the server dies in between; `commit` redeems the promise. With one transaction on each of
/// several databases: prepare them all, then commit them all.
///
/// A prepared transaction outlives its connection. One that was left behind holds its locks until somebody ends it:
/// `Connection::recover_twophase` lists them, `commit_prepared` and `rollback_prepared` end them.
class TwoPhaseTransaction final : public Transaction {
  public:
    /// The name under which it is prepared.
    const std::string& xid() const noexcept;
    /// The first phase. Afterwards only `commit` and `rollback` may follow.
    /// @throws InvalidRequestError when it has ended or is prepared already; DBAPIError when the database refuses, and
    /// has rolled back then.
    void prepare();

  private:
    friend class Connection;
    explicit TwoPhaseTransaction(std::shared_ptr<detail::TransactionState> state) noexcept;
};

}  // namespace aludel
