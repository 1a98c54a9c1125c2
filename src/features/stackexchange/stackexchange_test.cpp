#include "features/stackexchange/stackexchange.hpp"

#include <doctest/doctest.h>
#include <zlib.h>

#include <algorithm>
#include <fstream>

#include "features/stackexchange/rows.hpp"
#include "features/topics/topics.hpp"
#include "platform/base/text.hpp"
#include "platform/testing/site.hpp"

namespace torv::stackexchange {

namespace {

using torv::testing::Site;

constexpr const char* kRealDump = "../shared/data/stackexchange-coffee-posts.xml.gz";
constexpr CommunityId kSquare{1};

/// A file of its own, gone with this object.
class File {
public:
    explicit File(const Site& site, const std::string& text, const std::string& name = "Posts.xml")
        : path_(site.folder() + "/" + name) {
        std::ofstream(path_, std::ios::binary) << text;
    }
    ~File() { std::filesystem::remove(path_); }
    const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

std::string posts(const std::string& rows) {
    return "\xEF\xBB\xBF<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<posts>\n" + rows + "</posts>";
}

std::string row(const std::string& id, const std::string& attributes) {
    return "<row Id=\"" + id + "\" CreationDate=\"2015-01-27T20:09:32.720\" " + attributes +
           " />\n";
}

std::string question(const std::string& id, const std::string& more = {}) {
    return row(id, "PostTypeId=\"1\" Score=\"5\" OwnerUserId=\"4\" Title=\"Why " + id +
                       "?\" Tags=\"&lt;water&gt;&lt;hard-water&gt;\" Body=\"&lt;p&gt;I "
                       "wonder.&lt;/p&gt;\" " +
                       more);
}

std::string answer(const std::string& id, const std::string& parent, const std::string& more = {}) {
    return row(id, "PostTypeId=\"2\" ParentId=\"" + parent +
                       "\" Score=\"-2\" OwnerUserId=\"7\" Body=\"&lt;p&gt;So.&lt;/p&gt;\" " + more);
}

Result<imports::Report> bring(Site& site, const std::filesystem::path& file, Options options = {}) {
    if (options.space.empty()) options.space = "Coffee";
    return import_posts(site.db(), kSquare, file, options);
}

std::int64_t number(Site& site, std::string_view sql) {
    return site.db().read([&](db::Tx& tx) { return tx.one(sql)->get<std::int64_t>(0); });
}

std::int64_t sum_of(const std::map<std::string, std::int64_t>& counts) {
    std::int64_t sum = 0;
    for (const auto& [what, count] : counts) sum += count;
    return sum;
}

std::string unpacked(const char* path) {
    std::string text(4 << 20, '\0');
    gzFile file = gzopen(path, "rb");
    text.resize(static_cast<std::size_t>(gzread(file, text.data(), 4 << 20)));
    gzclose(file);
    return text;
}

std::int64_t occurrences(std::string_view text, std::string_view what) {
    std::int64_t count = 0;
    for (auto at = text.find(what); at != text.npos; at = text.find(what, at + 1)) ++count;
    return count;
}

/// The scores of the lines that hold all of these, read without any parser.
std::int64_t scores(std::string_view text, std::string_view what) {
    std::int64_t sum = 0;
    for (const auto line : split(text, '\n')) {
        const auto at = line.find(" Score=\"");
        if (at == line.npos || line.find(what) == line.npos) continue;
        const auto value = line.substr(at + 8);
        sum += parse_int<std::int64_t>(value.substr(0, value.find('"'))).value_or(0);
    }
    return sum;
}

}  // namespace

TEST_CASE("a real dump goes in whole, exactly, and a second time changes nothing") {
    if (!std::filesystem::exists(kRealDump)) {
        MESSAGE("skipped: no data");
        return;
    }
    const std::string text = unpacked(kRealDump);
    const auto asked = occurrences(text, "PostTypeId=\"1\"");
    const auto answered = occurrences(text, "PostTypeId=\"2\"");
    const auto accepted = occurrences(text, " AcceptedAnswerId=\"");
    const auto rows = occurrences(text, "<row ");
    REQUIRE(asked > 100);

    Site site({});
    const auto trial = bring(site, kRealDump, {.trial = true}).value();
    CHECK(number(site, "SELECT count(*) FROM posts WHERE community_id = 1") == 0);
    const auto report = bring(site, kRealDump).value();
    CHECK(report.total == rows);
    CHECK(report.done == rows);
    CHECK(sum_of(report.messages) == rows);
    CHECK(report.messages == trial.messages);
    CHECK(report.things == trial.things);
    CHECK(report.messages.at("posts") == asked + answered);
    CHECK(report.messages.at("tag_notes") == rows - asked - answered);

    CHECK(number(site, "SELECT count(*) FROM topics WHERE community_id = 1") == asked);
    CHECK(number(site, "SELECT count(*) FROM posts WHERE community_id = 1") == asked + answered);
    CHECK(number(site, "SELECT sum(reply_count) FROM topics WHERE community_id = 1") == answered);
    CHECK(number(site, "SELECT count(*) FROM topics_accepted WHERE community_id = 1") == accepted);
    CHECK(
        number(site, "SELECT topic_count FROM spaces WHERE community_id = 1 AND slug = 'coffee'") ==
        asked);
    CHECK(number(site, "SELECT sum(score) FROM posts WHERE community_id = 1") ==
          scores(text, "PostTypeId=\"1\"") + scores(text, "PostTypeId=\"2\""));
    CHECK(number(site, "SELECT sum(thanks) FROM topics WHERE community_id = 1") ==
          scores(text, "PostTypeId=\"1\""));
    // Every tag stands in the text of its question.
    const auto given = number(site, R"sql(
        SELECT count(*) FROM posts WHERE community_id = 1 AND body_md LIKE '%#brewing-process%'
    )sql");
    CHECK(given == occurrences(text, "&lt;brewing-process&gt;"));
    CHECK(number(site, R"sql(
        SELECT count(*) FROM posts WHERE community_id = 1
           AND (body_md LIKE '%<p>%' OR body_md LIKE '%&amp;%' OR body_md LIKE '%<strong>%')
    )sql") == 0);

    const auto again = bring(site, kRealDump).value();
    CHECK(again.messages.at("known") == asked + answered);
    CHECK(sum_of(again.messages) == rows);
    CHECK(number(site, "SELECT count(*) FROM posts WHERE community_id = 1") == asked + answered);
    CHECK(number(site, "SELECT count(*) FROM topics_accepted WHERE community_id = 1") == accepted);
    CHECK(number(site, "SELECT count(*) FROM spaces WHERE community_id = 1 AND kind = 1") == 1);
}

TEST_CASE("questions, answers, points, tags and names come in as they were") {
    Site site({topics::routes});
    const File file(site, posts(question("1", "AcceptedAnswerId=\"3\"") + answer("2", "1") +
                                answer("3", "1", "LastEditDate=\"2015-02-01T10:00:00.000\"") +
                                row("4", "PostTypeId=\"5\" Body=\"About water\"") +
                                answer("5", "99") + row("6", "PostTypeId=\"2\" ParentId=\"1\"")));
    const File users(site, "<users><row Id=\"4\" DisplayName=\"Åse Dahl\" /></users>", "Users.xml");
    const auto report = bring(site, file.path(), {.users = users.path()}).value();
    CHECK(report.messages == std::map<std::string, std::int64_t>{
                                 {"posts", 3}, {"tag_notes", 1}, {"orphans", 1}, {"empty", 1}});
    CHECK(report.things.at("accepted") == 1);
    CHECK(report.oddities.size() == 2);

    site.db().write([](db::Tx& tx) {
        tx.run("UPDATE spaces SET visibility = 0 WHERE community_id = 1 AND slug = 'coffee'");
    });
    const auto space = site.as("bo").get("/s/coffee");
    CHECK(space.has("Why 1?"));
    CHECK(space.has("Answered"));
    const auto at = space.body.find("/t/");
    const auto page = site.as("bo").get(space.body.substr(at, space.body.find('"', at) - at));
    CHECK(page.has("Åse Dahl"));
    CHECK(page.has("User 7"));
    CHECK(page.has("5 points brought along"));
    CHECK(page.has("-2 points brought along"));
    CHECK(page.has("hard-water"));
    CHECK(page.has("Accepted answer"));
    CHECK(page.has("2015-01-27T20:09:32"));
}

TEST_CASE("what is cut off goes on where it was, and a later dump brings what is new") {
    Site site({});
    std::string rows;
    for (int i = 1; i <= 250; ++i) rows += question(std::to_string(i));
    const File file(site, posts(rows));
    int looked = 0;
    const auto part =
        bring(site, file.path(), {.should_stop = [&] { return ++looked > 150; }}).value();
    const auto kept = number(site, "SELECT count(*) FROM topics WHERE community_id = 1");
    CHECK(kept == part.messages.at("posts"));
    CHECK(kept < 250);
    const auto rest = bring(site, file.path()).value();
    CHECK(rest.messages.at("posts") == 250 - kept);
    CHECK(rest.messages.at("known") == kept);
    const File later(site, posts(rows + question("251") + answer("252", "1")), "Later.xml");
    CHECK(bring(site, later.path()).value().messages.at("posts") == 2);
    CHECK(number(site, "SELECT count(*) FROM topics WHERE community_id = 1") == 251);
}

TEST_CASE("an answer that people here have accepted since stays accepted") {
    Site site({});
    const std::string both = answer("2", "1") + answer("3", "1");
    const File file(site, posts(question("1", "AcceptedAnswerId=\"3\"") + both));
    REQUIRE(bring(site, file.path()).has_value());
    const auto other =
        number(site, "SELECT min(id) FROM posts WHERE community_id = 1 AND source LIKE '%:2@%'");
    site.db().write([&](db::Tx& tx) {
        tx.run("UPDATE topics SET accepted_id = $1 WHERE community_id = 1", other);
    });
    REQUIRE(bring(site, file.path()).has_value());
    CHECK(number(site, "SELECT max(accepted_id) FROM topics WHERE community_id = 1") == other);
}

TEST_CASE("a file that is none, or means ill, is refused and leaves nothing behind") {
    Site site({});
    const auto refused = [&](const std::string& text) {
        const File file(site, text);
        const auto report = bring(site, file.path());
        return report ? std::string("taken") : report.error().key;
    };
    CHECK(refused("") == "stackexchange.not_posts");
    CHECK(refused("PK\x03\x04 something") == "stackexchange.not_posts");
    CHECK(refused("<users><row Id=\"1\"/></users>") == "stackexchange.not_posts");
    CHECK(refused("<posts><row Id=\"1\" PostTypeId=\"1\"") == "stackexchange.broken");
    CHECK(refused("<!DOCTYPE posts [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;\">]>"
                  "<posts><row Id=\"1\" Title=\"&b;\"/></posts>") == "stackexchange.not_posts");
    CHECK(refused("<!DOCTYPE posts [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>"
                  "<posts><row Id=\"1\" Title=\"Words\" Body=\"&x;\"/></posts>") ==
          "stackexchange.not_posts");
    CHECK(refused("<posts><row Id=\"1\" Title=\"&unknown;\"/></posts>") != "taken");
    CHECK(bring(site, "/nowhere/Posts.xml").error().key == "stackexchange.no_file");
    CHECK(number(site, "SELECT count(*) FROM topics WHERE community_id = 1") == 0);
    CHECK(number(site, "SELECT count(*) FROM spaces WHERE community_id = 1 AND kind = 1") == 0);
    const File fine(site, posts(question("1")));
    CHECK(bring(site, fine.path(), {.space = "lounge"}).error().key ==
          "stackexchange.not_questions");
}

TEST_CASE("a small file that unpacks without end is given up") {
    Site site({});
    const std::string path = site.folder() + "/bomb.gz";
    gzFile file = gzopen(path.c_str(), "wb9");
    const std::string line = row("1", "Title=\"" + std::string(1 << 20, 'a') + "\"");
    gzwrite(file, "<posts>", 7);
    for (int i = 0; i < 80; ++i) gzwrite(file, line.data(), static_cast<unsigned>(line.size()));
    gzclose(file);
    CHECK(bring(site, path).error().key == "stackexchange.bomb");
}

}  // namespace torv::stackexchange
