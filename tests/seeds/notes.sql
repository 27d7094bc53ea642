-- drop_all, create_all
BEGIN (implicit)
PRAGMA main.table_info("user")
    ()
PRAGMA temp.table_info("user")
    ()
PRAGMA main.table_info("post")
    ()
PRAGMA temp.table_info("post")
    ()
PRAGMA main.table_info("tag")
    ()
PRAGMA temp.table_info("tag")
    ()
PRAGMA main.table_info("staff")
    ()
PRAGMA temp.table_info("staff")
    ()
PRAGMA main.table_info("post_tag")
    ()
PRAGMA temp.table_info("post_tag")
    ()
PRAGMA main.table_info("staff_up_obj")
    ()
PRAGMA temp.table_info("staff_up_obj")
    ()
COMMIT
BEGIN (implicit)
PRAGMA main.table_info("user")
    ()
PRAGMA temp.table_info("user")
    ()
PRAGMA main.table_info("post")
    ()
PRAGMA temp.table_info("post")
    ()
PRAGMA main.table_info("tag")
    ()
PRAGMA temp.table_info("tag")
    ()
PRAGMA main.table_info("staff")
    ()
PRAGMA temp.table_info("staff")
    ()
PRAGMA main.table_info("post_tag")
    ()
PRAGMA temp.table_info("post_tag")
    ()
PRAGMA main.table_info("staff_up_obj")
    ()
PRAGMA temp.table_info("staff_up_obj")
    ()
CREATE TABLE user ( id INTEGER NOT NULL, name VARCHAR(20) NOT NULL, password TEXT NOT NULL, admin BOOLEAN, PRIMARY KEY (id), UNIQUE (name) )
    ()
CREATE TABLE tag ( id INTEGER NOT NULL, name VARCHAR(30), PRIMARY KEY (id) )
    ()
CREATE TABLE staff ( id INTEGER NOT NULL, name VARCHAR(30) NOT NULL, PRIMARY KEY (id), UNIQUE (name) )
    ()
CREATE TABLE post ( id INTEGER NOT NULL, author_id INTEGER NOT NULL, created TIMESTAMP NOT NULL, latest_update TIMESTAMP NOT NULL, title VARCHAR(80) NOT NULL, body TEXT NOT NULL, PRIMARY KEY (id), FOREIGN KEY(author_id) REFERENCES user (id) )
    ()
CREATE TABLE staff_up_obj ( id INTEGER NOT NULL, up_staff_id INTEGER, down_staff_id INTEGER, PRIMARY KEY (id), FOREIGN KEY(up_staff_id) REFERENCES staff (id) ON DELETE CASCADE, FOREIGN KEY(down_staff_id) REFERENCES staff (id) ON DELETE CASCADE )
    ()
CREATE TABLE post_tag ( post_id INTEGER, tag_id INTEGER, FOREIGN KEY(post_id) REFERENCES post (id), FOREIGN KEY(tag_id) REFERENCES tag (id) )
    ()
COMMIT
-- add
BEGIN (implicit)
INSERT INTO user (name, password, admin) VALUES (?, ?, ?)
    ('ed', 'pw', 0)
COMMIT
BEGIN (implicit)
SELECT user.id AS user_id, user.name AS user_name, user.password AS user_password, user.admin AS user_admin FROM user WHERE user.id = ?
    (1,)
INSERT INTO post (author_id, created, latest_update, title, body) VALUES (?, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP, ?, ?)
    (1, 'first', '...')
INSERT INTO post (author_id, created, latest_update, title, body) VALUES (?, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP, ?, ?)
    (1, 'second', '...')
INSERT INTO post (author_id, created, latest_update, title, body) VALUES (?, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP, ?, ?)
    (1, 'third', '...')
COMMIT
-- query
BEGIN (implicit)
SELECT post.id AS post_id, post.author_id AS post_author_id, post.created AS post_created, post.latest_update AS post_latest_update, post.title AS post_title, post.body AS post_body FROM post
    ()
SELECT post.id AS post_id, post.author_id AS post_author_id, post.created AS post_created, post.latest_update AS post_latest_update, post.title AS post_title, post.body AS post_body FROM post WHERE post.id = ?
    (2,)
SELECT post.id AS post_id, post.author_id AS post_author_id, post.created AS post_created, post.latest_update AS post_latest_update, post.title AS post_title, post.body AS post_body FROM post ORDER BY post.created DESC
    ()
SELECT user.id AS user_id, user.name AS user_name, user.password AS user_password, user.admin AS user_admin FROM user WHERE user.name = ?
    ('ed',)
SELECT user.id AS user_id, user.name AS user_name, user.password AS user_password, user.admin AS user_admin FROM user WHERE user.name = ?
    ('',)
SELECT user.id AS user_id, user.name AS user_name, user.password AS user_password, user.admin AS user_admin FROM user WHERE user.name != ?
    ('ed',)
SELECT user.id AS user_id, user.name AS user_name, user.password AS user_password, user.admin AS user_admin FROM user WHERE user.name LIKE ?
    ('%ed%',)
SELECT user.id AS user_id, user.name AS user_name, user.password AS user_password, user.admin AS user_admin FROM user WHERE user.name IN (?, ?, ?)
    ('ed', 'wendy', 'jack')
SELECT user.id AS user_id, user.name AS user_name, user.password AS user_password, user.admin AS user_admin FROM user WHERE (user.name NOT IN (?, ?, ?))
    ('ed', 'wendy', 'jack')
SELECT user.id AS user_id, user.name AS user_name, user.password AS user_password, user.admin AS user_admin FROM user WHERE user.name = ? AND user.password = ?
    ('ed', 'pw')
SELECT user.id AS user_id, user.name AS user_name, user.password AS user_password, user.admin AS user_admin FROM user WHERE user.name = ? AND user.password = ?
    ('ed', 'pw')
SELECT user.id AS user_id, user.name AS user_name, user.password AS user_password, user.admin AS user_admin FROM user WHERE user.name = ? AND user.password = ?
    ('ed', 'pw')
SELECT user.id AS user_id, user.name AS user_name, user.password AS user_password, user.admin AS user_admin FROM user WHERE user.name = ? AND user.password = ?
    ('ed', 'pw')
SELECT user.id AS user_id, user.name AS user_name, user.password AS user_password, user.admin AS user_admin FROM user WHERE user.name = ? OR user.name = ?
    ('ed', 'wendy')
-- update, delete
UPDATE post SET title=? WHERE post.id = ?
    ('changed', 1)
COMMIT
BEGIN (implicit)
UPDATE post SET title=? WHERE post.id > ?
    ('renamed', 1)
DELETE FROM post WHERE post.id = ?
    (3,)
SELECT post.id AS post_id, post.author_id AS post_author_id, post.created AS post_created, post.latest_update AS post_latest_update, post.title AS post_title, post.body AS post_body FROM post WHERE post.id = ?
    (1,)
SELECT tag.id AS tag_id, tag.name AS tag_name FROM tag, post_tag WHERE ? = post_tag.post_id AND tag.id = post_tag.tag_id
    (1,)
DELETE FROM post WHERE post.id = ?
    (1,)
COMMIT
