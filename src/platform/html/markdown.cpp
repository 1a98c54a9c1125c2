#include "platform/html/markdown.hpp"

#include <stdexcept>

#include "platform/html/renderer.hpp"

namespace torv::markdown {

namespace {

Renderer& renderer(void* self) { return *static_cast<Renderer*>(self); }

constexpr MD_PARSER kParser{
    .abi_version = 0,
    .flags = MD_DIALECT_GITHUB | MD_FLAG_NOHTML,
    .enter_block = [](MD_BLOCKTYPE type, void* detail,
                      void* self) { return renderer(self).enter_block(type, detail), 0; },
    .leave_block = [](MD_BLOCKTYPE type, void*,
                      void* self) { return renderer(self).leave_block(type), 0; },
    .enter_span = [](MD_SPANTYPE type, void* detail,
                     void* self) { return renderer(self).enter_span(type, detail), 0; },
    .leave_span = [](MD_SPANTYPE type, void*,
                     void* self) { return renderer(self).leave_span(type), 0; },
    .text = [](MD_TEXTTYPE type, const char* text, MD_SIZE size,
               void* self) { return renderer(self).text(type, {text, size}), 0; },
    .debug_log = nullptr,
    .syntax = nullptr,
};

/// Cut at a code point.
std::string_view first_bytes(std::string_view text, std::size_t max) {
    if (text.size() <= max) return text;
    while (max > 0 && (static_cast<unsigned char>(text[max]) & 0xC0) == 0x80) --max;
    return text.substr(0, max);
}

}  // namespace

Rendered render(std::string_view source, const Options& options) {
    const std::string_view part = first_bytes(source, kMaxSourceBytes);
    Renderer made(options);
    // It fails for want of memory only: the callbacks never do.
    if (md_parse(part.data(), static_cast<MD_SIZE>(part.size()), &kParser, &made) != 0)
        throw std::runtime_error("md4c could not parse");
    Rendered result = made.finish();
    if (part.size() < source.size()) result.cut = true;
    return result;
}

}  // namespace torv::markdown
