// What a form sends, in its three spellings and beside a file. First line: the Content-Type; the
// rest: the body.
#include "platform/web/form.hpp"

#include <cstdint>
#include <filesystem>
#include <fstream>

#include "platform/base/text.hpp"
#include "tests/fuzz/check.hpp"

namespace {

using namespace torv;

void check_form(const web::Form& form) {
    HOLDS(form.fields().size() <= 1000);
    for (const auto& [name, value] : form.fields()) HOLDS(is_utf8(name) && is_utf8(value));
}

/// As a route has it that asks for files.
void check_spooled(http::Request request) {
    static const std::filesystem::path path =
        std::filesystem::temp_directory_path() / ("torv-fuzz-form-" + std::to_string(getpid()));
    std::ofstream(path, std::ios::binary | std::ios::trunc) << request.body;
    request.body_size = request.body.size();
    request.body.clear();
    request.body_file = std::make_shared<http::TempFile>(path);
    web::Form form;
    const auto file = web::read_spooled(request, form);
    check_form(form);
    if (!file) return;
    HOLDS(file->offset + file->length <= request.body_size);
    HOLDS(is_utf8(file->name) && file->name.find_first_of("/\\") == std::string::npos);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    std::string_view rest(reinterpret_cast<const char*>(bytes), size);
    const std::string type(fuzz::take_line(rest));
    http::Request request{.method = "POST",
                          .headers = {{"Content-Type", type}, {"X-Torv-Filename", type}},
                          .body = std::string(rest)};
    if (const auto form = web::read_form(request)) check_form(*form);
    web::Form query;
    if (web::read_urlencoded(rest, query)) check_form(query);
    check_spooled(std::move(request));
    return 0;
}
