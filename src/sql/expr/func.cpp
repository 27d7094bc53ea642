#include <aludel/sql/expr/func.hpp>

namespace aludel::func {

Function<std::int64_t> count() {
    return Function<std::int64_t>(detail::function_node(
        "count", {detail::Operand(detail::literal_column_node("*", {}))}, {.kind = TypeKind::integer}));
}
Function<std::int64_t> random() { return call<std::int64_t>("random"); }
Function<std::int64_t> row_number() { return call<std::int64_t>("row_number"); }
Function<std::int64_t> rank() { return call<std::int64_t>("rank"); }
Function<std::int64_t> dense_rank() { return call<std::int64_t>("dense_rank"); }
Function<std::optional<double>> percentile_cont(double fraction) {
    return call<std::optional<double>>("percentile_cont", fraction);
}
Function<Untyped> percentile_disc(double fraction) { return call<Untyped>("percentile_disc", fraction); }
Function<Untyped> mode() { return call<Untyped>("mode"); }

}  // namespace aludel::func
