#include "features/reads/reads.hpp"

#include <doctest/doctest.h>

using namespace torv;
using reads::Mark;

TEST_CASE("a topic is unread when something was written after the mark") {
    const Mark mark{.until = {100}, .replies = 3, .opened = true};
    CHECK(!reads::unread(mark, {100}, 3).any);
    CHECK(reads::unread(mark, {101}, 5).any);
    CHECK(reads::unread(mark, {101}, 5).count == 2);
    CHECK(reads::unread(mark, {101}, 3).count == 1);  // a reply went, another came
}

TEST_CASE("of a topic never opened everything is new, opening post included") {
    CHECK(reads::unread(Mark{.until = {100}}, {200}, 4).count == 5);
}

TEST_CASE("after a whole space was marked it is not known how many posts are new") {
    reads::Marks marks;
    marks.topics[TopicId{7}] = Mark{.until = {100}, .replies = 3, .opened = true};
    marks.spaces[SpaceId{1}] = Instant{150};
    const Mark mark = marks.of(SpaceId{1}, TopicId{7});
    CHECK(!reads::unread(mark, {150}, 9).any);
    const auto later = reads::unread(mark, {151}, 10);
    CHECK(later.any);
    CHECK(later.count == 0);
}

TEST_CASE("what was written before somebody joined is not new to them") {
    reads::Marks marks;
    marks.joined = {500};
    CHECK(!reads::unread(marks.of(SpaceId{1}, TopicId{7}), {499}, 2).any);
    CHECK(reads::unread(marks.of(SpaceId{1}, TopicId{7}), {501}, 2).any);
    marks.spaces[SpaceId{1}] =
        Instant{400};  // has been in the space nevertheless: so was told of it
    CHECK(reads::unread(marks.of(SpaceId{1}, TopicId{7}), {499}, 2).any);
    CHECK(!reads::unread(marks.of(SpaceId{1}, TopicId{7}), {399}, 2).any);
}
