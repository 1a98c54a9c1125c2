#include "app/rights_recipes_test.hpp"

namespace torv::app::rights {

namespace {

constexpr Recipe kInSpaces[] = {
    // ── spaces ──
    {"GET /s/{slug}", a_space, "", kKnown},
    {"GET /s/{slug}/feed.atom", a_space},
    {"GET /s/{slug}/feed.json", a_space},
    {"GET /s/{slug}/new", a_space},
    {"POST /s/{slug}/topics", a_space, "title=Picnic&body=On Saturday"},
    {"POST /s/{slug}/posts", a_chat, kText},
    {"POST /s/{slug}/read", a_space},
    {"GET /s/{slug}/members", a_space, "", kKnown},
    {"POST /s/{slug}/members", a_stranger, "handle={handle}&role=member", kKnown},
    {"DELETE /s/{slug}/members/{member}", a_seat, "", kKnown},
    {"POST /s/{slug}/requests/{member}", an_asker, "answer=let_in", kKnown},
    {"POST /s/{slug}/ask", a_space, "", kKnown},
    {"POST /s/{slug}/circles", a_door, "circle={new_circle}", kKnown},
    {"DELETE /s/{slug}/circles/{circle}", a_door, "", kKnown},
    {"GET /api/v1/spaces/{space}/circles", a_door, "", kKnown},
    {"PUT /api/v1/spaces/{space}/circles/{circle}", a_door, "", kKnown},
    {"DELETE /api/v1/spaces/{space}/circles/{circle}", a_door, "", kKnown},
    {"GET /admin/spaces/{space}/edit", a_space, "", kKnown},
    {"PATCH /admin/spaces/{space}", a_space, "name=Room {fresh}&slug={slug}", kKnown},
    {"PUT /admin/spaces/{space}/archive", a_room, "", kKnown},
    {"DELETE /admin/spaces/{space}/archive", a_room, "", kKnown},
    {"POST /admin/spaces/{space}/shift", a_room, "step=up", kKnown},
    {"GET /api/v1/spaces/{space}", a_space, "", kKnown},
    {"PATCH /api/v1/spaces/{space}", a_space, R"({"description":"Warm"})", kKnown},
    {"GET /api/v1/spaces/{space}/topics", a_space},
    {"POST /api/v1/spaces/{space}/topics", a_space, R"({"title":"Picnic","body":"On Saturday"})"},
    {"POST /api/v1/spaces/{space}/posts", a_chat, kJsonText},

    {"POST /s/{slug}/level", a_space, "level=watching"},
    {"GET /api/v1/spaces/{space}/level", a_space},
    {"PUT /api/v1/spaces/{space}/level", a_space, R"({"level":"watching"})"},

    // ── topics ──
    {"GET /t/{topic}", a_topic},
    {"GET /t/{topic}/{slug}", a_topic},
    {"GET /embed/{topic}", a_topic},
    {"GET /oembed", a_topic, "url=http://square.test/t/{topic}"},
    {"GET /t/{topic}/seen.svg", a_topic, "post={post}"},
    {"POST /t/{topic}/posts", a_topic, "body=I bring cake&reply_to={reply}"},
    {"POST /t/{topic}/read", a_topic, "post={post}"},
    {"POST /t/{topic}/level", a_topic, "level=muted"},
    {"GET /api/v1/topics/{topic}/level", a_topic},
    {"PUT /api/v1/topics/{topic}/level", a_topic, R"({"level":"muted"})"},
    {"PUT /t/{topic}/lock", a_topic},
    {"DELETE /t/{topic}/lock", a_topic},
    {"PUT /t/{topic}/pin", a_topic},
    {"DELETE /t/{topic}/pin", a_topic},
    {"PUT /t/{topic}/chat", a_topic},
    {"DELETE /t/{topic}/chat", a_topic},
    {"DELETE /t/{topic}", a_topic},
    {"POST /t/{topic}/restore", a_lost_topic},
    {"GET /t/{topic}/move", a_topic},
    {"PUT /t/{topic}/space", a_topic, "space=32"},
    {"GET /t/{topic}/split", a_topic},
    {"POST /t/{topic}/split", a_topic, "posts={reply}&title=About bread&space={space}"},
    {"GET /api/v1/topics/{topic}", a_topic},
    {"PATCH /api/v1/topics/{topic}", a_topic, R"({"locked":true})"},
    {"DELETE /api/v1/topics/{topic}", a_topic},
    {"PUT /api/v1/topics/{topic}/read", a_topic, R"({"post":"{post}"})"},
    {"GET /api/v1/topics/{topic}/posts", a_topic},
    {"POST /api/v1/topics/{topic}/posts", a_topic, kJsonText},

    // ── lifting ──
    {"GET /t/{topic}/lift", a_message},
    {"POST /t/{topic}/lift", a_message, "posts={post}&title=About bread&to=s{space}"},
    {"GET /lifts/{lift}", a_lift},
    {"DELETE /lifts/{lift}", a_lift},
    {"POST /api/v1/topics/{topic}/lifts", a_message,
     R"({"posts":["{post}"],"space":"{space}","title":"About bread"})"},
    {"GET /api/v1/lifts/{lift}", a_lift},
    {"DELETE /api/v1/lifts/{lift}", a_lift},
    {"GET /api/v1/posts/{post}/conversation", a_message},

    // ── posts ──
    {"GET /p/{post}", a_post},
    {"GET /p/{post}/edit", a_post},
    {"PATCH /p/{post}", a_post, "edits=0&body=Changed"},
    {"DELETE /p/{post}", a_post},
    {"POST /p/{post}/restore", a_lost_post},
    {"GET /p/{post}/history", a_post},
    {"GET /p/{post}/react", a_post},
    {"POST /p/{post}/reactions", a_post, "emoji=👍"},
    {"PUT /p/{post}/reactions/{emoji}", a_post},
    {"DELETE /p/{post}/reactions/{emoji}", a_post},
    {"GET /api/v1/posts/{post}", a_post},
    {"PATCH /api/v1/posts/{post}", a_post, R"({"body":"Changed","edits":0})"},
    {"DELETE /api/v1/posts/{post}", a_post},
    {"POST /api/v1/posts/{post}/restore", a_lost_post},
    {"GET /api/v1/posts/{post}/reactions", a_post},
    {"PUT /api/v1/posts/{post}/reactions/{emoji}", a_post},
    {"DELETE /api/v1/posts/{post}/reactions/{emoji}", a_post},

    // ── threads ──
    {"GET /p/{post}/thread", a_message},
    {"POST /p/{post}/thread", a_message, "body=I bring cake"},
    {"POST /p/{post}/thread/read", a_message, "post={reply}"},
    {"GET /api/v1/posts/{post}/thread", a_message},
    {"POST /api/v1/posts/{post}/thread", a_message, kJsonText},

    // ── files ──
    {"GET /files/{upload}/{name}", a_file},
    {"GET /api/v1/uploads/{upload}", a_file},
    {"POST /preview", a_picture, "body=![mine](/files/{upload}/garden.webp)"},
};

}  // namespace

std::span<const Recipe> in_spaces() { return kInSpaces; }

}  // namespace torv::app::rights
