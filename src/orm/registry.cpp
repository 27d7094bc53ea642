#include <aludel/orm/registry.hpp>

namespace aludel::detail {

void register_mappers(MetaData& metadata, std::span<const Mapper* const> mappers) {
    for (const Mapper* mapper : mappers) {
        metadata.add(mapper->table_ref());
    }
}

}  // namespace aludel::detail
