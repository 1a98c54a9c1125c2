#pragma once

#include <cstdint>
#include <list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "platform/base/guarded.hpp"
#include "platform/web/coding.hpp"
#include "platform/web/web.hpp"

/// Pages as every guest sees them, kept for a moment and sent without a worker.
namespace torv::web {

/// A page is kept when its route says that it is the same for all guests (Route::same_for_guests)
/// and whoever asked shows no cookie that changes pages but the one of the language: no session, no
/// message said once, no folded list of spaces. It is shown again until anything is committed in
/// this process (db::Db::changes), and for two seconds at most, because another process may write
/// too. Nothing personal is in it: guests share one CSRF token, and a page that sets a cookie is
/// not kept. Thread-safe.
class GuestPages {
public:
    static constexpr std::size_t kMaxBytes = 16 << 20;       ///< of all pages
    static constexpr std::size_t kMaxPageBytes = 256 << 10;  ///< larger ones are not kept
    static constexpr std::chrono::seconds kFresh{2};

    /// All outlive this.
    GuestPages(const db::Db& db, const i18n::Catalogue& catalogue)
        : db_(db), catalogue_(catalogue) {}

    /// Answers from what is kept: 200, or 304 when the browser has it. Quick enough for the edge.
    bool find(const http::Request& request, http::Response& response);

    /// Where an answer belongs, and how many changes there had been: ask before the page is made.
    struct Slot {
        std::string key;
        Coding coding = Coding::Plain;
        std::uint64_t changes = 0;
    };
    /// Nothing when the request is not that of any guest.
    std::optional<Slot> slot(const http::Request& request) const;
    /// Packs the page, keeps it, and makes the response the same that `find` gives.
    void keep(Slot slot, const http::Request& request, http::Response& response);

    std::size_t bytes() const { return kept_.lock()->bytes; }

private:
    struct Page {
        std::vector<http::Header> headers;
        std::shared_ptr<const std::string> body;  ///< shared with answers on their way out
        std::string tag;
        std::uint64_t changes = 0;
        Instant made_at;
    };
    struct Entry {
        std::string key;
        std::shared_ptr<const Page> page;  ///< shared with who is sending it
        std::size_t bytes = 0;
    };
    struct Kept {
        std::list<Entry> by_use;  ///< the page used last is in front
        std::unordered_map<std::string_view, std::list<Entry>::iterator> by_key;
        std::size_t bytes = 0;

        void drop(std::list<Entry>::iterator entry);
    };
    static void answer(const Page& page, const http::Request& request, http::Response& response);

    const db::Db& db_;
    const i18n::Catalogue& catalogue_;
    mutable Guarded<Kept> kept_;
};

/// The language for somebody who is not signed in: what the cookie chose, else what the browser
/// asks for; "" when that is nothing we speak.
std::string guest_language(const i18n::Catalogue& catalogue, const http::Request& request);

}  // namespace torv::web
