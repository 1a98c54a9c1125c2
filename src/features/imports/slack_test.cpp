#include <doctest/doctest.h>

#include <fstream>
#include <numeric>

#include "features/imports/fixture.hpp"
#include "features/imports/imports.hpp"
#include "features/members/members.hpp"
#include "features/spaces/spaces.hpp"
#include "features/topics/topics.hpp"
#include "platform/testing/site.hpp"

using namespace torv;
using imports::Report;
using imports::testing::Export;
using imports::testing::Files;
using imports::testing::general;
using torv::testing::Site;

namespace {

constexpr CommunityId kSquare{1};
const std::filesystem::path kRealArchive = "../shared/data/slack-export.zip";

Report import_into(Site& site, const Export& archive, bool trial = false) {
    const auto report = imports::import_slack(site.db(), kSquare, archive.path(),
                                              {.trial = trial, .by = MemberId{21}});
    REQUIRE_MESSAGE(report, (report ? "" : report.error().key));
    return *report;
}

std::int64_t sum(const Report& report) {
    return std::accumulate(report.messages.begin(), report.messages.end(), std::int64_t{0},
                           [](std::int64_t all, const auto& each) { return all + each.second; });
}

std::int64_t of(const std::map<std::string, std::int64_t>& counts, const std::string& what) {
    const auto at = counts.find(what);
    return at == counts.end() ? 0 : at->second;
}

bool odd(const Report& report, std::string_view what) {
    for (const auto& oddity : report.oddities)
        if (oddity.what == what) return true;
    return false;
}

struct Row {
    std::string text;
    std::int64_t at = 0, edited = 0;
    PostId id, reply_to;
    std::string reactions;
    TopicId topic;
};
std::vector<Row> posts(Site& site) {
    return site.db().read([](db::Tx& tx) {
        return tx.all(
            [](const db::Row& r) {
                return Row{r.get<std::string>(0), r.get<std::int64_t>(1), r.get<std::int64_t>(2),
                           r.get<PostId>(3),      r.get<PostId>(4),       r.get<std::string>(5),
                           r.get<TopicId>(6)};
            },
            "SELECT body_md, created_at, edited_at, id, reply_to, reactions, topic_id FROM posts "
            "WHERE "
            "community_id = 1 AND imported = 1 ORDER BY created_at, id");
    });
}

}  // namespace

TEST_CASE(
    "a real archive goes in whole: every message is accounted for, and a second run changes "
    "nothing") {
    if (!std::filesystem::exists(kRealArchive)) {
        MESSAGE("skipped: no data");
        return;
    }
    Site site{imports::routes};
    const auto first =
        imports::import_slack(site.db(), kSquare, kRealArchive, {.by = MemberId{21}});
    REQUIRE(first);
    CHECK(first->total == 1382);
    CHECK(first->done == 1382);
    CHECK(sum(*first) == 1382);
    CHECK(of(first->messages, "joins") == 320);
    CHECK(of(first->things, "spaces") == 16);
    const auto before = posts(site).size();
    CHECK(static_cast<std::int64_t>(before) == of(first->messages, "posts"));

    const auto second =
        imports::import_slack(site.db(), kSquare, kRealArchive, {.by = MemberId{21}});
    REQUIRE(second);
    CHECK(sum(*second) == 1382);
    CHECK(of(second->messages, "posts") == 0);
    CHECK(of(second->messages, "known") == static_cast<std::int64_t>(before));
    CHECK(posts(site).size() == before);
    CHECK(topics::check(site.db()).empty());
}

TEST_CASE("a trial tells what the import will do, and does nothing") {
    Site site{imports::routes};
    const Export archive(general(
        R"([{"type":"message","user":"U1","text":"Hello","ts":"1433558319.000002","reactions":[{"name":"+1","users":["U2"]}]},
        {"type":"message","subtype":"channel_join","user":"U2","text":"joined","ts":"1433558320.000003"}])"));
    const auto trial = import_into(site, archive, true);
    CHECK(posts(site).empty());
    const auto real = import_into(site, archive);
    CHECK(trial.total == real.total);
    CHECK(trial.messages == real.messages);
    CHECK(of(trial.things, "people") == of(real.things, "people"));
    CHECK(of(trial.things, "reactions") == of(real.things, "reactions"));
}

TEST_CASE("words, times, edits, reactions and files are kept") {
    Site site{imports::routes};
    const Export archive(general(R"([
        {"type":"message","user":"U1","text":"*Hi* <@U2> &amp; all","ts":"1433558319.000002","edited":{"user":"U1","ts":"1433558400.000000"},
         "reactions":[{"name":"+1","users":["U2"],"count":1},{"name":"party_parrot","users":["U2"],"count":1}]},
        {"type":"message","user":"U2","text":"","ts":"1433558320.000004","files":[{"id":"F1","name":"plan.pdf","permalink":"https://files.example/plan"}]}])"));
    const auto report = import_into(site, archive);
    const auto rows = posts(site);
    REQUIRE(rows.size() == 2);
    CHECK(rows[0].text.find("**Hi** @") == 0);
    CHECK(rows[0].at == 1433558319000002);
    CHECK(rows[0].edited == 1433558400000000);
    CHECK(rows[0].reactions.find("👍") != std::string::npos);
    CHECK(rows[1].text.find("plan.pdf") != std::string::npos);
    CHECK(odd(report, "unknown_emoji"));  // the parrot is told, not dropped
    CHECK(of(report.things, "edits") == 1);
}

TEST_CASE("a thread stays a thread, also over days, and a lost beginning is told") {
    Site site{imports::routes};
    Files files = general(
        R"([{"type":"message","user":"U1","text":"Picnic?","ts":"1433558319.000002","thread_ts":"1433558319.000002","reply_count":2},
        {"type":"message","user":"U2","text":"Between","ts":"1433558320.000000"},
        {"type":"message","user":"U2","text":"Yes","ts":"1433558321.000000","thread_ts":"1433558319.000002"}])");
    files.emplace_back("general/2015-06-07.json", R"([
        {"type":"message","subtype":"thread_broadcast","user":"U1","text":"Saturday then","ts":"1433658321.000000","thread_ts":"1433558319.000002"},
        {"type":"message","user":"U2","text":"Who?","ts":"1433658322.000000","thread_ts":"1400000000.000000"}])");
    const Export archive(files);
    const auto report = import_into(site, archive);
    const auto rows = posts(site);
    REQUIRE(rows.size() == 5);
    CHECK_FALSE(rows[0].reply_to);
    CHECK_FALSE(rows[1].reply_to);
    CHECK(rows[2].reply_to == rows[0].id);
    CHECK(rows[3].reply_to == rows[0].id);
    CHECK_FALSE(rows[4].reply_to);
    // Answers leave the stream for the thread, but for what was sent to the channel as well.
    CHECK(rows[2].topic != rows[0].topic);
    for (const std::size_t in_stream : {1, 3, 4}) CHECK(rows[in_stream].topic == rows[0].topic);
    site.db().read([&](db::Tx& tx) {
        const auto thread = topics::thread(tx, site.as("olga").viewer, rows[0].id);
        REQUIRE(thread);
        CHECK(thread->topic.id == rows[2].topic);
        CHECK(thread->topic.replies == 1);
        CHECK(thread->topic.last_post_at == Instant{1433558321000000});
    });
    CHECK(topics::check(site.db()).empty());
    import_into(site, archive);
    CHECK(posts(site).size() == 5);
    CHECK(odd(report, "thread_lost"));
    CHECK(of(report.things, "replies") == 3);
}

TEST_CASE("a deleted message that was answered keeps its place") {
    Site site{imports::routes};
    const Export archive(general(
        R"([{"type":"message","subtype":"tombstone","user":"USLACKBOT","text":"This message was deleted.","ts":"1433558319.000002","thread_ts":"1433558319.000002","reply_count":1},
        {"type":"message","user":"U2","text":"Why?","ts":"1433558321.000000","thread_ts":"1433558319.000002"},
        {"type":"message","subtype":"tombstone","user":"USLACKBOT","text":"This message was deleted.","ts":"1433558322.000000"}])"));
    const auto report = import_into(site, archive);
    const auto rows = posts(site);
    REQUIRE(rows.size() == 2);
    CHECK(rows[1].reply_to == rows[0].id);
    CHECK(of(report.messages, "notes") == 1);
}

TEST_CASE(
    "private channels stay private, with somebody in them who can sign in; direct ones are counted "
    "and left out") {
    Site site{imports::routes};
    Files files = general("[]");
    files.emplace_back("groups.json", R"([{"id":"G1","name":"crew","members":["U1"]}])");
    files.emplace_back(
        "crew/2015-06-06.json",
        R"([{"type":"message","user":"U1","text":"Psst","ts":"1433558319.000002"}])");
    files.emplace_back("dms.json", R"([{"id":"D0001","members":["U1","U2"]}])");
    files.emplace_back(
        "D0001/2015-06-06.json",
        R"([{"type":"message","user":"U1","text":"Only you","ts":"1433558319.000009"}])");
    const Export archive(files);
    const auto report = import_into(site, archive);
    CHECK(report.total == 2);
    CHECK(sum(report) == 2);
    CHECK(of(report.messages, "direct") == 1);
    CHECK(posts(site).size() == 1);
    site.db().read([&](db::Tx& tx) {
        CHECK(spaces::find(tx, site.as("olga").viewer, "crew"));
        CHECK_FALSE(spaces::find(tx, site.as("bo").viewer, "crew"));
    });
}

TEST_CASE("one broken day does not stop the others") {
    Site site{imports::routes};
    Files files =
        general(R"([{"type":"message","user":"U1","text":"Good","ts":"1433558319.000002"}])");
    files.emplace_back("general/2015-06-07.json",
                       R"([{"type":"message","user":"U1","text":"cut off)");
    files.emplace_back(
        "general/2015-06-08.json",
        R"([17,{"type":"message","user":"U1","text":"no time"},{"type":"message","user":"U2","text":"Also good","ts":1433758319.5}])");
    const Export archive(files);
    const auto report = import_into(site, archive);
    CHECK(posts(site).size() == 2);
    CHECK(odd(report, "file_broken"));
    CHECK(of(report.messages, "unreadable") == 2);
    CHECK(sum(report) == report.total);
}

TEST_CASE("old encodings and half emoji are read as well as they can be, and told") {
    Site site{imports::routes};
    Files files = general(
        "[{\"type\":\"message\",\"user\":\"U1\",\"text\":\"Sm\xF8rrebr\xF8"
        "d \x93yes\x94\",\"ts\":\"1433558319.000002\"}]");
    files.emplace_back(
        "general/2015-06-07.json",
        R"([{"type":"message","user":"U1","text":"half \ud83d and whole \ud83d\ude00","ts":"1433658319.000002"}])");
    files.emplace_back("general/2015-06-08.json",
                       "\xEF\xBB\xBF[{\"type\":\"message\",\"user\":\"U1\",\"text\":\"marked\","
                       "\"ts\":\"1433758319.000002\"}]");
    const Export archive(files);
    const auto report = import_into(site, archive);
    const auto rows = posts(site);
    REQUIRE(rows.size() == 3);
    CHECK(rows[0].text == "Smørrebrød “yes”");
    CHECK(rows[1].text == "half \uFFFD and whole 😀");
    CHECK(rows[2].text == "marked");
    CHECK(odd(report, "encoding_mended"));
    CHECK(odd(report, "signs_mended"));
}

TEST_CASE("what programs say is in blocks and attachments, and none of it is lost") {
    Site site{imports::routes};
    const Export archive(general(R"([
        {"type":"message","subtype":"bot_message","bot_id":"B1","username":"deploy","text":"","ts":"1433558319.000002",
         "attachments":[{"title":"Build 7","title_link":"https://ci.example/7","text":"passed","fields":[{"title":"Branch","value":"main"}]}]},
        {"type":"message","user":"U1","text":"","ts":"1433558320.000002","blocks":[{"type":"rich_text","elements":[
          {"type":"rich_text_section","elements":[{"type":"text","text":"a < b "},{"type":"text","text":"now","style":{"bold":true}},{"type":"user","user_id":"U2"}]},
          {"type":"rich_text_list","style":"ordered","elements":[{"type":"rich_text_section","elements":[{"type":"text","text":"first"}]}]}]}]},
        {"type":"message","user":"U1","text":"see <https://a.example>","ts":"1433558321.000002","attachments":[{"from_url":"https://a.example","title":"A"}]},
        {"type":"message","subtype":"of_tomorrow","user":"U1","text":"new kind","ts":"1433558322.000002"}])"));
    const auto report = import_into(site, archive);
    const auto rows = posts(site);
    REQUIRE(rows.size() == 4);
    CHECK(rows[0].text.find("Build 7") != std::string::npos);
    CHECK(rows[0].text.find("passed") != std::string::npos);
    CHECK(rows[0].text.find("main") != std::string::npos);
    CHECK(rows[1].text.find("a \\< b **now**") != std::string::npos);
    CHECK(rows[1].text.find("1. first") != std::string::npos);
    CHECK(rows[3].text == "new kind");
    CHECK(odd(report, "unknown_subtype"));
    CHECK(of(report.things, "previews") == 1);
}

TEST_CASE("people came when they were first seen, not when the archive did") {
    Site site{imports::routes};
    const Export archive(
        general(R"([{"type":"message","user":"U1","text":"later","ts":"1433558319.000002"},
        {"type":"message","subtype":"channel_join","user":"U1","text":"joined","ts":"1433558300.000000"}])"));
    import_into(site, archive);
    site.db().read([](db::Tx& tx) {
        const auto ada =
            members::find(tx, kSquare, members::by_source(tx, kSquare, "slack:T1", "U1"));
        REQUIRE(ada);
        CHECK(ada->joined_at.us == 1433558300000000);
        CHECK(ada->state == members::State::Placeholder);
    });
}

TEST_CASE("an import that was stopped goes on where it was and doubles nothing") {
    Site site{imports::routes};
    Files files =
        general(R"([{"type":"message","user":"U1","text":"one","ts":"1433558319.000002"}])");
    files.emplace_back("general/2015-06-07.json",
                       R"([{"type":"message","user":"U1","text":"two","ts":"1433658319.000002"}])");
    const Export archive(files);
    int days = 0;
    const auto stopped =
        imports::import_slack(site.db(), kSquare, archive.path(),
                              {.by = MemberId{21}, .should_stop = [&] { return ++days > 1; }});
    REQUIRE(stopped);
    CHECK(posts(site).size() == 1);
    CHECK(stopped->done < stopped->total);
    import_into(site, archive);
    CHECK(posts(site).size() == 2);
}

TEST_CASE("what is no export is refused with a reason") {
    Site site{imports::routes};
    const auto refused = [&](const std::filesystem::path& path) {
        const auto report = imports::import_slack(site.db(), kSquare, path, {});
        REQUIRE_FALSE(report);
        return report.error().key;
    };
    const Export other(Files{{"readme.txt", "hello"}});
    CHECK(refused(other.path()) == "imports.not_slack");
    const Export bomb(Files{{"users.json", std::string(std::size_t{40} << 20, ' ')}});
    CHECK(refused(bomb.path()) == "imports.zip_bomb");
    const Export whole(general("[]"));
    const auto cut = whole.path().parent_path() / "cut.zip";
    std::filesystem::copy_file(whole.path(), cut);
    std::filesystem::resize_file(cut, std::filesystem::file_size(cut) / 2);
    CHECK(refused(cut) == "imports.not_a_zip");
}
