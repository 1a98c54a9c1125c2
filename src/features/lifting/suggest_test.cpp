#include <doctest/doctest.h>

#include "features/lifting/suggest.hpp"

using namespace torv;
using lifting::Said;
using lifting::Speaker;

namespace {

constexpr std::int64_t kSecond = 1'000'000;
const std::vector<Speaker> kPeople = {{MemberId{1}, "bo", "Bo Bergström"},
                                      {MemberId{2}, "ada", "Ada Lind"},
                                      {MemberId{3}, "cleo", "Cleo Dubois"},
                                      {MemberId{4}, "dan", "Dan Holm"}};

struct Line {
    int id;
    int who;
    int second;
    const char* text;
    int reply_to = 0;
};

std::vector<int> around(const std::vector<Line>& lines, int seed) {
    std::vector<Said> stream;
    for (const Line& line : lines)
        stream.push_back({.id = PostId{line.id},
                          .author = MemberId{line.who},
                          .at = Instant{line.second * kSecond},
                          .reply_to = PostId{line.reply_to},
                          .text = line.text});
    std::vector<int> found;
    for (const PostId id : lifting::conversation(stream, kPeople, PostId{seed}))
        found.push_back(static_cast<int>(id.value));
    return found;
}

}  // namespace

TEST_CASE("messages belong together by what links them") {
    struct Case {
        const char* what;
        std::vector<Line> lines;
        int seed;
        std::vector<int> expected;
    };
    const Case cases[] = {
        {"one message is a conversation of its own", {{1, 1, 0, "Hello"}}, 1, {1}},
        {"an answer by its link belongs, however late",
         {{1, 1, 0, "Who has a ladder?"},
          {2, 3, 3000, "The bins are full"},
          {3, 2, 3300, "I do", 1}},
         1,
         {1, 3}},
        {"two who answer each other at once",
         {{1, 1, 0, "Is the hall free on Friday?"},
          {2, 2, 20, "I think so"},
          {3, 1, 35, "Great, I take it"},
          {4, 2, 50, "Noted"}},
         1,
         {1, 2, 3, 4}},
        {"a long silence ends it",
         {{1, 1, 0, "Anybody awake?"}, {2, 2, 30, "Just me"}, {3, 3, 3400, "Good morning"}},
         1,
         {1, 2}},
        {"who is addressed is meant",
         {{1, 1, 0, "The oven is hot"},
          {2, 3, 100, "My bicycle was stolen"},
          {3, 4, 140, "@bo how hot exactly, is the oven at baking heat"},
          {4, 2, 160, "Cleo: which bicycle, the stolen one with the basket?"}},
         2,
         {2, 4}},
        {"a message that is not there", {{1, 1, 0, "Hello"}}, 9, {}},
    };
    for (const Case& one : cases) {
        CAPTURE(one.what);
        CHECK(around(one.lines, one.seed) == one.expected);
    }
}

TEST_CASE("texts that are nothing but marks, links or one letter do no harm") {
    std::vector<Line> lines;
    const char* texts[] = {"", "?", "https://x.test/a?b", "@", ":", "a", "@nobody: hi", "…"};
    for (int i = 0; i < 8; ++i) lines.push_back({i + 1, i % 3 + 1, i * 10, texts[i]});
    for (int seed = 1; seed <= 8; ++seed) CHECK(!around(lines, seed).empty());
}

TEST_CASE("a conversation has an end even where all is one talk") {
    std::vector<Line> lines;
    for (int i = 0; i < 400; ++i) lines.push_back({i + 1, i % 2 + 1, i * 15, "And on it goes"});
    CHECK(around(lines, 200).size() <= 200);
}
