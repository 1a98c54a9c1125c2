#include "platform/db/file_lock.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>

#include "platform/db/db.hpp"

namespace torv::db {

FileLock::FileLock(const std::string& path, Wait wait)
    : file_(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)) {
    if (file_ < 0) throw DbError(DbFault::Io, "cannot open " + path);
    int taken = -1;
    do {
        taken = ::flock(file_, wait == Wait::Yes ? LOCK_EX : LOCK_EX | LOCK_NB);
    } while (taken != 0 && errno == EINTR);
    if (taken == 0) return;
    ::close(file_);
    throw DbError(DbFault::Busy, "another process has " + path);
}

FileLock::~FileLock() { ::close(file_); }

}  // namespace torv::db
