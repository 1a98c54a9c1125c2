#include <errno.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <new>
#include <string>

#include "media/pictures.hpp"
#include "media/sandbox.hpp"

/// torv-media page|avatar MAX_PIXELS MEMORY_BYTES CPU_SECONDS < picture > variants
///
/// Writes "picture WIDTH HEIGHT ANIMATED FORMAT\n", for each variant "NAME WIDTH HEIGHT BYTES\n"
/// and its bytes, and "end\n". Exit codes: 0 done, 2 misused, 3 not a picture that can be read, 4
/// too many pixels.
namespace {

using namespace torv::media;

constexpr int kMisused = 2, kUnreadable = 3, kTooManyPixels = 4;

bool read_all(std::string& into) {
    char buffer[1 << 16];
    while (true) {
        const ssize_t count = ::read(STDIN_FILENO, buffer, sizeof buffer);
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) return count == 0;
        into.append(buffer, static_cast<std::size_t>(count));
    }
}

void write_all(std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t count = ::write(STDOUT_FILENO, bytes.data(), bytes.size());
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) ::_exit(1);
        bytes.remove_prefix(static_cast<std::size_t>(count));
    }
}

void write_picture(const Decoded& picture) {
    std::string line = "picture " + std::to_string(picture.width) + ' ' +
                       std::to_string(picture.height) + ' ' + (picture.animated ? "1 " : "0 ");
    write_all(line.append(picture.format) + '\n');
    for (const Encoded& variant : picture.variants) {
        write_all(variant.name + ' ' + std::to_string(variant.width) + ' ' +
                  std::to_string(variant.height) + ' ' + std::to_string(variant.webp.size()) +
                  '\n');
        write_all(variant.webp);
    }
    write_all("end\n");
}

int run(Purpose purpose, std::int64_t max_pixels) {
    try {
        start_vips();
        lock_in();
        std::string bytes;
        if (!read_all(bytes)) return kUnreadable;
        write_picture(convert(bytes, purpose, max_pixels));
        return 0;
    } catch (const TooManyPixels&) {
        return kTooManyPixels;
    } catch (const Unreadable& e) {
        std::fprintf(stderr, "torv-media: %s\n", e.why.c_str());
    } catch (const std::bad_alloc&) {
        std::fprintf(stderr, "torv-media: no more memory\n");
    }
    return kUnreadable;
}

}  // namespace

int main(int count, char** words) {
    if (count != 5) {
        std::fprintf(stderr,
                     "usage: torv-media page|avatar MAX_PIXELS MEMORY_BYTES CPU_SECONDS < picture "
                     "> variants\n");
        return kMisused;
    }
    limit({.memory = std::atoll(words[3]),
           .cpu_seconds = static_cast<std::uint64_t>(std::atoll(words[4]))});
    const Purpose purpose = std::strcmp(words[1], "avatar") == 0 ? Purpose::Avatar : Purpose::Page;
    const int code = run(purpose, std::atoll(words[2]));
    // Without the clean-up of a hundred libraries, some of which would ask the kernel for what it
    // now refuses.
    ::_exit(code);
}
