#include "features/search/similar.hpp"
#include "features/search/store.hpp"
#include "platform/words/words.hpp"

namespace torv::search::store {

namespace {

constexpr int kMostLooked = 5000;  ///< topics with a word, the newest, also where one may not read

TopicId subject_of(const db::Row& row) { return row.get<TopicId>(0); }

}  // namespace

std::vector<TopicId> topics_with(db::Tx& tx, CommunityId community,
                                 const std::vector<std::string>& terms, const db::Ids& spaces,
                                 int limit) {
    const words::Query query{.all = {terms}};
    const words::Marks marks{{kind_mark(Kind::Topic)}};
    // In no order: of a common word any of its topics will do, and of a rare one there are few.
    if (tx.dialect() == db::Dialect::Postgres)
        return tx.all(subject_of, R"sql(
            SELECT d.subject_id
              FROM search_docs d
             WHERE d.community_id = $1 AND d.terms @@ CAST($2 AS tsquery) AND d.kind = 0
               AND d.space_id {in $3}
             LIMIT $4
        )sql",
                      community, words::tsquery(query, marks), spaces, limit);
    // Marks of spaces would have FTS5 walk through all that was ever said there: the newest are
    // looked at, wherever they are.
    return tx.all(subject_of, R"sql(
        SELECT d.subject_id
          FROM (SELECT rowid AS id FROM search_terms WHERE search_terms MATCH $2
                 ORDER BY rowid DESC LIMIT $5) AS f
          JOIN search_docs AS d ON d.id = f.id
         WHERE d.community_id = $1 AND d.kind = 0 AND d.space_id {in $3}
         ORDER BY d.id DESC
         LIMIT $4
    )sql",
                  community, words::fts5(query, marks), spaces, limit, kMostLooked);
}

int topics_up_to(db::Tx& tx, CommunityId community, const db::Ids& spaces, int limit) {
    return tx
        .one(R"sql(
        SELECT count(*)
          FROM (SELECT d.subject_id FROM search_docs d
                 WHERE d.community_id = $1 AND d.kind = 0 AND d.space_id {in $2}
                 LIMIT $3) found
    )sql",
             community, spaces, limit)
        ->get<int>(0);
}

}  // namespace torv::search::store
