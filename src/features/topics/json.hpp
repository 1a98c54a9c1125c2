#pragma once

#include "features/members/members.hpp"
#include "features/topics/topics.hpp"
#include "platform/json/json.hpp"
#include "platform/web/web.hpp"

/// Topics and posts as the API says them; docs/api/topics.yaml describes it.
namespace torv::topics {

void write_topic(json::Writer& json, const web::Context& ctx, const Topic& topic,
                 const members::Face& author);
/// `own`: emoji the viewer gave; may be null.
void write_post(json::Writer& json, const web::Context& ctx, const Post& post,
                const members::Face& author, const std::vector<std::string>* own);

}  // namespace torv::topics
