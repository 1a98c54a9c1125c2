#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>

#include "features/imports/slack_archive.hpp"
#include "features/lifting/lifting.hpp"

// How well the messages that belong together are suggested, on talk that really took place: see
// docs/develop/lifting.md for how the gold is made and what it cannot say.

using namespace torv;
using imports::slack::Archive;
using lifting::Said;
using lifting::Speaker;

namespace {

const std::filesystem::path kRealArchive = "../shared/data/slack-export.zip";
constexpr microseconds kSilence = std::chrono::minutes(30);  // ends a conversation

struct Line {
    Instant at;
    std::string user;
    std::string text;
};
using Talk = std::vector<Line>;

/// Which half a conversation belongs to: 0 was learnt from, 1 is held out.
int half_of(const std::string& channel, const Talk& talk) {
    std::uint32_t hash = 0;
    for (const char c : channel + std::to_string(talk.front().at.us / 1'000'000))
        hash = hash * 31 + static_cast<unsigned char>(c);
    return static_cast<int>(hash >> 7 & 1);
}

/// "<@U1>" as Torv's mentions, and links without their addresses.
std::string plain(const std::string& text, const std::map<std::string, std::string>& handles) {
    std::string out;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const auto end = text[at] == '<' ? text.find('>', at) : text.npos;
        if (end == text.npos) {
            out += text[at];
            continue;
        }
        const auto inside = text.substr(at + 1, end - at - 1);
        const auto known = handles.find(inside.substr(inside.starts_with('@') ? 1 : 0));
        if (known != handles.end()) out += "@" + known->second;
        at = end;
    }
    return out;
}

struct Gold {
    std::vector<Talk> talks;  ///< of the half that is held out
    std::vector<Speaker> speakers;
    std::map<std::string, MemberId> ids;
};

Gold gold_of(const Archive& archive) {
    Gold gold;
    std::map<std::string, std::string> handles;
    for (const auto& person : archive.people()) {
        const MemberId id{static_cast<std::int64_t>(gold.speakers.size()) + 1};
        gold.speakers.push_back({.id = id, .handle = person.handle, .name = person.name});
        gold.ids[person.id] = id;
        handles[person.id] = person.handle;
    }
    for (const auto& channel : archive.channels()) {
        Talk lines;
        for (const auto* entry : archive.days(channel)) {
            const auto day = archive.day(*entry);
            for (const auto& value : day->messages.items()) {
                const auto message = imports::slack::message_from(value);
                const bool talk =
                    message && (message->subtype.empty() || message->subtype == "file_share");
                if (talk && gold.ids.contains(message->user) && !message->text.empty())
                    lines.push_back({message->at, message->user, plain(message->text, handles)});
            }
        }
        std::ranges::stable_sort(lines, {}, &Line::at);
        for (std::size_t begin = 0; begin < lines.size();) {
            std::size_t end = begin + 1;
            while (end < lines.size() && lines[end].at - lines[end - 1].at <= kSilence) ++end;
            Talk talk(lines.begin() + static_cast<std::ptrdiff_t>(begin),
                      lines.begin() + static_cast<std::ptrdiff_t>(end));
            if (half_of(channel.folder, talk) == 1) gold.talks.push_back(std::move(talk));
            begin = end;
        }
    }
    return gold;
}

/// Numbers that are the same everywhere.
struct Dice {
    std::uint64_t state;
    std::uint64_t operator()(std::uint64_t sides) {
        state = state * 6364136223846793005ULL + 1442695040888963407ULL;
        return (state >> 33) % sides;
    }
};

struct Stream {
    std::vector<Said> said;
    std::vector<int> talk;  ///< which conversation each belongs to
};

/// All conversations in one room, `at_once` of them side by side, each at its own pace.
Stream one_room(const Gold& gold, int at_once) {
    Dice dice{11};
    std::vector<const Talk*> order;
    for (const Talk& talk : gold.talks) order.push_back(&talk);
    for (std::size_t i = order.size() - 1; i > 0; --i) std::swap(order[i], order[dice(i + 1)]);
    const auto pause = [&] { return std::chrono::seconds(dice(600)); };
    std::vector<microseconds> free;
    for (int i = 0; i < at_once; ++i) free.push_back(pause());
    struct Placed {
        Said said;
        int talk;
    };
    std::vector<Placed> all;
    for (std::size_t k = 0; k < order.size(); ++k) {
        const Talk& talk = *order[k];
        auto& start = *std::ranges::min_element(free);
        for (const Line& line : talk)
            all.push_back({{.id = {},
                            .author = gold.ids.at(line.user),
                            .at = Instant{0} + start + (line.at - talk.front().at),
                            .reply_to = {},
                            .text = line.text},
                           static_cast<int>(k)});
        start += talk.back().at - talk.front().at + std::chrono::minutes(1) + pause();
    }
    std::ranges::stable_sort(all, {}, [](const Placed& one) { return one.said.at; });
    Stream stream;
    for (auto& one : all) {
        one.said.id = PostId{static_cast<std::int64_t>(stream.said.size()) + 1};
        stream.said.push_back(std::move(one.said));
        stream.talk.push_back(one.talk);
    }
    return stream;
}

using Set = std::set<std::size_t>;

Set suggested(const Stream& stream, const Gold& gold, std::size_t seed) {
    constexpr std::size_t kAround = 100;
    const auto begin =
        stream.said.begin() + static_cast<std::ptrdiff_t>(seed - std::min(seed, kAround));
    const auto end = stream.said.begin() +
                     static_cast<std::ptrdiff_t>(std::min(stream.said.size(), seed + kAround + 1));
    Set found;
    for (const PostId id : lifting::conversation({begin, end}, gold.speakers, stream.said[seed].id))
        found.insert(static_cast<std::size_t>(id.value) - 1);
    return found;
}

Set within_five_minutes(const Stream& stream, const Gold&, std::size_t seed) {
    Set found;
    for (std::size_t k = 0; k < stream.said.size(); ++k)
        if (std::chrono::abs(stream.said[k].at - stream.said[seed].at) <= std::chrono::minutes(5))
            found.insert(k);
    return found;
}

/// All that one person says without a long silence.
Set same_speaker(const Stream& stream, const Gold&, std::size_t seed) {
    Set found{seed};
    for (const int step : {-1, 1}) {
        std::size_t last = seed;
        for (auto k = static_cast<std::ptrdiff_t>(seed) + step;
             k >= 0 && k < static_cast<std::ptrdiff_t>(stream.said.size()); k += step) {
            const auto at = static_cast<std::size_t>(k);
            if (std::chrono::abs(stream.said[at].at - stream.said[last].at) > kSilence) break;
            if (stream.said[at].author != stream.said[seed].author) continue;
            found.insert(at);
            last = at;
        }
    }
    return found;
}

/// Messages in a row of whoever spoke last.
Set same_last_speaker(const Stream& stream, const Gold&, std::size_t seed) {
    Set found{seed};
    const auto same = [&](std::size_t k) {
        return stream.said[k].author == stream.said[seed].author;
    };
    for (std::size_t k = seed; k > 0 && same(k - 1); --k) found.insert(k - 1);
    for (std::size_t k = seed + 1; k < stream.said.size() && same(k); ++k) found.insert(k);
    return found;
}

struct Figures {
    double precision = 0, recall = 0, f1 = 0;
};

/// Means over messages of conversations of three or more; the message itself does not count.
template <class Suggest>
Figures measure(const Stream& stream, const Gold& gold, Suggest&& suggest) {
    constexpr std::size_t kEach = 3;  // every third message
    std::map<int, std::size_t> size;
    for (const int talk : stream.talk) ++size[talk];
    Figures sum;
    double count = 0;
    for (std::size_t seed = 0; seed < stream.said.size(); seed += kEach) {
        if (size[stream.talk[seed]] < 3) continue;
        double right = 0;
        const Set found = suggest(stream, gold, seed);
        for (const std::size_t k : found)
            if (k != seed && stream.talk[k] == stream.talk[seed]) ++right;
        const double precision =
            found.size() > 1 ? right / static_cast<double>(found.size() - 1) : 0;
        const double recall = right / static_cast<double>(size[stream.talk[seed]] - 1);
        sum.precision += precision;
        sum.recall += recall;
        sum.f1 += right > 0 ? 2 * precision * recall / (precision + recall) : 0;
        ++count;
    }
    return {sum.precision / count, sum.recall / count, sum.f1 / count};
}

}  // namespace

TEST_CASE("suggestions find conversations better than speakers and clocks do") {
    if (!std::filesystem::exists(kRealArchive)) {
        MESSAGE("skipped: no data");
        return;
    }
    const Gold gold = gold_of(*Archive::open(kRealArchive));
    REQUIRE(gold.talks.size() > 100);
    for (const int at_once : {1, 2, 3}) {
        const Stream stream = one_room(gold, at_once);
        const auto ours = measure(stream, gold, suggested);
        const auto row = measure(stream, gold, same_last_speaker);
        const auto speaker = measure(stream, gold, same_speaker);
        const auto clock = measure(stream, gold, within_five_minutes);
        const auto say = [&](const std::string& name, const Figures& f) {
            MESSAGE(at_once << " at once, " << name << ": precision " << f.precision << ", recall "
                            << f.recall << ", F1 " << f.f1);
        };
        say("suggested", ours);
        say("same last speaker", row);
        say("same speaker", speaker);
        say("within five minutes", clock);
        CHECK(ours.f1 > row.f1 + 0.15);
        CHECK(ours.f1 > speaker.f1 + 0.10);
        CHECK(ours.f1 > clock.f1 + 0.01);
    }
}
