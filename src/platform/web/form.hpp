#pragma once

#include <optional>
#include <string_view>

#include "platform/web/web.hpp"

namespace torv::web {

/// Adds the fields of `a=1&b=2` to `form`; false when an escape or the encoding is bad, or there
/// are over 1,000 fields.
bool read_urlencoded(std::string_view text, Form& form);
/// The fields and the place of the file in a spooled body. Fault: Malformed "web.bad_form".
Result<SentFile> read_spooled(const http::Request& request, Form& form);
/// Reads the body by its Content-Type into a form. Faults: Malformed "web.bad_form".
Result<Form> read_form(const http::Request& request);

}  // namespace torv::web
