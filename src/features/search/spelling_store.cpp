#include "features/search/spelling_store.hpp"

namespace torv::search::store {

namespace {

std::string text_at(const db::Row& row) { return row.get<std::string>(0); }

}  // namespace

std::vector<std::string> known_words(db::Tx& tx, CommunityId community, SpaceId space,
                                     const db::Texts& words) {
    return tx.all(text_at, R"sql(
        SELECT word
          FROM search_words
         WHERE community_id = $1 AND space_id = $2 AND word {in_text $3}
    )sql",
                  community, space, words);
}

void add_word(db::Tx& tx, CommunityId community, SpaceId space, const std::string& word) {
    tx.run("INSERT INTO search_words (community_id, word, space_id) VALUES ($1, $2, $3)", community,
           word, space);
}

void add_variant(db::Tx& tx, CommunityId community, const std::string& variant,
                 const std::string& word) {
    tx.run(R"sql(
        INSERT INTO search_variants (community_id, variant, word) VALUES ($1, $2, $3)
        ON CONFLICT DO NOTHING
    )sql",
           community, variant, word);
}

std::vector<std::string> words_near(db::Tx& tx, CommunityId community, const db::Texts& variants,
                                    const db::Ids& spaces, int limit) {
    return tx.all(text_at, R"sql(
        SELECT DISTINCT v.word
          FROM search_variants v
          JOIN search_words w ON w.community_id = v.community_id AND w.word = v.word
         WHERE v.community_id = $1 AND v.variant {in_text $2} AND w.space_id {in $3}
         LIMIT $4
    )sql",
                  community, variants, spaces, limit);
}

void clear_words(db::Tx& tx, CommunityId community) {
    tx.run("DELETE FROM search_words WHERE community_id = $1", community);
    tx.run("DELETE FROM search_variants WHERE community_id = $1", community);
}

}  // namespace torv::search::store
