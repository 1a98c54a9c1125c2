#include "platform/base/log.hpp"
#include "platform/base/text.hpp"
#include "platform/web/state.hpp"

namespace torv::web {

int status_of(Fault fault) {
    switch (fault) {
        case Fault::Invalid: return 422;
        case Fault::Malformed: return 400;
        case Fault::SignInNeeded: return 401;
        case Fault::Forbidden: return 403;
        case Fault::NotFound: return 404;
        case Fault::Conflict: return 409;
        case Fault::Gone: return 410;
        case Fault::TooLarge: return 413;
        case Fault::TooMany: return 429;
        case Fault::Unavailable: return 503;
    }
    return 500;
}

namespace {

/// RFC 9457. `type` is the key, so that programs and pages name a fault alike; absent things all
/// look the same.
Response problem(Context& ctx, const Error& error, int status) {
    const std::string key = error.fault == Fault::NotFound ? "web.not_found" : error.key;
    json::Writer w;
    w.object()
        .field("type", "urn:torv:fault:" + key)
        .field("title", ctx.message(error))
        .field("status", status)
        .field("key", key);
    if (!error.field.empty()) w.field("field", error.field);
    w.end();
    return ctx.text(w.take(), "application/problem+json", status);
}

std::string heading(Fault fault) { return "web.error." + std::to_string(status_of(fault)); }

void error_page(Context& ctx, html::Out& out, const Error& error, int status) {
    html::put(
        out,
        R"(<div class="panel panel--error"><p class="panel__code">{}</p><h1 class="panel__title">{}</h1>)",
        status, ctx.t(heading(error.fault)));
    html::put(
        out,
        R"(<p class="panel__lead">{}</p><div class="actions"><a class="button button--primary" href="/">{}</a></div>)",
        ctx.message(error), ctx.t("web.home"));
    html::put(out, R"(<p class="panel__foot">{} <code>{}</code></p></div>)", ctx.t("web.error_id"),
              ctx.request.id);
}

}  // namespace

std::string Context::message(const Error& error) const {
    if (error.fault == Fault::NotFound) return std::string(t("web.not_found"));
    return t(error);
}

Response Context::refuse(const Error& error) { return refuse(error, status_of(error.fault)); }

Response Context::refuse(const Error& error, int status) {
    Response response;
    if (is_api()) {
        response = problem(*this, error, status);
    } else if (error.fault == Fault::SignInNeeded && !wants_fragment()) {
        const bool may_return = request.method == "GET";
        response = redirect(may_return ? "/sign-in?return_to=" + percent_encode(request.target)
                                       : "/sign-in");
    } else if (wants_fragment()) {
        response = fragment(
            [&](html::Out& out) {
                html::put(out, R"(<p class="field__error" role="alert">{}</p>)", message(error));
            },
            status);
    } else {
        const std::string title(t(heading(error.fault)));
        response = page(title, [&](html::Out& out) { error_page(*this, out, error, status); },
                        {.status = status, .bare = !viewer.signed_in()});
    }
    if (error.fault == Fault::TooMany) response.set("Retry-After", "60");
    if (error.fault == Fault::Unavailable) response.set("Retry-After", "30");
    if (error.fault == Fault::SignInNeeded && is_api()) response.set("WWW-Authenticate", "Bearer");
    return response;
}

Response Context::refuse_form(const Error& error, std::string_view title,
                              const std::function<void(html::Out&)>& body, PageOptions options) {
    if (is_api() || error.fault == Fault::NotFound || error.fault == Fault::SignInNeeded)
        return refuse(error);
    options.status = status_of(error.fault);
    return page(title, body, std::move(options));
}

}  // namespace torv::web
