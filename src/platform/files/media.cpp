#include "platform/files/media.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <optional>
#include <semaphore>
#include <system_error>

#include "platform/base/log.hpp"
#include "platform/base/text.hpp"

namespace torv::media {

namespace {

using std::chrono::steady_clock;

constexpr std::size_t kMaxAnswer = 64 << 20;
constexpr int kTooManyPixels = 4;
constexpr int kAtOnce = 2;

/// What torv-media said and how it ended.
struct Answer {
    std::string bytes;
    int status = 0;  ///< as waitpid gives it
    bool too_slow = false;
};

class Pipe {
public:
    Pipe() {
        if (::pipe2(ends_, O_CLOEXEC) != 0)
            throw std::system_error(errno, std::generic_category(), "pipe");
    }
    ~Pipe() {
        close_write();
        ::close(ends_[0]);
    }
    Pipe(const Pipe&) = delete;
    int read_end() const { return ends_[0]; }
    int write_end() const { return ends_[1]; }
    void close_write() {
        if (ends_[1] >= 0) ::close(ends_[1]);
        ends_[1] = -1;
    }

private:
    int ends_[2] = {-1, -1};
};

/// With the picture as its input, the pipe as its output, nothing else open and an empty
/// environment.
pid_t start(const std::filesystem::path& program, const std::filesystem::path& picture,
            const Pipe& answer, const std::vector<std::string>& words) {
    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, picture.c_str(), O_RDONLY, 0);
    ::posix_spawn_file_actions_adddup2(&actions, answer.write_end(), STDOUT_FILENO);
    ::posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    ::posix_spawn_file_actions_addclosefrom_np(&actions, STDERR_FILENO + 1);
    std::vector<char*> arguments{const_cast<char*>(program.c_str())};
    for (const std::string& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
    arguments.push_back(nullptr);
    char* nothing[] = {nullptr};
    pid_t child = 0;
    const int error =
        ::posix_spawn(&child, program.c_str(), &actions, nullptr, arguments.data(), nothing);
    ::posix_spawn_file_actions_destroy(&actions);
    if (error != 0)
        throw std::system_error(error, std::generic_category(), "starting " + program.string());
    return child;
}

/// Reads until the end, the limit or the deadline; false when it was cut off.
bool read_answer(const Pipe& pipe, std::string& into, steady_clock::time_point deadline) {
    char buffer[1 << 16];
    while (into.size() < kMaxAnswer) {
        const auto left =
            std::chrono::duration_cast<std::chrono::milliseconds>(deadline - steady_clock::now())
                .count();
        if (left <= 0) return false;
        pollfd wait{pipe.read_end(), POLLIN, 0};
        const int ready = ::poll(&wait, 1, static_cast<int>(left));
        if (ready < 0 && errno == EINTR) continue;
        if (ready <= 0) return false;
        const ssize_t count = ::read(pipe.read_end(), buffer, sizeof buffer);
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) return true;
        into.append(buffer, static_cast<std::size_t>(count));
    }
    return false;
}

Answer ask(const std::filesystem::path& program, const std::filesystem::path& picture,
           const char* purpose, const Limits& limits) {
    static std::counting_semaphore<kAtOnce> free{kAtOnce};
    free.acquire();
    struct Release {
        ~Release() { free.release(); }
    } const release;

    Answer answer;
    Pipe pipe;
    const pid_t child = start(program, picture, pipe,
                              {purpose, std::to_string(limits.max_pixels),
                               std::to_string(limits.max_memory), std::to_string(limits.seconds)});
    pipe.close_write();
    const auto deadline = steady_clock::now() + std::chrono::seconds(limits.seconds);
    if (!read_answer(pipe, answer.bytes, deadline)) {
        answer.too_slow = true;
        ::kill(child, SIGKILL);
    }
    while (::waitpid(child, &answer.status, 0) < 0 && errno == EINTR) {
    }
    return answer;
}

/// The lines of an answer, from a program that may have been taken over: nothing in it is trusted.
class Reader {
public:
    explicit Reader(std::string_view bytes) : rest_(bytes) {}

    std::optional<std::vector<std::string_view>> line() {
        const std::size_t end = rest_.substr(0, 200).find('\n');
        if (end == rest_.npos) return std::nullopt;
        const auto words = split(rest_.substr(0, end), ' ');
        rest_.remove_prefix(end + 1);
        return words;
    }
    std::optional<std::string_view> bytes(std::uint64_t count) {
        if (count > rest_.size()) return std::nullopt;
        const std::string_view taken = rest_.substr(0, count);
        rest_.remove_prefix(count);
        return taken;
    }

private:
    std::string_view rest_;
};

bool is_known_format(std::string_view name) {
    constexpr std::string_view known[] = {"jpeg", "png", "webp", "gif", "avif", "heic"};
    return std::find(std::begin(known), std::end(known), name) != std::end(known);
}

bool is_webp(std::string_view bytes) {
    return bytes.starts_with("RIFF") && bytes.substr(8, 4) == "WEBP";
}

std::unexpected<Error> unreadable() {
    return fail(Fault::Invalid, "files.picture_unreadable", "file");
}

Result<Picture> read_picture(Reader reader, files::Store& store) {
    const auto head = reader.line();
    if (!head || head->size() != 5 || (*head)[0] != "picture" || !is_known_format((*head)[4]))
        return unreadable();
    Picture picture{.width = parse_int<int>((*head)[1]).value_or(0),
                    .height = parse_int<int>((*head)[2]).value_or(0),
                    .animated = (*head)[3] == "1",
                    .format = std::string((*head)[4]),
                    .variants = {}};
    if (picture.width <= 0 || picture.height <= 0) return unreadable();
    while (const auto words = reader.line()) {
        if (words->size() == 1 && (*words)[0] == "end" && !picture.variants.empty()) return picture;
        if (words->size() != 4 || !parse_int<int>((*words)[0])) return unreadable();
        const auto width = parse_int<int>((*words)[1]), height = parse_int<int>((*words)[2]);
        const auto size = parse_int<std::uint64_t>((*words)[3]);
        const auto bytes = size ? reader.bytes(*size) : std::nullopt;
        if (!bytes || !is_webp(*bytes) || !width || !height || *width <= 0 || *height <= 0)
            return unreadable();
        const files::Stored stored = TRY(store.put(*bytes));
        picture.variants.push_back(
            {std::string((*words)[0]), *width, *height, stored.size, stored.hash});
    }
    return unreadable();
}

}  // namespace

Processor::Processor(std::filesystem::path program, files::Store& store, Limits limits)
    : program_(std::move(program)), store_(store), limits_(limits) {}

Result<Picture> Processor::picture(const std::filesystem::path& original) {
    return run(original, "page");
}
Result<Picture> Processor::avatar(const std::filesystem::path& original) {
    return run(original, "avatar");
}

Result<Picture> Processor::run(const std::filesystem::path& original, const char* purpose) {
    const Answer answer = ask(program_, original, purpose, limits_);
    if (WIFEXITED(answer.status) && WEXITSTATUS(answer.status) == kTooManyPixels)
        return fail(Fault::Invalid, "files.picture_too_large", "file");
    if (!WIFEXITED(answer.status) || WEXITSTATUS(answer.status) != 0) {
        log::info("media.refused",
                  {{"code", WIFEXITED(answer.status) ? WEXITSTATUS(answer.status) : -1},
                   {"signal", WIFSIGNALED(answer.status) ? WTERMSIG(answer.status) : 0},
                   {"too_slow", answer.too_slow ? 1 : 0}});
        return unreadable();
    }
    return read_picture(Reader(answer.bytes), store_);
}

std::filesystem::path beside_this_program() {
    return std::filesystem::read_symlink("/proc/self/exe").parent_path() / "torv-media";
}

}  // namespace torv::media
