#include <algorithm>

#include "platform/words/words.hpp"

namespace torv::words {

namespace {

constexpr std::size_t kMaxTyped = 12;

std::string quoted(std::string_view term) {
    return '"' + std::string(term) + '"';  // terms hold letters, digits and ':' only
}

std::string tsquoted(std::string_view term) { return '\'' + std::string(term) + '\''; }

std::string joined(const std::vector<std::string>& parts, std::string_view glue) {
    std::string out;
    for (const auto& part : parts) out += (out.empty() ? "" : std::string(glue)) + part;
    return out;
}

template <class Quote>
std::string any_of(const std::vector<std::string>& terms, std::string_view glue, Quote quote) {
    std::vector<std::string> parts;
    for (const auto& term : terms) parts.push_back(quote(term));
    return "(" + joined(parts, glue) + ")";
}

void add_phrase(Query& query, std::string_view text) {
    std::vector<std::string> phrase;
    for (const Word& word : split(text))
        if (phrase.size() < kMaxTyped) phrase.push_back(spelled_out(word.folded));
    if (!phrase.empty()) query.phrases.push_back(std::move(phrase));
}

void add_words(Query& query, std::string_view text) {
    for (const Word& word : split(text)) {
        if (query.all.size() >= kMaxTyped) return;
        query.all.push_back(query_terms(word.folded));
        query.last = spelled_out(word.folded);
        query.last_is_open = word.end == text.size();
    }
}

bool meets(const Query& query, const Word& word) {
    const std::string plain = spelled_out(word.folded);
    for (const auto& phrase : query.phrases)
        if (std::find(phrase.begin(), phrase.end(), plain) != phrase.end()) return true;
    if (query.last_is_open && query.last.size() > 1 && plain.starts_with(query.last)) return true;
    const auto terms = query_terms(word.folded);
    for (const auto& alternatives : query.all)
        for (const auto& term : alternatives)
            if (std::find(terms.begin(), terms.end(), term) != terms.end()) return true;
    return false;
}

}  // namespace

Query parse(std::string_view typed) {
    Query query;
    while (!typed.empty()) {
        const auto open = typed.find('"');
        add_words(query, typed.substr(0, open));
        if (open == std::string_view::npos) break;
        typed.remove_prefix(open + 1);
        const auto close = typed.find('"');
        add_phrase(query, typed.substr(0, close));
        typed.remove_prefix(close == std::string_view::npos ? typed.size() : close + 1);
        query.last_is_open = false;
    }
    return query;
}

Query prefixed(const Query& query, std::string_view prefix) {
    const auto with = [&](const std::string& word) { return std::string(prefix) + word; };
    Query out{.last_is_open = query.last_is_open,
              .last = query.last.empty() ? "" : with(query.last)};
    for (const auto& phrase : query.phrases)
        for (const auto& word : phrase) out.all.push_back({with(word)});
    // The last one may go on: it stays the last.
    for (const auto& alternatives : query.all) out.all.push_back({with(alternatives.front())});
    return out;
}

std::string fts5(const Query& query, const Marks& marks, std::string_view column) {
    std::vector<std::string> parts;
    for (std::size_t i = 0; i < query.all.size(); ++i) {
        // Stems stand in no column of their own, so a title is searched for the words as written.
        std::string part =
            column.empty() ? any_of(query.all[i], " OR ", quoted) : quoted(query.all[i][0]);
        if (i + 1 == query.all.size() && query.last_is_open && query.last.size() > 1)
            part = "(" + part + " OR " + quoted(query.last) + " *)";
        parts.push_back(std::move(part));
    }
    for (const auto& phrase : query.phrases) parts.push_back(quoted(joined(phrase, " ")));
    std::string out = joined(parts, " AND ");
    if (!column.empty() && !out.empty()) out = "{" + std::string(column) + "} : (" + out + ")";
    for (const auto& one : marks) out += (out.empty() ? "" : " AND ") + any_of(one, " OR ", quoted);
    return out;
}

std::string tsquery(const Query& query, const Marks& marks, std::string_view weight) {
    const std::string tail = weight.empty() ? "" : ":" + std::string(weight);
    const auto weighted = [&](std::string_view term) { return tsquoted(term) + tail; };
    std::vector<std::string> parts;
    for (std::size_t i = 0; i < query.all.size(); ++i) {
        std::string part =
            weight.empty() ? any_of(query.all[i], " | ", tsquoted) : weighted(query.all[i][0]);
        if (i + 1 == query.all.size() && query.last_is_open && query.last.size() > 1)
            part = "(" + part + " | " + tsquoted(query.last) + ":*" + std::string(weight) + ")";
        parts.push_back(std::move(part));
    }
    for (const auto& phrase : query.phrases) parts.push_back(any_of(phrase, " <-> ", weighted));
    for (const auto& one : marks) parts.push_back(any_of(one, " | ", tsquoted));
    return joined(parts, " & ");
}

std::vector<Piece> snippet(std::string_view text, const Query& query, std::size_t width) {
    const auto list = split(text);
    std::vector<const Word*> hits;
    for (const Word& word : list)
        if (meets(query, word)) hits.push_back(&word);
    std::size_t from = 0;
    if (!hits.empty() && hits.front()->begin > width / 2) {
        for (const Word& word : list)
            if (word.begin + width / 3 >= hits.front()->begin) {
                from = word.begin;
                break;
            }
    }
    std::size_t to = text.size();
    for (const Word& word : list)
        if (word.end > from + width) {
            to = std::max(word.begin, from);
            break;
        }
    std::vector<Piece> pieces;
    for (const Word* hit : hits) {
        if (hit->begin < from || hit->end > to) continue;
        if (hit->begin > from) pieces.push_back({text.substr(from, hit->begin - from), false});
        pieces.push_back({text.substr(hit->begin, hit->end - hit->begin), true});
        from = hit->end;
    }
    if (from < to) pieces.push_back({text.substr(from, to - from), false});
    return pieces;
}

}  // namespace torv::words
