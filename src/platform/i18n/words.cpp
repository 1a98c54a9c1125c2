#include <algorithm>
#include <set>

#include "platform/base/guarded.hpp"
#include "platform/base/log.hpp"
#include "platform/i18n/i18n.hpp"

namespace torv::i18n {

namespace {

/// A key that is missing is told once, not on every page.
void tell_missing(std::string_view language, std::string_view key) {
    static Guarded<std::set<std::string>> told;
    if (told.lock()->insert(std::string(language) + ' ' + std::string(key)).second)
        log::warning("i18n.missing", {{"language", language}, {"key", key}});
}

}  // namespace

bool Words::has(std::string_view key) const { return messages_.contains(key); }

const Words::Message* Words::find(std::string_view key) const {
    const auto found = messages_.find(key);
    return found == messages_.end() ? nullptr : &found->second;
}

std::string_view Words::operator()(std::string_view key) const {
    if (const Message* message = find(key)) return message->plain;
    tell_missing(language_, key);
    const Message* english = english_ ? english_->find(key) : nullptr;
    return english ? std::string_view(english->plain) : key;
}

std::string Words::operator()(std::string_view key, std::int64_t n) const {
    return fill(key, &n, {});
}

std::string Words::operator()(std::string_view key, std::initializer_list<Value> values) const {
    return fill(key, nullptr, {values.begin(), values.size()});
}

std::string Words::operator()(std::string_view key, std::int64_t n,
                              std::initializer_list<Value> values) const {
    return fill(key, &n, {values.begin(), values.size()});
}

std::string Words::operator()(const Error& error) const {
    std::vector<Value> values;
    for (const Arg& arg : error.args) values.emplace_back(arg.name, arg.value);
    return fill(error.key, nullptr, values);
}

std::string Words::fill(std::string_view key, const std::int64_t* n,
                        std::span<const Value> values) const {
    const Message* message = find(key);
    auto rule = plural_;
    if (!message) {
        tell_missing(language_, key);
        message = english_ ? english_->find(key) : nullptr;
        if (!message) return std::string(key);
        rule = english_->plural_;
    }
    std::size_t form = message->forms.size() - 1;
    if (n) form = std::min(form, static_cast<std::size_t>(rule(*n < 0 ? -*n : *n)));
    std::string out;
    for (const Piece& piece : message->forms[form]) {
        if (!piece.is_name) {
            out += piece.text;
            continue;
        }
        const Value* value = nullptr;
        for (const Value& candidate : values)
            if (candidate.name == piece.text) value = &candidate;
        if (value) out += value->text;
        else if (n && piece.text == "n") out += number(*n);
        else out += '{' + piece.text + '}';
    }
    return out;
}

std::string Words::number(std::int64_t n) const {
    const std::string digits = std::to_string(n);
    std::string out;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        const std::size_t left = digits.size() - i;
        if (i > 0 && left % 3 == 0 && digits[i - 1] != '-') out += group_;
        out += digits[i];
    }
    return out;
}

std::string Words::size(std::int64_t bytes) const {
    constexpr const char* units[] = {"B", "kB", "MB", "GB", "TB"};
    std::size_t unit = 0;
    std::int64_t scale = 1;
    while (unit + 1 < std::size(units) && bytes / scale >= 1000) {
        scale *= 1000;
        ++unit;
    }
    std::string out = number(bytes / scale);
    if (unit > 0 && bytes / scale < 10)
        out += decimal_ + std::to_string(bytes % scale * 10 / scale);
    return out + "\u00a0" + units[unit];
}

}  // namespace torv::i18n
