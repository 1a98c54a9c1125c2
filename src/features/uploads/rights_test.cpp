#include <doctest/doctest.h>

#include "features/curation/curation.hpp"
#include "features/uploads/house_test.hpp"

using namespace torv;
using uploads::testing::House;
using uploads::testing::photo;
using uploads::testing::text_of;

namespace {

constexpr std::int64_t kLounge = 31, kGarden = 32, kKitchen = 33, kAttic = 34;

/// Who of all roles gets it: "guest bo …".
std::string who_sees(House& house, const std::string& url) {
    std::string seen;
    for (const std::string_view who : {"", "bo", "cleo", "ada", "dan", "olga", "gus"}) {
        auto& person = house.site.as(who);
        person.host = "square.test";
        const int status = person.get(url).status;
        CHECK((status == 200 || status == 404));
        if (status == 200)
            seen += (seen.empty() ? "" : " ") + std::string(who.empty() ? "guest" : who);
    }
    return seen;
}

struct Sent {
    std::string url, line;
};
Sent bring(House& house, std::string_view who, std::string bytes = "words") {
    const auto sent = house.send(who, "plan.txt", std::move(bytes));
    REQUIRE(sent.status == 201);
    return {text_of(sent, "url"), text_of(sent, "markdown")};
}

void edit(House& house, std::string_view who, PostId post, std::string_view body) {
    const auto text =
        house.site.db().read([&](db::Tx& tx) { return topics::prepare(tx, CommunityId{1}, body); });
    const auto done = house.site.db().write([&](db::Tx& tx) {
        const auto& viewer = house.site.as(who).viewer;
        const auto seen = topics::visible_post(tx, viewer, post);
        return topics::edit(tx, viewer, post, seen->post.edits, *text);
    });
    REQUIRE(done);
}

}  // namespace

TEST_CASE("a file is its uploader's until a post shows it, then its readers'") {
    House house;
    const auto file = bring(house, "bo");
    CHECK(who_sees(house, file.url) == "bo");
    house.post("bo", kGarden, "See " + file.line);
    CHECK(who_sees(house, file.url) == "bo cleo ada dan olga");
    house.post("bo", kLounge, "See " + file.line);
    CHECK(who_sees(house, file.url) == "guest bo cleo ada dan olga gus");
    const auto shown_by_others = [&](std::string_view who) {
        return house.site.as(who).get(file.url).header("Cross-Origin-Resource-Policy");
    };
    CHECK(shown_by_others("") == "cross-origin");
    CHECK(shown_by_others("bo") == "same-origin");
}

TEST_CASE("a file of a closed space is not there for others") {
    House house;
    const auto soup = bring(house, "cleo", "soup");
    house.post("cleo", kKitchen, soup.line);
    CHECK(who_sees(house, soup.url) == "cleo dan olga");
    const auto secret = bring(house, "olga", "secret");
    house.post("olga", kAttic, secret.line);
    CHECK(who_sees(house, secret.url) == "olga");

    const auto hidden = house.site.as("bo").get(secret.url);
    const auto absent = house.site.as("bo").get("/files/123456789/plan.txt");
    CHECK(hidden.status == absent.status);
    CHECK(hidden.body == absent.body);
}

TEST_CASE("nobody opens a file to others by naming it") {
    House house;
    const auto soup = bring(house, "cleo", "soup");
    house.post("cleo", kKitchen, soup.line);
    const PostId mine = house.post("bo", kLounge, "Look: " + soup.line);
    CHECK(who_sees(house, soup.url) == "cleo dan olga");
    edit(house, "bo", mine, "Look again: " + soup.line);
    CHECK(who_sees(house, soup.url) == "cleo dan olga");

    // Whoever may read it may show it elsewhere, as they might with its words.
    house.post("dan", kGarden, "From the kitchen: " + soup.line);
    CHECK(who_sees(house, soup.url) == "bo cleo ada dan olga");
}

TEST_CASE("a moderator's change opens nothing that the author named in vain") {
    House house;
    const auto soup = bring(house, "cleo", "soup"), cake = bring(house, "cleo", "cake");
    house.post("cleo", kKitchen, soup.line + cake.line);
    const PostId mine = house.post("bo", kLounge, "Look: " + soup.line);
    edit(house, "dan", mine, "Look, please: " + soup.line);
    CHECK(who_sees(house, soup.url) == "cleo dan olga");
    edit(house, "dan", mine, "Look: " + soup.line + " and, says Dan, " + cake.line);
    CHECK(who_sees(house, soup.url) == "cleo dan olga");
    CHECK(who_sees(house, cake.url) == "guest bo cleo ada dan olga gus");
}

TEST_CASE("a text tells nothing of pictures that its writer may not see") {
    House house;
    const auto sent = house.send("cleo", "garden.jpg", photo());
    REQUIRE(sent.status == 201);
    house.post("cleo", kKitchen, text_of(sent, "markdown"));
    const auto previewed = [&](std::string_view who, const std::string& id) {
        std::string body =
            house.site.as(who).post("/preview", {{"body", "![x](/files/" + id + "/x.webp)"}}).body;
        return body.replace(body.find(id), id.size(), "#");
    };
    const std::string id = text_of(sent, "id");
    CHECK(previewed("cleo", id).find("<img") != std::string::npos);
    CHECK(previewed("bo", id) == previewed("bo", "123456789"));
}

TEST_CASE("a file goes where its post goes") {
    House house;
    const auto file = bring(house, "bo");
    const PostId post = house.post("bo", kLounge, file.line);
    auto& dan = house.site.as("dan");
    const auto topic = house.site.db().read(
        [&](db::Tx& tx) { return topics::visible_post(tx, dan.viewer, post)->topic.id; });
    REQUIRE(house.site.db().write(
        [&](db::Tx& tx) { return curation::move(tx, dan.viewer, topic, SpaceId{kKitchen}); }));
    CHECK(who_sees(house, file.url) == "bo cleo dan olga");

    REQUIRE(
        house.site.db().write([&](db::Tx& tx) { return topics::remove(tx, dan.viewer, post); }));
    CHECK(who_sees(house, file.url) == "bo");
}

TEST_CASE("taken out of the text, a file is its uploader's again") {
    House house;
    const auto file = bring(house, "bo");
    const PostId post = house.post("bo", kLounge, file.line);
    edit(house, "ada", post, file.line + " (moderated)");
    CHECK(who_sees(house, file.url) == "guest bo cleo ada dan olga gus");
    edit(house, "bo", post, "I took it out.");
    CHECK(who_sees(house, file.url) == "bo");
}

TEST_CASE("a post shows its picture with the size that it has") {
    House house;
    const auto sent = house.send("bo", "garden.jpg", photo());
    const PostId post = house.post("bo", kLounge, text_of(sent, "markdown"));
    const auto html = house.site.db().read([&](db::Tx& tx) {
        return topics::visible_post(tx, house.site.as("bo").viewer, post)->post.body_html;
    });
    const std::string folder = "/files/" + text_of(sent, "id") + "/";
    CHECK(html.find("<a class=\"picture\" href=\"" + text_of(sent, "url")) != html.npos);
    CHECK(html.find("<img src=\"" + folder) != html.npos);
    CHECK(html.find("alt=\"garden\"") != html.npos);
    CHECK(html.find(" width=\"") != html.npos);
    CHECK(html.find(" height=\"") != html.npos);
    const auto from = html.find("src=\"") + 5;
    const auto small = html.substr(from, html.find('"', from) - from);
    CHECK(who_sees(house, small) == "guest bo cleo ada dan olga gus");
    // What is no picture of ours stays a link.
    const auto none = house.site.db().read(
        [&](db::Tx& tx) { return topics::prepare(tx, CommunityId{1}, "![x](/files/5/x.webp)"); });
    CHECK(none->html.find("<img") == std::string::npos);
}

TEST_CASE("a member's picture is seen by whoever sees the member") {
    House house;
    auto& bo = house.site.as("bo");
    const auto wrong = house.send_form("bo", "/me/avatar", "me.txt", "words", house.token("bo"));
    CHECK(wrong.status == 422);
    CHECK(wrong.has("This is not a picture."));
    const auto saved = house.send_form("bo", "/me/avatar", "me.jpg", photo(), house.token("bo"));
    CHECK(saved.location() == "/me/profile");
    CHECK(house.site.announced("member.changed") == 1);
    const auto picture = [&] {
        return house.site.db().read([&](db::Tx& tx) {
            return tx.one("SELECT avatar FROM members WHERE community_id = 1 AND id = 24")
                ->get<std::string>(0);
        });
    };
    const std::string url = picture();
    CHECK(url.starts_with("/files/"));
    CHECK(who_sees(house, url) == "guest bo cleo ada dan olga gus");
    house.site.db().write(
        [](db::Tx& tx) { tx.run("UPDATE communities SET guests_may_read = 0 WHERE id = 1"); });
    CHECK(who_sees(house, url) == "bo cleo ada dan olga");

    CHECK(bo.post("/me/avatar/remove").status == 303);
    CHECK(picture().empty());
    CHECK(who_sees(house, url) == "bo");
    CHECK(bo.get("/me/avatar").has("Your picture"));
    CHECK(house.site.guest().get("/me/avatar").status == 303);
}

TEST_CASE("the logo is set by those who run the community, and seen by all") {
    House house;
    const auto set = [&](std::string_view who) {
        return house.send_form(who, "/admin/logo", "logo.jpg", photo(), house.token(who)).status;
    };
    CHECK(set("bo") == 404);
    CHECK(set("ada") == 404);
    CHECK(set("") == 404);
    CHECK(set("dan") == 303);
    CHECK(house.site.announced("community.look_changed") == 1);
    const auto url = house.site.db().read([&](db::Tx& tx) {
        return tx.one("SELECT logo_url FROM communities WHERE id = 1")->get<std::string>(0);
    });
    house.site.db().write(
        [](db::Tx& tx) { tx.run("UPDATE communities SET guests_may_read = 0 WHERE id = 1"); });
    CHECK(who_sees(house, url) == "guest bo cleo ada dan olga gus");
    CHECK(house.site.as("bo").get("/admin/logo").status == 404);
    CHECK(house.site.as("olga").get("/admin/logo").status == 200);
    CHECK(house.site.as("olga").post("/admin/logo/remove").status == 303);
    CHECK(who_sees(house, url) == "dan");
}

TEST_CASE("what nothing shows is removed after a week, with its bytes") {
    House house;
    const auto idle = bring(house, "bo", "idle");
    const auto shown = bring(house, "bo", "shown");
    house.post("bo", kLounge, shown.line);
    uploads::sweep(house.site.db(), house.files);
    CHECK(who_sees(house, idle.url) == "bo");

    house.site.clock().advance(std::chrono::days(8));
    uploads::sweep(house.site.db(), house.files);
    CHECK(who_sees(house, idle.url) == "");
    CHECK(who_sees(house, shown.url) == "guest bo cleo ada dan olga gus");
    CHECK(house.files_kept() == 2);  // too young on the disk: a transaction might need it
    house.files.each([&](const files::Hash& hash, std::uint64_t) {
        std::filesystem::last_write_time(
            house.files.path(hash),
            std::filesystem::file_time_type::clock::now() - std::chrono::days(2));
    });
    uploads::sweep(house.site.db(), house.files);
    CHECK(house.files_kept() == 1);
    CHECK(who_sees(house, shown.url) == "guest bo cleo ada dan olga gus");
}

TEST_CASE("what a draft of its uploader names is kept as long as the draft") {
    House house;
    const auto file = bring(house, "bo", "in a draft");
    const auto keep = [&](std::string_view who, std::string_view text) {
        house.site.db().write([&](db::Tx& tx) {
            tx.run("DELETE FROM drafts WHERE community_id = 1 AND place = 'space:31'");
            tx.run(R"sql(
                INSERT INTO drafts (community_id, member_id, place, body, updated_at)
                VALUES (1, $1, 'space:31', $2, 0)
            )sql",
                   house.site.as(who).viewer.id, text);
        });
        uploads::sweep(house.site.db(), house.files);
    };
    house.site.clock().advance(std::chrono::days(8));
    keep("bo", "See " + file.line + " tomorrow");
    CHECK(who_sees(house, file.url) == "bo");
    keep("cleo", "See " + file.line + " tomorrow");  // who only knows the address keeps nothing
    CHECK(who_sees(house, file.url) == "");
}

TEST_CASE("a file that is gone from the disk is noticed") {
    House house;
    const auto file = bring(house, "bo");
    CHECK(uploads::check(house.site.db(), house.files).empty());
    house.files.each([&](const files::Hash& hash, std::uint64_t) { house.files.remove(hash); });
    CHECK(uploads::check(house.site.db(), house.files).size() == 1);
    CHECK(house.site.as("bo").get(file.url).status == 404);
}
