// Notes: an engine, a session per thread, four classes and their tables; add, query, update, delete.
#include <aludel/aludel.hpp>

#include <chrono>
#include <cstdlib>
#include <iostream>
#include <optional>
#include <string>

using namespace aludel;
using namespace aludel::literals;

const char* database_url() {
    const char* url = std::getenv("DATABASE_URL");  // postgresql://…, mysql://username:password@localhost/db_name
    return url ? url : "sqlite:////tmp/test.db";
}

Engine        engine = create_engine(database_url(), {.echo = true});
ScopedSession db_session{SessionMaker{engine, {.autoflush = false}}};

struct User {
    static constexpr auto table_name = "user";

    Mapped<int, primary_key>                id;
    Mapped<std::string, String(20), unique> name;
    Mapped<std::string, Text>               password;
    Mapped<std::optional<bool>>             admin = false;  // a default of the program, not of the schema

    static auto query() { return db_session->query<User>(); }
};

struct Tag;

struct Post {
    static constexpr auto table_name = "post";
    using Time = std::chrono::sys_time<std::chrono::microseconds>;

    Mapped<int, primary_key>                                              id;
    Mapped<int, ForeignKey("user.id")>                                    author_id;
    Mapped<Time, TIMESTAMP, insert_default(func::current_timestamp())>    created;
    Mapped<Time, TIMESTAMP, insert_default(func::current_timestamp())>    latest_update;
    Mapped<std::string, String(80)>                                       title;
    Mapped<std::string, Text>                                             body;

    Dynamic<Tag, secondary("post_tag"), back_populates("posts")> tags;

    static auto query() { return db_session->query<Post>(); }
};

struct Tag {
    static constexpr auto table_name = "tag";

    Mapped<int, primary_key>                        id;
    Mapped<std::optional<std::string>, String(30)>  name;

    Dynamic<Post, secondary("post_tag"), back_populates("tags")> posts;
};

struct Staff {
    static constexpr auto table_name = "staff";

    Mapped<int, primary_key>                id;
    Mapped<std::string, String(30), unique> name;

    Dynamic<Staff, secondary("staff_up_obj"), back_populates("down_staffs"),
            primaryjoin("staff.id == staff_up_obj.down_staff_id"),
            secondaryjoin("staff.id == staff_up_obj.up_staff_id")>
        up_staffs;
    Dynamic<Staff, secondary("staff_up_obj"), back_populates("up_staffs")> down_staffs;  // the same joins, swapped

    static auto query() { return db_session->query<Staff>(); }
};

using Base = Registry<User, Post, Tag, Staff>;

const Table post_tag{"post_tag", Base::metadata(), Column{"post_id", Integer, ForeignKey("post.id")},
                     Column{"tag_id", Integer, ForeignKey("tag.id")}};
const Table staff_up_obj{"staff_up_obj", Base::metadata(), Column{"id", Integer, primary_key, autoincrement},
                         Column{"up_staff_id", Integer, ForeignKey("staff.id", ondelete("CASCADE"))},
                         Column{"down_staff_id", Integer, ForeignKey("staff.id", ondelete("CASCADE"))}};

int main() {
    Base::metadata().drop_all(engine);
    Base::metadata().create_all(engine);

    // -- add
    auto ed = db_session->add(User{.name = "ed", .password = "pw"});
    db_session->commit();
    auto p1 = db_session->add(Post{.author_id = ed->id, .title = "first", .body = "..."});
    db_session->add_all(Post{.author_id = ed->id, .title = "second", .body = "..."},
                        Post{.author_id = ed->id, .title = "third", .body = "..."});
    db_session->commit();

    // -- query
    Post::query().all();
    Post::query().filter(col<&Post::id> == 2).one_or_none();
    Post::query().order_by(col<&Post::created>.desc()).all();
    User::query().filter(col<&User::name> == "ed").all();
    User::query().filter_by("name"_a = "").all();
    User::query().filter(col<&User::name> != "ed").all();
    User::query().filter(col<&User::name>.like("%ed%")).all();
    User::query().filter(col<&User::name>.in_({"ed", "wendy", "jack"})).all();
    User::query().filter(!col<&User::name>.in_({"ed", "wendy", "jack"})).all();
    User::query().filter(and_(col<&User::name> == "ed", col<&User::password> == "pw")).all();
    User::query().filter(col<&User::name> == "ed" && col<&User::password> == "pw").all();
    User::query().filter(col<&User::name> == "ed", col<&User::password> == "pw").all();
    User::query().filter(col<&User::name> == "ed").filter(col<&User::password> == "pw").all();
    User::query().filter(or_(col<&User::name> == "ed", col<&User::name> == "wendy")).all();
    User::query().filter(col<&User::name>.match("wendy"));

    // -- update, delete: the unit of work for one object, a criteria statement for many
    p1->title = "changed";
    db_session->commit();
    Post::query().filter(col<&Post::id> > 1).update(col<&Post::title> = "renamed");
    Post::query().filter(col<&Post::id> == 3).delete_();
    db_session->delete_(p1);
    db_session->commit();

    // -- what is left
    for (auto& post : Post::query().all()) std::cout << "left: post " << *post->id << ", " << *post->title << '\n';
    db_session.remove();
}
