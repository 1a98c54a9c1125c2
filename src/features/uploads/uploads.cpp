#include "features/uploads/uploads.hpp"

#include <algorithm>
#include <chrono>
#include <memory>
#include <unordered_map>

#include "features/community/community.hpp"
#include "features/members/members.hpp"
#include "features/spaces/spaces.hpp"
#include "features/uploads/rules.hpp"
#include "features/uploads/store.hpp"
#include "platform/activity/activity.hpp"
#include "platform/base/text.hpp"

namespace torv::uploads {

namespace {

constexpr std::chrono::days kIdle{7};
constexpr std::chrono::hours kYoungFile{24};  // a transaction under way may need it
constexpr std::size_t kPicturesAsked = 100;
constexpr std::size_t kShownInPost = 500;
constexpr int kPageWidth = 960;  // pixels: what the column of a topic holds on a sharp screen

/// A community that guests may read shows them its members' faces too.
bool sees_faces(db::Tx& tx, const auth::Viewer& viewer) {
    if (viewer.is_member()) return true;
    const auto community = community::find(tx, viewer.community);
    return community && community->guests_may_read;
}

store::Reader reader(db::Tx& tx, const auth::Viewer& viewer, const spaces::Readable& readable) {
    return {.community = viewer.community,
            .member = viewer.is_member() ? viewer.id : MemberId{},
            .readable = readable.ids,
            .faces = sees_faces(tx, viewer) ? 1 : 0};
}

db::Ids ids_of(const std::vector<UploadId>& uploads) {
    db::Ids ids;
    for (const UploadId upload : uploads) ids.values.push_back(upload.value);
    std::sort(ids.values.begin(), ids.values.end());
    ids.values.erase(std::unique(ids.values.begin(), ids.values.end()), ids.values.end());
    return ids;
}

/// The largest that a page needs, or the smallest there is.
const Part& for_page(const std::vector<Part>& parts) {
    const Part* best = &parts.front();
    for (const Part& part : parts)
        if (part.width <= kPageWidth) best = &part;
    return *best;
}

std::optional<markdown::Picture> picture(db::Tx& tx, CommunityId community, UploadId id) {
    const auto parts = store::picture_parts(tx, community, id);
    if (parts.empty()) return std::nullopt;
    const Part& part = for_page(parts);
    return markdown::Picture{.width = part.width,
                             .height = part.height,
                             .small = "/files/" + id.text() + "/" + part.name + ".webp"};
}

Pictures asked_once(Pictures ask) {
    using Known = std::unordered_map<UploadId, std::optional<markdown::Picture>>;
    // Shared by the copies that a std::function makes of itself.
    auto known = std::make_shared<Known>();
    return [known, ask = std::move(ask)](UploadId id) -> std::optional<markdown::Picture> {
        if (const auto found = known->find(id); found != known->end()) return found->second;
        if (known->size() >= kPicturesAsked) return std::nullopt;
        return known->emplace(id, ask(id)).first->second;
    };
}

bool names(std::string_view text, UploadId id) {
    return text.find("/files/" + id.text() + "/") != text.npos;
}

/// Marks of Markdown that would end the words in brackets, or make something else of them.
std::string as_words(std::string_view name) {
    std::string words;
    for (const char c : name) {
        if (std::string_view("\\[]*_`<>~!").find(c) != std::string_view::npos) words += '\\';
        words += c;
    }
    return words;
}

void announce_face(db::Tx& tx, const auth::Viewer& viewer) {
    activity::announce(tx, {.community = viewer.community,
                            .kind = "member.changed",
                            .actor = viewer.id,
                            .subject = {"member", viewer.id.value}});
}

Done write_logo(db::Tx& tx, const auth::Viewer& viewer, std::string url) {
    auto look = TRY(community::find(tx, viewer.community)).look;
    look.logo = std::move(url);
    return community::set_look(tx, viewer, look);
}

}  // namespace

std::string_view kind_name(Kind kind) {
    switch (kind) {
        case Kind::File: return "file";
        case Kind::Picture: return "picture";
        case Kind::Audio: return "audio";
        case Kind::Video: return "video";
    }
    return {};
}

std::string path(const Upload& upload) {
    return "/files/" + upload.id.text() + "/" + percent_encode(upload.name);
}

std::string markdown(const Upload& upload) {
    const bool picture = upload.kind == Kind::Picture;
    std::string_view name = upload.name;
    if (picture) name = name.substr(0, name.rfind('.'));
    return (picture ? "![" : "[") + as_words(name) + "](" + path(upload) + ")";
}

Result<UploadId> add(db::Tx& tx, const auth::Viewer& viewer, const Kept& kept) {
    if (!viewer.is_member()) return fail(Fault::Forbidden, "web.members_only");
    const auto id = tx.new_id<UploadId>();
    store::insert(tx, viewer.community, viewer.id, id, kept);
    return id;
}

Result<Upload> visible(db::Tx& tx, const auth::Viewer& viewer, UploadId id) {
    const auto readable = spaces::readable(tx, viewer);
    auto upload = store::visible(tx, reader(tx, viewer, readable), id);
    if (!upload) return fail(Fault::NotFound, "uploads.not_found");
    return *std::move(upload);
}

Result<Served> served(db::Tx& tx, const auth::Viewer& viewer, UploadId id, std::string_view name) {
    auto upload = TRY(visible(tx, viewer, id));
    const auto parts = store::parts(tx, viewer.community, id);
    if (parts.empty()) return fail(Fault::NotFound, "uploads.not_found");
    const Part* chosen = &parts.back();
    for (const Part& part : parts)
        if (!part.name.empty() && name == part.name + ".webp") chosen = &part;
    return Served{.upload = std::move(upload), .part = *chosen};
}

std::vector<Upload> own(db::Tx& tx, const auth::Viewer& viewer) {
    return store::own(tx, viewer.community, viewer.id, kOwnShown);
}

Pictures pictures(db::Tx& tx, CommunityId community) {
    return asked_once([&tx, community](UploadId id) { return picture(tx, community, id); });
}

Pictures pictures(db::Tx& tx, const auth::Viewer& writer) {
    return asked_once([&tx, writer](UploadId id) -> std::optional<markdown::Picture> {
        if (!visible(tx, writer, id)) return std::nullopt;
        return picture(tx, writer.community, id);
    });
}

std::vector<Shown> shown_in(db::Tx& tx, CommunityId community, const db::Ids& posts) {
    return store::shown_in(tx, community, posts);
}

void show_in(db::Tx& tx, const auth::Viewer& writer, PostId post,
             const std::vector<UploadId>& uploads, std::string_view former) {
    db::Ids named = ids_of(uploads);
    if (named.values.size() > kShownInPost) named.values.resize(kShownInPost);
    auto before = store::shown(tx, writer.community, Place::Post, post.value);
    if (named.values.empty() && before.empty()) return;

    std::erase_if(before, [&](UploadId id) {
        return !std::binary_search(named.values.begin(), named.values.end(), id.value);
    });
    std::erase_if(named.values, [&](std::int64_t id) { return names(former, UploadId{id}); });
    if (!named.values.empty()) {
        const auto readable = spaces::readable(tx, writer);
        const auto seen = store::locked_visible(tx, reader(tx, writer, readable), named);
        before.insert(before.end(), seen.begin(), seen.end());
    }
    store::set_shown(tx, writer.community, Place::Post, post.value, ids_of(before));
}

Done set_face(db::Tx& tx, const auth::Viewer& viewer, const Kept& kept) {
    Upload upload = kept.upload;
    upload.id = TRY(add(tx, viewer, kept));
    store::set_shown(tx, viewer.community, Place::Face, viewer.id.value, {{upload.id.value}});
    members::set_avatar(tx, viewer.community, viewer.id, path(upload));
    announce_face(tx, viewer);
    return Unit{};
}

void drop_face(db::Tx& tx, const auth::Viewer& viewer) {
    store::set_shown(tx, viewer.community, Place::Face, viewer.id.value, {});
    members::set_avatar(tx, viewer.community, viewer.id, "");
    announce_face(tx, viewer);
}

Done set_logo(db::Tx& tx, const auth::Viewer& viewer, const Kept& kept) {
    Upload upload = kept.upload;
    upload.id = TRY(add(tx, viewer, kept));
    TRY(write_logo(tx, viewer, path(upload)));
    store::set_shown(tx, viewer.community, Place::Logo, viewer.community.value,
                     {{upload.id.value}});
    return Unit{};
}

Done drop_logo(db::Tx& tx, const auth::Viewer& viewer) {
    TRY(write_logo(tx, viewer, ""));
    store::set_shown(tx, viewer.community, Place::Logo, viewer.community.value, {});
    return Unit{};
}

void sweep(db::Db& db, files::Store& files) {
    bool more = true;
    while (more)
        more = db.write(
            [](db::Tx& tx) {
                const auto idle = store::locked_idle(tx, tx.now() - kIdle);
                for (const auto& [community, id] : idle) store::remove(tx, community, id);
                return !idle.empty();
            },
            db::Priority::Background);
    const auto needed = db.read([](db::Tx& tx) { return store::hashes(tx); });
    files.sweep([&](const files::Hash& hash) { return needed.contains(hash.text()); }, kYoungFile);
}

std::vector<std::string> check(db::Db& db, const files::Store& files) {
    std::vector<std::string> wrong;
    for (const auto& text : db.read([](db::Tx& tx) { return store::hashes(tx); })) {
        const auto hash = files::Hash::parse(text);
        if (!hash || !files.has(*hash))
            wrong.push_back("uploads: the file " + text + " is missing");
    }
    return wrong;
}

}  // namespace torv::uploads
