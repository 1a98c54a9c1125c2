#pragma once

#include <string_view>

#include "features/topics/topics.hpp"
#include "platform/web/web.hpp"

/// What the pages and the API of this slice share; its routes stand at the bottom of each file.
namespace torv::topics {

/// The text of a form field or JSON member, ready for keeping; rendered outside of any write.
Result<Prepared> prepared(web::Context& ctx, std::string_view body);

/// A post by itself, for who has just written it and stays on the page.
web::Response message(web::Context& ctx, PostId id);

/// Faults TooMany when somebody writes faster than people do.
Done calm(web::Context& ctx);
/// The same for what is smaller than a post: an edit, a reaction. Fault: TooMany.
Done calm_change(web::Context& ctx);

void space_routes(web::Routes& routes);
void topic_routes(web::Routes& routes);
void post_routes(web::Routes& routes);
void api_routes(web::Routes& routes);
void posts_api_routes(web::Routes& routes);

}  // namespace torv::topics
