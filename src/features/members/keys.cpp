#include "features/members/keys.hpp"

#include <algorithm>
#include <array>

#include "platform/base/text.hpp"
#include "platform/i18n/i18n.hpp"

namespace torv::members {
namespace {

constexpr std::size_t kHandleMost = 30;
constexpr std::array<std::string_view, 10> kReserved{
    "all", "channel", "everyone", "here", "me", "members", "moderators", "admins", "owner", "torv"};

bool is_word_end(char c) { return c == ' ' || c == '-' || c == '.' || c == '_' || c == '\''; }

std::string as_handle(std::string_view text) {
    std::string handle = slugify(text).substr(0, kHandleMost);
    while (handle.ends_with('-')) handle.pop_back();
    return handle;
}

/// Names to try, best first.
std::vector<std::string> candidates(std::string_view wished, std::string_view name) {
    std::vector<std::string> list;
    const auto add = [&](std::string handle) {
        if (is_handle(handle) && !is_reserved(handle)) list.push_back(std::move(handle));
    };
    add(ascii_lower(trimmed(wished)));
    add(as_handle(wished));
    const std::string_view whole = trimmed(name);
    add(as_handle(whole.substr(0, whole.find(' '))));
    add(as_handle(whole));
    return list;
}

}  // namespace

bool is_handle(std::string_view text) {
    const auto plain = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); };
    return text.size() >= 2 && text.size() <= kHandleMost && plain(text[0]) &&
           std::ranges::all_of(text, [&](char c) { return plain(c) || c == '-' || c == '_'; });
}

bool is_reserved(std::string_view handle) {
    return std::ranges::find(kReserved, handle) != kReserved.end();
}

store::Keys keys_of(std::string_view language, std::string_view name, std::string_view handle) {
    store::Keys keys{.sort = hex(i18n::sort_key(language, name))};
    const std::string folded = i18n::fold(name);
    keys.search = ' ';
    for (const char c : folded) keys.search += is_word_end(c) ? ' ' : c;
    keys.search += " @";
    keys.search += handle;
    keys.search += ' ';
    keys.search += handle;
    return keys;
}

std::string pattern_of(std::string_view search) {
    const std::string folded = i18n::fold(trimmed(search));
    if (folded.empty()) return "%";
    std::string pattern = "% ";
    for (const char c : folded) {
        if (c == '%' || c == '_' || c == '\\') pattern += '\\';
        pattern += c;
    }
    return pattern + '%';
}

std::string take_some_handle(db::Tx& tx, CommunityId community, MemberId id,
                             std::string_view wished, std::string_view name) {
    const auto list = candidates(wished, name);
    for (const std::string& handle : list)
        if (store::take_handle(tx, community, handle, id)) return handle;
    const std::string base = list.empty() ? "member" : list.front().substr(0, kHandleMost - 6);
    for (int n = 2; n < 1000; ++n) {
        const std::string handle = base + std::to_string(n);
        if (store::take_handle(tx, community, handle, id)) return handle;
    }
    const std::string handle = "m" + id.text();  // an id is nobody else's
    store::take_handle(tx, community, handle, id);
    return handle;
}

}  // namespace torv::members
