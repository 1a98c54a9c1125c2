#include "features/modlog/modlog.hpp"

#include "features/audit/audit.hpp"
#include "features/modlog/store.hpp"

namespace torv::modlog {

void record(db::Tx& tx, const auth::Viewer& viewer, std::string_view act, Subject subject,
            SpaceId space, std::string_view detail) {
    store::insert(tx, viewer.community, viewer.id, act, subject, space, detail);
    audit::record(tx, viewer, act, {subject.kind, subject.id}, "{}", std::string(detail));
}

std::vector<Deed> deeds(db::Tx& tx, CommunityId community, const db::Ids& spaces, DeedId before,
                        int limit) {
    return store::deeds(tx, community, spaces, before, limit);
}

}  // namespace torv::modlog
