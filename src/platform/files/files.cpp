#include "platform/files/files.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <ctime>
#include <fstream>
#include <iterator>
#include <system_error>

#include "platform/crypto/crypto.hpp"

namespace torv::files {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kHexLength = 64;

[[noreturn]] void refuse(const char* what) {
    throw std::system_error(errno, std::generic_category(), what);
}

/// An open file, closed at the end.
class Descriptor {
public:
    explicit Descriptor(int fd) : fd_(fd) {}
    ~Descriptor() {
        if (fd_ >= 0) ::close(fd_);
    }
    Descriptor(const Descriptor&) = delete;
    int get() const { return fd_; }
    bool ok() const { return fd_ >= 0; }

private:
    int fd_;
};

/// Keeps `sweep` from removing what a `put` has just found to be there; between processes too.
class FolderLock {
public:
    FolderLock(const fs::path& folder, int how)
        : file_(::open((folder / ".lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0640)) {
        if (!file_.ok()) refuse("open .lock");
        while (::flock(file_.get(), how) != 0)
            if (errno != EINTR) refuse("flock");
    }

private:
    Descriptor file_;
};

void sync_folder(const fs::path& folder) {
    const Descriptor open(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!open.ok() || ::fsync(open.get()) != 0) refuse("fsync of a folder");
}

bool no_room(int error) { return error == ENOSPC || error == EDQUOT || error == EFBIG; }

/// 0, or the errno of what went wrong.
int write_all(int fd, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t written = ::write(fd, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return errno;
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return 0;
}

int write_file(const fs::path& path, std::string_view bytes) {
    const Descriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0640));
    if (!file.ok()) return errno;
    if (const int error = write_all(file.get(), bytes)) return error;
    return ::fsync(file.get()) == 0 ? 0 : errno;
}

int copy_bytes(const fs::path& from, const fs::path& to) {
    const Descriptor in(::open(from.c_str(), O_RDONLY | O_CLOEXEC));
    const Descriptor out(::open(to.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0640));
    if (!in.ok() || !out.ok()) return errno;
    std::string buffer(1 << 18, '\0');
    while (true) {
        const ssize_t count = ::read(in.get(), buffer.data(), buffer.size());
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) return errno;
        if (count == 0) break;
        if (const int error = write_all(
                out.get(), std::string_view(buffer).substr(0, static_cast<std::size_t>(count))))
            return error;
    }
    return ::fsync(out.get()) == 0 ? 0 : errno;
}

/// On the same file system the file itself becomes ours, without a copy.
int move_or_copy(const fs::path& from, const fs::path& to) {
    const Descriptor file(::open(from.c_str(), O_RDONLY | O_CLOEXEC));
    if (!file.ok()) return errno;
    if (::fsync(file.get()) != 0) return errno;
    if (::rename(from.c_str(), to.c_str()) == 0) return ::fchmod(file.get(), 0640) == 0 ? 0 : errno;
    return errno == EXDEV ? copy_bytes(from, to) : errno;
}

fs::path temporary_in(const fs::path& folder) {
    static std::atomic<std::uint64_t> counter{0};
    return folder / "tmp" / (std::to_string(::getpid()) + "-" + std::to_string(++counter));
}

}  // namespace

std::optional<Hash> Hash::parse(std::string_view hex) {
    if (hex.size() != kHexLength) return std::nullopt;
    for (const char c : hex)
        if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) return std::nullopt;
    return Hash(std::string(hex));
}

Store::Store(fs::path folder) : folder_(std::move(folder)) {
    fs::create_directories(folder_ / "tmp");
}

fs::path Store::path(const Hash& hash) const {
    return folder_ / hash.text().substr(0, 2) / hash.text().substr(2);
}

bool Store::has(const Hash& hash) const { return fs::exists(path(hash)); }

Result<Stored> Store::put(std::string_view bytes) {
    return keep(*Hash::parse(crypto::Sha256().add(bytes).hex()), bytes.size(),
                [&](const fs::path& to) { return write_file(to, bytes); });
}

Result<Stored> Store::put_file(const fs::path& file) {
    const std::uint64_t size = fs::file_size(file);
    return keep(*Hash::parse(crypto::file_sha256(file)), size,
                [&](const fs::path& to) { return move_or_copy(file, to); });
}

Result<Stored> Store::keep(const Hash& hash, std::uint64_t size,
                           const std::function<int(const fs::path&)>& write) {
    const FolderLock lock(folder_, LOCK_SH);
    const fs::path target = path(hash);
    // A file that is there is made young again, so that a sweep under way leaves it alone.
    if (::utimensat(AT_FDCWD, target.c_str(), nullptr, 0) == 0) return Stored{hash, size};

    const fs::path temporary = temporary_in(folder_);
    if (const int error = write(temporary)) {
        ::unlink(temporary.c_str());
        if (no_room(error)) return fail(Fault::Unavailable, "files.disk_full");
        errno = error;
        refuse("keeping a file");
    }
    const bool new_folder = fs::create_directory(target.parent_path());
    if (::rename(temporary.c_str(), target.c_str()) != 0) refuse("rename");
    ::utimensat(AT_FDCWD, target.c_str(), nullptr, 0);
    sync_folder(target.parent_path());
    if (new_folder) sync_folder(folder_);
    return Stored{hash, size};
}

std::optional<std::string> Store::read(const Hash& hash) const {
    std::ifstream in(path(hash), std::ios::binary);
    if (!in) return std::nullopt;
    return std::string(std::istreambuf_iterator<char>(in), {});
}

bool Store::remove(const Hash& hash) {
    const FolderLock lock(folder_, LOCK_EX);
    return ::unlink(path(hash).c_str()) == 0;
}

void Store::each(const std::function<void(const Hash&, std::uint64_t)>& call) const {
    for (const auto& folder : fs::directory_iterator(folder_)) {
        const std::string prefix = folder.path().filename();
        if (!folder.is_directory() || prefix.size() != 2) continue;
        for (const auto& file : fs::directory_iterator(folder.path()))
            if (const auto hash = Hash::parse(prefix + file.path().filename().string()))
                call(*hash, file.file_size());
    }
}

Swept Store::sweep(const std::function<bool(const Hash&)>& is_used, std::chrono::seconds age) {
    Swept swept;
    const std::time_t newest = std::time(nullptr) - age.count();
    const auto old = [newest](const fs::path& file) {
        struct stat found{};
        return ::stat(file.c_str(), &found) == 0 && found.st_mtime <= newest;
    };
    std::vector<std::pair<Hash, std::uint64_t>> unused;
    each([&](const Hash& hash, std::uint64_t size) {
        if (old(path(hash)) && !is_used(hash)) unused.emplace_back(hash, size);
    });
    for (const auto& [hash, size] : unused) {
        const FolderLock lock(folder_, LOCK_EX);
        if (!old(path(hash)) || ::unlink(path(hash).c_str()) != 0) continue;
        ++swept.files;
        swept.bytes += size;
    }
    for (const auto& file : fs::directory_iterator(folder_ / "tmp"))
        if (old(file.path())) ::unlink(file.path().c_str());
    return swept;
}

std::vector<std::string> Store::check() const {
    std::vector<std::string> wrong;
    for (const auto& folder : fs::directory_iterator(folder_)) {
        const std::string prefix = folder.path().filename();
        if (prefix == "tmp" || prefix == ".lock") continue;
        if (!folder.is_directory()) {
            wrong.push_back(folder.path().string() + ": not one of ours");
            continue;
        }
        for (const auto& file : fs::directory_iterator(folder.path()))
            if (!Hash::parse(prefix + file.path().filename().string()))
                wrong.push_back(file.path().string() + ": not one of ours");
    }
    each([&](const Hash& hash, std::uint64_t) {
        if (crypto::file_sha256(path(hash)) != hash.text())
            wrong.push_back(path(hash).string() + ": content has changed");
    });
    return wrong;
}

}  // namespace torv::files
