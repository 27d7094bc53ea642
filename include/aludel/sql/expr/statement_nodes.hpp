#pragma once
// Statements as immutable nodes: a draft, and its parts as children.
#include <vector>

#include <aludel/sql/expr/nodes.hpp>
#include <aludel/sql/expr/statement.hpp>

namespace aludel {

/// SELECT.
class SelectNode final : public SqlNode {
  public:
    explicit SelectNode(SelectDraft&& draft);
    const SelectDraft& parts() const noexcept { return parts_; }
    bool same_local(const SqlNode& other) const noexcept override;

  private:
    SelectDraft parts_;
    std::vector<NodeRef> flat_;
};

/// SELECT … UNION SELECT …
class CompoundNode final : public SqlNode {
  public:
    explicit CompoundNode(CompoundDraft&& draft);
    const CompoundDraft& parts() const noexcept { return parts_; }
    bool same_local(const SqlNode& other) const noexcept override;

  private:
    CompoundDraft parts_;
    std::vector<NodeRef> flat_;
};

class InsertNode final : public SqlNode {
  public:
    explicit InsertNode(InsertDraft&& draft);
    const InsertDraft& parts() const noexcept { return parts_; }
    bool same_local(const SqlNode& other) const noexcept override;

  private:
    InsertDraft parts_;
    std::vector<NodeRef> flat_;
};

class UpdateNode final : public SqlNode {
  public:
    explicit UpdateNode(UpdateDraft&& draft);
    const UpdateDraft& parts() const noexcept { return parts_; }
    bool same_local(const SqlNode& other) const noexcept override;

  private:
    UpdateDraft parts_;
    std::vector<NodeRef> flat_;
};

class DeleteNode final : public SqlNode {
  public:
    explicit DeleteNode(DeleteDraft&& draft);
    const DeleteDraft& parts() const noexcept { return parts_; }
    bool same_local(const SqlNode& other) const noexcept override;

  private:
    DeleteDraft parts_;
    std::vector<NodeRef> flat_;
};

}  // namespace aludel
