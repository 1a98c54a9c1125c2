#include <doctest/doctest.h>

#include <atomic>
#include <thread>

#include "platform/http/raw_client.hpp"
#include "platform/live/house_test.hpp"

using namespace torv;
using live::Audience;
using live::House;
using live::Page;

namespace {

std::atomic<int> drawings = 0;
std::atomic<bool> open_to_cleo = true;
std::string words = "first";
constexpr SpaceId kHall{7};

/// A slice of things: everybody may follow those below 100, Cleo and moderators the rest.
std::optional<Audience> door(db::Tx&, const auth::Viewer& viewer, std::int64_t id) {
    const bool closed = id >= 100;
    if (viewer.may_moderate()) return Audience::Moderator;
    if (closed && (viewer.handle != "cleo" || !open_to_cleo)) return std::nullopt;
    return viewer.is_member() ? Audience::Writer : Audience::Guest;
}

bool draw(db::Tx&, web::Context& ctx, Audience audience, html::Out& out) {
    ++drawings;
    if (audience == Audience::Guest && words == "members only") return false;
    CHECK(ctx.shared());
    CHECK(ctx.csrf_token().empty());
    html::put(out, "<p>{} {} {}</p>", words, ctx.viewer.language, static_cast<int>(audience));
    return true;
}

std::vector<live::News> tell(db::Tx&, const activity::Activity& row) {
    return {{.stream = {.kind = "thing", .id = row.subject_id},
             .does = "thing",
             .fields = "\"extra\":1",
             .draw = draw},
            {.stream = {.kind = "community"}, .does = "mark", .space = row.space}};
}

std::vector<SpaceId> spaces(db::Tx&, const auth::Viewer& viewer) {
    if (viewer.handle == "bo") return {};
    return {kHall};
}

live::Registry slices() {
    drawings = 0;
    open_to_cleo = true;
    words = "first";
    live::Registry registry;
    registry.stream("thing", door);
    registry.news("thing.", tell);
    registry.readable(spaces);
    return registry;
}

void happen(House& house, std::int64_t thing, std::string_view kind = "thing.done",
            activity::Origin origin = activity::Origin::Lived) {
    const auto before = house.position();
    house.site.db().write([&](db::Tx& tx) {
        activity::announce(tx, {.community = CommunityId{1},
                                .kind = kind,
                                .actor = MemberId{24},
                                .subject = {"thing", thing},
                                .space = kHall,
                                .origin = origin});
    });
    // On PostgreSQL a row gets its position after its commit.
    while (house.position() == before) std::this_thread::sleep_for(std::chrono::milliseconds(1));
}

void grow_access(House& house) {
    house.site.db().write([](db::Tx& tx) {
        tx.run("UPDATE communities SET access_version = access_version + 1 WHERE id = 1");
        tx.wake(auth::kRightsChanged);
    });
}

}  // namespace

TEST_CASE("what happens is told to all who follow, drawn once for each language and audience") {
    House house(slices());
    Page bo(house, "bo"), cleo(house, "cleo"), guest(house, ""), ada(house, "ada");
    const std::initializer_list<Page*> all{&bo, &cleo, &guest, &ada};
    for (Page* page : all) {
        page->follow("thing:1", house.position());
        CHECK(page->next()["do"].string_or("") == "on");
    }
    happen(house, 1);
    const auto came = bo.next();
    CHECK(came["stream"].string_or("") == "thing:1");
    CHECK(came["html"].string_or("") == "<p>first en 2</p>");
    CHECK(came["by"].string_or("") == "24");
    CHECK(came["extra"].integer() == 1);
    CHECK(cleo.next()["html"].string_or("") == "<p>first en 2</p>");
    CHECK(guest.next()["html"].string_or("") == "<p>first en 0</p>");
    CHECK(ada.next()["html"].string_or("") == "<p>first en 3</p>");
    CHECK(drawings == 3);
    happen(house, 2);
    happen(house, 1, "thing.done", activity::Origin::Imported);
    CHECK(bo.silent());
    CHECK(drawings == 3);
}

TEST_CASE(
    "who comes back is told what was missed, in order and once; who missed too much asks again") {
    House house(slices());
    const auto before = house.position();
    happen(house, 1);
    happen(house, 2);
    happen(house, 1);
    Page bo(house, "bo");
    bo.follow("thing:1", before);
    const auto first = bo.next(), second = bo.next();
    CHECK(first["at"].integer() == before + 1);
    CHECK(second["at"].integer() == before + 3);
    CHECK(bo.next()["do"].string_or("") == "on");
    CHECK(bo.silent());

    Page cleo(house, "cleo");
    cleo.follow("thing:1", before + 1);
    CHECK(cleo.next()["at"].integer() == before + 3);
    CHECK(cleo.next()["do"].string_or("") == "on");
    bo.say(R"({"do":"off","stream":"thing:1"})");
    bo.follow("thing:2", house.position());  // answered after the other was heard
    CHECK(bo.next()["do"].string_or("") == "on");
    for (int i = 0; i < 210; ++i) happen(house, 1);
    Page late(house, "cleo");
    late.follow("thing:1", before);
    CHECK(late.next()["do"].string_or("") == "again");
    CHECK(bo.silent());
}

TEST_CASE("what is told again is drawn as things are now") {
    House house(slices());
    Page bo(house, "bo");
    const auto before = house.position();
    bo.follow("thing:1", before);
    CHECK(bo.until("on")["do"].string_or("") == "on");
    happen(house, 1);
    CHECK(bo.next()["html"].string_or("") == "<p>first en 2</p>");
    words = "taken back";
    happen(house, 1, "thing.edited");
    CHECK(bo.next()["html"].string_or("") == "<p>taken back en 2</p>");
    Page late(house, "cleo");
    late.follow("thing:1", before);
    CHECK(late.next()["html"].string_or("") == "<p>taken back en 2</p>");
    words = "members only";
    happen(house, 1, "thing.edited");
    Page guest(house, "");
    guest.follow("thing:1", before);
    CHECK(guest.next()["do"].string_or("") == "on");
}

TEST_CASE("nobody follows what they may not read, and who loses the right is told nothing more") {
    House house(slices());
    Page bo(house, "bo"), cleo(house, "cleo");
    bo.follow("thing:100", 0);
    CHECK(bo.next()["do"].string_or("") == "off");
    bo.follow("nothing:1", 0);
    CHECK(bo.next()["do"].string_or("") == "off");
    cleo.follow("thing:100", house.position());
    CHECK(cleo.next()["do"].string_or("") == "on");
    happen(house, 100);
    CHECK(cleo.next()["do"].string_or("") == "thing");

    open_to_cleo = false;
    grow_access(house);
    const auto began = std::chrono::steady_clock::now();
    CHECK(cleo.next()["do"].string_or("") == "off");
    CHECK(std::chrono::steady_clock::now() - began < std::chrono::seconds(1));
    happen(house, 100);
    CHECK(cleo.silent());

    // The right and the news in one breath: nothing slips through.
    open_to_cleo = true;
    cleo.follow("thing:101", house.position());
    CHECK(cleo.next()["do"].string_or("") == "on");
    house.site.db().write([&](db::Tx& tx) {
        open_to_cleo = false;
        tx.run("UPDATE communities SET access_version = access_version + 1 WHERE id = 1");
        activity::announce(tx, {.community = CommunityId{1},
                                .kind = "thing.done",
                                .subject = {"thing", 101},
                                .space = kHall});
    });
    CHECK(cleo.next()["do"].string_or("") == "off");
    CHECK(cleo.silent());
}

TEST_CASE("news of the community reaches those who may read the space it happened in") {
    House house(slices());
    Page bo(house, "bo"), cleo(house, "cleo");
    for (Page* page : {&bo, &cleo}) {
        page->follow("community", house.position());
        CHECK(page->next()["do"].string_or("") == "on");
    }
    happen(house, 1);
    CHECK(cleo.next()["do"].string_or("") == "mark");
    CHECK(bo.silent());
    Page other(house, "gus", {}, "mill.test");
    other.follow("community", 0);
    CHECK(other.next()["do"].string_or("") == "on");
    happen(house, 1);
    CHECK(other.silent());
}

TEST_CASE("a line is opened from our own pages only, and an account has fifty at most") {
    House house(slices());
    CHECK(Page(house, "bo").status() == 101);
    CHECK(Page(house, "bo", "Origin: http://evil.test\r\n").status() == 403);
    CHECK(Page(house, "bo", "X-Nothing: 1\r\n").status() == 403);
    CHECK(Page(house, "bo", "Origin: http://square.test\r\nSec-Fetch-Site: cross-site\r\n")
              .status() == 403);
    const auto plain = http::exchange(
        house.address(), "GET /live HTTP/1.1\r\nHost: square.test\r\nConnection: close\r\n\r\n");
    CHECK(http::status_of(plain) == 426);

    std::vector<std::unique_ptr<Page>> many;
    for (int i = 0; i < 50; ++i) many.push_back(std::make_unique<Page>(house, "dan"));
    CHECK(many.back()->status() == 101);
    CHECK(Page(house, "dan").status() == 429);
    CHECK(Page(house, "cleo").status() == 101);
    many.clear();
    for (int i = 0; i < 200 && house.hub.counters().lines > 0; ++i)
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    CHECK(house.hub.counters().lines == 0);
    CHECK(Page(house, "dan").status() == 101);
}

TEST_CASE("nonsense on the line is passed over, and nobody follows without end") {
    House house(slices());
    Page bo(house, "bo");
    for (const char* text : {"", "{", "[]", "{\"do\":7}", R"({"do":"on"})",
                             R"({"do":"on","stream":"thing:x"})", R"({"do":"fly","stream":"a:1"})"})
        bo.say(text);
    for (int i = 1; i <= 16; ++i) {
        bo.follow("thing:" + std::to_string(i), house.position());
        CHECK(bo.next()["do"].string_or("") == "on");
    }
    bo.follow("thing:17", house.position());
    CHECK(bo.next()["do"].string_or("") == "off");
}

TEST_CASE("programs follow by a stream of events, from where they left off") {
    House house(slices());
    const auto begin = [&](const std::string& query, const std::string& headers = {}) {
        auto client = std::make_unique<http::RawClient>(house.address());
        client->send("GET /api/v1/live?" + query + " HTTP/1.1\r\nHost: square.test\r\n" +
                     "Authorization: Bearer of-cleo\r\n" + headers + "\r\n");
        return client;
    };
    happen(house, 1);
    const auto last =
        house.site.db().read([](db::Tx& tx) { return activity::head(tx, CommunityId{1}); });
    auto now = begin("streams=thing:1,thing:100");
    auto back = begin("streams=thing:1", "Last-Event-ID: " + std::to_string(last - 1) + "\r\n");
    std::this_thread::sleep_for(std::chrono::milliseconds(200));
    happen(house, 1, "thing.edited");
    const auto told = now->read_all(std::chrono::milliseconds(500));
    CHECK(http::status_of(told) == 200);
    CHECK(told.find("Content-Type: text/event-stream") != told.npos);
    CHECK(told.find("event: thing.done") == told.npos);
    CHECK(told.find("event: thing.edited\ndata: {\"position\":" + std::to_string(last + 1)) !=
          told.npos);
    CHECK(told.find("first") == told.npos);
    const auto missed = back->read_all(std::chrono::milliseconds(500));
    CHECK(missed.find("id: " + std::to_string(last) + "\nevent: thing.done") != missed.npos);
    CHECK(missed.find("event: thing.edited") != missed.npos);
    CHECK(http::status_of(http::exchange(
              house.address(),
              "GET /api/v1/live?streams=thing:100 HTTP/1.1\r\nHost: square.test\r\nConnection: "
              "close\r\nAuthorization: Bearer of-bo\r\n\r\n")) == 404);
}
