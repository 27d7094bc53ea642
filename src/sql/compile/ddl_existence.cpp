#include "aludel/sql/compile/ddl_hooks.hpp"
#include "aludel/sql/compile/dialect.hpp"

namespace aludel {

const DdlHooks& Dialect::ddl_hooks() const {
    static const DdlHooks none;
    return none;
}

std::vector<std::string> Dialect::has_table_statements(std::string_view name, std::string_view schema) const {
    const auto in_schema = schema.empty() ? std::string("current_schema") : string_literal(schema);
    return {"SELECT table_name FROM information_schema.tables WHERE table_schema = " + in_schema +
            " AND table_name = " + string_literal(name)};
}

}  // namespace aludel
