#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "platform/web/web.hpp"

/// Fields of forms as docs/develop/components.md has them: label, hint, fault, control. Words are
/// locale keys.
namespace torv::web::parts {

struct Field {
    std::string_view name;   ///< of the form field; also the id
    std::string_view label;  ///< key
    std::string_view hint;   ///< key, or empty
    std::string value;       ///< as it stands in the field
    std::string_view type = "text";
    std::string_view autocomplete;
    bool optional = false;  ///< says so behind the label
    int max_length = 0;     ///< characters; 0: none said
    int rows = 4;           ///< of an area
};

/// One line. `error` is shown when it names this field. A password gets a button that shows it.
void input(html::Out& out, const Context& ctx, const Field& field, const Error* error = nullptr);
/// Several lines.
void area(html::Out& out, const Context& ctx, const Field& field, const Error* error = nullptr);

struct Option {
    std::string value;
    std::string text;  ///< as shown, not a key
    std::string hint;  ///< as shown, or empty
};
/// A list to open; `field.value` is chosen.
void select(html::Out& out, const Context& ctx, const Field& field, std::span<const Option> options,
            const Error* error = nullptr);
/// Radio buttons side by side in a fieldset.
void choices(html::Out& out, const Context& ctx, const Field& field,
             std::span<const Option> options, const Error* error = nullptr);
/// A box to tick; the label is a key.
void check(html::Out& out, const Context& ctx, std::string_view name, std::string_view label,
           bool checked);
/// What was typed before, or `otherwise` when the form was not sent yet.
std::string typed(const Context& ctx, std::string_view name, std::string_view otherwise = {});

/// `<form class="form" method="post">` with its token; end it with form_end.
void form_start(html::Out& out, const Context& ctx, std::string_view action);
/// The one primary button, and the end of the form. `label` is shown as it is.
void form_end(html::Out& out, std::string_view label);
/// A form that is one button: "Sign out there". `label` is shown as it is; `method` is "DELETE" and
/// the like.
void button_form(html::Out& out, const Context& ctx, std::string_view action,
                 std::string_view label, std::string_view variant = "button--small",
                 std::string_view method = {});

}  // namespace torv::web::parts
