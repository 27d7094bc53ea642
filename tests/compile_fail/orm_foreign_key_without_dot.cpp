// expect: aludel: the target of ForeignKey\(.*\) has no dot
#include <aludel/aludel.hpp>

using namespace aludel;

struct Post {
    static constexpr auto table_name = "post";
    Mapped<int, primary_key> id;
#ifdef WRONG
    Mapped<int, ForeignKey("user")> author_id;
#else
    Mapped<int, ForeignKey("user.id")> author_id;
#endif
};

using Base = Registry<Post>;
MetaData& metadata = Base::metadata();
