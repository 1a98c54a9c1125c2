#include "app/app.hpp"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "app/chores.hpp"
#include "app/command.hpp"
#include "features/accounts/accounts.hpp"
#include "features/audit/audit.hpp"
#include "platform/json/json.hpp"

namespace torv::app {
namespace {

struct Folder {
    std::filesystem::path path;
    Folder() {
        char name[] = "/tmp/torv-app-XXXXXX";
        path = mkdtemp(name);
    }
    ~Folder() { std::filesystem::remove_all(path); }
};

/// One stream of this process, written to a file meanwhile.
class Captured {
public:
    Captured(int stream, std::filesystem::path file)
        : stream_(stream), file_(std::move(file)), kept_(dup(stream)) {
        std::fflush(nullptr);
        const int to = ::open(file_.c_str(), O_CREAT | O_WRONLY | O_TRUNC, 0600);
        dup2(to, stream_);
        close(to);
    }
    ~Captured() { restore(); }
    std::string text() {
        restore();
        std::ifstream in(file_);
        std::stringstream all;
        all << in.rdbuf();
        return all.str();
    }

private:
    void restore() {
        if (kept_ < 0) return;
        std::fflush(nullptr);
        dup2(kept_, stream_);
        close(kept_);
        kept_ = -1;
    }
    int stream_;
    std::filesystem::path file_;
    int kept_;
};

struct Outcome {
    int code = 0;
    std::string out;
    std::string err;
};

Outcome typed(const Folder& folder, std::vector<std::string> words) {
    words.insert(words.begin(), "torv");
    std::vector<const char*> argv;
    for (const auto& word : words) argv.push_back(word.c_str());
    Captured out(1, folder.path / "out");
    Captured err(2, folder.path / "err");
    const int code = run(static_cast<int>(argv.size()), argv.data(), "9.8.7");
    return {code, out.text(), err.text()};
}

}  // namespace

TEST_CASE("what is typed wrongly gives 2 and a message, what is asked for gives 0 and a result") {
    const Folder folder;
    CHECK(typed(folder, {"--version"}).out == "torv 9.8.7\n");
    CHECK(typed(folder, {"--help"}).code == 0);
    CHECK(typed(folder, {"--help"}).out.find("serve") != std::string::npos);
    for (const std::vector<std::string>& wrong : {std::vector<std::string>{},
                                                  {"dance"},
                                                  {"serve", "--dance"},
                                                  {"config"},
                                                  {"config", "dance"},
                                                  {"routes", "extra"}}) {
        const auto outcome = typed(folder, wrong);
        CHECK(outcome.code == 2);
        CHECK(outcome.out.empty());
        CHECK_FALSE(outcome.err.empty());
    }
}

TEST_CASE("settings come from flags, and what is wrong with them stops every command") {
    const Folder folder;
    const auto print = typed(folder, {"config", "print", "--max-upload", "3 MB", "--node=7"});
    CHECK(print.code == 0);
    CHECK(print.out.find("max_upload = \"3 MB\"\nmax_import") != std::string::npos);
    CHECK(print.out.find("node = 7\n") != std::string::npos);

    std::ofstream(folder.path / "torv.toml") << "listne = \"x\"\n";
    const auto wrong =
        typed(folder, {"config", "check", "--config", (folder.path / "torv.toml").string()});
    CHECK(wrong.code == 2);
    CHECK(wrong.err.find("torv.toml:1: unknown setting 'listne'; did you mean 'listen'?") !=
          std::string::npos);
    CHECK(typed(folder, {"config", "check"}).code == 0);
    CHECK(typed(folder, {"config", "sample"}).out == config::sample_file());
    CHECK(typed(folder, {"config", "reference"}).out == config::reference_markdown());
}

TEST_CASE("a data folder is made, migrated once, whole, and closed to other people") {
    const Folder folder;
    const auto data = (folder.path / "data").string();
    const auto first = typed(folder, {"migrate", "--data", data});
    CHECK(first.code == 0);
    CHECK(first.out.find("20261121T1001_web") != std::string::npos);
    const auto again = typed(folder, {"migrate", "--data", data, "--json"});
    CHECK(again.out == "{\"applied\":[]}\n");
    CHECK((std::filesystem::status(data).permissions() & std::filesystem::perms::mask) ==
          std::filesystem::perms::owner_all);

    const auto whole = typed(folder, {"check", "--data", data, "--json"});
    CHECK(whole.code == 0);
    CHECK(whole.out == "{\"ok\":true,\"problems\":[]}\n");
}

TEST_CASE("a link and a token are made for those who have an account, and for nobody else") {
    const Folder folder;
    const auto data = (folder.path / "data").string();
    for (const char* command : {"member sign-in-link", "token create"}) {
        const std::string words(command);
        const auto noun = words.substr(0, words.find(' ')),
                   verb = words.substr(words.find(' ') + 1);
        CHECK(typed(folder, {noun, verb, "--data", data}).code == 2);
        CHECK(typed(folder, {noun, verb, "not an address", "--data", data}).code == 1);
        CHECK(typed(folder, {noun, verb, "ada@example.org", "--data", data}).code == 1);
    }
    {
        db::Db db({.database = data + "/torv.db"});
        db.write([](db::Tx& tx) {
            return accounts::create(tx, {.email = "ada@example.org", .name = "Ada"});
        });
    }
    const auto link = typed(folder, {"member", "sign-in-link", "Ada@Example.org", "--data", data,
                                     "--public-url", "https://square.example"});
    CHECK(link.code == 0);
    CHECK(link.out.starts_with("https://square.example/link/"));
    const auto token = typed(folder, {"token", "create", "ada@example.org", "--scope", "read",
                                      "--data", data, "--json"});
    CHECK(json::parse(token.out)->operator[]("token").string_or("").starts_with("torv_"));
    CHECK(typed(folder, {"token", "create", "ada@example.org", "--scope", "all", "--data", data})
              .code == 2);
}

TEST_CASE("one changed byte in the audit log is told and gives 1") {
    const Folder folder;
    const auto data = (folder.path / "data").string();
    REQUIRE(typed(folder, {"migrate", "--data", data}).code == 0);
    const auto change = [&](std::string_view statement) {
        db::Db db({.database = data + "/torv.db"});
        db.write([&](db::Tx& tx) { tx.run(statement); });
        audit::seal(db);
    };
    {
        db::Db db({.database = data + "/torv.db"});
        db.write([](db::Tx& tx) {
            return accounts::create(tx, {.email = "ada@example.org", .name = "Ada"});
        });
    }
    REQUIRE(typed(folder, {"token", "create", "ada@example.org", "--data", data}).code == 0);
    REQUIRE(typed(folder, {"member", "sign-in-link", "ada@example.org", "--data", data}).code == 0);
    change("UPDATE installation SET value = value");
    CHECK(typed(folder, {"check", "--data", data}).code == 0);
    change("UPDATE audit_log SET kind = 'token.mode' WHERE position = 1");
    const auto told = typed(folder, {"check", "--data", data});
    CHECK(told.code == 1);
    CHECK(told.out.find("is broken at entry 1: it was changed") != std::string::npos);
}

TEST_CASE("what decides over rights and is done by a command is in the audit log") {
    const Folder folder;
    const auto data = (folder.path / "data").string();
    REQUIRE(typed(folder, {"migrate", "--data", data}).code == 0);
    const auto said = [&](std::string_view kind) {
        db::Db db({.database = data + "/torv.db"});
        return db.read([&](db::Tx& tx) {
            return tx.all([](const db::Row& row) { return row.get<std::string>(0); },
                          "SELECT after_json FROM audit_log WHERE kind = $1", kind);
        });
    };
    {
        db::Db db({.database = data + "/torv.db"});
        db.write([](db::Tx& tx) {
            return accounts::create(tx, {.email = "ada@example.org", .name = "Ada"});
        });
    }
    REQUIRE(typed(folder, {"token", "create", "ada@example.org", "--data", data}).code == 0);
    CHECK(said("token.made") == std::vector<std::string>{R"({"scope":"write"})"});
    const auto import = [&](std::vector<std::string> options) {
        std::vector<std::string> words{"import",     "slack",  "gone.zip", "--community",
                                       "The Square", "--data", data};
        words.insert(words.end(), options.begin(), options.end());
        return typed(folder, words).code;
    };
    CHECK(import({"--dry-run"}) != 0);
    CHECK(said("import.started").empty());
    CHECK(import({}) != 0);
    CHECK(said("import.started").size() == 1);
}

TEST_CASE("a damaged database is told and gives 1") {
    const Folder folder;
    const auto data = folder.path / "data";
    REQUIRE(typed(folder, {"migrate", "--data", data.string()}).code == 0);
    {
        std::fstream file(data / "torv.db", std::ios::in | std::ios::out | std::ios::binary);
        for (int page = 2; page < 40; ++page) {
            file.seekp(page * 4096);
            file << std::string(2048, '\xAA');
        }
    }
    CHECK(typed(folder, {"check", "--data", data.string()}).code == 1);
}

TEST_CASE("the process says that it lives, and that it is ready until it stops") {
    const Folder folder;
    config::Config config;
    config.data = folder.path;
    db::Db db({.database = config.database_or_file()});
    db.migrate(migrations());
    App app(config, db);
    http::Request request;
    request.method = "GET";

    http::Response live;
    request.path = "/livez";
    CHECK(app.at_once(request, live));
    CHECK(live.status == 200);
    request.path = "/readyz";
    CHECK_FALSE(app.at_once(request, live));
    const auto ready = app.answer(request);
    CHECK(ready.status == 200);
    CHECK(json::parse(ready.body)->operator[]("ready").boolean() == true);
    app.not_ready();
    CHECK(app.answer(request).status == 503);
    request.path = "/livez";
    CHECK(app.at_once(request, live));
}

TEST_CASE("what never reaches a handler is answered in the person's language") {
    const Folder folder;
    config::Config config;
    config.data = folder.path;
    db::Db db({.database = config.database_or_file()});
    db.migrate(migrations());
    const App app(config, db);
    http::Request head;
    head.path = "/upload";
    head.headers = {{"Accept-Language", "da"}};
    const auto danish = app.refusal(413, head);
    CHECK(danish.status == 413);
    CHECK(danish.body.find("Det er for stort. Her er der plads til højst 1") != std::string::npos);
    CHECK(danish.header("Content-Security-Policy").find("default-src") != std::string_view::npos);
    head.path = "/api/v1/uploads";
    CHECK(app.refusal(413, head).header("Content-Type") == "application/problem+json");
}

TEST_CASE("chores are done again and again, also after one has failed") {
    std::atomic<int> done = 0, failed = 0;
    Chores chores;
    chores.every(std::chrono::milliseconds(5), "fails", [&] {
        ++failed;
        throw std::runtime_error("no");
    });
    chores.every(std::chrono::milliseconds(5), "works", [&] { ++done; });
    chores.every(std::chrono::hours(1), "rare", [&] { done = 1'000'000; });
    chores.start();
    while (done < 3 || failed < 3) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    CHECK(done < 1000);
    chores.soon("rare");
    while (done < 1'000'000) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    chores.stop();
}

}  // namespace torv::app
