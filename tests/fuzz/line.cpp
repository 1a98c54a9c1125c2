// What pages say on their line: what is understood keeps its bounds, and a stream's name is read as
// it is written.
#include <algorithm>
#include <cstdint>

#include "platform/live/said.hpp"
#include "tests/fuzz/check.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    using namespace torv::live;
    const std::string_view text(reinterpret_cast<const char*>(bytes), size);
    if (const auto stream = Stream::parse(text)) {
        HOLDS(!stream->kind.empty() && stream->kind.size() <= 20);
        HOLDS(stream->id >= 0);
        HOLDS(Stream::parse(stream->text()) == stream);
    }
    const auto said = said_from(text);
    if (!said) return 0;
    HOLDS(said->after >= 0);
    HOLDS(said->members.size() <= kWatchedMax);
    HOLDS(std::ranges::is_sorted(said->members));
    HOLDS(std::ranges::adjacent_find(said->members) == said->members.end());
    if (said->does != Said::Does::AskWho) HOLDS(!said->stream.kind.empty());
    return 0;
}
