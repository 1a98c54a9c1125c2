#pragma once

#include <compare>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "platform/activity/activity.hpp"
#include "platform/auth/auth.hpp"
#include "platform/base/ids.hpp"
#include "platform/base/result.hpp"
#include "platform/db/db.hpp"
#include "platform/html/html.hpp"
#include "platform/http/line.hpp"

namespace torv::web {
class Context;
class Routes;
struct Services;
}  // namespace torv::web

/// Open pages that live. A page holds one line and follows *streams*; what happens is a row of
/// activity, and a slice says on which streams it is *news* and how it looks. A fragment is drawn
/// once for each language and audience and shared by all who follow. ARCHITECTURE 5.
namespace torv::live {

/// Who looks, weakest first. All of one audience get the same bytes: what differs between two of
/// them ("mine") is set in the browser.
enum class Audience : std::uint8_t {
    Guest,     ///< may look
    Reader,    ///< a member who may not write here
    Writer,    ///< may answer and react
    Moderator  ///< sees and does what moderators of the place may
};

/// "topic:7"; of some kinds there is one alone, without an id: "community".
struct Stream {
    std::string kind;
    std::int64_t id = 0;

    auto operator<=>(const Stream&) const = default;
    std::string text() const;
    static std::optional<Stream> parse(std::string_view text);
};
inline constexpr std::string_view kCommunity = "community";

/// What a row of activity means on one stream; one for each row and stream, so that a position says
/// exactly what somebody was told.
struct News {
    Stream stream;
    std::string_view does;  ///< what the page has to do: a literal, "post"
    std::string fields;     ///< members of the JSON object that all get: `"post":"41"`; ids only
    /// Draws the fragment as things are now. False: this audience is not told. Without it there is
    /// no fragment.
    std::function<bool(db::Tx&, web::Context&, Audience, html::Out&)> draw;
    SpaceId space;  ///< on the stream of the community: told to those who may read this space only
    bool rights = false;  ///< who may follow this stream may have changed
};

/// How something of one member's stands: members of a JSON object (`"unread":3`), and markup for
/// pages.
struct OwnState {
    std::string fields;
    std::string html;
};

/// Streams of what belongs to one member alone ("notices:24"): nobody else follows one. They are
/// not in the record. Told is how things stand, to who begins to follow and after each change.
struct Own {
    using Changes = std::vector<std::pair<std::int64_t, std::int64_t>>;

    std::string_view kind;
    std::string_view channel;  ///< woken with a change; one that gets lost is found within a second
    /// How often that of each of these members has changed; who is left out counts as 0.
    Changes (*changes)(db::Tx&, CommunityId, const db::Ids& members);
    OwnState (*state)(db::Tx&, const web::Context&);  ///< of `ctx.viewer`
};

/// How slices take part. Filled in app.cpp before the hub is made.
class Registry {
public:
    /// May this viewer follow, and as whom? Nothing when not; "is not there" is the same.
    using Door = std::optional<Audience> (*)(db::Tx&, const auth::Viewer&, std::int64_t id);
    using Tell = std::vector<News> (*)(db::Tx&, const activity::Activity&);
    using Spaces = std::vector<SpaceId> (*)(db::Tx&, const auth::Viewer&);
    using Ended = std::vector<SessionId> (*)(db::Tx&, const std::vector<SessionId>&);
    using Hidden = std::vector<AccountId> (*)(db::Tx&, const std::vector<AccountId>&);
    using Apart = std::vector<std::pair<MemberId, MemberId>> (*)(db::Tx&, CommunityId,
                                                                 const db::Ids& members);

    /// Streams of this kind are let in by `door`.
    void stream(std::string_view kind, Door door) { doors_.push_back({kind, door}); }
    /// Rows whose kind begins with `kinds` ("post.") are told by `how`.
    void news(std::string_view kinds, Tell how) { tells_.push_back({kinds, how}); }
    /// What a viewer may read: decides about news of the community that happened in a space.
    void readable(Spaces spaces) { spaces_ = spaces; }
    /// Which of these sessions have ended.
    void sessions(Ended ended) { ended_ = ended; }
    /// Which of these accounts do not show that they are here. A change wakes auth::kRightsChanged.
    void hidden(Hidden who) { hidden_ = who; }
    /// Pairs in which one of these members stands: neither is told that the other is here or
    /// writes. A change wakes auth::kRightsChanged.
    void apart(Apart pairs) { apart_ = pairs; }
    void own(Own streams) { owns_.push_back(streams); }

private:
    friend class Hub;
    friend class Reader;
    friend struct Heart;
    std::optional<Audience> open(db::Tx& tx, const auth::Viewer& viewer,
                                 const Stream& stream) const;
    std::vector<News> news_of(db::Tx& tx, const activity::Activity& row) const;
    bool is_own(const Stream& stream) const;

    struct Kind {
        std::string_view name;
        Door door;
    };
    struct Teller {
        std::string_view kinds;
        Tell tell;
    };
    std::vector<Kind> doors_;
    std::vector<Teller> tells_;
    Spaces spaces_ = nullptr;
    Ended ended_ = nullptr;
    Hidden hidden_ = nullptr;
    Apart apart_ = nullptr;
    std::vector<Own> owns_;
};

struct Counters {
    std::size_t lines = 0;
    std::uint64_t told = 0;      ///< messages to lines
    std::uint64_t drawn = 0;     ///< fragments
    std::uint64_t replayed = 0;  ///< messages told again to those who came back
};

struct Heart;

/// The one who tells. Has a thread of its own; follows the record as a tail. All public functions
/// are thread-safe.
class Hub {
public:
    /// `services` outlives the hub, and the hub the lines' server no further than `stop`.
    Hub(web::Services& services, Registry registry);
    ~Hub();  ///< stops
    Hub(const Hub&) = delete;

    /// Registers with the record; before either starts.
    void follow(activity::Runner& runner);
    void start();
    void stop();

    /// See web::Services::position.
    std::int64_t position(CommunityId community);
    /// One page of whoever asks. Null when the account has enough lines.
    std::shared_ptr<http::Listener> page(const web::Context& ctx);
    /// The same as a stream of events for a program: it follows `streams` after a position, else
    /// from now on. Faults: NotFound when one of them may not be read, TooMany.
    Result<std::shared_ptr<http::Listener>> events(const web::Context& ctx,
                                                   const std::vector<Stream>& streams,
                                                   std::optional<std::int64_t> after);
    /// Waits until everything that has been queued is done. For tests.
    void settle();
    Counters counters();

private:
    std::unique_ptr<Heart> impl_;
};

/// `/live` for pages, `/api/v1/live` for programs.
void routes(web::Routes& routes);

}  // namespace torv::live
