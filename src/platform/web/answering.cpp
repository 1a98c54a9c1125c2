#include "platform/base/text.hpp"
#include "platform/web/state.hpp"

namespace torv::web {

namespace {

/// A path on this host and nothing else: no scheme, no other host, no line ends.
bool is_local(std::string_view path) {
    if (!path.starts_with('/') || path.starts_with("//") || path.starts_with("/\\")) return false;
    for (const char c : path)
        if (static_cast<unsigned char>(c) < 0x20 || c == '\\') return false;
    return true;
}

}  // namespace

Response Context::page(std::string_view title, const std::function<void(html::Out&)>& body,
                       PageOptions options) {
    constexpr std::size_t kUsualPage = 80 << 10;  // growing step by step copies it six times
    html::Out out;
    out.reserve(kUsualPage);
    document(*this, out, title, options, body);
    return text(out.take(), "text/html; charset=utf-8", options.status);
}

Response Context::fragment(const std::function<void(html::Out&)>& body, int status) {
    html::Out out;
    body(out);
    return text(out.take(), "text/html; charset=utf-8", status);
}

Response Context::text(std::string body, std::string_view content_type, int status) {
    Response response{.status = status, .body = std::move(body)};
    response.set("Content-Type", content_type);
    return response;
}

Response Context::json(std::string text_, int status) {
    return text(std::move(text_), "application/json", status);
}

Response Context::json_items(std::string items_array, std::string_view next_cursor) {
    Response response = json(R"({"items":)" + std::move(items_array) + "}");
    if (!next_cursor.empty()) {
        std::string link = "<" + request.path + "?";
        for (const auto& [name, value] : state_.query.fields())
            if (name != "cursor") link += percent_encode(name) + "=" + percent_encode(value) + "&";
        response.set("Link", link + "cursor=" + percent_encode(next_cursor) + R"(>; rel="next")");
    }
    return response;
}

Response Context::no_content() { return Response{.status = 204}; }

Response Context::redirect(std::string_view path, int status) {
    Response response{.status = status};
    response.set("Location", path);
    return response;
}

Response Context::redirect_with(std::string_view path, std::string_view message_key) {
    set_cookie("flash", message_key, std::chrono::seconds(60));
    return redirect(path);
}

Response Context::back_to(std::string_view wanted, std::string_view otherwise) {
    return redirect(is_local(wanted) ? wanted : otherwise);
}

Response Context::back_to(std::string_view otherwise) {
    const auto wanted = form()["return_to"];
    if (is_local(wanted)) return redirect(wanted);
    auto referer = request.header("Referer");
    const std::string own = request.scheme + "://" + std::string(request.header("Host"));
    if (referer.starts_with(own + "/") && is_local(referer.substr(own.size())))
        return redirect(referer.substr(own.size()));
    return redirect(otherwise);
}

}  // namespace torv::web
