#include "features/demo/talk.hpp"

#include <stdexcept>

#include "platform/base/text.hpp"

namespace torv::demo {
namespace {

class Reader {
public:
    Reader(std::string_view name, std::string_view text) : name_(name), text_(text) {}

    std::vector<Talk> run() {
        for (const auto line : split(text_, '\n')) {
            ++line_;
            if (line.starts_with("== ")) begin_topic(line.substr(3));
            else if (line.starts_with("~ ")) when(line.substr(2));
            else if (line.starts_with("-- ")) begin_post(line.substr(3));
            else if (line.starts_with("++ ")) reactions(line.substr(3));
            else if (!talks_.empty() && !talks_.back().posts.empty())
                post().text += std::string(line) + "\n";
            else if (!trimmed(line).empty()) wrong("text before the first post");
        }
        end_post();
        return std::move(talks_);
    }

private:
    [[noreturn]] void wrong(std::string_view what) const {
        throw std::runtime_error(std::string(name_) + ":" + std::to_string(line_) + ": " +
                                 std::string(what));
    }

    Said& post() {
        if (talks_.empty() || talks_.back().posts.empty()) wrong("no post to belong to");
        return talks_.back().posts.back();
    }

    void end_post() {
        if (talks_.empty() || talks_.back().posts.empty()) return;
        post().text = std::string(trimmed(post().text));
        if (post().text.empty()) wrong("a post without text ends here");
    }

    int number(std::string_view text) const {
        const auto value = parse_int<int>(text);
        if (!value || *value < 0) wrong("not a number: " + std::string(text));
        return *value;
    }

    void begin_topic(std::string_view title) {
        end_post();
        talks_.push_back({.title = std::string(trimmed(title)), .posts = {}});
    }

    void when(std::string_view words) {
        if (talks_.empty() || !talks_.back().posts.empty()) wrong("a time stands below a title");
        Talk& talk = talks_.back();
        const auto parts = split(words, ' ');
        if (parts.size() < 2 || parts[1].size() != 5) wrong("days and a time like 19:05");
        talk.days = number(parts[0]);
        talk.at = std::chrono::hours(number(parts[1].substr(0, 2))) +
                  std::chrono::minutes(number(parts[1].substr(3)));
        for (std::size_t i = 2; i < parts.size(); ++i) {
            if (parts[i] == "pinned") talk.pinned = true;
            else if (parts[i] == "locked") talk.locked = true;
            else wrong("pinned or locked");
        }
    }

    std::chrono::minutes span(std::string_view text) const {
        const int count = number(text.substr(1, text.size() - 2));
        switch (text.back()) {
            case 'm': return std::chrono::minutes(count);
            case 'h': return std::chrono::hours(count);
            case 'd': return std::chrono::days(count);
            default: wrong("a span ends with m, h or d");
        }
    }

    void begin_post(std::string_view words) {
        if (talks_.empty()) wrong("a post before the first title");
        end_post();
        const auto parts = split(words, ' ');
        Said said{.by = std::string(parts[0]), .text = {}, .reactions = {}};
        for (std::size_t i = 1; i < parts.size(); ++i) {
            if (parts[i].size() > 2 && parts[i][0] == '+') said.after = span(parts[i]);
            else if (parts[i].starts_with('>')) said.answers = number(parts[i].substr(1));
            else if (parts[i] == "edited") said.edited = true;
            else if (parts[i] == "deleted") said.deleted = true;
            else if (parts[i] == "accepted") said.accepted = true;
            else if (parts[i] == "today") said.today = true;
            else wrong("not understood: " + std::string(parts[i]));
        }
        if (said.answers > static_cast<int>(talks_.back().posts.size()))
            wrong("answers a post that is not there yet");
        talks_.back().posts.push_back(std::move(said));
    }

    void reactions(std::string_view words) {
        for (const auto group : split(words, ';')) {
            const auto parts = split(trimmed(group), ' ');
            if (parts.size() < 2) wrong("an emoji and at least one handle");
            for (std::size_t i = 1; i < parts.size(); ++i)
                if (!parts[i].empty()) post().reactions.emplace_back(parts[0], parts[i]);
        }
    }

    std::string_view name_;
    std::string_view text_;
    int line_ = 0;
    std::vector<Talk> talks_;
};

}  // namespace

std::vector<Talk> read_talk(std::string_view name, std::string_view text) {
    return Reader(name, text).run();
}

}  // namespace torv::demo
