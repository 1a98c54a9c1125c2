#include <doctest/doctest.h>

#include "features/lifting/audience.hpp"

using namespace torv;
using spaces::Access;
using spaces::Visibility;

TEST_CASE("a space is no wider than another when nobody else can ever read there") {
    const auto space = [](int id, Visibility visibility, int parent = 0) {
        Access made;
        made.id = SpaceId{id};
        made.parent = SpaceId{parent};
        made.visibility = visibility;
        return made;
    };
    const spaces::Readable all{
        .ids = {},
        .spaces = {space(1, Visibility::Public), space(2, Visibility::Members),
                   space(3, Visibility::Private), space(4, Visibility::Secret),
                   space(5, Visibility::Public, 3), space(6, Visibility::Members, 3),
                   space(7, Visibility::Private, 2), space(8, Visibility::Members)}};
    struct Case {
        int from, to;
        bool fits;
    };
    const Case cases[] = {
        {1, 1, true},  {1, 2, true},  {1, 4, true},                  // from public anywhere
        {2, 1, false}, {2, 8, true},  {2, 3, true},  {2, 5, true},   // 5 stands in a closed one
        {3, 3, true},  {3, 5, true},  {3, 2, false}, {3, 1, false},  // out of the closed: never
        {3, 4, false}, {3, 7, false},                                // other people
        {4, 4, true},  {4, 3, false}, {5, 6, true},  {5, 3, true},   // among those below one
        {5, 2, false}, {6, 1, false}, {7, 7, true},  {7, 2, false}};
    for (const Case& one : cases)
        CHECK_MESSAGE(lifting::no_wider(all, *all.find(SpaceId{one.to}),
                                        *all.find(SpaceId{one.from})) == one.fits,
                      one.from << " to " << one.to);
}
