#include <qrencode.h>

#include <memory>
#include <span>

#include "features/invitations/invitations.hpp"
#include "platform/web/parts.hpp"
#include "platform/web/web.hpp"

namespace torv::invitations {

namespace {

/// Scanners want a margin as wide as four squares.
constexpr int kMargin = 4;

struct Code {
    int width = 0;     ///< squares, margins included
    std::string path;  ///< of an SVG, one unit a square
};

/// Empty when the address is too long for a code.
Code code_of(const std::string& url) {
    const std::unique_ptr<QRcode, decltype(&QRcode_free)> made(
        QRcode_encodeString8bit(url.c_str(), 0, QR_ECLEVEL_M), &QRcode_free);
    if (!made) return {};
    Code code{.width = made->width + 2 * kMargin};
    const auto size = static_cast<std::size_t>(made->width);
    const std::span squares(made->data, size * size);
    for (std::size_t y = 0; y < size; ++y) {
        for (std::size_t x = 0; x < size;) {
            std::size_t end = x;
            while (end < size && (squares[y * size + end] & 1)) ++end;
            if (end == x) {
                ++x;
                continue;
            }
            const std::string run = std::to_string(end - x);
            code.path += "M" + std::to_string(x + kMargin) + " " + std::to_string(y + kMargin) +
                         "h" + run + "v1h-" + run + "z";
            x = end;
        }
    }
    return code;
}

}  // namespace

void note(html::Out& out, const web::Context& ctx, std::string_view community,
          const std::string& url) {
    html::put(
        out,
        R"(<div class="copy-box"><code class="copy-box__text">{}</code><copy-text value="{}" done="{}"><button class="button button--quiet" type="button" hidden>)",
        url, url, ctx.t("invitations.copied"));
    web::parts::icon(out, "link");
    html::put(out, "{}</button></copy-text></div>", ctx.t("invitations.copy"));
    const Code code = code_of(url);
    if (code.width == 0) return;
    // The parser of HTML knows the attribute in small letters too.
    html::put(
        out,
        R"(<figure class="door-note"><p class="door-note__name" dir="auto">{}</p><svg class="door-note__code" viewbox="0 0 {} {}" aria-hidden="true"><path d="{}"></path></svg>)",
        community, code.width, code.width, code.path);
    html::put(
        out,
        R"(<figcaption class="door-note__text">{}</figcaption></figure><print-page><button class="button button--quiet" type="button" hidden>{}</button></print-page>)",
        ctx.t("invitations.scan"), ctx.t("invitations.print"));
}

}  // namespace torv::invitations
