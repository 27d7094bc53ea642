// Writing the rows of an association table.
#pragma once

#include "orm/relationship.hpp"
#include "orm/session_state.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace aludel::detail {

class FlushContext;

struct AssociationChanges {
    std::vector<ParameterRow> deletes;
    std::vector<ParameterRow> updates;  ///< the new values, then the old ones
    std::vector<ParameterRow> inserts;
};

/// The columns of an association table that one relationship writes, in the table's order.
class AssociationRows {
  public:
    explicit AssociationRows(const Relationship& relationship);

    /// The row that relates the two objects.
    [[nodiscard]] ParameterRow row(SessionState& session, ObjectHeader& owner, ObjectHeader& target) const;
    /// The same with the keys that the two had before this flush.
    [[nodiscard]] ParameterRow row_before(FlushContext& context, ObjectHeader& owner, ObjectHeader& target) const;

    /// One statement of each kind that is needed. @throws StaleDataError if a row is not there.
    void write(SessionState& session, const AssociationChanges& changes) const;

  private:
    struct Source {
        const ColumnInfo* column;
        const Attribute* attribute;
        bool is_of_target;
    };
    void remove(SessionState& session, const std::vector<ParameterRow>& rows) const;
    void update(SessionState& session, const std::vector<ParameterRow>& rows) const;
    void insert(SessionState& session, std::vector<ParameterRow> rows) const;
    [[nodiscard]] std::vector<std::string> names(std::string_view prefix = {}) const;
    [[nodiscard]] std::vector<NodeRef> criteria(std::string_view prefix = {}) const;

    using Make = NodeRef (AssociationRows::*)() const;
    [[nodiscard]] const PreparedStatement& statement(SessionState& session, char16_t verb, Make make) const;
    [[nodiscard]] bool is_default(const ColumnInfo& column) const;
    [[nodiscard]] NodeRef delete_statement() const;
    [[nodiscard]] NodeRef update_statement() const;
    [[nodiscard]] NodeRef insert_statement() const;

    const Relationship& relationship_;
    const TableInfo& table_;
    /// Columns with a default of their own that is no SQL: they get a value with each row.
    std::vector<const ColumnInfo*> defaults_;
    std::vector<Source> sources_;
};

}  // namespace aludel::detail
