#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "platform/base/guarded.hpp"
#include "platform/db/db.hpp"

namespace torv::db {

/// Who wants to know of a commit. It says "look now" and carries nothing.
class Bus {
public:
    Subscription subscribe(std::string_view channel, std::function<void()> woken);
    /// Calls the subscribers of this process.
    void wake(std::string_view channel);

private:
    using Callback = std::function<void()>;
    Guarded<std::map<std::string, std::vector<std::weak_ptr<Callback>>, std::less<>>> channels_;
};

}  // namespace torv::db
