#include <algorithm>

#include "features/spaces/input.hpp"
#include "features/spaces/views.hpp"
#include "platform/web/parts.hpp"

namespace torv::spaces::views {

using html::put;
namespace parts = web::parts;

namespace {

/// The start of a field: its label, hint and error; what follows is the control.
void field_head(html::Out& out, const web::Context& ctx, std::string_view name,
                std::string_view label, std::string_view hint, const Error* error) {
    const bool wrong = error && error->field == name;
    put(out, R"(<div class="field{}"><label class="field__label" for="{}">{}</label>)",
        wrong ? " field--error" : "", name, ctx.t(label));
    if (!hint.empty()) put(out, R"(<p class="field__hint" id="{}-hint">{}</p>)", name, ctx.t(hint));
    if (!wrong) return;
    put(out, R"(<p class="field__error" id="{}-error">)", name);
    parts::icon(out, "circle-alert");
    put(out, "{}</p>", ctx.message(*error));
}

struct Choice {
    std::string_view value;
    std::string title;
    std::string hint;
    bool chosen = false;
};

void choices(html::Out& out, const web::Context& ctx, std::string_view name,
             std::string_view legend, const std::vector<Choice>& list) {
    put(out,
        R"(<fieldset class="field"><legend class="field__label">{}</legend><div class="choices">)",
        ctx.t(legend));
    for (const Choice& choice : list)
        put(out,
            R"(<label class="choice"><input class="choice__input" type="radio" name="{}" value="{}" {}><span class="choice__body"><span class="choice__title">{}</span><span class="choice__hint">{}</span></span></label>)",
            name, choice.value, html::flag("checked", choice.chosen), choice.title, choice.hint);
    put(out, "</div></fieldset>");
}

void kinds(html::Out& out, const web::Context& ctx, const NewSpace& typed, bool is_new) {
    std::vector<Choice> list;
    for (const Kind kind : {Kind::Discussion, Kind::Questions, Kind::Articles, Kind::Chat}) {
        if (!is_new && (kind == Kind::Chat) != (typed.kind == Kind::Chat)) continue;
        const std::string key = "spaces.kind." + std::string(kind_name(kind));
        list.push_back({.value = kind_name(kind),
                        .title = std::string(ctx.t(key)),
                        .hint = std::string(ctx.t(key + "_hint")),
                        .chosen = kind == typed.kind});
    }
    choices(out, ctx, "kind", "spaces.kind", list);
}

void visibilities(html::Out& out, const web::Context& ctx, const NewSpace& typed) {
    std::vector<Choice> list;
    for (const Visibility visibility :
         {Visibility::Public, Visibility::Members, Visibility::Private, Visibility::Secret}) {
        const std::string key = "spaces.visibility." + std::string(visibility_name(visibility));
        list.push_back({.value = visibility_name(visibility),
                        .title = std::string(ctx.t(key)),
                        .hint = std::string(ctx.t(key + "_hint")),
                        .chosen = visibility == typed.visibility});
    }
    choices(out, ctx, "visibility", "spaces.visibility", list);
}

void starters(html::Out& out, const web::Context& ctx, const NewSpace& typed) {
    choices(out, ctx, "starters", "spaces.starters",
            {{.value = "writers",
              .title = std::string(ctx.t("spaces.starters.writers")),
              .chosen = typed.starters == Starters::Writers},
             {.value = "moderators",
              .title = std::string(ctx.t("spaces.starters.moderators")),
              .chosen = typed.starters == Starters::Moderators}});
}

void parent(html::Out& out, const web::Context& ctx, const FormPage& page) {
    field_head(out, ctx, "parent", "spaces.parent", "", page.error);
    put(out,
        R"(<select class="input input--select" id="parent" name="parent"><option value="">{}</option>)",
        ctx.t("spaces.parent_none"));
    for (const Space& space : page.parents)
        put(out, R"(<option value="{}" {}>{}</option>)", space.id,
            html::flag("selected", space.id == page.typed.parent), space.name);
    put(out, "</select></div>");
}

void words(html::Out& out, const web::Context& ctx, const FormPage& page) {
    field_head(out, ctx, "name", "spaces.name", "", page.error);
    put(out,
        R"(<input class="input" id="name" name="name" maxlength="60" required dir="auto" value="{}"></div>)",
        page.typed.name);
    field_head(out, ctx, "description", "spaces.description", "spaces.description_hint",
               page.error);
    put(out,
        R"(<textarea class="input input--area" id="description" name="description" rows="3" aria-describedby="description-hint" dir="auto">{}</textarea></div>)",
        page.typed.description);
    field_head(out, ctx, "icon", "spaces.icon", "spaces.icon_hint", page.error);
    put(out,
        R"(<input class="input input--short" id="icon" name="icon" maxlength="32" aria-describedby="icon-hint" value="{}"></div>)",
        page.typed.icon);
    if (!page.id) return;
    field_head(out, ctx, "slug", "spaces.slug", "spaces.slug_hint", page.error);
    put(out,
        R"(<input class="input" id="slug" name="slug" maxlength="60" aria-describedby="slug-hint" value="{}"></div>)",
        page.typed.slug);
}

void person_row(html::Out& out, const web::Context& ctx, const members::Face& face,
                std::string_view role) {
    put(out, R"(<li class="row"><div class="row__body cluster">)");
    members::face(out, face, members::FaceSize::Small);
    put(out, R"(<h3 class="row__title" dir="auto"><a href="/m/{}">{}</a></h3>)", face.handle,
        face.name);
    if (!role.empty()) put(out, R"( <span class="badge badge--quiet">{}</span>)", role);
    put(out, R"(</div><div class="row__actions actions">)");
    (void)ctx;
}

void requests(html::Out& out, const web::Context& ctx, const MembersPage& page) {
    if (!page.manages || page.requests.empty()) return;
    put(out,
        R"(<section class="section" aria-labelledby="requests"><h2 class="section__title" id="requests">{}</h2><ul class="rows">)",
        ctx.t("spaces.requests"));
    for (const MemberId member : page.requests) {
        person_row(out, ctx, page.faces[member], {});
        put(out, R"(<form class="cluster" method="post" action="/s/{}/requests/{}">)",
            page.space.slug, member);
        ctx.csrf_field(out);
        put(out,
            R"(<button class="button button--small" name="answer" value="let_in">{}</button><button class="button button--quiet button--small" name="answer" value="decline">{}</button></form></div></li>)",
            ctx.t("spaces.let_in"), ctx.t("spaces.decline"));
    }
    put(out, "</ul></section>");
}

void add_form(html::Out& out, const web::Context& ctx, const MembersPage& page) {
    put(out, R"(<form class="form section" method="post" action="/s/{}/members">)",
        page.space.slug);
    ctx.csrf_field(out);
    parts::error_summary(out, ctx, page.error);
    field_head(out, ctx, "handle", "spaces.add_member", "spaces.add_member_hint", page.error);
    put(out,
        R"(<input class="input" id="handle" name="handle" maxlength="40" aria-describedby="handle-hint" value="{}"></div><div class="field"><label class="field__label" for="role">{}</label><select class="input input--select" id="role" name="role">)",
        page.typed, ctx.t("spaces.role"));
    for (const Role role : {Role::Member, Role::Moderator, Role::Reader})
        put(out, R"(<option value="{}">{}</option>)", role_name(role),
            ctx.t("spaces.role." + std::string(role_name(role))));
    put(out,
        R"(</select></div><div class="actions"><button class="button button--primary" type="submit">{}</button></div></form>)",
        ctx.t("spaces.add"));
}

}  // namespace

void form(html::Out& out, const web::Context& ctx, const FormPage& page) {
    put(out,
        R"(<header class="page-head"><nav class="crumbs" aria-label="{}"><a href="{}">{}</a></nav><h1 class="page-head__title">{}</h1></header>)",
        ctx.t("spaces.you_are_here"), page.admin ? "/admin/spaces" : "/spaces",
        ctx.t("spaces.title"), ctx.t(page.id ? "spaces.edit_title" : "spaces.new_title"));
    const std::string action =
        page.id ? "/admin/spaces/" + page.id.text() : std::string("/admin/spaces");
    put(out, R"(<form class="form" method="post" action="{}" novalidate>)", action);
    ctx.csrf_field(out);
    if (page.id) ctx.method_field(out, "PATCH");
    else ctx.once_field(out);
    parts::error_summary(out, ctx, page.error);
    words(out, ctx, page);
    kinds(out, ctx, page.typed, !page.id);
    if (page.admin) {
        visibilities(out, ctx, page.typed);
        parent(out, ctx, page);
    }
    starters(out, ctx, page.typed);
    put(out,
        R"(<div class="actions"><button class="button button--primary" type="submit">{}</button> <a class="button button--quiet" href="{}">{}</a></div></form>)",
        ctx.t(page.id ? "spaces.save" : "spaces.make"), page.admin ? "/admin/spaces" : "/spaces",
        ctx.t("spaces.cancel"));
}

void members(html::Out& out, const web::Context& ctx, const MembersPage& page) {
    put(out,
        R"(<header class="page-head"><nav class="crumbs" aria-label="{}"><a href="/s/{}" dir="auto">{}</a></nav><h1 class="page-head__title">{}</h1><p class="page-head__lead">{}</p></header>)",
        ctx.t("spaces.you_are_here"), page.space.slug, page.space.name, ctx.t("spaces.members"),
        ctx.t("spaces.members_lead." + std::string(visibility_name(page.space.visibility))));
    requests(out, ctx, page);
    put(out,
        R"(<section class="section" aria-labelledby="seats"><h2 class="section__title" id="seats">{}</h2>)",
        ctx.t("spaces.seats"));
    if (page.seats.empty()) put(out, R"(<p class="quiet">{}</p>)", ctx.t("spaces.seats_none"));
    else put(out, R"(<ul class="rows">)");
    for (const auto& seat : page.seats) {
        person_row(out, ctx, page.faces[seat.member],
                   ctx.t("spaces.role." + std::string(role_name(seat.role))));
        const bool self = seat.member == ctx.viewer.id;
        if (page.manages || self) {
            put(out, R"(<form method="post" action="/s/{}/members/{}">)", page.space.slug,
                seat.member);
            ctx.csrf_field(out);
            ctx.method_field(out, "DELETE");
            put(out,
                R"(<button class="button button--quiet button--small" type="submit">{}</button></form>)",
                ctx.t(self ? "spaces.leave" : "spaces.remove"));
        }
        put(out, "</div></li>");
    }
    if (!page.seats.empty()) put(out, "</ul>");
    put(out, "</section>");
    if (page.manages) add_form(out, ctx, page);
    circles(out, ctx, page);
}

}  // namespace torv::spaces::views
