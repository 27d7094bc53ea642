#pragma once

#include <memory>

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
    /// database refuses, and the transaction is then still open.
    void commit();

    /// ROLLBACK, or ROLLBACK TO SAVEPOINT. Does nothing when it has ended already.
    void rollback();

    bool is_active() const noexcept;
    bool is_nested() const noexcept;

  private:
    friend class Connection;
    explicit Transaction(std::shared_ptr<detail::TransactionState> state) noexcept;

    std::shared_ptr<detail::TransactionState> state_;
};

}  // namespace aludel
