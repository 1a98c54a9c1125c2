#pragma once

#include <string>
#include <vector>

#include "features/accounts/accounts.hpp"
#include "features/community/community.hpp"
#include "features/members/members.hpp"
#include "platform/web/web.hpp"

namespace torv::members::views {

struct SignUpPage {
    community::SignUp how = community::SignUp::Invitation;
    Door door;
    const Error* error = nullptr;
};
void sign_up(html::Out&, const web::Context&, const SignUpPage&);

struct LinkPage {
    std::string token;
    accounts::LinkPurpose purpose = accounts::LinkPurpose::SignIn;
    std::string name;
    std::string email;
    const Error* error = nullptr;
};
void link(html::Out&, const web::Context&, const LinkPage&);

void edit(html::Out&, const web::Context&, const Member&, const Error*);

struct Administration {
    Page page;
    std::vector<Member> pending;
    std::string search;
    std::string next;
};
void administration(html::Out&, const web::Context&, const Administration&);

/// A link with which the account is signed in at the other community's own host.
void hop(html::Out&, const web::Context&, const community::Community&, const std::string& address);
void my_communities(html::Out&, const web::Context&, const std::vector<community::Community>&);
void communities(html::Out&, const web::Context&, const std::vector<community::Community>&,
                 const Error*);

}  // namespace torv::members::views
