#include "platform/http/body_sink.hpp"

#include <fcntl.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "platform/base/log.hpp"

namespace torv::http {

namespace {

constexpr std::uint64_t kReserveMost = 256 << 20;
constexpr std::uint64_t kReservePart = 20;
constexpr std::uint64_t kLookEvery = 4 << 20;

int status_of(int error) {
    if (error == ENOSPC || error == EDQUOT || error == EFBIG) return 507;
    log::error("http.spool_failed", {{"errno", error}});
    return 500;
}

}  // namespace

OpenFile& OpenFile::operator=(OpenFile&& other) noexcept {
    std::swap(descriptor_, other.descriptor_);
    return *this;
}

OpenFile::~OpenFile() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

bool OpenFile::read(std::uint64_t offset, std::string& piece) const {
    for (std::size_t have = 0; have < piece.size();) {
        const auto got = ::pread(descriptor_, piece.data() + have, piece.size() - have,
                                 static_cast<off_t>(offset + have));
        if (got == 0 || (got < 0 && errno != EINTR)) return false;
        if (got > 0) have += static_cast<std::size_t>(got);
    }
    return true;
}

OpenFile open_to_read(const std::filesystem::path& path) {
    return OpenFile(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
}

int BodySink::open(const BodyPlan& plan, const std::filesystem::path& directory,
                   std::string_view request_id, std::uint64_t expected) {
    if (!plan.spool) return 0;
    directory_ = directory;
    if (const int status = keep_reserve(expected)) return status;
    const auto path = directory / ("body-" + std::string(request_id));
    open_ = OpenFile(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
    if (!open_) return status_of(errno);
    file_ = std::make_shared<TempFile>(path);
    return 0;
}

/// A disk that uploads have filled could not take a post any more.
int BodySink::keep_reserve(std::uint64_t more) {
    struct statvfs disk{};
    if (::statvfs(directory_.c_str(), &disk) != 0) return status_of(errno);
    const auto block = std::uint64_t{disk.f_frsize};
    const auto reserve = std::min(kReserveMost, disk.f_blocks * block / kReservePart);
    looked_at_ = size_;
    return disk.f_bavail * block < more + reserve ? 507 : 0;
}

int BodySink::write(std::string_view piece) {
    size_ += piece.size();
    if (file_ && size_ - looked_at_ > kLookEvery)
        if (const int status = keep_reserve(0)) return status;
    if (!file_) {
        memory_.append(piece);
        return 0;
    }
    while (!piece.empty()) {
        const auto done = ::write(open_.get(), piece.data(), piece.size());
        if (done < 0 && errno != EINTR) return status_of(errno);
        if (done > 0) piece.remove_prefix(static_cast<std::size_t>(done));
    }
    return 0;
}

void BodySink::finish(Request& request) {
    open_ = OpenFile();
    request.body_size = size_;
    request.body = std::move(memory_);
    request.body_file = std::move(file_);
}

}  // namespace torv::http
