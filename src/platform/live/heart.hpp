#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <random>
#include <set>
#include <thread>

#include "platform/live/room.hpp"

/// The inside of the hub. Private to live.
namespace torv::live {

/// All that is done with rooms is done on one thread, in the order in which it was posted.
struct Heart {
    Heart(web::Services& built, Registry slices)
        : services(built), registry(std::move(slices)), languages(built.catalogue.languages()) {}

    // ── from any thread ──
    using Work = std::move_only_function<void()>;
    void post(Work work);
    std::shared_ptr<Pulse> pulse(CommunityId community);
    std::shared_ptr<Standing> standing(db::Tx& tx, const auth::Viewer& viewer) const;
    /// Of each of these members, who is apart from them; sorted.
    std::unordered_map<MemberId, std::vector<MemberId>> apart_from(
        db::Tx& tx, CommunityId community, const std::set<MemberId>& members) const;
    std::int64_t position(CommunityId community);
    /// For whoever asks; nothing when the account has enough lines.
    std::optional<Reader::Origin> origin(const web::Context& ctx);
    std::optional<Slot> slot(AccountId account);

    // ── the thread (hub.cpp) ──
    void run();
    void join(const ReaderPtr& reader, const web::Place& place, std::uint64_t epoch);
    void leave(const ReaderPtr& reader);
    Room* room_of(const Reader& reader);

    // ── telling (telling.cpp) ──
    void take(const activity::Activity& row);
    void tell(db::Tx& tx, Room& room, const activity::Activity& row);
    void deliver(db::Tx& tx, Room& room, Entry& entry);
    void deliver_in_spaces(Room& room, const News& news, Followers& followers,
                           const std::function<http::Message(Key)>& message);
    http::Message message(db::Tx& tx, Room& room, Entry& entry, std::size_t index, Key key);
    void subscribe(const ReaderPtr& reader, const Stream& stream, Audience audience,
                   std::int64_t after, std::uint64_t epoch);
    void replay(db::Tx& tx, Room& room, Reader& reader, const Stream& stream, Key key,
                std::int64_t after);

    // ── of the moment (moments.cpp) ──
    void listen();
    void writing(const ReaderPtr& reader, const Stream& stream);
    void tell_writing(Room& room, const Stream& stream, MemberId by, std::string_view name);
    void hear_writing(const std::string& text);
    void watch(const ReaderPtr& reader, Presence::Members members);
    void step_in_or_out(Room& room, Reader& reader);
    void step_out(Room& room, const ReaderPtr& reader);
    void tell_presence();
    void shout_presence(CommunityId community, const Presence::Members& here,
                        const Presence::Members& gone);
    void hear_presence(const std::string& text);

    // ── what belongs to one member (own.cpp) ──
    void follow_own(Room& room, const ReaderPtr& reader, const Stream& stream);
    void look_soon();  ///< from any thread
    void look_if_due();
    /// Tells what has changed; gives how many were told, `most` at most.
    std::size_t look(db::Tx& tx, Room& room, const Own& own, std::size_t most);
    void tell_own(db::Tx& tx, Room& room, const Own& own, const Stream& stream,
                  std::int64_t change);

    // ── rights (rights.cpp) ──
    void sweep_soon();  ///< from any thread
    void sweep();
    void recheck(db::Tx& tx, Room& room);
    void recheck(db::Tx& tx, Room& room, const ReaderPtr& reader);
    void recheck_stream(db::Tx& tx, Room& room, const Stream& stream);
    void refollow(db::Tx& tx, Room& room, const ReaderPtr& reader, const Stream& stream);
    void end_sessions(db::Tx& tx, Room& room);
    void hide(db::Tx& tx, Room& room);
    void part(db::Tx& tx, Room& room);
    void tell_apart(Room& room, Reader& reader, const Standing& before, const Standing& now);

    void stop();

    web::Services& services;
    const Registry registry;
    const std::vector<std::string> languages;
    std::unordered_map<CommunityId, Room> rooms;
    std::atomic<std::uint64_t> told_count = 0, drawn_count = 0, replayed_count = 0;
    std::atomic<std::size_t> line_count = 0;
    db::Subscription rights_changed;
    std::vector<db::Subscription> own_changed;
    std::thread thread;

private:
    db::Subscription heard_writing_, heard_presence_;
    const std::string node_ = std::to_string(std::random_device()());  ///< among the nodes
    std::chrono::steady_clock::time_point say_again_at_;
    Guarded<std::unordered_map<CommunityId, std::shared_ptr<Pulse>>> pulses_;
    /// Lines of each account; shared with the slots, which may outlive this.
    using Slots = Guarded<std::unordered_map<AccountId, int>>;
    std::shared_ptr<Slots> slots_ = std::make_shared<Slots>();
    std::atomic<bool> sweep_posted_ = false;
    std::atomic<bool> look_posted_ = false;
    bool look_due_ = false;
    std::chrono::steady_clock::time_point look_again_at_;
    std::chrono::steady_clock::time_point next_hide_;  ///< should a wake have got lost
    std::mutex mutex_;
    std::condition_variable wake_;
    std::deque<Work> queue_;
    bool stopping_ = false;
};

}  // namespace torv::live
