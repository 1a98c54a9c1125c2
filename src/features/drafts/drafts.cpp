#include "features/drafts/drafts.hpp"

#include "features/drafts/store.hpp"
#include "platform/base/ids.hpp"
#include "platform/base/text.hpp"

namespace torv::drafts {

namespace {

constexpr std::size_t kTitleMaxBytes = 1000;
constexpr std::size_t kBodyMaxBytes = 65536;
constexpr std::int64_t kDraftsMax = 200;

}  // namespace

bool is_place(std::string_view text) {
    const auto parts = split(text, ':');
    if (parts.size() != 2) return false;
    if (parts[0] != "topic" && parts[0] != "space" && parts[0] != "post" && parts[0] != "thread")
        return false;
    return TopicId::parse(parts[1]).has_value();
}

std::optional<Draft> find(db::Tx& tx, const auth::Viewer& viewer, std::string_view place) {
    if (!viewer.is_member()) return std::nullopt;
    return store::find(tx, viewer.community, viewer.id, place);
}

Done keep(db::Tx& tx, const auth::Viewer& viewer, std::string_view place, std::string_view title,
          std::string_view body) {
    if (!is_place(place)) return fail(Fault::Invalid, "drafts.bad_place");
    if (title.size() > kTitleMaxBytes) return fail(Fault::Invalid, "drafts.too_long", "title");
    if (body.size() > kBodyMaxBytes) return fail(Fault::Invalid, "drafts.too_long", "body");
    if (trimmed(title).empty() && trimmed(body).empty()) {
        forget(tx, viewer, place);
        return Unit{};
    }
    if (store::save(tx, viewer.community, viewer.id, place, title, body)) return Unit{};
    if (store::count(tx, viewer.community, viewer.id) >= kDraftsMax)
        return fail(Fault::TooMany, "drafts.too_many");
    store::insert(tx, viewer.community, viewer.id, place, title, body);
    return Unit{};
}

void forget(db::Tx& tx, const auth::Viewer& viewer, std::string_view place) {
    store::remove(tx, viewer.community, viewer.id, place);
}

std::vector<Draft> all(db::Tx& tx, const auth::Viewer& viewer) {
    return store::all(tx, viewer.community, viewer.id, kDraftsMax);
}

}  // namespace torv::drafts
