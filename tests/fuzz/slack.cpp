// Text, blocks and attachments of Slack. First line: the text; the rest: JSON of a message.
#include <cstdint>

#include "features/imports/slack_archive.hpp"
#include "features/imports/slack_blocks.hpp"
#include "features/imports/slack_text.hpp"
#include "platform/base/text.hpp"
#include "platform/html/markdown.hpp"
#include "tests/fuzz/check.hpp"

namespace {

using namespace torv;
using namespace torv::imports;

void convert(std::string_view text) {
    if (!is_utf8(text)) return;
    const slack::Names names{
        .handle = [](std::string_view id) { return std::string(id.size() > 2 ? "ada.holm" : ""); },
        .channel = [](std::string_view id,
                      std::string_view) { return std::string(id.size() > 2 ? "/s/general" : ""); }};
    const auto converted = slack::to_markdown(text, names);
    HOLDS(is_utf8(converted.markdown));
    HOLDS(converted.markdown.size() <= 64 + text.size() * 24);
    HOLDS(is_utf8(markdown::render(converted.markdown).html));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    std::string_view rest(reinterpret_cast<const char*>(bytes), size);
    const auto line = fuzz::take_line(rest);
    convert(line);
    slack::parse_ts(line);
    std::string text(rest);
    rescue(text);
    const auto value = json::parse(text);
    if (!value) return 0;
    convert(slack::text_of_blocks((*value)["blocks"]));
    convert(slack::text_of_attachment(*value));
    if (const auto message = slack::message_from(*value)) {
        convert(message->text);
        for (const auto& said : message->attached) convert(said);
        for (const auto& reaction : message->reactions) slack::emoji_of(reaction.name);
    }
    return 0;
}
