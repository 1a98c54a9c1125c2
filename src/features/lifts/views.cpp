#include "features/lifts/lifts.hpp"
#include "platform/html/html.hpp"
#include "platform/web/parts.hpp"

namespace torv::lifts {

using html::put;
namespace parts = web::parts;

namespace {

void undo_button(html::Out& out, const web::Context& ctx, const Line& line) {
    if (!line.may_undo) return;
    put(out,
        R"(<ask-first question="{}" yes="{}" no="{}"><form class="lift-note__undo" method="post" action="/lifts/{}">)",
        ctx.t("lifts.undo_question"), ctx.t("lifts.undo"), ctx.t("lifts.keep"), line.lift.id);
    ctx.csrf_field(out);
    ctx.method_field(out, "DELETE");
    put(out,
        R"(<button class="button button--quiet button--small" type="submit">{}</button></form></ask-first>)",
        ctx.t("lifts.undo"));
}

}  // namespace

void note(html::Out& out, const web::Context& ctx, const Line& line) {
    put(out, R"(<li class="lift-note" id="lift-{}" data-lift="{}"><p class="lift-note__text">)",
        line.lift.id, line.lift.id);
    parts::icon(out, "corner-up-left");
    if (line.place.empty())
        put(out, " {}", ctx.t("lifts.note_elsewhere", line.lift.count, {{"name", line.by}}));
    else
        put(out, R"( {} <a href="{}" dir="auto">{}</a>)",
            ctx.t("lifts.note", line.lift.count, {{"name", line.by}}), line.path, line.place);
    put(out, "</p>");
    undo_button(out, ctx, line);
    put(out, "</li>");
}

void origin(html::Out& out, const web::Context& ctx, const Line& line) {
    put(out, R"(<div class="lift-origin"><p class="lift-note__text">)");
    parts::icon(out, "corner-up-left");
    if (line.place.empty())
        put(out, " {}", ctx.t("lifts.origin_elsewhere", line.lift.count, {{"name", line.by}}));
    else
        put(out, R"( {} <a href="{}" dir="auto">{}</a>)",
            ctx.t("lifts.origin", line.lift.count, {{"name", line.by}}), line.path, line.place);
    put(out, "</p>");
    undo_button(out, ctx, line);
    put(out, "</div>");
}

}  // namespace torv::lifts
