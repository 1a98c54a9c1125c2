#pragma once

#include <string>
#include <vector>

#include "features/circles/circles.hpp"
#include "features/members/members.hpp"
#include "features/spaces/spaces.hpp"
#include "features/spaces/store.hpp"
#include "platform/html/html.hpp"
#include "platform/web/web.hpp"

namespace torv::spaces::views {

/// /spaces: what there is, as cards.
void overview(html::Out& out, const web::Context& ctx, const std::vector<Entry>& entries);

/// /admin/spaces
void admin_list(html::Out& out, const web::Context& ctx, const std::vector<store::Row>& rows);

/// The form of a new space or of one that is there.
struct FormPage {
    SpaceId id;  ///< 0: a new one
    NewSpace typed;
    std::vector<Space> parents;  ///< spaces it may stand under
    bool admin = true;           ///< false: a space's own moderator, who changes less
    const Error* error = nullptr;
};
void form(html::Out& out, const web::Context& ctx, const FormPage& page);

/// /s/{slug}/members
struct MembersPage {
    Space space;
    std::vector<store::Seat> seats;
    std::vector<MemberId> requests;
    members::Faces faces;
    circles::Opening opening;              ///< circles whose people may enter
    std::vector<circles::Circle> circles;  ///< others, which it may be opened to
    bool manages = false;
    std::string typed;  ///< a handle that was not accepted
    const Error* error = nullptr;
};
void members(html::Out& out, const web::Context& ctx, const MembersPage& page);
/// Its part about circles.
void circles(html::Out& out, const web::Context& ctx, const MembersPage& page);

void door(html::Out& out, const web::Context& ctx, const Entry& entry);

}  // namespace torv::spaces::views
