#include <fcntl.h>
#include <sys/sendfile.h>
#include <unistd.h>
#include <algorithm>
#include <cerrno>
#include <fstream>

#include "platform/base/text.hpp"
#include "platform/web/form.hpp"

namespace torv::web {

namespace {

constexpr std::size_t kHeadBytes = 64 * 1024;  ///< the fields before the file must fit
constexpr std::size_t kTailBytes = 4 * 1024;

std::string piece(const std::filesystem::path& path, std::uint64_t from, std::size_t length) {
    std::ifstream in(path, std::ios::binary);
    in.seekg(static_cast<std::streamoff>(from));
    std::string bytes(length, '\0');
    in.read(bytes.data(), static_cast<std::streamsize>(length));
    bytes.resize(static_cast<std::size_t>(in.gcount()));
    return bytes;
}

/// The last part of whatever path a sender gives.
std::string bare_name(std::string_view name) {
    const auto slash = name.find_last_of("/\\");
    if (slash != std::string_view::npos) name.remove_prefix(slash + 1);
    std::string clean;
    for (const char c : first_code_points(name, 200))
        if (static_cast<unsigned char>(c) >= 0x20 && c != 0x7f) clean += c;
    return is_utf8(clean) ? clean : std::string();
}

std::string_view part_value(std::string_view head, std::string_view name) {
    const std::string wanted = " " + std::string(name) + "=\"";
    const auto at = head.find(wanted);
    if (at == std::string_view::npos) return {};
    head.remove_prefix(at + wanted.size());
    return head.substr(0, head.find('"'));
}

std::string boundary_of(const http::Request& request) {
    const auto type = request.header("Content-Type");
    const auto at = type.find("boundary=");
    if (at == std::string_view::npos) return {};
    auto boundary = type.substr(at + 9);
    if (boundary.starts_with('"')) boundary = boundary.substr(1, boundary.find('"', 1) - 1);
    return std::string(boundary.substr(0, boundary.find(';')));
}

/// Length of the file that begins at `offset`: up to the closing boundary at the end of the body.
std::optional<std::uint64_t> length_from(const http::Request& request, std::uint64_t offset,
                                         const std::string& mark) {
    const std::uint64_t tail_from = std::max(
        offset, request.body_size - std::min<std::uint64_t>(request.body_size, kTailBytes));
    const std::string tail = piece(request.body_file->path(), tail_from, kTailBytes);
    auto end = tail.rfind("\r\n" + mark + "--");
    if (end == std::string::npos && tail_from == offset && tail.starts_with(mark)) end = 0;
    if (end == std::string::npos) return std::nullopt;
    return tail_from + end - offset;
}

Result<SentFile> multipart(const http::Request& request, Form& form) {
    const auto bad = [] { return fail(Fault::Malformed, "web.bad_form"); };
    const std::string boundary = boundary_of(request), mark = "--" + boundary;
    if (boundary.empty() || boundary.size() > 70) return bad();
    const std::string head = piece(request.body_file->path(), 0, kHeadBytes);
    std::size_t at = 0;
    while (head.compare(at, mark.size() + 2, mark + "\r\n") == 0) {
        const auto lines = at + mark.size() + 2, head_end = head.find("\r\n\r\n", lines);
        if (head_end == std::string::npos) return bad();
        const std::string_view about = std::string_view(head).substr(lines, head_end - lines);
        if (about.find("filename=") != std::string_view::npos) {
            const auto length = length_from(request, head_end + 4, mark);
            if (!length) return bad();
            return SentFile{.path = request.body_file->path(),
                            .offset = head_end + 4,
                            .length = *length,
                            .name = bare_name(part_value(about, "filename"))};
        }
        const auto end = head.find("\r\n" + mark, head_end + 2);
        if (end == std::string::npos) return bad();
        const std::string value =
            end < head_end + 4 ? "" : head.substr(head_end + 4, end - head_end - 4);
        const auto name = part_value(about, "name");
        if (!is_utf8(name) || !is_utf8(value)) return bad();
        form.add(std::string(name), value);
        at = end + 2;
    }
    return bad();
}

}  // namespace

Result<SentFile> read_spooled(const http::Request& request, Form& form) {
    if (request.header("Content-Type").starts_with("multipart/form-data"))
        return multipart(request, form);
    const auto name = percent_decode(request.header("X-Torv-Filename"));
    return SentFile{.path = request.body_file->path(),
                    .length = request.body_size,
                    .name = bare_name(name.value_or(""))};
}

void save(const SentFile& file, const std::filesystem::path& to) {
    const auto check = [&](bool good) {
        if (good) return;
        if (errno == ENOSPC || errno == EDQUOT)
            throw db::DbError(db::DbFault::Full, "no room for " + to.string());
        throw std::runtime_error("cannot save " + to.string());
    };
    std::filesystem::create_directories(to.parent_path());
    const int in = ::open(file.path.c_str(), O_RDONLY | O_CLOEXEC),
              out = ::open(to.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    off_t at = static_cast<off_t>(file.offset);
    std::uint64_t left = file.length;
    bool good = in >= 0 && out >= 0;
    while (good && left > 0) {
        const auto sent = ::sendfile(out, in, &at, left);
        good = sent > 0;
        if (good) left -= static_cast<std::uint64_t>(sent);
    }
    good = good && ::fsync(out) == 0;
    const int kept = errno;
    if (in >= 0) ::close(in);
    if (out >= 0) ::close(out);
    if (!good) ::unlink(to.c_str());
    errno = kept;
    check(good);
}

}  // namespace torv::web
