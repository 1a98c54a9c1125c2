#include "platform/config/config.hpp"

#include <doctest/doctest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

namespace torv::config {
namespace {

struct File {
    std::filesystem::path path;
    explicit File(std::string_view text) {
        char name[] = "/tmp/torv-config-XXXXXX";
        path = std::filesystem::path(mkdtemp(name)) / "torv.toml";
        std::ofstream(path) << text;
    }
    ~File() { std::filesystem::remove_all(path.parent_path()); }
};

std::string content(const char* path) {
    std::ifstream in(path);
    REQUIRE_MESSAGE(in, path);
    std::stringstream text;
    text << in.rdbuf();
    return text.str();
}

/// The one problem of a file, without the folder's name.
std::string problem(std::string_view text) {
    const File file(text);
    const auto loaded = load({.file = file.path});
    REQUIRE_FALSE(loaded);
    REQUIRE(loaded.error().size() == 1);
    return loaded.error()[0].substr(file.path.parent_path().string().size() + 1);
}

std::string flag_problem(const std::string& name, const std::string& text) {
    const auto loaded = load({.flags = {{name, text}}});
    return loaded ? "" : loaded.error().at(0);
}

}  // namespace

TEST_CASE("nothing needs to be set") {
    const auto config = load({});
    REQUIRE(config);
    CHECK(config->listen == std::vector<std::string>{"127.0.0.1:8080"});
    CHECK(config->database_or_file() == "data/torv.db");
    CHECK(config->base_url() == "http://localhost:8080");
}

TEST_CASE("flags are stronger than the environment, and the environment than the file") {
    const File file("workers = 2\nnode = 2\nmax_upload = \"2 MB\"\n");
    const auto config = load({.file = file.path,
                              .environment = {{"TORV_NODE", "3"}, {"TORV_MAX_UPLOAD", "3 MB"}},
                              .flags = {{"max_upload", "4MB"}}});
    REQUIRE(config);
    CHECK(config->workers == 2);
    CHECK(config->node == 3);
    CHECK(config->max_upload == 4 << 20);
}

TEST_CASE("an unknown name stops the start, with its place and the nearest name") {
    CHECK(problem("# a comment\n\nlistne = \"127.0.0.1:80\"\n") ==
          "torv.toml:3: unknown setting 'listne'; did you mean 'listen'?");
    CHECK(problem("zzzzzzzz = 1\n") == "torv.toml:1: unknown setting 'zzzzzzzz'");
    const auto loaded = load({.environment = {{"TORV_DATABSE", "x"}}});
    REQUIRE_FALSE(loaded);
    CHECK(loaded.error()[0] ==
          "environment: unknown setting TORV_DATABSE; did you mean TORV_DATABASE?");
}

TEST_CASE("a file that is not TOML, or not there, is named with its line") {
    CHECK(problem("workers = 1\nnode = = 2\n").starts_with("torv.toml:2: "));
    CHECK(problem("workers = true\n") ==
          "torv.toml:1: 'workers' must be a text, a number or a list of texts");
    CHECK(problem("listen = [8080]\n") == "torv.toml:1: 'listen' must be a list of texts");
    CHECK_FALSE(load({.file = "/nowhere/torv.toml"}));
}

TEST_CASE("everything that is wrong is told at once") {
    const auto loaded =
        load({.environment = {{"TORV_NODE", "5000"}}, .flags = {{"listen", "here"}}});
    REQUIRE_FALSE(loaded);
    CHECK(loaded.error().size() == 2);
}

TEST_CASE("values are read strictly") {
    for (const char* good : {"127.0.0.1:8080", "0.0.0.0:80, [::]:80", "localhost:0", "[::1]:8080"})
        CHECK(flag_problem("listen", good) == "");
    for (const char* bad :
         {"", "8080", "127.0.0.1", "127.0.0.1:99999", "example.org:80", "127.0.0.1:"})
        CHECK(flag_problem("listen", bad) != "");
    for (const char* good : {"", "10.0.0.0/8, fd00::/8", "127.0.0.1"})
        CHECK(flag_problem("trusted_proxies", good) == "");
    for (const char* bad : {"10.0.0.0/33", "ten", "10.0.0.0/"})
        CHECK(flag_problem("trusted_proxies", bad) != "");
    for (const char* good : {"1", "64 MB", "2gb", "10KB", "5 b"})
        CHECK(flag_problem("max_upload", good) == "");
    for (const char* bad :
         {"", "0", "-1", "1 TB", "MB", "99999999999999999999", "9999999999999999 GB"})
        CHECK(flag_problem("max_upload", bad) != "");
    for (const char* good : {"", "https://square.example", "http://a:8080/"})
        CHECK(flag_problem("public_url", good) == "");
    for (const char* bad : {"square.example", "https://", "https://a/b", "ftp://a", "https://a b"})
        CHECK(flag_problem("public_url", bad) != "");
    CHECK(flag_problem("database", "mysql://x") != "");
    CHECK(flag_problem("mail_url", "https://x") != "");
    CHECK(flag_problem("log_level", "loud") ==
          "--log-level: 'log_level' must be debug, info, warning or error");
    CHECK(load({.flags = {{"public_url", "http://a:8080/"}}})->base_url() == "http://a:8080");
}

TEST_CASE("a secret is neither printed nor repeated in a fault") {
    const auto config = load({.flags = {{"database", "postgres://torv:hunter2@db/torv"},
                                        {"mail_url", "smtp://a:hunter2@b"}}});
    REQUIRE(config);
    CHECK(print(*config).find("hunter2") == std::string::npos);
    CHECK(print(*config).find("database = \"(set)\"") != std::string::npos);
    CHECK(flag_problem("mail_url", "hunter2").find("hunter2") == std::string::npos);
}

TEST_CASE("what is printed can be read again") {
    const auto config = load(
        {.flags = {
             {"listen", "127.0.0.1:1, [::1]:2"}, {"max_upload", "3 MB"}, {"data", "/a \"b\""}}});
    REQUIRE(config);
    const File file(print(*config));
    const auto again = load({.file = file.path});
    REQUIRE(again);
    CHECK(print(*again) == print(*config));
    CHECK(again->data == "/a \"b\"");
}

TEST_CASE(
    "every setting has a sentence, an example that is accepted, and flags that are its name") {
    for (const Setting& setting : settings()) {
        CAPTURE(setting.name);
        CHECK(setting.sentence.ends_with("."));
        const File file(std::string(setting.name) + " = " + std::string(setting.example) + "\n");
        CHECK(load({.file = file.path}).has_value());
        CHECK(find(setting.name) == &setting);
    }
    CHECK(env_name(*find("max_upload")) == "TORV_MAX_UPLOAD");
    CHECK(flag_name(*find("max_upload")) == "--max-upload");
}

TEST_CASE("the sample file and the documentation are those the table writes") {
    CHECK(content("deploy/torv.toml") == sample_file());
    CHECK(content("docs/admin/configuration.md") == reference_markdown());
    const File sample(sample_file());
    CHECK(print(*load({.file = sample.path})) == print(Config{}));
}

}  // namespace torv::config
