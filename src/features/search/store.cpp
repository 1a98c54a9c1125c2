#include "features/search/store.hpp"

#include <algorithm>
#include <map>
#include <optional>

#include "features/search/spelling.hpp"
#include "features/search/spelling_store.hpp"
#include "platform/base/text.hpp"
#include "platform/crypto/crypto.hpp"
#include "platform/i18n/i18n.hpp"

namespace torv::search::store {

namespace {

/// What of a text goes into which column of the index.
struct Terms {
    std::string title;  ///< spelled-out words in their order, so that phrases are found
    std::string words;
    std::string marks;  ///< stems, bare forms, space and kind
};

std::string space_mark(SpaceId space) { return "s:" + space.text(); }

/// No space is named for what is said between few, so that no right to read a space finds it.
std::string talk_mark(TopicId talk) { return "t:" + talk.text(); }

std::string community_mark(CommunityId community) { return "c:" + community.text(); }

void add_words(std::string_view text, std::string_view language, std::string& plain,
               std::string& marks) {
    for (const auto& word : words::split(text)) {
        const auto terms = words::index_terms(word.folded, language);
        plain += terms[0] + ' ';
        for (std::size_t i = 1; i < terms.size(); ++i) marks += terms[i] + ' ';
    }
}

/// Whose it is, what it is, what it shows.
std::string marks_of(CommunityId community, const Text& text) {
    std::string marks = (text.talk    ? talk_mark(text.talk)
                         : text.space ? space_mark(text.space)
                                      : community_mark(community)) +
                        ' ' + kind_mark(text.kind);
    if (text.author) marks += ' ' + author_mark(text.author);
    for (const auto& tag : text.tags) marks += ' ' + tag_mark(tag);
    if (text.unanswered) marks += ' ' + std::string(kUnanswered);
    if (!text.files.empty()) marks += ' ' + std::string(kHasFile);
    for (const auto& name : text.files)
        for (const auto& word : words::split(name))
            marks += ' ' + std::string(kWithFile) + words::spelled_out(word.folded);
    return marks;
}

Terms terms_of(CommunityId community, const Text& text) {
    Terms terms;
    add_words(text.title, text.language, terms.title, terms.marks);
    add_words(text.body, text.language, terms.words, terms.marks);
    terms.marks += marks_of(community, text);
    return terms;
}

/// A tsvector as text: 'word':1A 'other':2 'da:stem'. PostgreSQL merges repeated words.
std::string tsvector_of(const Terms& terms) {
    std::map<std::string_view, std::string> places;
    int at = 0;
    const auto add = [&](std::string_view list, std::string_view weight, bool placed) {
        while (!list.empty()) {
            const auto word = list.substr(0, list.find(' '));
            list.remove_prefix(std::min(list.size(), word.size() + 1));
            if (word.empty()) continue;
            std::string& place = places[word];
            if (placed && ++at < 16'000)
                place += (place.empty() ? "" : ",") + std::to_string(at) + std::string(weight);
        }
    };
    add(terms.title, "A", true);
    add(terms.words, "", true);
    add(terms.marks, "", false);
    std::string out;
    for (const auto& [word, place] : places)
        out += "'" + std::string(word) + "'" + (place.empty() ? "" : ":" + place) + " ";
    return out;
}

/// A free id at `at` or as few microseconds later as can be.
std::int64_t free_id(db::Tx& tx, CommunityId community, Instant at) {
    const bool sqlite = tx.dialect() == db::Dialect::Sqlite;
    std::int64_t id = std::max<std::int64_t>(at.us, 1);
    // On SQLite the id is unique over all communities, since it is the row's number there; on
    // PostgreSQL within one.
    while (
        sqlite
            ? tx.one("SELECT 1 FROM search_docs WHERE id = $1 AND community_id > 0", id).has_value()
            : tx.one("SELECT 1 FROM search_docs WHERE community_id = $1 AND id = $2", community, id)
                  .has_value())
        ++id;
    return id;
}

Hit hit_of(const db::Row& row) {
    return {.kind = row.get<Kind>(1),
            .subject = row.get<std::int64_t>(2),
            .space = row.get<SpaceId>(3),
            .at = Instant{row.get<std::int64_t>(0)}};
}

PostText post_text(const db::Row& row) {
    return {.post = row.get<PostId>(0),
            .topic = row.get<TopicId>(1),
            .space = row.get<SpaceId>(2),
            .author = row.get<MemberId>(3),
            .title = row.get<std::string>(4),
            .body_md = row.get<std::string>(5),
            .created_at = row.get<Instant>(6),
            .opening = row.get<bool>(7),
            .titled = row.get<std::int64_t>(8) == 0,
            .direct = row.get<std::int64_t>(8) == 2};
}

}  // namespace

std::string author_mark(MemberId author) { return "b:" + author.text(); }

std::string tag_mark(std::string_view tag) {
    return "h:" + hex(crypto::sha256(i18n::fold(tag))).substr(0, 16);
}

std::string kind_mark(Kind kind) { return "k:" + std::string(kind_name(kind)); }

void remove(db::Tx& tx, CommunityId community, Kind kind, std::int64_t subject) {
    if (tx.dialect() == db::Dialect::Sqlite)
        tx.run(
            "DELETE FROM search_terms WHERE rowid = (SELECT id FROM search_docs WHERE community_id "
            "= $1 AND kind = $2 AND subject_id = $3)",
            community, kind, subject);
    tx.run("DELETE FROM search_docs WHERE community_id = $1 AND kind = $2 AND subject_id = $3",
           community, kind, subject);
}

void put(db::Tx& tx, CommunityId community, const Text& text) {
    remove(tx, community, text.kind, text.subject);
    const Terms terms = terms_of(community, text);
    if (text.space && !text.talk)
        spelling::learn(tx, community, text.space, terms.title + terms.words);
    const std::int64_t id = free_id(tx, community, text.at);
    if (tx.dialect() == db::Dialect::Postgres) {
        tx.run(
            "INSERT INTO search_docs (id, community_id, kind, subject_id, space_id, terms) VALUES "
            "($1, $2, $3, $4, $5, CAST($6 AS tsvector))",
            id, community, text.kind, text.subject, text.space, tsvector_of(terms));
        return;
    }
    tx.run(
        "INSERT INTO search_docs (id, community_id, kind, subject_id, space_id) VALUES ($1, $2, "
        "$3, $4, $5)",
        id, community, text.kind, text.subject, text.space);
    tx.run("INSERT INTO search_terms (rowid, title, words, marks) VALUES ($1, $2, $3, $4)", id,
           terms.title, terms.words, terms.marks);
}

void remove_topic(db::Tx& tx, CommunityId community, TopicId topic) {
    remove(tx, community, Kind::Topic, topic.value);
    const auto gone = tx.all([](const db::Row& row) { return row.get<std::int64_t>(0); }, R"sql(
        SELECT d.subject_id
          FROM search_docs d
          JOIN topics_posts p ON p.community_id = d.community_id AND p.post_id = d.subject_id
         WHERE d.community_id = $1 AND d.kind = 1 AND p.topic_id = $2
    )sql",
                             community, topic);
    for (const std::int64_t post : gone) remove(tx, community, Kind::Post, post);
}

void clear(db::Tx& tx, CommunityId community) {
    if (tx.dialect() == db::Dialect::Sqlite)
        tx.run(
            "DELETE FROM search_terms WHERE rowid IN (SELECT id FROM search_docs WHERE "
            "community_id = $1)",
            community);
    tx.run("DELETE FROM search_docs WHERE community_id = $1", community);
    clear_words(tx, community);
}

namespace {

/// Of these places, among the newest of all places; nothing when there might be more.
std::optional<std::vector<Hit>> among_newest(db::Tx& tx, CommunityId community,
                                             const Wanted& wanted, const db::Ids& places,
                                             const std::string& match, int limit) {
    const int most_looked = 2 * limit + 200;
    std::vector<Hit> hits;
    int looked = 0;
    tx.each(
        [&](const db::Row& row) {
            ++looked;
            const Hit hit = hit_of(row);
            if (!row.get<bool>(4) || (!hit.space && hit.kind != Kind::Person)) return;
            if (std::ranges::find(places.values, hit.space.value) != places.values.end())
                hits.push_back(hit);
        },
        R"sql(
        SELECT d.id, d.kind, d.subject_id, d.space_id, d.community_id = $1
          FROM search_terms AS f
          JOIN search_docs AS d ON d.id = f.rowid
         WHERE search_terms MATCH $2 AND f.rowid >= $3 AND f.rowid < $4
         ORDER BY f.rowid DESC
         LIMIT $5
    )sql",
        community, match, wanted.from, wanted.until, most_looked);
    const auto most = static_cast<std::size_t>(limit);
    if (looked == most_looked && hits.size() < most) return std::nullopt;
    if (hits.size() > most) hits.resize(most);
    return hits;
}

}  // namespace

std::vector<Hit> candidates(db::Tx& tx, CommunityId community, const Wanted& wanted, Where where,
                            int limit) {
    if (wanted.empty()) return {};
    std::vector<std::string> places;
    for (const std::int64_t space : wanted.spaces.values)
        places.push_back(space_mark(SpaceId{space}));
    db::Ids ids = wanted.spaces;
    if (wanted.people) {
        places.push_back(community_mark(community));
        ids.values.push_back(0);
    }
    if (places.empty()) return {};
    const bool title = where == Where::Title;
    const bool sqlite = tx.dialect() == db::Dialect::Sqlite;
    const bool anything = wanted.query.empty() && wanted.marks.empty();
    // To find both a word and its place FTS5 walks through all that was ever said there. Mostly it
    // is enough to look where the newest ones are.
    if (sqlite && !anything)
        if (auto hits =
                among_newest(tx, community, wanted, ids,
                             words::fts5(wanted.query, wanted.marks, title ? "title" : ""), limit))
            return std::move(*hits);
    auto marks = wanted.marks;
    // PostgreSQL knows the space by its column, but a query must hold something.
    if (sqlite || anything) marks.push_back(std::move(places));
    if (!sqlite)
        return tx.all(hit_of, R"sql(
            SELECT id, kind, subject_id, space_id
              FROM search_docs
             WHERE community_id = $1 AND terms @@ CAST($2 AS tsquery) AND space_id {in $3}
               AND id >= $4 AND id < $5
             ORDER BY id DESC
             LIMIT $6
        )sql",
                      community, words::tsquery(wanted.query, marks, title ? "A" : ""), ids,
                      wanted.from, wanted.until, limit);
    return tx.all(hit_of, R"sql(
        SELECT d.id, d.kind, d.subject_id, d.space_id
          FROM search_terms AS f
          JOIN search_docs AS d ON d.id = f.rowid
         WHERE search_terms MATCH $2 AND f.rowid >= $3 AND f.rowid < $4 AND d.community_id = $1
         ORDER BY f.rowid DESC
         LIMIT $5
    )sql",
                  community, words::fts5(wanted.query, marks, title ? "title" : ""), wanted.from,
                  wanted.until, limit);
}

std::vector<Hit> said_in(db::Tx& tx, CommunityId community, const Wanted& wanted,
                         const std::vector<TopicId>& talks) {
    if (wanted.empty()) return {};
    auto marks = wanted.marks;
    auto& places = marks.emplace_back();
    for (const TopicId talk : talks) places.push_back(talk_mark(talk));
    // Of a common word PostgreSQL expects many hits and would read everything from the newest down:
    // the few conversations are asked for first.
    if (tx.dialect() == db::Dialect::Postgres)
        return tx.all(hit_of, R"sql(
            WITH found AS MATERIALIZED (
                SELECT id, kind, subject_id, space_id
                  FROM search_docs
                 WHERE community_id = $1 AND terms @@ CAST($2 AS tsquery) AND id >= $3 AND id < $4)
            SELECT id, kind, subject_id, space_id FROM found ORDER BY id DESC LIMIT $5
        )sql",
                      community, words::tsquery(wanted.query, marks), wanted.from, wanted.until,
                      kCandidates);
    return tx.all(hit_of, R"sql(
        SELECT d.id, d.kind, d.subject_id, d.space_id
          FROM search_terms AS f
          JOIN search_docs AS d ON d.id = f.rowid
         WHERE search_terms MATCH $2 AND f.rowid >= $3 AND f.rowid < $4 AND d.community_id = $1
         ORDER BY f.rowid DESC
         LIMIT $5
    )sql",
                  community, words::fts5(wanted.query, marks), wanted.from, wanted.until,
                  kCandidates);
}

std::optional<PostText> post(db::Tx& tx, CommunityId community, PostId id) {
    const auto row = tx.one(R"sql(
        SELECT post_id, topic_id, space_id, author_id, title, body_md, created_at, opening, topic_kind
          FROM topics_findable
         WHERE community_id = $1 AND post_id = $2
    )sql",
                            community, id);
    if (!row) return std::nullopt;
    return post_text(*row);
}

std::vector<PostText> posts(db::Tx& tx, CommunityId community, const db::Ids& ids) {
    return tx.all(post_text, R"sql(
        SELECT post_id, topic_id, space_id, author_id, title, body_md, created_at, opening, topic_kind
          FROM topics_findable
         WHERE {also community_id = $1} AND post_id {in $2}
         LIMIT 1000
    )sql",
                  community, ids);
}

std::vector<PostText> openings(db::Tx& tx, CommunityId community, const db::Ids& topics) {
    return tx.all(post_text, R"sql(
        SELECT post_id, topic_id, space_id, author_id, title, body_md, created_at, opening, topic_kind
          FROM topics_findable
         WHERE {also community_id = $1}
           AND post_id IN (SELECT o.post_id
                             FROM topics_openings o
                            WHERE {also o.community_id = $1} AND o.topic_id {in $2})
         LIMIT 1000
    )sql",
                  community, topics);
}

std::vector<PostId> posts_of(db::Tx& tx, CommunityId community, TopicId topic) {
    return tx.all([](const db::Row& row) { return row.get<PostId>(0); },
                  "SELECT post_id FROM topics_findable WHERE community_id = $1 AND topic_id = $2",
                  community, topic);
}

TopicId topic_of(db::Tx& tx, CommunityId community, PostId post) {
    const auto row =
        tx.one("SELECT topic_id FROM topics_posts WHERE community_id = $1 AND post_id = $2",
               community, post);
    return row ? row->get<TopicId>(0) : TopicId{};
}

PostId first_reply(db::Tx& tx, CommunityId community, TopicId topic) {
    const auto row = tx.one(R"sql(
        SELECT post_id
          FROM topics_findable
         WHERE community_id = $1 AND topic_id = $2 AND opening = 0
         ORDER BY created_at, post_id
         LIMIT 1
    )sql",
                            community, topic);
    return row ? row->get<PostId>(0) : PostId{};
}

}  // namespace torv::search::store
