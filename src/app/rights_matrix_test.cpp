#include "app/rights_matrix_test.hpp"

#include <algorithm>
#include <array>

#include "platform/base/text.hpp"

namespace torv::app::rights {

const std::string_view kLegend =
    R"(# Who may do what: written by src/app/rights_test.cpp, read in review. Every route, tried as each of these:
#   elsewhere  owner of another community, with an account only here      outsider   member, not of the space
#   pending    asked to join, not let in yet                              author     of the target; a member of the space
#   old rules  member of the space who has to accept the rules again      space mod  moderates the space
#   other mod  moderates another space                                    moderator  of the community, not in the space
# and what came of it:
#   ok  done, or shown    moved  sent elsewhere    sign-in  asked to sign in    -  not there, byte for byte the same as
#   for what is not there    no  told that they may not    rules  has to accept the rules first    scope  the token may not
#   input  the input was read and is wrong    conflict, gone
)";

namespace {

constexpr std::size_t kRouteWidth = 50;
constexpr std::size_t kCellWidth = 10;
/// Words of a recipe that are no targets.
constexpr std::array<std::string_view, 7> kFixed{"fresh", "email", "password", "step",
                                                 "code",  "emoji", "name"};

std::string_view method_of(const Recipe& recipe) {
    return recipe.route.substr(0, recipe.route.find(' '));
}

bool only_reads(const Recipe& recipe) { return method_of(recipe) == "GET"; }

std::string filled(std::string_view text, const Values& values) {
    std::string out;
    while (!text.empty()) {
        const auto open = text.find('{');
        out += text.substr(0, open);
        if (open == text.npos) break;
        const auto close = text.find('}', open);
        const auto known = close == text.npos
                               ? values.end()
                               : values.find(text.substr(open + 1, close - open - 1));
        out += known == values.end() ? std::string("{") : known->second;
        text.remove_prefix(known == values.end() ? open + 1 : close + 1);
    }
    return out;
}

Call call_of(const Recipe& recipe, const Values& values) {
    Call call{.method = std::string(method_of(recipe)),
              .target = filled(recipe.route.substr(recipe.route.find('/')), values),
              .body = filled(recipe.body, values),
              .spooled = recipe.manner == Manner::File};
    if (call.method == "GET" && !call.body.empty()) {
        call.target += "?" + call.body;
        call.body.clear();
    }
    return call;
}

/// Something of the same form that is not there.
std::string absent(std::string_view value) {
    std::string other(value);
    const auto digits = other.find_last_not_of("0123456789") + 1;
    if (digits == other.size()) other.back() = other.back() == 'q' ? 'z' : 'q';
    for (std::size_t i = digits; i < other.size(); ++i)
        other[i] = i == digits ? '9' : other.size() - digits > 18 ? '1' : '9';
    return other;
}

Values absent(Values values) {
    for (auto& [name, value] : values)
        if (std::ranges::find(kFixed, name) == kFixed.end()) value = absent(value);
    return values;
}

/// Puts "#" where the word stands as a whole, not in the middle of a longer number.
void mask(std::string& text, std::string_view word) {
    const auto digit = [&](std::size_t at) {
        return at < text.size() && text[at] >= '0' && text[at] <= '9';
    };
    for (auto at = text.find(word); at != text.npos; at = text.find(word, at + 1))
        if (!(digit(at) && at > 0 && digit(at - 1)) && !digit(at + word.size()))
            text.replace(at, word.size(), "#");
}

/// Status, headers and body, without what differs each time: the words of the call, and keys.
std::string masked(const Answer& answer, const Values& values, const Values& none) {
    std::string text = std::to_string(answer.status) + "\n";
    for (const auto& header : answer.response.headers)
        text += header.name + ": " + header.value + "\n";
    text += "\n" + answer.body;
    for (const auto& words : {values, none})
        for (const auto& [name, value] : words)
            if (std::ranges::find(kFixed, name) == kFixed.end()) {
                mask(text, value);
                mask(text, percent_encode(value));
            }
    const std::string_view once = "name=\"once\" value=\"";
    for (auto at = text.find(once); at != text.npos; at = text.find(once, at + 1))
        text.replace(at + once.size(), text.find('"', at + once.size()) - at - once.size(), "#");
    return text;
}

std::string padded(std::string_view text, std::size_t width) {
    std::string out(text);
    out.resize(std::max(width, out.size() + 1), ' ');
    return out;
}

std::string line(std::string_view first, const std::vector<std::string>& cells) {
    std::string text = padded(first, kRouteWidth);
    for (const auto& word : cells) text += padded(word, kCellWidth);
    return text.substr(0, text.find_last_not_of(' ') + 1) + "\n";
}

std::string redirected(const Answer& answer, bool reads) {
    if (answer.location().starts_with("/sign-in")) return "sign-in";
    return reads ? "moved" : "ok";
}

/// Why it was refused: of a page its words tell, of the API the key.
std::string refused(House& house, const Answer& answer) {
    const auto& english = house.site.services().catalogue.words("en");
    const auto says = [&](std::string_view key) {
        const std::string words(english(key));
        return answer.json()["key"].string_or("") == key || answer.has(words);
    };
    if (says("web.csrf")) return "CSRF";
    if (says("web.rules_changed")) return "rules";
    if (says("web.scope_too_small")) return "scope";
    return "no";
}

std::string outcome(House& house, const Answer& answer, bool reads) {
    switch (answer.status) {
        case 200:
        case 201:
        case 204: return "ok";
        case 301:
        case 302:
        case 303: return redirected(answer, reads);
        case 401: return "sign-in";
        case 403: return refused(house, answer);
        case 404: return "-";
        case 409: return "conflict";
        case 410: return "gone";
        case 422: return "input";
        default: return std::to_string(answer.status);
    }
}

bool is_refusal(std::string_view word) {
    return word == "-" || word == "sign-in" || word == "no" || word == "rules" || word == "scope";
}

bool may_see(const Where& where, const Actor& who) {
    if (!where.seated_only || (who.seat >= 0 && who.here)) return true;
    return where.admins_too && who.role >= auth::Role::Admin && who.here;
}

}  // namespace

struct Matrix::Try {
    const Recipe& recipe;
    const Where& where;
    const Actor& who;
    const Values& values;
    const Answer& answer;
    std::string word;
};

void Matrix::fault(const Try& what, std::string_view why) {
    faults_.push_back(std::string(what.recipe.route) + " (" + std::string(what.where.title) +
                      ") as " + std::string(what.who.column) + ": " + std::string(why));
}

void Matrix::look_for_traces(const Try& what, const std::string& rows_before) {
    if (rows_before != house_.rows()) fault(what, "was refused, and changed something");
}

/// What one may not see answers as what is not there.
void Matrix::look_for_tells(const Try& what) {
    if (what.recipe.manner == Manner::ByRight) return;
    const bool hidden = !may_see(what.where, what.who) && what.recipe.manner != Manner::Known;
    if (!hidden && what.word != "-" && what.word != "sign-in") return;
    const Values none = absent(what.values);
    const Answer nothing = house_.send(what.who, call_of(what.recipe, none));
    const std::string real = masked(what.answer, what.values, none);
    const std::string empty = masked(nothing, what.values, none);
    if (real == empty) return;
    const auto at = static_cast<std::size_t>(std::ranges::mismatch(real, empty).in1 - real.begin());
    const auto from = at < 40 ? 0 : at - 40;
    fault(what, "tells it from what is not there:\n    " + real.substr(from, 120) + "\n    " +
                    empty.substr(from, 120));
}

std::string Matrix::cell(const Recipe& recipe, const Where& where, Actor& who,
                         const Values* shared) {
    Values values = shared ? *shared : recipe.make(house_, where);
    values.insert({{"fresh", std::to_string(house_.fresh())},
                   {"emoji", "%F0%9F%91%8D"},
                   {"step", "name"},
                   {"code", "da"}});
    const bool reads = only_reads(recipe);
    const std::string rows_before = reads ? std::string{} : house_.rows();
    const Answer answer = house_.send(who, call_of(recipe, values));
    const Try what{recipe, where, who, values, answer, outcome(house_, answer, reads)};
    if (answer.status == 429 || answer.status >= 500 || what.word == "CSRF")
        fault(what, std::to_string(answer.status) + " " + what.word);
    if (!reads && is_refusal(what.word)) look_for_traces(what, rows_before);
    look_for_tells(what);
    if (recipe.manner == Manner::Upsets) house_.restore(who);
    return what.word;
}

std::string Matrix::block(std::string_view title, std::span<const Recipe> recipes,
                          const Where& where) {
    std::vector<std::string> columns;
    for (const Actor& who : house_.actors) columns.emplace_back(who.column);
    std::string text = "\n" + line("## " + std::string(title), columns);
    for (const Recipe& recipe : recipes) {
        const bool reads = only_reads(recipe);
        const Values shared = reads ? recipe.make(house_, where) : Values{};
        std::vector<std::string> cells;
        for (Actor& who : house_.actors)
            cells.push_back(cell(recipe, where, who, reads ? &shared : nullptr));
        text += line(recipe.route, cells);
    }
    return text;
}

std::string Matrix::scopes(std::span<const Recipe> in_spaces, std::span<const Recipe> in_community,
                           const Where& where) {
    const auto& owner = house_.actor("owner");
    std::vector<std::string> tokens;
    house_.site.db().write([&](db::Tx& tx) {
        for (const auto scope : {auth::Scope::Read, auth::Scope::Write})
            tokens.push_back(accounts::create_token(tx, owner.account, "less", scope));
    });
    std::string text = "\n" + line("## As the owner, with a token that may", {"read", "write"});
    for (const auto recipes : {in_community, in_spaces})
        for (const Recipe& recipe : recipes) {
            if (recipe.route.find(" /api/") == recipe.route.npos) continue;
            std::vector<std::string> cells;
            for (const auto& token : tokens) {
                Values values = recipe.make(house_, where);
                values.insert(
                    {{"fresh", std::to_string(house_.fresh())}, {"emoji", "%F0%9F%91%8D"}});
                const Answer answer = house_.send(owner, call_of(recipe, values), token);
                cells.push_back(outcome(house_, answer, only_reads(recipe)));
            }
            text += line(recipe.route, cells);
        }
    return text;
}

std::string Matrix::shut(std::span<const Recipe> in_spaces, std::span<const Recipe> in_community,
                         const Where& where) {
    const auto set = [&](int open) {
        house_.site.db().write([&](db::Tx& tx) {
            tx.run("UPDATE communities SET guests_may_read = $1 WHERE id = 1", open);
        });
    };
    std::vector<std::string> columns;
    for (const Actor& who : house_.actors)
        if (!who.here || who.state != members::State::Active) columns.emplace_back(who.column);
    std::string text = "\n" + line("## In a public space of a closed community", columns);
    set(0);
    Where shut = where;
    shut.title = "of a closed community";
    shut.seated_only = true;
    for (const auto& [recipes, around] : {std::pair(in_community, &where), {in_spaces, &shut}})
        for (const Recipe& recipe : recipes) {
            if (!only_reads(recipe)) continue;
            const Values shared = recipe.make(house_, where);
            std::vector<std::string> cells;
            for (const auto& column : columns)
                cells.push_back(cell(recipe, *around, house_.actor(column), &shared));
            text += line(recipe.route, cells);
        }
    set(1);
    return text;
}

}  // namespace torv::app::rights
