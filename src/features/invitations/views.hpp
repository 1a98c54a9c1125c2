#pragma once

#include <string>
#include <vector>

#include "features/invitations/invitations.hpp"
#include "features/members/members.hpp"
#include "features/spaces/spaces.hpp"
#include "platform/web/web.hpp"

namespace torv::invitations::views {

struct Page {
    bool administers = false;  ///< all invitations and all that can be given along
    std::vector<Invitation> list;
    members::Faces makers;
    std::vector<spaces::Entry> spaces;  ///< to choose from
    std::string placeholder;            ///< name of the author it is for
    MemberId placeholder_id;
    std::string made;  ///< the whole address of the new one, shown this once
    std::string mailed_to;
    const Error* error = nullptr;
};
void page(html::Out&, const web::Context&, const Page&);

struct Join {
    std::string inviter;
    std::string placeholder;
    std::string tagline;
    std::string purpose;
    members::Door door;
    const Error* error = nullptr;
};
void join(html::Out&, const web::Context&, const Join&);

}  // namespace torv::invitations::views
