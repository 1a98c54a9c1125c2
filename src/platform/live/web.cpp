#include "platform/web/web.hpp"

#include "platform/base/text.hpp"
#include "platform/live/live.hpp"

namespace torv::live {

namespace {

using web::Access;
using web::Context;
using web::Response;

constexpr std::size_t kStreamsMax = 16;

/// The line of an open page.
Response open(Context& ctx) {
    if (!ctx.services.live) return ctx.refuse(Error{Fault::NotFound, "web.not_found", {}, {}});
    if (!http::wants_websocket(ctx.request))
        return ctx.text("", "text/plain", 426).set("Upgrade", "websocket");
    if (!web::from_own_page(ctx.request))
        return ctx.refuse(Error{Fault::Forbidden, "web.csrf", {}, {}});
    Response response{.status = 101};
    response.listener = ctx.services.live->page(ctx);
    if (!response.listener) return ctx.refuse(Error{Fault::TooMany, "web.too_many", {}, {}});
    return response;
}

std::optional<std::vector<Stream>> streams_of(std::string_view list) {
    std::vector<Stream> streams;
    for (const auto word : split(list, ',')) {
        auto stream = Stream::parse(word);
        if (!stream) return std::nullopt;
        streams.push_back(*std::move(stream));
    }
    if (streams.size() > kStreamsMax) return std::nullopt;
    return streams;
}

/// What happens, for programs: `GET /api/v1/live?streams=community,topic:7`.
Response follow(Context& ctx) {
    if (!ctx.services.live) return ctx.refuse(Error{Fault::NotFound, "web.not_found", {}, {}});
    const auto streams = streams_of(ctx.query("streams"));
    if (!streams || ctx.request.is_head())
        return ctx.refuse(Error{Fault::Malformed, "web.bad_address", {}, {}});
    const auto last = ctx.request.header("Last-Event-ID");
    const auto after = parse_int<std::int64_t>(last.empty() ? ctx.query("after") : last);
    auto listener = ctx.services.live->events(ctx, *streams, after);
    if (!listener) return ctx.refuse(listener.error());
    Response response = ctx.text("", "text/event-stream");
    response.set("Cache-Control", "no-store").set("X-Accel-Buffering", "no");
    response.listener = *std::move(listener);
    return response;
}

}  // namespace

void routes(web::Routes& routes) {
    routes.get("/live", Access::Anyone, open);
    routes.get("/api/v1/live", Access::Anyone, follow);
}

}  // namespace torv::live
