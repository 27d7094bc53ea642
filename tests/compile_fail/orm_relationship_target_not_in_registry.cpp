// expect: aludel: a relationship leads to a class that this Registry does not name
#include <aludel/aludel.hpp>

using namespace aludel;

struct Tag {
    static constexpr auto table_name = "tag";
    Mapped<int, primary_key> id;
};
struct Post {
    static constexpr auto table_name = "post";
    Mapped<int, primary_key> id;
    Dynamic<Tag, secondary("post_tag")> tags;
};

#ifdef WRONG
using Base = Registry<Post>;
#else
using Base = Registry<Post, Tag>;
#endif
MetaData& metadata = Base::metadata();
