#pragma once

#include <optional>
#include <string>

#include "features/community/community.hpp"
#include "platform/web/web.hpp"

namespace torv::community::views {

void about(html::Out&, const web::Context&, const Community&);
void rules(html::Out&, const web::Context&, const std::optional<Rules>&);

void profile(html::Out&, const web::Context&, const Profile&, const Error*);
void look(html::Out&, const web::Context&, const Look&, const Error*);
void edit_rules(html::Out&, const web::Context&, const std::optional<Rules>&, const Error*);
void address(html::Out&, const web::Context&, const Community&, const Error*);

}  // namespace torv::community::views
