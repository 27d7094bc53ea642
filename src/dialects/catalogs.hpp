// The catalogues of the dialects.
#pragma once

namespace aludel {
class Catalog;
}  // namespace aludel

namespace aludel::dialects {

const Catalog& sqlite_catalog();
const Catalog& postgresql_catalog();
const Catalog& mysql_catalog();

}  // namespace aludel::dialects
