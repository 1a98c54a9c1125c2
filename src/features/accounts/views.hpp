#pragma once

#include <string>
#include <vector>

#include "features/accounts/store.hpp"
#include "platform/web/web.hpp"

namespace torv::accounts::views {

void sign_in(html::Out&, const web::Context&, const Error* error);
void link_sent(html::Out&, const web::Context&);

struct Me {
    Account account;
    std::string waiting_email;  ///< asked for, not confirmed yet
    const Error* basics = nullptr;
    const Error* email = nullptr;
    const Error* password = nullptr;
};
void me(html::Out&, const web::Context&, const Me&);

void sessions(html::Out&, const web::Context&, const std::vector<store::Session>&);

struct Tokens {
    std::vector<store::Token> tokens;
    std::string made;  ///< the new one, shown this once
    const Error* error = nullptr;
};
void tokens(html::Out&, const web::Context&, const Tokens&);

}  // namespace torv::accounts::views
