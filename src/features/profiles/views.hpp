#pragma once

#include <array>
#include <string>
#include <unordered_map>
#include <vector>

#include "features/circles/circles.hpp"
#include "features/members/members.hpp"
#include "features/profiles/alike.hpp"
#include "features/profiles/directory.hpp"
#include "features/profiles/profiles.hpp"
#include "platform/web/web.hpp"

namespace torv::profiles {

/// The pages of the slice, by what they are about.
void profile_routes(web::Routes& routes);
void edit_routes(web::Routes& routes);
void directory_routes(web::Routes& routes);
void api_routes(web::Routes& routes);

}  // namespace torv::profiles

namespace torv::profiles::views {

struct Profile {
    members::Member member;
    std::vector<Field> fields;                ///< what the viewer may see
    std::vector<circles::Circle> in_circles;  ///< likewise
};
void profile(html::Out&, const web::Context&, const Profile&);

void edit(html::Out&, const web::Context&, const std::vector<Field>&, const Error*);

/// The name of a field: "Skills".
std::string_view label(const web::Context&, Kind);

struct Directory {
    Wanted wanted;
    members::Page page;
    std::string next;                                 ///< the address of the next page, or empty
    bool may_invite = false;                          ///< offers the way to invitations
    std::unordered_map<MemberId, std::string> told;   ///< a line for a card
    std::array<std::vector<std::string>, 6> offered;  ///< in the order of kKinds
    bool first = false;  ///< nothing is asked for: who is alike stands above
    bool tells = false;  ///< the viewer has said something of themselves
    std::vector<Alike> alike;
    members::Faces faces;  ///< of those
};
void directory(html::Out&, const web::Context&, const Directory&);
/// People like the viewer, or how they come to be shown.
void alike(html::Out&, const web::Context&, const Directory&);
/// The address of the list without one of its filters, or in another order.
std::string address(const Wanted&);

}  // namespace torv::profiles::views
