#include "platform/live/reader.hpp"

#include "platform/live/heart.hpp"
#include "platform/live/said.hpp"

namespace torv::live {

Reader::Reader(Heart& heart, Origin origin)
    : heart_(heart), origin_(std::move(origin)), standing_(origin_.standing) {}

void Reader::opened(std::shared_ptr<http::Line> opened_line) {
    heart_.post([this, self = shared_from_this(), its = std::move(opened_line)]() mutable {
        line = std::move(its);
        heart_.join(self, origin_.place, origin_.epoch);
        for (const auto& [stream, audience] : origin_.streams)
            heart_.subscribe(self, stream, audience, origin_.after, origin_.epoch);
    });
}

void Reader::closed() {
    heart_.post([self = shared_from_this(), &heart = heart_] { heart.leave(self); });
}

void Reader::follow(const Stream& stream, std::int64_t after) {
    const std::uint64_t epoch = origin_.pulse->epoch;
    const auto audience = heart_.services.db.read(
        [&](db::Tx& tx) { return heart_.registry.open(tx, standing()->viewer, stream); });
    heart_.post([self = shared_from_this(), &heart = heart_, stream, audience, after, epoch] {
        if (!self->line) return;
        if (audience) heart.subscribe(self, stream, *audience, after, epoch);
        else self->line->send(notice(*self, stream, "off", after));
    });
}

void Reader::came(std::string_view text) {
    auto said = said_from(text);
    if (!said) return;
    if (said->does == Said::Does::Follow) return follow(said->stream, said->after);
    heart_.post([self = shared_from_this(), &heart = heart_, heard = *std::move(said)] {
        switch (heard.does) {
            case Said::Does::Follow: break;
            case Said::Does::Leave:
                if (Room* room = heart.room_of(*self)) room->remove(self, heard.stream);
                break;
            case Said::Does::Write: heart.writing(self, heard.stream); break;
            case Said::Does::AskWho: heart.watch(self, heard.members); break;
        }
    });
}

http::Message notice(const Reader& reader, const Stream& stream, std::string_view does,
                     std::int64_t at) {
    json::Writer json;
    json.object().field("stream", stream.text()).field("at", at).field("do", does).end();
    if (!reader.events()) return std::make_shared<const std::string>(json.take());
    return std::make_shared<const std::string>("event: " + std::string(does) +
                                               "\ndata: " + json.text() + "\n\n");
}

}  // namespace torv::live
