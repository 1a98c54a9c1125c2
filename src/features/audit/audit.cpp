#include "features/audit/audit.hpp"

#include "features/audit/store.hpp"
#include "platform/crypto/crypto.hpp"
#include "platform/json/json.hpp"

namespace torv::audit {

namespace {

constexpr int kSealedAtOnce = 500;
constexpr int kCheckedAtOnce = 1000;

/// Over everything an entry says, each part with its length, so that no two entries read alike.
std::string hash_of(CommunityId community, const Entry& entry, std::string_view hash_before) {
    crypto::Sha256 hash;
    const auto add = [&](std::string_view text) {
        hash.add(std::to_string(text.size())).add(":").add(text);
    };
    add(hash_before);
    for (const std::int64_t number : {community.value, entry.position, entry.id.value, entry.at.us,
                                      entry.account.value, entry.member.value, entry.subject_id})
        add(std::to_string(number));
    for (const std::string_view text :
         {std::string_view(entry.kind), std::string_view(entry.subject_kind),
          std::string_view(entry.before), std::string_view(entry.after)})
        add(text);
    return hash.hex();
}

int seal_some(db::Tx& tx, CommunityId community) {
    store::Head head = store::locked_head(tx, community);
    auto entries = store::unsealed(tx, community, kSealedAtOnce);
    for (Entry& entry : entries) {
        entry.position = ++head.position;
        head.hash = entry.hash = hash_of(community, entry, head.hash);
        store::seal(tx, community, entry);
    }
    if (!entries.empty()) store::set_head(tx, community, head);
    return static_cast<int>(entries.size());
}

std::string broken(CommunityId community, std::int64_t position, std::string_view how) {
    return "audit: the chain of community " + community.text() + " is broken at entry " +
           std::to_string(position) + ": " + std::string(how);
}

/// The first fault of one chain, if any: what follows it cannot be judged.
std::vector<std::string> check_chain(db::Tx& tx, CommunityId community) {
    store::Head at;
    while (true) {
        const auto entries = store::sealed(tx, community, at.position, kCheckedAtOnce);
        if (entries.empty()) break;
        for (const Entry& entry : entries) {
            if (entry.position != at.position + 1)
                return {broken(community, at.position + 1, "it is missing")};
            if (entry.hash != hash_of(community, entry, at.hash))
                return {broken(community, entry.position, "it was changed")};
            at = {entry.position, entry.hash};
        }
    }
    const store::Head head = store::head(tx, community);
    if (head.position != at.position || head.hash != at.hash)
        return {broken(community, at.position + 1, "the end does not fit")};
    if (const auto position = store::misfiled(tx, community))
        return {broken(community, position, "it was changed")};
    return {};
}

}  // namespace

void record(db::Tx& tx, const Event& event) {
    store::insert(tx, event);
    tx.wake(kWritten);
}

void record(db::Tx& tx, const auth::Viewer& viewer, std::string_view kind, Subject subject,
            std::string before, std::string after) {
    record(tx, {.community = viewer.community,
                .account = viewer.account,
                .member = viewer.id,
                .kind = kind,
                .subject = subject,
                .before = std::move(before),
                .after = std::move(after)});
}

std::string fact(std::string_view name, std::int64_t value) {
    json::Writer json;
    json.object().field(name, value).end();
    return json.take();
}

std::string fact(std::string_view name, std::string_view value) {
    json::Writer json;
    json.object().field(name, value).end();
    return json.take();
}

int seal(db::Db& db) {
    int sealed = 0;
    const auto waiting = db.read([](db::Tx& tx) { return store::communities_waiting(tx); });
    for (const CommunityId community : waiting)
        for (int some = kSealedAtOnce; some == kSealedAtOnce; sealed += some)
            some = db.write([&](db::Tx& tx) { return seal_some(tx, community); },
                            db::Priority::Background);
    return sealed;
}

std::vector<Entry> entries(db::Tx& tx, CommunityId community, std::string_view noun, EntryId before,
                           int limit) {
    return noun.empty() ? store::newest(tx, community, before, limit)
                        : store::newest_of(tx, community, noun, before, limit);
}

const std::vector<std::string_view>& nouns() {
    static const std::vector<std::string_view> all{
        "sign_in", "session", "password", "email", "token", "member", "invitation",
        "circle",  "space",   "topic",    "post",  "rules", "import", "community"};
    return all;
}

std::vector<std::string> check(db::Db& db) {
    std::vector<std::string> wrong;
    for (const CommunityId community :
         db.read([](db::Tx& tx) { return store::communities_sealed(tx); }))
        for (auto& fault : db.read([&](db::Tx& tx) { return check_chain(tx, community); }))
            wrong.push_back(std::move(fault));
    return wrong;
}

}  // namespace torv::audit
