#include "features/shell/foot.hpp"

namespace torv::shell {

void keys(html::Out& out, const web::Context& ctx) {
    html::put(
        out,
        R"(<key-shortcuts><dialog class="dialog" aria-labelledby="keys-title"><h2 class="dialog__title" id="keys-title">{}</h2><dl class="keys">)",
        ctx.t("shell.keys"));
    const auto key = [&](std::string_view name, std::string_view what) {
        html::put(out, "<div><dt><kbd>{}</kbd></dt><dd>{}</dd></div>", name, what);
    };
    key("/", ctx.t("shell.search"));
    key("c", ctx.t("shell.write"));
    key("j", ctx.t("shell.key_next"));
    key("k", ctx.t("shell.key_previous"));
    key("q", ctx.t("shell.key_quote"));
    key("g h", ctx.t("shell.home"));
    key("g n", ctx.t("shell.notices"));
    key("?", ctx.t("shell.keys"));
    html::put(
        out,
        R"(</dl><form method="dialog"><button class="button">{}</button></form></dialog></key-shortcuts>)",
        ctx.t("shell.close"));
}

void languages(html::Out& out, const web::Context& ctx) {
    html::put(out, R"(<footer class="languages"><nav aria-label="{}">)", ctx.t("shell.language"));
    for (const auto& code : ctx.services.catalogue.languages()) {
        const auto& words = ctx.services.catalogue.words(code);
        html::put(
            out,
            R"(<a class="languages__item" href="/language/{}?to={}" lang="{}" hreflang="{}" rel="nofollow" {}>{}</a> )",
            code, ctx.request.path, code, code,
            html::attr("aria-current", "true", code == ctx.viewer.language), words.own_name());
    }
    html::put(out, "</nav></footer>");
}

}  // namespace torv::shell
