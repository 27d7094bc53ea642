// expect: aludel: this C\+\+ type cannot be stored in a column; write a TypeDecorator for it
#include <aludel/aludel.hpp>

using namespace aludel;

struct Point {
    int x = 0, y = 0;
};

struct City {
    static constexpr auto table_name = "city";
    Mapped<int, primary_key> id;
#ifdef WRONG
    Mapped<Point> place;
#else
    Mapped<int> place;
#endif
};

using Base = Registry<City>;
MetaData& metadata = Base::metadata();
