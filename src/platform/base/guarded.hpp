#pragma once

#include <mutex>
#include <utility>

namespace torv {

/// Data that threads share, inside its lock: `auto rooms = rooms_.lock(); rooms->erase(id);`
template <class T>
class Guarded {
public:
    class Access {
    public:
        explicit Access(Guarded& owner) : lock_(owner.mutex_), data_(&owner.data_) {}
        T* operator->() { return data_; }
        T& operator*() { return *data_; }
        std::unique_lock<std::mutex>& mutex_lock() {
            return lock_;
        }  ///< to wait on a condition variable

    private:
        std::unique_lock<std::mutex> lock_;
        T* data_;
    };

    Guarded() = default;
    explicit Guarded(T data) : data_(std::move(data)) {}
    Access lock() { return Access(*this); }

private:
    std::mutex mutex_;
    T data_{};
};

}  // namespace torv
