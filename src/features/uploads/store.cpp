#include "features/uploads/store.hpp"

#include <algorithm>

#include "platform/base/text.hpp"

namespace torv::uploads::store {

namespace {

#define UPLOAD_COLUMNS                                                                    \
    "SELECT u.id, u.member_id, u.kind, u.name, u.media_type, u.size, u.width, u.height, " \
    "u.content, u.created_at FROM uploads u "

/// What the reader may see: $1 community, $3 member, $4 spaces, $5 faces. A post counts only while
/// it can be read, wherever it was moved meanwhile.
#define MAY_BE_SEEN                                                                          \
    "AND (u.member_id = $3 "                                                                 \
    "OR EXISTS (SELECT 1 FROM upload_uses x WHERE x.community_id = u.community_id "          \
    "AND x.upload_id = u.id AND (x.place = 2 OR (x.place = 1 AND CAST($5 AS BIGINT) = 1))) " \
    "OR EXISTS (SELECT 1 FROM upload_uses x JOIN readable_posts p "                          \
    "ON p.community_id = x.community_id AND p.id = x.subject_id "                            \
    "WHERE x.community_id = u.community_id AND x.upload_id = u.id AND x.place = 0 "          \
    "AND (p.space_id {in $4} OR EXISTS (SELECT 1 FROM conversation_readers c "               \
    "WHERE c.community_id = p.community_id AND c.topic_id = p.topic_id "                     \
    "AND c.member_id = $3))))"

Upload upload_row(const db::Row& row) {
    return {.id = row.get<UploadId>(0),
            .member = row.get<MemberId>(1),
            .kind = row.get<Kind>(2),
            .name = row.get<std::string>(3),
            .media_type = row.get<std::string>(4),
            .size = row.get<std::int64_t>(5),
            .width = row.get<int>(6),
            .height = row.get<int>(7),
            .content = row.get<std::string>(8),
            .created_at = row.get<Instant>(9)};
}

Part part_row(const db::Row& row) {
    return {.name = row.get<std::string>(0),
            .width = row.get<int>(1),
            .height = row.get<int>(2),
            .size = row.get<std::int64_t>(3),
            .hash = row.get<std::string>(4)};
}

std::vector<Part> smallest_first(std::vector<Part> parts) {
    std::sort(parts.begin(), parts.end(),
              [](const Part& a, const Part& b) { return a.width < b.width; });
    return parts;
}

UploadId id_row(const db::Row& row) { return row.get<UploadId>(0); }

}  // namespace

void insert(db::Tx& tx, CommunityId community, MemberId member, UploadId id, const Kept& kept) {
    const Upload& u = kept.upload;
    tx.run(R"sql(
        INSERT INTO uploads (id, community_id, member_id, kind, name, media_type, size, width,
                             height, content, created_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
    )sql",
           id, community, member, u.kind, u.name, u.media_type, u.size, u.width, u.height,
           u.content, tx.now());
    for (const Part& part : kept.parts)
        tx.run(R"sql(
            INSERT INTO upload_files (community_id, upload_id, name, width, height, size, hash)
            VALUES ($1, $2, $3, $4, $5, $6, $7)
        )sql",
               community, id, part.name, part.width, part.height, part.size, part.hash);
}

std::optional<Upload> visible(db::Tx& tx, const Reader& reader, UploadId id) {
    const auto row = tx.one(UPLOAD_COLUMNS "WHERE u.community_id = $1 AND u.id = $2 " MAY_BE_SEEN,
                            reader.community, id, reader.member, reader.readable, reader.faces);
    if (!row) return std::nullopt;
    return upload_row(*row);
}

std::vector<UploadId> locked_visible(db::Tx& tx, const Reader& reader, const db::Ids& ids) {
    return tx.all(
        id_row,
        "SELECT u.id FROM uploads u WHERE {also u.community_id = $1} AND u.id {in $2} " MAY_BE_SEEN
        " ORDER BY u.id LIMIT 1000 {for update}",
        reader.community, ids, reader.member, reader.readable, reader.faces);
}

std::vector<Upload> own(db::Tx& tx, CommunityId community, MemberId member, int limit) {
    return tx.all(upload_row,
                  UPLOAD_COLUMNS
                  "WHERE u.community_id = $1 AND u.member_id = $2 "
                  "ORDER BY u.id DESC LIMIT $3",
                  community, member, limit);
}

std::vector<Part> parts(db::Tx& tx, CommunityId community, UploadId id) {
    return smallest_first(tx.all(part_row,
                                 "SELECT name, width, height, size, hash FROM upload_files "
                                 "WHERE community_id = $1 AND upload_id = $2 LIMIT 20",
                                 community, id));
}

std::vector<Part> picture_parts(db::Tx& tx, CommunityId community, UploadId id) {
    return smallest_first(tx.all(part_row, R"sql(
        SELECT f.name, f.width, f.height, f.size, f.hash
          FROM upload_files f
          JOIN uploads u ON u.community_id = f.community_id AND u.id = f.upload_id
         WHERE f.community_id = $1 AND f.upload_id = $2 AND u.kind = 1
         LIMIT 20
    )sql",
                                 community, id));
}

std::vector<UploadId> shown(db::Tx& tx, CommunityId community, Place place, std::int64_t subject) {
    return tx.all(id_row,
                  "SELECT upload_id FROM upload_uses "
                  "WHERE community_id = $1 AND place = $2 AND subject_id = $3 LIMIT 1000",
                  community, place, subject);
}

std::vector<Shown> shown_in(db::Tx& tx, CommunityId community, const db::Ids& posts) {
    return tx.all(
        [](const db::Row& row) {
            return Shown{.post = row.get<PostId>(10), .upload = upload_row(row)};
        },
        R"sql(
        SELECT u.id, u.member_id, u.kind, u.name, u.media_type, u.size, u.width, u.height,
               u.content, u.created_at, x.subject_id
          FROM upload_uses x
          JOIN uploads u ON u.community_id = x.community_id AND u.id = x.upload_id
         WHERE x.community_id = $1 AND x.place = 0 AND x.subject_id {in $2}
         ORDER BY x.subject_id, u.id
         LIMIT 1000
    )sql",
        community, posts);
}

void set_shown(db::Tx& tx, CommunityId community, Place place, std::int64_t subject,
               const db::Ids& ids) {
    tx.run(
        "DELETE FROM upload_uses WHERE community_id = $1 AND place = $2 AND subject_id = $3 "
        "AND NOT (upload_id {in $4})",
        community, place, subject, ids);
    for (const std::int64_t id : ids.values)
        tx.run(R"sql(
            INSERT INTO upload_uses (community_id, upload_id, place, subject_id)
            VALUES ($1, $2, $3, $4)
            ON CONFLICT (community_id, upload_id, place, subject_id) DO NOTHING
        )sql",
               community, id, place, subject);
}

std::vector<Idle> locked_idle(db::Tx& tx, Instant before) {
    return tx.all(
        [](const db::Row& row) {
            return Idle{.community = row.get<CommunityId>(0), .id = row.get<UploadId>(1)};
        },
        R"sql(
        SELECT u.community_id, u.id -- every community: the house is swept as a whole
          FROM uploads u
         WHERE u.created_at < $1
           AND NOT EXISTS (SELECT 1 FROM upload_uses x
                            WHERE x.community_id = u.community_id AND x.upload_id = u.id)
           AND NOT EXISTS (SELECT 1 FROM draft_texts d
                            WHERE d.community_id = u.community_id AND d.member_id = u.member_id
                              AND d.body LIKE '%/files/' || u.id || '/%')
         ORDER BY u.id
         LIMIT 200 {for update skip locked}
    )sql",
        before);
}

void remove(db::Tx& tx, CommunityId community, UploadId id) {
    tx.run("DELETE FROM upload_files WHERE community_id = $1 AND upload_id = $2", community, id);
    tx.run("DELETE FROM uploads WHERE community_id = $1 AND id = $2", community, id);
}

std::unordered_set<std::string> hashes(db::Tx& tx) {
    std::unordered_set<std::string> found;
    tx.each(
        [&](const db::Row& row) { found.insert(row.get<std::string>(0)); },
        "SELECT DISTINCT f.hash FROM upload_files f -- every community: they share the folder\n");
    return found;
}

}  // namespace torv::uploads::store
