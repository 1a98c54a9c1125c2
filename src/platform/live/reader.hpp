#pragma once

#include <algorithm>
#include <atomic>
#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "platform/base/guarded.hpp"
#include "platform/json/json.hpp"
#include "platform/live/live.hpp"
#include "platform/web/web.hpp"

/// One open line and who holds it. Private to live.
namespace torv::live {

struct Heart;

/// What decides the bytes somebody gets: equal keys share them.
struct Key {
    std::uint8_t language = 0;  ///< index into Catalogue::languages
    Audience audience = Audience::Guest;
    bool events = false;  ///< for a program, not a page

    auto operator<=>(const Key&) const = default;
};

/// Spaces somebody may read, sorted; shared by all who may read the same.
using SpaceSet = std::shared_ptr<const std::vector<SpaceId>>;

/// What is known of the holder; replaced as a whole when rights change.
struct Standing {
    auth::Viewer viewer;
    SpaceSet spaces;
    std::vector<MemberId> apart;  ///< sorted; neither is told of the other

    bool is_apart(MemberId other) const {
        return std::binary_search(apart.begin(), apart.end(), other);
    }
};

/// How a community stands, for the threads of workers. Shared by the hub and the readers.
struct Pulse {
    std::atomic<std::int64_t> position = -1;  ///< of the record; -1: not looked at yet
    std::atomic<std::uint64_t> epoch = 0;     ///< grows when rights were looked at again
};

/// With what the holder came in.
struct Credential {
    std::string session;
    std::string bearer;
};

/// A place among the lines of one account; nothing to give back for guests.
class Slot {
public:
    Slot() = default;
    explicit Slot(std::shared_ptr<void> held) : held_(std::move(held)) {}

private:
    std::shared_ptr<void> held_;
};

class Reader final : public http::Listener, public std::enable_shared_from_this<Reader> {
public:
    struct Origin {
        web::Place place;
        std::shared_ptr<Pulse> pulse;
        std::uint64_t epoch = 0;  ///< of the rights in `standing`
        std::shared_ptr<const Standing> standing;
        Credential credential;
        Slot slot;
        std::uint8_t language = 0;
        bool events = false;
        std::vector<std::pair<Stream, Audience>> streams;  ///< followed from the beginning …
        std::int64_t after = 0;                            ///< … after this position
    };
    /// `heart` outlives the reader's line.
    Reader(Heart& heart, Origin origin);

    void opened(std::shared_ptr<http::Line> line) override;
    void came(std::string_view text) override;
    void closed() override;

    /// Follows the stream after a position of the record, if the holder may. On a worker.
    void follow(const Stream& stream, std::int64_t after);

    std::shared_ptr<const Standing> standing() { return *standing_.lock(); }
    void set_standing(std::shared_ptr<const Standing> fresh) {
        *standing_.lock() = std::move(fresh);
    }
    Key key(Audience audience) const {
        return {.language = origin_.events ? std::uint8_t{0} : origin_.language,
                .audience = audience,
                .events = origin_.events};
    }
    bool events() const { return origin_.events; }
    const Credential& credential() const { return origin_.credential; }
    const std::shared_ptr<Pulse>& pulse() const { return origin_.pulse; }

    // ── of the hub's thread ──
    struct Following {
        Stream stream;
        Key key;
    };
    std::shared_ptr<http::Line> line;
    std::vector<Following> following;
    std::vector<MemberId> watching;                      ///< whose presence is asked for
    std::chrono::steady_clock::time_point may_write_at;  ///< "is writing" is told now and then
    MemberId here;                                       ///< counts as here; 0: does not

private:
    Heart& heart_;
    const Origin origin_;
    Guarded<std::shared_ptr<const Standing>> standing_;
};

/// `{"stream":"topic:7","do":"off"}` and its like, as the line takes it.
http::Message notice(const Reader& reader, const Stream& stream, std::string_view does,
                     std::int64_t at);

}  // namespace torv::live
