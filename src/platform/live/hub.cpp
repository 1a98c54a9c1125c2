#include <algorithm>
#include <future>

#include "platform/base/log.hpp"
#include "platform/live/heart.hpp"

namespace torv::live {

namespace {

using namespace std::chrono_literals;

constexpr auto kSweepEvery = 1s;
constexpr int kLinesOfAccount = 50;

}  // namespace

// ── Heart: the thread and what it is asked to do ──

void Heart::post(Work work) {
    {
        const std::lock_guard lock(mutex_);
        if (stopping_) return;
        queue_.push_back(std::move(work));
    }
    wake_.notify_one();
}

void Heart::run() {
    auto next_sweep = std::chrono::steady_clock::now() + kSweepEvery;
    std::unique_lock lock(mutex_);
    while (!stopping_) {
        const auto until = look_due_ ? std::min(next_sweep, look_again_at_) : next_sweep;
        wake_.wait_until(lock, until, [this] { return stopping_ || !queue_.empty(); });
        std::deque<Work> due;
        due.swap(queue_);
        lock.unlock();
        for (Work& work : due) try {
                work();
            } catch (const std::exception& error) {
                log::error("live.failed", {{"what", error.what()}});
            }
        due.clear();
        look_if_due();
        if (std::chrono::steady_clock::now() >= next_sweep) {
            sweep();
            tell_presence();
            look_due_ = true;  // a wake may get lost
            next_sweep = std::chrono::steady_clock::now() + kSweepEvery;
        }
        lock.lock();
    }
}

void Heart::stop() {
    rights_changed = heard_writing_ = heard_presence_ = {};
    own_changed.clear();
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    wake_.notify_all();
    if (thread.joinable()) thread.join();
    queue_.clear();
    rooms.clear();
}

std::shared_ptr<Pulse> Heart::pulse(CommunityId community) {
    auto pulses = pulses_.lock();
    auto& known = (*pulses)[community];
    if (!known) known = std::make_shared<Pulse>();
    return known;
}

std::shared_ptr<Standing> Heart::standing(db::Tx& tx, const auth::Viewer& viewer) const {
    auto spaces = registry.spaces_ ? registry.spaces_(tx, viewer) : std::vector<SpaceId>{};
    std::sort(spaces.begin(), spaces.end());
    auto made = std::make_shared<Standing>();
    made->viewer = viewer;
    made->spaces = std::make_shared<const std::vector<SpaceId>>(std::move(spaces));
    if (viewer.is_member())
        made->apart = std::move(apart_from(tx, viewer.community, {viewer.id})[viewer.id]);
    return made;
}

std::optional<Slot> Heart::slot(AccountId account) {
    if (!account) return Slot();
    {
        auto slots = slots_->lock();
        int& taken = (*slots)[account];
        if (taken >= kLinesOfAccount) return std::nullopt;
        ++taken;
    }
    const auto give_back = [slots = slots_, account](void*) {
        auto all = slots->lock();
        if (--(*all)[account] == 0) all->erase(account);
    };
    return Slot(std::shared_ptr<void>(slots_.get(), give_back));
}

std::int64_t Heart::position(CommunityId community) {
    const auto its = pulse(community);
    if (its->position < 0) {
        const auto head =
            services.db.read([&](db::Tx& tx) { return activity::head(tx, community); });
        std::int64_t unknown = -1;
        its->position.compare_exchange_strong(unknown, head);
    }
    return its->position;
}

std::optional<Reader::Origin> Heart::origin(const web::Context& ctx) {
    auto free = slot(ctx.viewer.account);
    if (!free) return std::nullopt;
    position(ctx.place.id);  // so that the pulse knows it
    Reader::Origin made{.place = ctx.place,
                        .pulse = pulse(ctx.place.id),
                        .credential = {.session = std::string(ctx.cookie("session")),
                                       .bearer = std::string(web::bearer_of(ctx.request))},
                        .slot = *std::move(free)};
    made.epoch = made.pulse->epoch;
    made.standing = services.db.read([&](db::Tx& tx) { return standing(tx, ctx.viewer); });
    const auto language = std::ranges::find(languages, ctx.viewer.language);
    if (language != languages.end())
        made.language = static_cast<std::uint8_t>(language - languages.begin());
    return made;
}

void Heart::join(const ReaderPtr& reader, const web::Place& place, std::uint64_t epoch) {
    const auto [found, fresh] = rooms.try_emplace(place.id);
    Room& room = found->second;
    if (fresh) {
        room.pulse = reader->pulse();
        room.at = room.since = room.pulse->position;
        room.place = place;
    }
    room.readers.insert(reader);
    ++line_count;
    step_in_or_out(room, *reader);
    const auto standing = std::make_shared<Standing>(*reader->standing());
    standing->spaces = room.same_set(*standing->spaces);
    reader->set_standing(standing);
    if (epoch != room.pulse->epoch)
        services.db.read([&](db::Tx& tx) { recheck(tx, room, reader); });
}

void Heart::leave(const ReaderPtr& reader) {
    Room* room = room_of(*reader);
    if (!room || room->readers.erase(reader) == 0) return;
    --line_count;
    step_out(*room, reader);
    while (!reader->following.empty()) {
        const Stream stream = reader->following.back().stream;
        room->remove(reader, stream);
    }
}

Room* Heart::room_of(const Reader& reader) {
    const auto found = rooms.find(const_cast<Reader&>(reader).standing()->viewer.community);
    return found == rooms.end() ? nullptr : &found->second;
}

// ── Hub ──

Hub::Hub(web::Services& services, Registry registry)
    : impl_(std::make_unique<Heart>(services, std::move(registry))) {}

Hub::~Hub() { stop(); }

void Hub::follow(activity::Runner& runner) {
    runner.tail("live", [heart = impl_.get()](const activity::Activity& row) {
        const auto pulse = heart->pulse(row.community);
        pulse->position = std::max<std::int64_t>(pulse->position, row.position);
        heart->post([heart, row] { heart->take(row); });
    });
}

void Hub::start() {
    impl_->rights_changed = impl_->services.db.subscribe(
        auth::kRightsChanged, [heart = impl_.get()] { heart->sweep_soon(); });
    for (const Own& own : impl_->registry.owns_)
        impl_->own_changed.push_back(impl_->services.db.subscribe(
            own.channel, [heart = impl_.get()] { heart->look_soon(); }));
    impl_->listen();
    impl_->thread = std::thread([heart = impl_.get()] { heart->run(); });
}

void Hub::stop() { impl_->stop(); }

std::int64_t Hub::position(CommunityId community) { return impl_->position(community); }

std::shared_ptr<http::Listener> Hub::page(const web::Context& ctx) {
    auto origin = impl_->origin(ctx);
    if (!origin) return nullptr;
    return std::make_shared<Reader>(*impl_, *std::move(origin));
}

Result<std::shared_ptr<http::Listener>> Hub::events(const web::Context& ctx,
                                                    const std::vector<Stream>& streams,
                                                    std::optional<std::int64_t> after) {
    auto origin = impl_->origin(ctx);
    if (!origin) return fail(Fault::TooMany, "web.too_many");
    origin->events = true;
    origin->after = after.value_or(position(ctx.place.id));
    ctx.db.read([&](db::Tx& tx) {
        for (const Stream& stream : streams)
            if (const auto audience = impl_->registry.open(tx, ctx.viewer, stream))
                origin->streams.emplace_back(stream, *audience);
    });
    if (origin->streams.size() != streams.size()) return fail(Fault::NotFound, "web.not_found");
    return std::make_shared<Reader>(*impl_, *std::move(origin));
}

void Hub::settle() {
    std::promise<void> done;
    impl_->post([&] { done.set_value(); });
    done.get_future().wait();
}

Counters Hub::counters() {
    return {.lines = impl_->line_count,
            .told = impl_->told_count,
            .drawn = impl_->drawn_count,
            .replayed = impl_->replayed_count};
}

}  // namespace torv::live
