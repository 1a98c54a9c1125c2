#pragma once

#include <string>

namespace torv::db {

/// A lock between processes, on a file that stays. The kernel lets go of it when the process dies.
class FileLock {
public:
    enum class Wait { No, Yes };
    /// Throws DbError: Busy when another process has it and we do not wait, Io when the file cannot
    /// be made.
    FileLock(const std::string& path, Wait wait);
    ~FileLock();
    FileLock(const FileLock&) = delete;

private:
    int file_;
};

}  // namespace torv::db
