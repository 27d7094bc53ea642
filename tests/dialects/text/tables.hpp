#pragma once
// The tables of the text cases; texts.py has the same.
#include <optional>
#include <string>
#include <vector>

#include <aludel/sql/expr/select.hpp>
#include <aludel/sql/schema/table.hpp>
#include <aludel/types/array.hpp>
#include <aludel/types/range.hpp>

namespace text_cases {

using namespace aludel;

inline MetaData metadata;
inline MetaData other_metadata;

inline const Table t{"t",
                     metadata,
                     Column{"id", Integer, primary_key},
                     Column{"x", Integer},
                     Column{"y", Integer},
                     Column{"name", String},
                     Column{"flag", Boolean}};
inline const Table t2{"t2", metadata, Column{"id", Integer, primary_key}, Column{"t_id", Integer, ForeignKey("t.id")},
                      Column{"name", String}};
inline const Table t3{"t3", metadata, Column{"id", Integer, primary_key}};
inline const Table d{"d",
                     metadata,
                     Column{"id", Integer, primary_key},
                     Column{"data", JSON},
                     Column{"doc", JSON},
                     Column{"tags", ARRAY(Integer)},
                     Column{"words", ARRAY(String)},
                     Column{"span", PlainType<TypeKind::range>{}}};
inline const Table q{"Order",
                     metadata,
                     Column{"select", Integer},
                     Column{"MixedCase", Integer},
                     Column{"lower", Integer},
                     Column{"with space", Integer},
                     Column{"1a", Integer},
                     Column{"has\"quote", Integer},
                     Column{"user", Integer},
                     Column{"has`tick", Integer},
                     Column{"中文", Integer}};
inline const Table aux{"t", other_metadata, Column{"id", Integer}, schema("aux")};
inline const Table long_table{"a_really_really_long_table_name_exceeding_the_max", metadata,
                              Column{"and_a_really_really_long_column_name_too", Integer}};

template <class T>
ColumnExpr<T> c(const Table& table, const char* column) {
    return ColumnExpr<T>(column_node(table.column(column)));
}

using Number = std::optional<int>;
using String_ = std::optional<std::string>;

inline const ColumnExpr<int> id = c<int>(t, "id");
inline const ColumnExpr<Number> x = c<Number>(t, "x"), y = c<Number>(t, "y");
inline const ColumnExpr<String_> name = c<String_>(t, "name");
inline const ColumnExpr<std::optional<bool>> flag = c<std::optional<bool>>(t, "flag");
inline const ColumnExpr<int> t2_id = c<int>(t2, "id");
inline const ColumnExpr<Number> t2_t_id = c<Number>(t2, "t_id");
inline const ColumnExpr<String_> t2_name = c<String_>(t2, "name");
inline const ColumnExpr<int> t3_id = c<int>(t3, "id");
inline const ColumnExpr<Number> long_column = c<Number>(long_table, "and_a_really_really_long_column_name_too");

inline const ColumnExpr<int> d_id = c<int>(d, "id");
inline const ColumnExpr<std::optional<Json>> data = c<std::optional<Json>>(d, "data"),
                                             doc = c<std::optional<Json>>(d, "doc");
inline const ColumnExpr<std::optional<std::vector<int>>> tags = c<std::optional<std::vector<int>>>(d, "tags");
inline const ColumnExpr<std::optional<std::vector<std::string>>> words =
    c<std::optional<std::vector<std::string>>>(d, "words");
inline const ColumnExpr<std::optional<Range<int>>> span = c<std::optional<Range<int>>>(d, "span");

}  // namespace text_cases
