#pragma once

#include <string_view>

#include "features/topics/pages.hpp"
#include "features/topics/topics.hpp"
#include "platform/web/web.hpp"

/// What the pages and the API of this slice share; its routes stand at the bottom of each file.
namespace torv::topics {

/// The text of a form field or JSON member, ready for keeping; rendered outside of any write.
Result<Prepared> prepared(web::Context& ctx, std::string_view body);

/// Which messages of a stream the address asks for; the newest when it says nothing.
pages::Window chat_window(const web::Context& ctx);

/// What search engines and previews are told of a topic that guests may read.
web::Preview preview_of(const web::Context& ctx, const pages::TopicPage& page);

/// The path of a space's feeds, as in web::Preview; empty where guests may not read.
std::string feed_of(const web::Context& ctx, const spaces::Space& space);

/// Faults TooMany when somebody writes faster than people do.
Done calm(web::Context& ctx);
/// The same for what is smaller than a post: an edit, a reaction. Fault: TooMany.
Done calm_change(web::Context& ctx);

/// Which messages of a stream the address asks for; the newest when it says nothing.
pages::Window chat_window(const web::Context& ctx);

/// The order of a list as an address says it; Active for what is none.
store::Sort sort_from(std::string_view name);

void space_routes(web::Routes& routes);
void topic_routes(web::Routes& routes);
void post_routes(web::Routes& routes);
void api_routes(web::Routes& routes);
void posts_api_routes(web::Routes& routes);

}  // namespace torv::topics
