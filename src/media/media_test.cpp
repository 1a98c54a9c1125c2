#include <doctest/doctest.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <string>

#include "media/pictures.hpp"
#include "media/sandbox.hpp"

using namespace torv;

namespace {

/// True when `attempt` fails behind the walls of the sandbox. Runs in a child: there is no way out
/// again.
template <class Attempt>
bool is_refused(Attempt attempt) {
    const pid_t child = ::fork();
    if (child == 0) {
        media::lock_in();
        ::_exit(attempt() < 0 && (errno == EPERM || errno == EACCES || errno == ENOSYS) ? 0 : 1);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

}  // namespace

TEST_CASE("inside the sandbox there are no files, no network and no other programs") {
    CHECK(is_refused([] { return ::open("/etc/passwd", O_RDONLY); }));
    CHECK(is_refused([] { return ::open("/tmp/torv-escape", O_WRONLY | O_CREAT, 0600); }));
    CHECK(is_refused([] { return ::socket(AF_INET, SOCK_STREAM, 0); }));
    CHECK(is_refused([] { return ::socket(AF_UNIX, SOCK_STREAM, 0); }));
    CHECK(is_refused([] { return ::fork(); }));
    CHECK(is_refused([] { return ::execl("/bin/true", "true", nullptr); }));
    CHECK(is_refused([] { return ::kill(::getppid(), SIGUSR1); }));
    CHECK_FALSE(is_refused([] { return ::getpid(); }));
}

TEST_CASE("a format is told by the content, and a drawing that holds scripts is none") {
    const auto padded = [](std::string bytes) { return bytes + std::string(32, ' '); };
    CHECK(media::format_of(padded("\xFF\xD8\xFF\xE0")) == "jpeg");
    CHECK(media::format_of(padded("\x89PNG\r\n\x1A\n")) == "png");
    CHECK(media::format_of(padded("GIF89a")) == "gif");
    CHECK(media::format_of(padded("RIFF1234WEBP")) == "webp");
    CHECK(media::format_of(padded(std::string("\0\0\0\x20", 4) + "ftypavif")) == "avif");
    CHECK(media::format_of(padded("<svg xmlns=\"http://www.w3.org/2000/svg\">")).empty());
    CHECK(media::format_of(padded("%PDF-1.7")).empty());
    CHECK(media::format_of("GIF89a").empty());
}
