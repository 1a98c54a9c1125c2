#include "platform/web/guest_pages.hpp"

#include "platform/base/text.hpp"

namespace torv::web {

namespace {

constexpr std::size_t kEntryOverhead = 1024;  ///< headers, key and nodes, roughly

/// Under the name that counts on this connection, or the other: both say that the page is not
/// everybody's.
bool has_cookie(const http::Request& request, std::string_view plain, std::string_view guarded) {
    return !request.cookie(plain).empty() || !request.cookie(guarded).empty();
}

bool is_of_any_guest(const http::Request& request) {
    if (request.method != "GET" && request.method != "HEAD") return false;
    if (!request.header("Authorization").empty() || !request.header("Torv-Fragment").empty())
        return false;
    if (request.header("Cookie").empty()) return true;
    return !has_cookie(request, "session", "__Host-session") &&
           !has_cookie(request, "flash", "__Host-flash") &&
           !has_cookie(request, "sidebar", "__Host-sidebar");
}

}  // namespace

std::string guest_language(const i18n::Catalogue& catalogue, const http::Request& request) {
    const auto chosen = request.cookie(request.scheme == "https" ? "__Host-language" : "language");
    if (!chosen.empty() && catalogue.has(chosen)) return std::string(chosen);
    const auto asked = request.header("Accept-Language");
    return asked.empty() ? std::string{} : catalogue.negotiate(asked, "");
}

std::optional<GuestPages::Slot> GuestPages::slot(const http::Request& request) const {
    if (!is_of_any_guest(request)) return std::nullopt;
    Slot slot{.coding = accepted(request.header("Accept-Encoding"), Effort::Thorough),
              .changes = db_.changes()};
    // The target may hold anything, so it stands last: nothing in it can look like another key.
    slot.key.reserve(request.target.size() + 64);
    slot.key.append(request.scheme).append(1, ' ').append(ascii_lower(request.header("Host")));
    slot.key.append(1, ' ').append(guest_language(catalogue_, request)).append(1, ' ');
    slot.key.append(coding_name(slot.coding)).append(1, ' ');
    slot.key.append(request.path).append(1, '?').append(request.query);
    return slot;
}

void GuestPages::Kept::drop(std::list<Entry>::iterator entry) {
    bytes -= entry->bytes;
    by_key.erase(entry->key);
    by_use.erase(entry);
}

bool GuestPages::find(const http::Request& request, http::Response& response) {
    const auto wanted = slot(request);
    if (!wanted) return false;
    std::shared_ptr<const Page> page;
    {
        auto kept = kept_.lock();
        const auto found = kept->by_key.find(wanted->key);
        if (found == kept->by_key.end()) return false;
        page = found->second->page;
        const auto age = db_.clock().now() - page->made_at;
        if (page->changes != wanted->changes || age < microseconds{0} || age > kFresh) {
            kept->drop(found->second);
            return false;
        }
        kept->by_use.splice(kept->by_use.begin(), kept->by_use, found->second);
    }
    answer(*page, request, response);
    return true;
}

void GuestPages::keep(Slot slot, const http::Request& request, http::Response& response) {
    const std::string tag =
        '"' + hex(std::to_string(std::hash<std::string>{}(response.body))) + '"';
    response.set("ETag", tag);
    pack(response, slot.coding, Effort::Thorough);
    auto page = std::make_shared<Page>();
    page->headers = std::move(response.headers);
    page->tag = tag;
    page->changes = slot.changes;
    page->made_at = db_.clock().now();
    page->body = std::make_shared<const std::string>(std::move(response.body));
    response = Response();
    answer(*page, request, response);
    const std::size_t size = page->body->size() + slot.key.size() + kEntryOverhead;
    if (size > kMaxPageBytes) return;

    auto kept = kept_.lock();
    if (const auto old = kept->by_key.find(slot.key); old != kept->by_key.end())
        kept->drop(old->second);
    while (kept->bytes + size > kMaxBytes) kept->drop(std::prev(kept->by_use.end()));
    kept->by_use.push_front({.key = std::move(slot.key), .page = std::move(page), .bytes = size});
    kept->by_key.emplace(kept->by_use.front().key, kept->by_use.begin());
    kept->bytes += size;
}

void GuestPages::answer(const Page& page, const http::Request& request, http::Response& response) {
    response.headers = page.headers;
    if (http::has_already(request, page.tag, response.header("Last-Modified")))
        response.status = 304;
    else response.shared_body = page.body;
}

}  // namespace torv::web
