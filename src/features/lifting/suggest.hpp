#pragma once

#include <string>
#include <vector>

#include "platform/base/ids.hpp"
#include "platform/base/time.hpp"

/// Which messages of a stream belong to one conversation. Knows nothing of pages and databases;
/// docs/develop/lifting.md says how good it is and how that was measured.
namespace torv::lifting {

struct Said {
    PostId id;
    MemberId author;
    Instant at;
    PostId reply_to;   ///< 0: none
    std::string text;  ///< Markdown
};

/// Who may be addressed in the stream: "@bo", "Bo: …".
struct Speaker {
    MemberId id;
    std::string handle;
    std::string name;
};

/// The conversation around one message: itself and those that probably belong to it, in the order
/// of the stream. `stream` is a stretch around it, oldest first; a few hundred are enough. Nothing
/// when the message is not among them.
std::vector<PostId> conversation(const std::vector<Said>& stream,
                                 const std::vector<Speaker>& speakers, PostId around);

}  // namespace torv::lifting
