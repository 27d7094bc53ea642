#include <limits>
#include <string>

#include <aludel/base/error.hpp>
#include <aludel/sql/expr/func.hpp>
#include <aludel/sql/expr/nodes.hpp>

namespace aludel {

namespace {

FrameBound bound(std::optional<std::int64_t> distance) {
    if (!distance) return {};
    if (*distance == 0) return {FrameBound::Kind::current_row, 0};
    if (*distance == std::numeric_limits<std::int64_t>::min())
        throw ArgumentError("A window's frame cannot begin or end " + std::to_string(*distance) +
                            " rows away; leave the bound out for one without limit");
    return {FrameBound::Kind::offset, *distance};
}

}  // namespace

Window Window::rows(std::optional<std::int64_t> start, std::optional<std::int64_t> end) const {
    Window copy = *this;
    copy.frame_ = {WindowFrame::Unit::rows, bound(start), bound(end)};
    return copy;
}

Window Window::range(std::optional<std::int64_t> start, std::optional<std::int64_t> end) const {
    Window copy = *this;
    copy.frame_ = {WindowFrame::Unit::range, bound(start), bound(end)};
    return copy;
}

NodeRef Window::over(NodeRef function) const {
    return make_ref<OverNode>(std::move(function), partition_by_, order_by_, frame_);
}

}  // namespace aludel
