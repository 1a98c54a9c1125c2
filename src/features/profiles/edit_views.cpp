#include "features/accounts/accounts.hpp"
#include "features/profiles/values.hpp"
#include "features/profiles/views.hpp"
#include "platform/web/fields.hpp"
#include "platform/web/parts.hpp"

namespace torv::profiles::views {

using html::put;
namespace parts = web::parts;

namespace {

constexpr int kMostTyped = 1'000;

std::string_view hint_key(Kind kind) {
    switch (kind) {
        case Kind::Skills: return "profiles.skills_hint";
        case Kind::Interests: return "profiles.interests_hint";
        case Kind::Languages: return "profiles.languages_hint";
        case Kind::Place: return "profiles.place_hint";
        case Kind::Offers: return "profiles.offers_hint";
        case Kind::Seeks: return "profiles.seeks_hint";
    }
    return {};
}

std::string_view label_key(Kind kind) {
    switch (kind) {
        case Kind::Skills: return "profiles.skills";
        case Kind::Interests: return "profiles.interests";
        case Kind::Languages: return "profiles.languages";
        case Kind::Place: return "profiles.place";
        case Kind::Offers: return "profiles.offers";
        case Kind::Seeks: return "profiles.seeks";
    }
    return {};
}

/// A small list beside the words: who sees them.
void who_sees(html::Out& out, const web::Context& ctx, const Field& field) {
    const std::string name = std::string(kind_name(field.kind)) + "_shown";
    const std::string chosen = parts::typed(ctx, name, shown_name(field.shown));
    put(out,
        R"(<div class="field told-edit__shown"><label class="field__label" for="{}">{} <span class="sr-only">{}</span></label><select class="input input--select" id="{}" name="{}">)",
        name, ctx.t("profiles.shown"), label(ctx, field.kind), name, name);
    for (const Shown shown : {Shown::Members, Shown::Everyone, Shown::Me})
        put(out, R"(<option value="{}" {}>{}</option>)", shown_name(shown),
            html::flag("selected", shown_name(shown) == chosen),
            ctx.t(shown == Shown::Me        ? "profiles.shown_me"
                  : shown == Shown::Members ? "profiles.shown_members"
                                            : "profiles.shown_everyone"));
    put(out, "</select></div>");
}

void field_row(html::Out& out, const web::Context& ctx, const Field& field, const Error* error) {
    put(out, R"(<div class="told-edit">)");
    parts::input(out, ctx,
                 {.name = kind_name(field.kind),
                  .label = label_key(field.kind),
                  .hint = hint_key(field.kind),
                  .value = parts::typed(ctx, kind_name(field.kind), joined(field)),
                  .optional = true,
                  .max_length = kMostTyped},
                 error);
    who_sees(out, ctx, field);
    put(out, "</div>");
}

}  // namespace

void edit(html::Out& out, const web::Context& ctx, const std::vector<Field>& fields,
          const Error* error) {
    accounts::settings(out, ctx, "/me/about", [&](html::Out& o) {
        parts::page_head(o, ctx.t("profiles.title"), ctx.t("profiles.lead"));
        parts::error_summary(o, ctx, error);
        parts::form_start(o, ctx, "/me/about");
        for (const Field& field : fields) field_row(o, ctx, field, error);
        parts::form_end(o, ctx.t("profiles.save"));
    });
}

}  // namespace torv::profiles::views
