#include "app/rights_recipes_test.hpp"

namespace torv::app::rights {

namespace {

constexpr std::string_view kText = "body=Bread for everybody";
constexpr std::string_view kJsonText = R"({"body":"Bread for everybody"})";
constexpr std::string_view kNewcomer =
    "name=Nora&email=n{fresh}@x.test&password=warm bread and tea&rules=1&rules_version=1";

constexpr auto kFile = Manner::File;
constexpr auto kUpsets = Manner::Upsets;
constexpr auto kKnown = Manner::Known;
constexpr auto kByRight = Manner::ByRight;

constexpr Recipe kInSpaces[] = {
    // ── spaces ──
    {"GET /s/{slug}", a_space, "", kKnown},
    {"GET /s/{slug}/new", a_space},
    {"POST /s/{slug}/topics", a_space, "title=Picnic&body=On Saturday"},
    {"POST /s/{slug}/posts", a_chat, kText},
    {"POST /s/{slug}/read", a_space},
    {"GET /s/{slug}/members", a_space, "", kKnown},
    {"POST /s/{slug}/members", a_stranger, "handle={handle}&role=member", kKnown},
    {"DELETE /s/{slug}/members/{member}", a_seat, "", kKnown},
    {"POST /s/{slug}/requests/{member}", an_asker, "answer=let_in", kKnown},
    {"POST /s/{slug}/ask", a_space, "", kKnown},
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

constexpr Recipe kInCommunity[] = {
    // ── for everybody ──
    {"GET /"},
    {"GET /about"},
    {"GET /rules"},
    {"POST /rules", nothing, "rules_version=1", kUpsets},
    {"GET /look.css"},
    {"GET /language/{code}"},
    {"GET /manifest.webmanifest"},
    {"GET /icon.svg"},
    {"GET /icon-full.svg"},
    {"GET /worker.js"},
    {"GET /offline"},
    {"GET /help/phone"},
    {"GET /share", nothing, "title=Picnic&text=Bread"},
    {"POST /share", nothing, "space=31&body=Bread"},
    {"GET /spaces"},
    {"GET /search", nothing, "q=bread"},
    {"GET /api/v1/search", nothing, "q=bread"},
    {"GET /api/openapi.json"},
    {"GET /api/v1/community"},
    {"GET /api/v1/communities"},
    {"GET /api/v1/spaces"},
    {"GET /api/v1/unread"},
    {"GET /live"},
    {"GET /api/v1/live"},

    // ── doors ──
    {"GET /sign-in"},
    {"POST /sign-in", a_sign_in, "email={email}&password={password}", kUpsets},
    {"POST /sign-in/link", nothing, "email=bo@square.test"},
    {"POST /sign-out", nothing, "", kUpsets},
    {"GET /sign-up"},
    {"POST /sign-up", nothing, kNewcomer, kUpsets},
    {"GET /link/{token}", a_link, "", kByRight},
    {"POST /link/{token}", a_link, "", kUpsets},
    {"GET /join/{token}", an_invitation, "", kByRight},
    {"POST /join/{token}", an_invitation, kNewcomer, kUpsets},
    {"GET /invitations"},
    {"POST /invitations", nothing, "uses=1&days=7"},
    {"DELETE /invitations/{invitation}", an_invitation},
    {"GET /admin/invitations"},
    {"POST /admin/invitations", nothing, "uses=1&days=7&role=admin"},

    // ── one's own ──
    {"GET /me"},
    {"POST /me", nothing, "language=en&zone=UTC&scheme=dark"},
    {"POST /me/email", nothing, "email=other{fresh}@x.test"},
    {"POST /me/password", nothing, "password=warm bread and tea", kUpsets},
    {"GET /me/sessions"},
    {"DELETE /me/sessions", nothing, "", kUpsets},
    {"DELETE /me/sessions/{session}", a_session},
    {"GET /me/tokens"},
    {"POST /me/tokens", nothing, "name=Phone&scope=read"},
    {"DELETE /me/tokens/{token}", a_token},
    {"GET /me/communities"},
    {"POST /me/communities/{community}", the_square},
    {"GET /me/profile"},
    {"POST /me/profile", nothing, "name=Somebody&handle=h{fresh}x&bio=Hello"},
    {"POST /me/leave", nothing, "", kUpsets},
    {"GET /me/avatar"},
    {"POST /me/avatar", nothing, "no picture", kFile},
    {"POST /me/avatar/remove"},
    {"GET /uploads"},
    {"POST /uploads", nothing, "a list", kFile},
    {"POST /api/v1/uploads", nothing, "a list", kFile},
    {"GET /drafts/{key}", a_draft},
    {"PUT /drafts/{key}", a_draft, kText},
    {"DELETE /drafts/{key}", a_draft},
    {"GET /api/v1/drafts"},
    {"GET /api/v1/drafts/{key}", a_draft},
    {"PUT /api/v1/drafts/{key}", a_draft, kJsonText},
    {"DELETE /api/v1/drafts/{key}", a_draft},

    // ── notices ──
    {"GET /notices"},
    {"GET /notices/{notice}", a_notice},
    {"POST /notices/{notice}/read", a_notice},
    {"POST /notices/read"},
    {"GET /api/v1/notices"},
    {"GET /api/v1/notices/count"},
    {"PUT /api/v1/notices/{notice}/read", a_notice},
    {"PUT /api/v1/notices/read", nothing, "{}"},
    {"GET /me/notices"},
    {"POST /me/notices", nothing, "weekly_limit=5"},
    {"GET /api/v1/notices/settings"},
    {"PUT /api/v1/notices/settings", nothing, R"({"weekly_limit":5})"},
    {"GET /notices/off/{address_key}", an_unsubscribing, "", kByRight},
    {"POST /notices/off/{address_key}", an_unsubscribing, "", kByRight},
    {"GET /m/{handle}/level", a_member},
    {"POST /m/{handle}/level", a_member, "level=muted"},
    {"GET /api/v1/members/{member}/level", a_member},
    {"PUT /api/v1/members/{member}/level", a_member, R"({"level":"muted"})"},

    // ── devices ──
    {"GET /me/devices"},
    {"POST /me/devices", nothing, "kind=mention&weekly_limit=5"},
    {"GET /me/devices/ask"},
    {"DELETE /me/devices/{device}", a_device},
    {"GET /api/v1/devices"},
    {"PUT /api/v1/devices", nothing,
     R"({"endpoint":"https://push.example/a","p256dh":"BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4","auth":"BTBZMqHH6r4Tts7J_aSIgg"})"},
    {"GET /api/v1/devices/unread"},
    {"DELETE /api/v1/devices/{device}", a_device},

    // ── members ──
    {"GET /members"},
    {"GET /members/suggest", nothing, "q=b"},
    {"GET /m/{handle}", a_member},
    {"GET /api/v1/me"},
    {"GET /api/v1/members"},
    {"GET /api/v1/members/{member}", a_pending},
    {"GET /admin/members"},
    {"POST /admin/members/{member}/role", a_member, "role=moderator"},
    {"POST /admin/members/{member}/approve", a_pending},
    {"POST /admin/members/{member}/decline", a_pending},
    {"DELETE /admin/members/{member}", a_member},

    // ── running the community ──
    {"GET /admin"},
    {"GET /admin/community"},
    {"POST /admin/community", nothing,
     "name=The Square&language=en&sign_up=open&guests_may_read=on&members_invite=on"},
    {"GET /admin/look"},
    {"POST /admin/look", nothing, "accent=#aa5500&font=system&radius=soft&logo="},
    {"GET /admin/logo"},
    {"POST /admin/logo", nothing, "no picture", kFile},
    {"POST /admin/logo/remove"},
    {"GET /admin/rules"},
    {"POST /admin/rules", nothing, "body=Be kind."},
    {"GET /admin/address"},
    {"POST /admin/address", nothing, "address=http://square.test"},
    {"GET /admin/communities"},
    {"POST /admin/communities", nothing, "name=Harbour {fresh}"},
    {"GET /admin/spaces"},
    {"GET /admin/spaces/new"},
    {"POST /admin/spaces", nothing, "name=Room {fresh}&kind=discussion&visibility=members"},
    {"POST /api/v1/spaces", nothing, R"({"name":"Room {fresh}"})"},
    {"GET /admin/log"},
    {"GET /admin/audit"},
    {"GET /api/v1/audit"},
    {"GET /admin/mail"},
    {"GET /admin/jobs"},
    {"POST /admin/jobs/{job}/retry", a_job},
    {"POST /admin/jobs/{job}/discard", a_job},
    {"GET /admin/imports"},
    {"POST /admin/imports", nothing, "no archive", kFile},
    {"GET /admin/imports/{import}", an_import},
    {"POST /admin/imports/{import}/run", an_import},
    {"GET /api/v1/imports"},
    {"POST /api/v1/imports", nothing, "no archive", kFile},
    {"GET /api/v1/imports/{import}", an_import},
    {"POST /api/v1/imports/{import}/run", an_import},

    // ── the canvas, after it is done ──
    {"GET /start"},
    {"GET /start/review"},
    {"GET /start/opened"},
    {"POST /start/open"},
    {"POST /start/invitation"},
    {"GET /start/{step}"},
    {"POST /start/{step}", nothing, "answer=The Square"},
};

}  // namespace

std::span<const Recipe> in_spaces() { return kInSpaces; }

std::span<const Recipe> in_community() { return kInCommunity; }

}  // namespace torv::app::rights
