#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "platform/http/http.hpp"

/// Where the body of a request goes while it comes in: memory, or a file that nobody else can open.
/// Private to http.
namespace torv::http {

/// An open file, closed when it goes.
class OpenFile {
public:
    OpenFile() = default;
    explicit OpenFile(int descriptor) : descriptor_(descriptor) {}
    OpenFile(OpenFile&& other) noexcept : descriptor_(other.descriptor_) { other.descriptor_ = -1; }
    OpenFile& operator=(OpenFile&& other) noexcept;
    ~OpenFile();
    explicit operator bool() const { return descriptor_ >= 0; }
    int get() const { return descriptor_; }
    /// Fills `piece` from `offset`; false when the file ends before or cannot be read.
    bool read(std::uint64_t offset, std::string& piece) const;

private:
    int descriptor_ = -1;
};

OpenFile open_to_read(const std::filesystem::path& path);

class BodySink {
public:
    /// 0, or the status to refuse with: 507 when the disk is full, 500 when the file cannot be
    /// made.
    /// `expected`: bytes that were announced, or 0.
    int open(const BodyPlan& plan, const std::filesystem::path& directory,
             std::string_view request_id, std::uint64_t expected);
    int write(std::string_view piece);
    std::uint64_t size() const { return size_; }
    /// Hands what came in to the request.
    void finish(Request& request);

private:
    int keep_reserve(std::uint64_t more);

    std::string memory_;
    std::filesystem::path directory_;
    std::uint64_t looked_at_ = 0;  ///< size_ when the free space was last looked at
    std::shared_ptr<TempFile>
        file_;  ///< goes to the request when it is whole, else removes the file
    OpenFile open_;
    std::uint64_t size_ = 0;
};

}  // namespace torv::http
