#include "platform/web/form.hpp"

#include <algorithm>

#include "platform/base/text.hpp"

namespace torv::web {

namespace {

constexpr std::size_t kMaxFields = 1000;

/// Line ends as \n, whatever the browser sent.
std::string with_plain_lines(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '\r') out += text[i];
        else if (i + 1 == text.size() || text[i + 1] != '\n') out += '\n';
    }
    return out;
}

std::optional<std::string> decoded(std::string_view text) {
    std::string spaced(text);
    std::replace(spaced.begin(), spaced.end(), '+', ' ');
    auto plain = percent_decode(spaced);
    if (!plain || !is_utf8(*plain)) return std::nullopt;
    return with_plain_lines(*plain);
}

/// The value of `name="…"` in a Content-Disposition line.
std::string_view disposition_part(std::string_view line, std::string_view name) {
    const std::string wanted = std::string(name) + "=\"";
    auto at = line.find(wanted);
    while (at != std::string_view::npos && at > 0 && line[at - 1] != ' ' && line[at - 1] != ';')
        at = line.find(wanted, at + 1);
    if (at == std::string_view::npos) return {};
    line.remove_prefix(at + wanted.size());
    return line.substr(0, line.find('"'));
}

/// Text fields of multipart/form-data; parts that are files are left to the routes that spool.
bool read_multipart(std::string_view body, std::string_view boundary, Form& form) {
    const std::string mark = "--" + std::string(boundary);
    auto at = body.find(mark);
    while (at != std::string_view::npos) {
        body.remove_prefix(at + mark.size());
        if (body.starts_with("--")) return true;
        if (!body.starts_with("\r\n")) return false;
        const auto head_end = body.find("\r\n\r\n");
        const auto end = body.find("\r\n" + mark);
        if (head_end == std::string_view::npos || end == std::string_view::npos || end < head_end)
            return false;
        const auto head = body.substr(0, head_end);
        const auto value =
            end < head_end + 4 ? std::string_view{} : body.substr(head_end + 4, end - head_end - 4);
        if (head.find("filename=") == std::string_view::npos) {
            const auto name = disposition_part(head, "name");
            if (!is_utf8(name) || !is_utf8(value) || form.fields().size() >= kMaxFields)
                return false;
            form.add(std::string(name), with_plain_lines(value));
        }
        at = body.find(mark, end);
    }
    return false;
}

bool read_json_object(std::string_view body, Form& form) {
    const auto value = json::parse(body);
    if (!value || !value->is_object()) return false;
    for (const auto& [name, member] : value->members()) {
        if (!is_utf8(name) || !is_utf8(member.string_or(""))) return false;
        if (auto text = member.string()) form.add(name, with_plain_lines(*text));
        else if (auto yes = member.boolean(); yes && *yes) form.add(name, "1");
        else if (auto number = member.integer()) form.add(name, std::to_string(*number));
    }
    return true;
}

}  // namespace

bool Form::has(std::string_view name) const {
    return std::any_of(fields_.begin(), fields_.end(),
                       [&](const auto& field) { return field.first == name; });
}

std::string_view Form::operator[](std::string_view name) const {
    for (const auto& [key, value] : fields_)
        if (key == name) return value;
    return {};
}

std::vector<std::string_view> Form::all(std::string_view name) const {
    std::vector<std::string_view> values;
    for (const auto& [key, value] : fields_)
        if (key == name) values.push_back(value);
    return values;
}

bool read_urlencoded(std::string_view text, Form& form) {
    while (!text.empty()) {
        const auto pair = text.substr(0, text.find('&'));
        text.remove_prefix(std::min(text.size(), pair.size() + 1));
        if (pair.empty()) continue;
        if (form.fields().size() >= kMaxFields) return false;
        const auto equals = pair.find('=');
        auto name = decoded(pair.substr(0, equals));
        auto value = equals == std::string_view::npos ? std::optional<std::string>("")
                                                      : decoded(pair.substr(equals + 1));
        if (!name || !value) return false;
        form.add(*std::move(name), *std::move(value));
    }
    return true;
}

Result<Form> read_form(const http::Request& request) {
    Form form;
    const std::string type = ascii_lower(
        request.header("Content-Type").substr(0, request.header("Content-Type").find(';')));
    bool good = true;
    if (type == "application/x-www-form-urlencoded") {
        good = read_urlencoded(request.body, form);
    } else if (type == "multipart/form-data" && !request.body_file) {
        const auto full = request.header("Content-Type");
        const auto at = full.find("boundary=");
        if (at == std::string_view::npos) return fail(Fault::Malformed, "web.bad_form");
        auto boundary = full.substr(at + 9);
        if (boundary.starts_with('"')) boundary = boundary.substr(1, boundary.find('"', 1) - 1);
        boundary = boundary.substr(0, boundary.find(';'));
        good = !boundary.empty() && boundary.size() <= 70 &&
               read_multipart(request.body, boundary, form);
    } else if (type == "application/json") {
        good = read_json_object(request.body, form);
    }
    if (!good) return fail(Fault::Malformed, "web.bad_form");
    return form;
}

}  // namespace torv::web
