#pragma once

#include "features/messages/pages.hpp"
#include "platform/web/web.hpp"

/// Its routes stand at the bottom of each file.
namespace torv::messages {

/// Somebody who changes who talks with whom faster than people do. Fault: TooMany.
Done calm_change(web::Context& ctx);

/// From words to the first message: the people by their handles. Outside of any write.
Result<TopicId> begin_by_handles(web::Context& ctx, std::string_view to, std::string_view title,
                                 std::string_view body);
/// Brings people into a group by their handles.
Done add_by_handles(web::Context& ctx, TopicId id, std::string_view to);

void page_routes(web::Routes& routes);
void people_routes(web::Routes& routes);
void settings_routes(web::Routes& routes);
void api_routes(web::Routes& routes);

}  // namespace torv::messages
