#include "features/structured_data/structured_data.hpp"

#include "platform/json/json.hpp"

namespace torv::structured_data {

namespace {

constexpr std::string_view kContext = "https://schema.org";

void author(json::Writer& w, const Person& person) {
    w.key("author").object().field("@type", "Person").field("name", person.name);
    if (!person.url.empty()) w.field("url", person.url);
    w.end();
}

/// How many of something there were: likes, comments.
void counted(json::Writer& w, std::string_view action, std::int64_t count) {
    w.object()
        .field("@type", "InteractionCounter")
        .field("interactionType", "https://schema.org/" + std::string(action))
        .field("userInteractionCount", count)
        .end();
}

/// What all that was said has in common; inside an object that was begun.
void said(json::Writer& w, const Said& one) {
    w.field("url", one.url).field("text", one.text).field("datePublished", one.at);
    if (one.edited_at) w.field("dateModified", one.edited_at);
    author(w, one.author);
}

void comments(json::Writer& w, const std::vector<Said>& answers) {
    if (answers.empty()) return;
    w.key("comment").array();
    for (const Said& one : answers) {
        w.object().field("@type", "Comment");
        said(w, one);
        if (one.thanks > 0) {
            w.key("interactionStatistic");
            counted(w, "LikeAction", one.thanks);
        }
        w.end();
    }
    w.end();
}

void posting(json::Writer& w, const Discussion& talk) {
    w.object().field("@type", "DiscussionForumPosting").field("headline", talk.title);
    said(w, talk.opening);
    w.field("mainEntityOfPage", talk.opening.url);
    if (!talk.picture.empty()) w.field("image", talk.picture);
    w.key("interactionStatistic").array();
    counted(w, "CommentAction", talk.replies);
    if (talk.opening.thanks > 0) counted(w, "LikeAction", talk.opening.thanks);
    w.end();
    comments(w, talk.answers);
    w.end();
}

void answer(json::Writer& w, const Said& one) {
    w.object().field("@type", "Answer");
    said(w, one);
    w.field("upvoteCount", one.thanks).end();
}

void question(json::Writer& w, const Discussion& talk) {
    w.object().field("@type", "QAPage").key("mainEntity").object();
    w.field("@type", "Question").field("name", talk.title);
    said(w, talk.opening);
    w.field("answerCount", talk.replies).field("upvoteCount", talk.opening.thanks);
    if (talk.accepted) {
        w.key("acceptedAnswer");
        answer(w, *talk.accepted);
    }
    bool others = false;
    for (const Said& one : talk.answers) {
        if (talk.accepted && one.url == talk.accepted->url) continue;
        if (!others) w.key("suggestedAnswer").array();
        others = true;
        answer(w, one);
    }
    if (others) w.end();
    w.end().end();
}

void breadcrumbs(json::Writer& w, const std::vector<Crumb>& above) {
    w.object().field("@type", "BreadcrumbList").key("itemListElement").array();
    int place = 0;
    for (const Crumb& one : above)
        w.object()
            .field("@type", "ListItem")
            .field("position", ++place)
            .field("name", one.name)
            .field("item", one.url)
            .end();
    w.end().end();
}

}  // namespace

std::string of(const Discussion& talk) {
    json::Writer w;
    w.object().field("@context", kContext).key("@graph").array();
    if (talk.question && (talk.accepted || !talk.answers.empty())) question(w, talk);
    else posting(w, talk);
    if (!talk.above.empty()) breadcrumbs(w, talk.above);
    w.end().end();
    return w.take();
}

std::string of(const std::vector<Crumb>& above) {
    if (above.empty()) return {};
    json::Writer w;
    w.object().field("@context", kContext).key("@graph").array();
    breadcrumbs(w, above);
    w.end().end();
    return w.take();
}

std::string of(const Site& site) {
    json::Writer w;
    w.object().field("@context", kContext).field("@type", "WebSite");
    w.field("name", site.name).field("url", site.url);
    if (!site.search.empty())
        w.key("potentialAction")
            .object()
            .field("@type", "SearchAction")
            .key("target")
            .object()
            .field("@type", "EntryPoint")
            .field("urlTemplate", site.search + "{search_term_string}")
            .end()
            .field("query-input", "required name=search_term_string")
            .end();
    w.end();
    return w.take();
}

}  // namespace torv::structured_data
