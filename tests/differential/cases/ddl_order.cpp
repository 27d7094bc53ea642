// create_all in the order of the foreign keys, drop_all in the reverse; what exists is left alone.
#include "differential/case.hpp"

namespace differential {

DIFFERENTIAL_CASE(ddl, order, R"python(
metadata = MetaData()
Table('zz_child', metadata, Column('id', Integer, primary_key=True), Column('p', Integer, ForeignKey('mm_parent.id')))
Table('aa_alone', metadata, Column('id', Integer, primary_key=True))
Table('mm_parent', metadata, Column('id', Integer, primary_key=True), Column('g', Integer, ForeignKey('kk_grand.id')))
Table('kk_grand', metadata, Column('id', Integer, primary_key=True))
metadata.create_all(engine)
metadata.create_all(engine)
metadata.drop_all(engine)
metadata.drop_all(engine)
)python") {
    MetaData metadata;
    const Table child{"zz_child", metadata, Column{"id", Integer, primary_key},
                      Column{"p", Integer, ForeignKey("mm_parent.id")}};
    const Table alone{"aa_alone", metadata, Column{"id", Integer, primary_key}};
    const Table parent{"mm_parent", metadata, Column{"id", Integer, primary_key},
                       Column{"g", Integer, ForeignKey("kk_grand.id")}};
    const Table grand{"kk_grand", metadata, Column{"id", Integer, primary_key}};
    metadata.create_all(engine);
    metadata.create_all(engine);
    metadata.drop_all(engine);
    metadata.drop_all(engine);
}

}  // namespace differential
