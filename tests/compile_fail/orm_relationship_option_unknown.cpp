// expect: aludel: this is not an option of a relationship
#include <aludel/aludel.hpp>

using namespace aludel;

struct Tag {
    static constexpr auto table_name = "tag";
    Mapped<int, primary_key> id;
};
struct Post {
    static constexpr auto table_name = "post";
    Mapped<int, primary_key> id;
#ifdef WRONG
    Dynamic<Tag, secondary("post_tag"), unique> tags;
#else
    Dynamic<Tag, secondary("post_tag"), viewonly> tags;
#endif
};

using Base = Registry<Post, Tag>;
MetaData& metadata = Base::metadata();
