// The models of the notes' last part: posts with tags, and staff above and below each other.
#pragma once

#include "seed000.hpp"

#include <algorithm>
#include <sstream>
#include <utility>

namespace notes::related {

using namespace aludel;
using namespace aludel::literals;

class Tag;

struct Post {
    static constexpr auto table_name = "post";

    Mapped<int, primary_key, autoincrement> id;
    Dynamic<Tag, secondary("post_tag"), back_populates("posts")> tags;
    std::string title;  // of the program, no column

    friend std::ostream& operator<<(std::ostream& out, const Post& post) { return out << "<Title " << post.id << '>'; }
};

/// With a constructor that has a parameter without a member.
class Tag {
  public:
    static constexpr auto table_name = "tag";

    Tag() = default;
    explicit Tag(std::string with_name, [[maybe_unused]] int weight = 0) : name(std::move(with_name)) {}

    Mapped<int, primary_key, autoincrement> id;
    Mapped<std::optional<std::string>, String(30)> name;
    Dynamic<Post, secondary("post_tag"), back_populates("tags")> posts;

    using mapped = Members<&Tag::id, &Tag::name, &Tag::posts>;

    friend std::ostream& operator<<(std::ostream& out, const Tag& tag) {
        return out << "tagname:" << tag.name->value_or("None");
    }
};

struct Staff {
    static constexpr auto table_name = "staff";

    Mapped<int, primary_key, autoincrement> id;
    Mapped<std::string, String(30), unique> name;
    Dynamic<Staff, secondary("staff_up_obj"), back_populates("down_staffs"),
            primaryjoin("staff.id == staff_up_obj.down_staff_id"),
            secondaryjoin("staff.id == staff_up_obj.up_staff_id")>
        up_staffs;
    Dynamic<Staff, secondary("staff_up_obj"), back_populates("up_staffs")> down_staffs;

    friend std::ostream& operator<<(std::ostream& out, const Staff& staff) {
        return out << "<Staff " << staff.name << '>';
    }
};

using Base = Registry<Post, Tag, Staff>;

inline const Table post_tag{"post_tag", Base::metadata(), Column{"post_id", Integer, ForeignKey("post.id")},
                            Column{"tag_id", Integer, ForeignKey("tag.id")}};
inline const Table staff_up_obj{"staff_up_obj", Base::metadata(), Column{"id", Integer, primary_key, autoincrement},
                                Column{"up_staff_id", Integer, ForeignKey("staff.id", ondelete("CASCADE"))},
                                Column{"down_staff_id", Integer, ForeignKey("staff.id", ondelete("CASCADE"))}};

/// `[<Staff staff_C>, <Staff staff_D>]`: what the rows print, in alphabetical order, since none of the relationships
/// has one.
template <class Rows>
std::string shown(const Rows& rows) {
    Lines parts;
    for (const auto& row : rows) {
        std::ostringstream out;
        out << row;
        parts.push_back(out.str());
    }
    std::sort(parts.begin(), parts.end());
    std::string text;
    for (const auto& part : parts) text += (text.empty() ? "" : ", ") + part;
    return '[' + text + ']';
}

}  // namespace notes::related
