#include "platform/web/fields.hpp"

#include <algorithm>

#include "platform/web/parts.hpp"

namespace torv::web::parts {
namespace {

bool concerns(const Error* error, const Field& field) {
    return error && !field.name.empty() && error->field == field.name;
}

std::string described_by(const Field& field, const Error* error) {
    std::string ids;
    if (!field.hint.empty()) ids = std::string(field.name) + "-hint";
    if (concerns(error, field))
        ids += (ids.empty() ? "" : " ") + std::string(field.name) + "-error";
    return ids;
}

void hint_and_error(html::Out& out, const Context& ctx, const Field& field, const Error* error) {
    if (!field.hint.empty())
        html::put(out, R"(<p class="field__hint" id="{}-hint">{}</p>)", field.name,
                  ctx.t(field.hint));
    if (!concerns(error, field)) return;
    html::put(out, R"(<p class="field__error" id="{}-error">)", field.name);
    icon(out, "circle-alert");
    html::put(out, "{}</p>", ctx.message(*error));
}

void label_words(html::Out& out, const Context& ctx, const Field& field) {
    html::put(out, "{}", ctx.t(field.label));
    if (field.optional)
        html::put(out, R"( <span class="field__optional">{}</span>)", ctx.t("web.optional"));
}

void open(html::Out& out, const Context& ctx, const Field& field, const Error* error) {
    html::put(out, R"(<div class="field{}"><label class="field__label" for="{}">)",
              concerns(error, field) ? " field--error" : "", field.name);
    label_words(out, ctx, field);
    html::put(out, "</label>");
    hint_and_error(out, ctx, field, error);
}

html::Attribute described(const Field& field, const Error* error) {
    const std::string ids = described_by(field, error);
    return html::attr("aria-describedby", ids, !ids.empty());
}

html::Attribute invalid(const Field& field, const Error* error) {
    return html::attr("aria-invalid", "true", concerns(error, field));
}

html::Attribute longest(const Field& field) {
    return html::attr("maxlength", field.max_length, field.max_length > 0);
}

}  // namespace

std::string typed(const Context& ctx, std::string_view name, std::string_view otherwise) {
    return std::string(ctx.form().has(name) ? ctx.form()[name] : otherwise);
}

void input(html::Out& out, const Context& ctx, const Field& field, const Error* error) {
    open(out, ctx, field, error);
    const bool secret = field.type == "password";
    if (secret)
        html::put(out, R"(<password-field show="{}" hide="{}">)", ctx.t("web.show"),
                  ctx.t("web.hide"));
    html::put(out, R"(<input class="input" id="{}" name="{}" type="{}" value="{}" {} {} {} {}>)",
              field.name, field.name, field.type, secret ? std::string() : field.value,
              html::attr("autocomplete", field.autocomplete, !field.autocomplete.empty()),
              longest(field), described(field, error), invalid(field, error));
    if (secret) html::put(out, "</password-field>");
    html::put(out, "</div>");
}

void area(html::Out& out, const Context& ctx, const Field& field, const Error* error) {
    open(out, ctx, field, error);
    html::put(
        out,
        R"(<textarea class="input input--area" id="{}" name="{}" rows="{}" dir="auto" {} {} {}>)",
        field.name, field.name, field.rows, longest(field), described(field, error),
        invalid(field, error));
    html::put(out, "\n{}</textarea></div>", field.value);
}

void select(html::Out& out, const Context& ctx, const Field& field, std::span<const Option> options,
            const Error* error) {
    open(out, ctx, field, error);
    html::put(out, R"(<select class="input input--select" id="{}" name="{}" {} {}>)", field.name,
              field.name, described(field, error), invalid(field, error));
    for (const Option& option : options)
        html::put(out, R"(<option value="{}" {}>{}</option>)", option.value,
                  html::flag("selected", option.value == field.value), option.text);
    html::put(out, "</select></div>");
}

void choices(html::Out& out, const Context& ctx, const Field& field,
             std::span<const Option> options, const Error* error) {
    html::put(out, R"(<fieldset class="field{}" id="{}" {}><legend class="field__label">)",
              concerns(error, field) ? " field--error" : "", field.name, described(field, error));
    label_words(out, ctx, field);
    html::put(out, "</legend>");
    hint_and_error(out, ctx, field, error);
    // Words alone stand side by side, words with a sentence each on a line of its own.
    const bool bare = std::ranges::all_of(options, [](const auto& o) { return o.hint.empty(); });
    html::put(out, R"(<div class="choices{}">)", bare ? " choices--row" : "");
    for (const Option& option : options) {
        html::put(
            out,
            R"(<label class="choice"><input class="choice__input" type="radio" name="{}" value="{}" {}><span class="choice__body"><span class="choice__title">{}</span>)",
            field.name, option.value, html::flag("checked", option.value == field.value),
            option.text);
        if (!option.hint.empty())
            html::put(out, R"(<span class="choice__hint">{}</span>)", option.hint);
        html::put(out, "</span></label>");
    }
    html::put(out, "</div></fieldset>");
}

void check(html::Out& out, const Context& ctx, std::string_view name, std::string_view label,
           bool checked) {
    html::put(
        out,
        R"(<label class="check"><input class="check__input" type="checkbox" id="{}" name="{}" value="1" {}><span class="check__text">{}</span></label>)",
        name, name, html::flag("checked", checked), ctx.t(label));
}

void form_start(html::Out& out, const Context& ctx, std::string_view action) {
    html::put(out, R"(<form class="form" method="post" action="{}" novalidate>)", action);
    ctx.csrf_field(out);
}

void form_end(html::Out& out, std::string_view label) {
    html::put(
        out,
        R"(<div class="actions"><button class="button button--primary" type="submit">{}</button></div></form>)",
        label);
}

void button_form(html::Out& out, const Context& ctx, std::string_view action,
                 std::string_view label, std::string_view variant, std::string_view method) {
    html::put(out, R"(<form method="post" action="{}">)", action);
    ctx.csrf_field(out);
    if (!method.empty()) ctx.method_field(out, method);
    html::put(out, R"(<button class="button {}" type="submit">{}</button></form>)", variant, label);
}

}  // namespace torv::web::parts
