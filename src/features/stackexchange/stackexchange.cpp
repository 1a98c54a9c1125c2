#include "features/stackexchange/stackexchange.hpp"

#include <algorithm>
#include <set>
#include <unordered_map>
#include <unordered_set>

#include "features/members/members.hpp"
#include "features/questions/questions.hpp"
#include "features/spaces/spaces.hpp"
#include "features/stackexchange/markup.hpp"
#include "features/stackexchange/rows.hpp"
#include "features/topics/topics.hpp"
#include "platform/auth/auth.hpp"
#include "platform/base/text.hpp"

namespace torv::stackexchange {

namespace {

using imports::Report;

constexpr std::size_t kBatch = 100;
constexpr std::int64_t kQuestion = 1, kAnswer = 2, kTagText = 4, kTagPage = 5;

/// "2015-01-27T20:09:32.720", which is UTC.
std::optional<Instant> moment(std::string_view text) {
    return Instant::parse_rfc3339(std::string(text) + "Z");
}

/// "<storage><whole-bean>", or "|storage|whole-bean|" in newer dumps.
std::vector<std::string> tags_of(std::string_view text) {
    std::vector<std::string> tags;
    std::string tag;
    for (const char c : text) {
        if (c != '<' && c != '>' && c != '|') {
            tag += c;
            continue;
        }
        if (!tag.empty()) tags.push_back(std::move(tag));
        tag.clear();
    }
    if (!tag.empty()) tags.push_back(tag);
    return tags;
}

/// A post is known again by its number and its moment: numbers alone are those of many sites.
std::string source_of(const Row& row) {
    return "stackexchange:" + std::string(row["Id"]) + "@" + std::string(row["CreationDate"]);
}

/// What is asked in a question, kept while its answers come.
struct Question {
    std::string source;
    std::int64_t accepted = 0;
};

/// A question or an answer that can be kept.
struct Ready {
    std::string source;
    std::int64_t id = 0;
    std::int64_t question = 0;  ///< of an answer; 0: it is a question
    MemberId author;
    std::string title;
    Instant at;
    Instant edited_at;
    std::int64_t score = 0;
    topics::Prepared text;
};

class Importer {
public:
    Importer(db::Db& db, CommunityId community, const std::filesystem::path& posts,
             const Options& options)
        : db_(db), community_(community), posts_(posts), options_(options) {
        report_.trial = options.trial;
    }

    Result<Report> run() {
        TRY(survey());
        TRY(name_people());
        if (!options_.trial) TRY(find_space());
        TRY(bring_in(kQuestion));
        TRY(bring_in(kAnswer));
        report_.things["people"] = static_cast<std::int64_t>(people_.size());
        return report_;
    }

private:
    /// What there is, before anything is changed.
    Done survey() {
        return each_row(posts_, "posts", [&](const Row& row) {
            ++report_.total;
            if (site_.empty()) site_ = source_of(row);
            const auto type = row.number("PostTypeId");
            report_.things["comments_left_out"] += row.number("CommentCount");
            if (type == kQuestion)
                questions_[row.number("Id")] = {.source = source_of(row),
                                                .accepted = row.number("AcceptedAnswerId")};
            if (type == kQuestion || type == kAnswer) return see_author(row), true;
            const bool notes = type == kTagText || type == kTagPage;
            report_.messages[notes ? "tag_notes" : "others"] += 1;
            ++report_.done;
            return true;
        });
    }

    /// By number; who has none any more by name, if that is left.
    static std::string key_of(const Row& row) {
        const auto id = row["OwnerUserId"];
        return id.empty() ? "name:" + std::string(row["OwnerDisplayName"]) : std::string(id);
    }

    void see_author(const Row& row) {
        const auto at = moment(row["CreationDate"]);
        if (!at) return;
        const auto [seen, fresh] = first_seen_.try_emplace(key_of(row), *at);
        if (!fresh) seen->second = std::min(seen->second, *at);
    }

    Done name_people() {
        if (options_.users.empty()) return Unit{};
        return each_row(options_.users, "users", [&](const Row& row) {
            names_.emplace(row["Id"], row["DisplayName"]);
            return true;
        });
    }

    /// Where it goes: a space there is, or a new one.
    Done find_space() {
        space_ = TRY(db_.write(
            [&](db::Tx& tx) -> Result<SpaceId> {
                for (const MemberId owner : members::owners(tx, community_)) {
                    const auth::Viewer viewer{.community = community_,
                                              .account = AccountId{1},
                                              .id = owner,
                                              .role = auth::Role::Owner};
                    const auto known = spaces::find(tx, viewer, slugify(options_.space));
                    if (known && known->kind != spaces::Kind::Questions)
                        return fail(Fault::Invalid, "stackexchange.not_questions", "space");
                    if (known) return known->id;
                }
                return spaces::found(
                    tx, community_,
                    {.name = options_.space,
                     .kind = spaces::Kind::Questions,
                     .visibility = spaces::Visibility::Members},
                    {.source = "stackexchange:" + slugify(options_.space), .imported = true});
            },
            db::Priority::Background));
        return Unit{};
    }

    Done bring_in(std::int64_t type) {
        std::vector<Ready> batch;
        const auto read = each_row(posts_, "posts", [&](const Row& row) {
            if (options_.should_stop && options_.should_stop()) return false;
            if (row.number("PostTypeId") != type) return true;
            ++report_.done;
            if (auto ready = prepared(row, type)) batch.push_back(*std::move(ready));
            if (batch.size() >= kBatch) keep_all(batch);
            return true;
        });
        keep_all(batch);
        return read;
    }

    void left_out(const Row& row, const std::string& outcome) {
        report_.messages[outcome] += 1;
        questions_.erase(row.number("Id"));  // no answer has a place below what is not there
        report_.add(std::string(row["Id"]), outcome, "");
    }

    std::optional<Ready> prepared(const Row& row, std::int64_t type) {
        const auto at = moment(row["CreationDate"]);
        if (!at || row.number("Id") <= 0) return left_out(row, "unreadable"), std::nullopt;
        Ready ready{.source = source_of(row), .id = row.number("Id"), .at = *at};
        ready.edited_at = moment(row["LastEditDate"]).value_or(Instant{});
        ready.score = row.number("Score");
        ready.title = row["Title"];
        if (type == kAnswer) ready.question = row.number("ParentId");
        if (type == kAnswer && !questions_.contains(ready.question))
            return left_out(row, "orphans"), std::nullopt;
        const std::string markdown = markdown_of(row, type);
        auto text = db_.read([&](db::Tx& tx) { return topics::prepare(tx, community_, markdown); });
        if (!text) {
            const bool empty = text.error().key == "topics.body_empty";
            return left_out(row, empty ? "empty" : "unreadable"), std::nullopt;
        }
        ready.text = *std::move(text);
        ready.author = author(row);
        count(row, type);
        return ready;
    }

    /// What a question says stands below its title, cut or not, and its tags below that.
    std::string markdown_of(const Row& row, std::int64_t type) {
        std::string text = to_markdown(row["Body"]);
        if (type == kAnswer) return text;
        const auto title = row["Title"];
        const bool cut = code_points(title) > topics::kTitleMax;
        if (cut) text = "**" + literal(title) + "**\n\n" + text;
        if (cut) report_.add(std::string(row["Id"]), "title_cut", "");
        if (text.empty()) text = literal(title);
        std::string tags;
        for (const auto& tag : tags_of(row["Tags"])) tags += (tags.empty() ? "#" : " #") + tag;
        return tags.empty() ? text : text + "\n\n" + tags;
    }

    void count(const Row& row, std::int64_t type) {
        report_.things[type == kQuestion ? "questions" : "answers"] += 1;
        report_.things["points"] += row.number("Score");
        if (!row["LastEditDate"].empty()) report_.things["edits"] += 1;
        if (!row["ClosedDate"].empty()) report_.things["closed"] += 1;
        for (const auto& tag : tags_of(row["Tags"])) {
            report_.things["tags_given"] += 1;
            if (tags_.insert(tag).second) report_.things["tags"] += 1;
        }
        if (type == kAnswer && questions_[row.number("ParentId")].accepted == row.number("Id"))
            report_.things["accepted"] += 1;
    }

    MemberId author(const Row& row) {
        const std::string id(row["OwnerUserId"]);
        const std::string gone(row["OwnerDisplayName"]);
        const std::string key = key_of(row);
        if (const auto known = people_.find(key); known != people_.end()) return known->second;
        if (options_.trial) return people_[key] = MemberId{1};
        const auto named = names_.find(id);
        const std::string name = named != names_.end() && !named->second.empty() ? named->second
                                 : !gone.empty()                                 ? gone
                                 : id.empty()                                    ? "Somebody"
                                                                                 : "User " + id;
        return people_[key] = db_.write(
                   [&](db::Tx& tx) {
                       return members::create_placeholder(tx, community_,
                                                          {.source = site_,
                                                           .source_key = key,
                                                           .name = name,
                                                           .handle = slugify(name),
                                                           .joined_at = first_seen_[key]});
                   },
                   db::Priority::Background);
    }

    void keep_all(std::vector<Ready>& batch) {
        const auto all = static_cast<std::int64_t>(batch.size());
        const auto fresh = options_.trial ? all
                                          : db_.write([&](db::Tx& tx) { return keep(tx, batch); },
                                                      db::Priority::Background);
        report_.messages["posts"] += fresh;
        if (fresh < all) report_.messages["known"] += all - fresh;
        batch.clear();
    }

    std::int64_t keep(db::Tx& tx, const std::vector<Ready>& batch) {
        std::int64_t fresh = 0;
        std::set<TopicId> touched;
        std::vector<questions::Brought> accepted;
        for (const Ready& ready : batch) {
            const Question& question = questions_[ready.question ? ready.question : ready.id];
            const TopicId topic = topic_of(tx, question, ready);
            const auto post = topics::import_post(tx, community_,
                                                  {.topic = topic,
                                                   .space = space_,
                                                   .author = ready.author,
                                                   .happened_at = ready.at,
                                                   .edited_at = ready.edited_at,
                                                   .source = ready.source,
                                                   .score = ready.score},
                                                  ready.text);
            if (!post.fresh) continue;
            ++fresh;
            touched.insert(topic);
            if (ready.question && question.accepted == ready.id)
                accepted.push_back({.topic = topic,
                                    .answer = post.id,
                                    .space = space_,
                                    .author = ready.author,
                                    .at = ready.at});
        }
        topics::finish_import(tx, community_, {touched.begin(), touched.end()});
        for (const auto& one : accepted) questions::import_accepted(tx, community_, one);
        return fresh;
    }

    /// Made by its question; that of an answer is there by then, or its question could not be kept.
    TopicId topic_of(db::Tx& tx, const Question& question, const Ready& ready) {
        return topics::import_topic(tx, community_,
                                    {.space = space_,
                                     .author = ready.author,
                                     .title = ready.title,
                                     .happened_at = ready.at,
                                     .source = question.source + "/topic"})
            .id;
    }

    db::Db& db_;
    CommunityId community_;
    const std::filesystem::path& posts_;
    const Options& options_;
    Report report_;
    SpaceId space_;
    std::string site_;  ///< its first row
    std::unordered_map<std::int64_t, Question> questions_;
    std::unordered_map<std::string, std::string> names_;
    std::unordered_map<std::string, MemberId> people_;
    std::unordered_map<std::string, Instant> first_seen_;
    std::unordered_set<std::string> tags_;
};

}  // namespace

Result<Report> import_posts(db::Db& db, CommunityId community, const std::filesystem::path& posts,
                            const Options& options) {
    return Importer(db, community, posts, options).run();
}

}  // namespace torv::stackexchange
