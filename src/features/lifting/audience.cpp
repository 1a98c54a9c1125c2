#include "features/lifting/audience.hpp"

#include <algorithm>

namespace torv::lifting {

using spaces::Access;
using spaces::Visibility;

namespace {

/// How closed a space is, the one above it counted in.
Visibility closed(const spaces::Readable& all, const Access& space) {
    const Access* above = space.parent ? all.find(space.parent) : nullptr;
    return above ? std::max(space.visibility, above->visibility) : space.visibility;
}

}  // namespace

bool no_wider(const spaces::Readable& all, const Access& to, const Access& from) {
    const Access* above = from.parent ? all.find(from.parent) : nullptr;
    if (from.parent && !above) return to.id == from.id;
    const bool below = to.id == from.id || to.parent == from.id;
    if (from.visibility >= Visibility::Private) return below;
    // A space that is open itself, below a closed one: its neighbours are as closed.
    if (above && above->visibility >= Visibility::Private)
        return below || to.id == above->id || to.parent == above->id;
    return closed(all, to) >= closed(all, from);
}

}  // namespace torv::lifting
