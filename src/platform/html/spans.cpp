#include <algorithm>

#include "platform/html/inline_text.hpp"
#include "platform/html/renderer.hpp"

namespace torv::markdown {

std::string attribute_text(const MD_ATTRIBUTE& attribute) {
    std::string out;
    for (unsigned i = 0; attribute.size > 0 && attribute.substr_offsets[i] < attribute.size; ++i) {
        const unsigned from = attribute.substr_offsets[i], to = attribute.substr_offsets[i + 1];
        const std::string_view part(attribute.text + from, to - from);
        switch (attribute.substr_types[i]) {
            case MD_TEXT_ENTITY: {
                const std::string decoded = decode_entity(part);
                out += decoded.empty() ? part : std::string_view(decoded);
                break;
            }
            case MD_TEXT_NULLCHAR: out += "\uFFFD"; break;
            case MD_TEXT_NORMAL:
            case MD_TEXT_BR:
            case MD_TEXT_SOFTBR:
            case MD_TEXT_CODE:
            case MD_TEXT_HTML:
            case MD_TEXT_LATEXMATH: out += part; break;
        }
    }
    return out;
}

void Renderer::enter_span(MD_SPANTYPE type, void* detail) {
    flush();
    if (type == MD_SPAN_IMG) {
        const auto& image = *static_cast<MD_SPAN_IMG_DETAIL*>(detail);
        if (pictures_++ == 0) alt_.clear();
        spans_.push_back({type, false, {attribute_text(image.src), attribute_text(image.title)}});
        return;
    }
    const bool written =
        pictures_ == 0 && written_spans_ < kMaxDepth && !full() && open_span(type, detail);
    if (written) ++written_spans_;
    spans_.push_back({type, written, {}});
}

/// False when it is left out.
bool Renderer::open_span(MD_SPANTYPE type, void* detail) {
    switch (type) {
        case MD_SPAN_EM: put(out_, "<em>"); return true;
        case MD_SPAN_STRONG: put(out_, "<strong>"); return true;
        case MD_SPAN_DEL: put(out_, "<del>"); return true;
        case MD_SPAN_CODE: put(out_, "<code>"); return true;
        case MD_SPAN_A: {
            const auto& link = *static_cast<MD_SPAN_A_DETAIL*>(detail);
            return open_link({attribute_text(link.href), attribute_text(link.title)});
        }
        case MD_SPAN_IMG:
        case MD_SPAN_LATEXMATH:
        case MD_SPAN_LATEXMATH_DISPLAY:
        case MD_SPAN_WIKILINK:
        case MD_SPAN_U: return false;
    }
    return false;
}

void Renderer::leave_span(MD_SPANTYPE type) {
    flush();
    const auto same = [type](const Span& span) { return span.type == type; };
    if (std::find_if(spans_.begin(), spans_.end(), same) == spans_.end()) return;
    while (spans_.back().type != type) close_top_span();
    close_top_span();
}

void Renderer::close_spans() {
    while (!spans_.empty()) close_top_span();
}

void Renderer::close_top_span() {
    const Span span = std::move(spans_.back());
    spans_.pop_back();
    if (span.type == MD_SPAN_IMG && --pictures_ == 0) picture(span.picture, alt_);
    if (!span.written) return;
    --written_spans_;
    switch (span.type) {
        case MD_SPAN_EM: put(out_, "</em>"); break;
        case MD_SPAN_STRONG: put(out_, "</strong>"); break;
        case MD_SPAN_DEL: put(out_, "</del>"); break;
        case MD_SPAN_CODE: put(out_, "</code>"); break;
        case MD_SPAN_A:
            put(out_, "</a>");
            in_link_ = false;
            break;
        case MD_SPAN_IMG:
        case MD_SPAN_LATEXMATH:
        case MD_SPAN_LATEXMATH_DISPLAY:
        case MD_SPAN_WIKILINK:
        case MD_SPAN_U: break;
    }
}

/// False when the address is not a safe one: its words stay, without a link.
bool Renderer::open_link(Link link) {
    if (in_link_ || link.href.empty() || !html::is_safe_url(link.href)) return false;
    note_link(link.href);
    const bool outside = link.href.find("://") != link.href.npos;
    put(out_, R"(<a href="{}" {} {} {}>)", link.href,
        html::attr("class", "attachment", upload_in(link.href).has_value()),
        html::attr("title", link.title, !link.title.empty()),
        html::attr("rel", "nofollow ugc noopener", outside));
    in_link_ = true;
    return true;
}

/// A picture of ours is shown, any other becomes a link: showing it would tell its host who reads.
void Renderer::picture(const Link& link, std::string_view alt) {
    if (full()) return;
    const auto upload = upload_in(link.href);
    const bool ours = upload && html::is_safe_url(link.href);
    const auto known = ours && options_.picture ? options_.picture(*upload) : std::nullopt;
    if (!ours || (options_.picture && !known)) {
        const bool linked = open_link(link);
        words(alt.empty() ? std::string_view(link.href) : alt);
        if (linked) {
            put(out_, "</a>");
            in_link_ = false;
        }
        return;
    }
    note_link(link.href);
    const bool linked = !in_link_;
    if (linked) put(out_, R"(<a class="picture" href="{}">)", link.href);
    const Picture shown = known.value_or(Picture{0, 0, link.href});
    put(out_, R"(<img src="{}" alt="{}" loading="lazy" decoding="async" {} {}>)",
        shown.small.empty() ? std::string_view(link.href) : shown.small, alt,
        html::attr("width", std::int64_t{shown.width}, shown.width > 0),
        html::attr("height", std::int64_t{shown.height}, shown.height > 0));
    if (linked) put(out_, "</a>");
    result_.text += alt;
}

}  // namespace torv::markdown
