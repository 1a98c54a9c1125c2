#pragma once

namespace torv::web {
class Routes;
}

/// What chat has beyond its stream, which is a page of its space: threads. A thread is a topic
/// whose opening post is a message; the message stays where it was said.
namespace torv::chat {

void routes(web::Routes& routes);

}  // namespace torv::chat
