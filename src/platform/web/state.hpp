#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "platform/web/web.hpp"

namespace torv::web {

/// What one request carries from door to door. Private to web.
struct Context::State {
    State(http::Request& asked, Services& built, const Routes& table)
        : request(asked), services(built), routes(table) {}

    http::Request& request;
    Services& services;
    const Routes& routes;
    std::string method;  ///< after `_method`
    std::vector<std::string> segments;
    Place place;
    auth::Viewer viewer;
    const i18n::Words* words = nullptr;
    std::optional<i18n::Dates> dates;
    Routes::PathParams params;
    const Route* route = nullptr;
    Form query;
    Form form;
    std::optional<SentFile> file;
    std::optional<Error> form_fault;
    std::vector<std::string> cookies;  ///< Set-Cookie lines
    std::string content;               ///< hash of what was asked, when a key came with it
    std::string file_hash;  ///< of `file`, when a key came with it: handlers move the file away
    std::string csrf;       ///< the token, once a form asked for it: pages hold dozens of forms
    bool bearer = false;    ///< came with a token: no cookie, so no CSRF
    bool shared = false;    ///< drawn for many
    std::int64_t position = -1;
};

/// The parts of the pipeline that live in files of their own.
std::string csrf_token_for(const Services&, const auth::Viewer&);
/// A token as pages show it, another one for each request (by its id), so that the lengths of
/// packed pages tell nothing of it; and back. A bare token stays as it is.
std::string masked(std::string_view token, const Services&, const http::Request&);
std::string unmasked(std::string_view shown);
/// Same site, same origin, right token. Fault: Forbidden "web.csrf".
Done check_origin(const Context::State&);
/// Looks up community and viewer. Gives an answer when the request ends here (redirect to the
/// community's own address).
std::optional<Response> resolve(Context::State&);
void add_security_headers(Response&, const Context::State&);
/// SHA-256 as hex; reads the file in pieces.
std::string hash_of(const SentFile&);
/// The whole document: head, body, frame.
void document(Context&, html::Out&, std::string_view title, const PageOptions&,
              const std::function<void(html::Out&)>& body);
/// What the head of a page says to others: where its feeds are and, to guests, who alone are search
/// engines and previews, what Open Graph, oEmbed and schema.org ask for.
void preview_head(Context&, html::Out&, std::string_view title, const PageOptions&);
/// A page for when there is no community to frame it: the words of the browser's language, nothing
/// else.
/// `limit`, in bytes, for texts that name one.
Response plain_page(const Services&, const http::Request&, int status, std::string_view key,
                    std::uint64_t limit = 0);
int status_of(Fault);

}  // namespace torv::web
