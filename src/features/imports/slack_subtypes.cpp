#include "features/imports/slack_subtypes.hpp"

namespace torv::imports::slack {

std::string_view outcome_of(std::string_view subtype) {
    for (const std::string_view join : {"channel_join", "group_join"})
        if (subtype == join) return "joins";
    for (const std::string_view leave : {"channel_leave", "group_leave"})
        if (subtype == leave) return "leaves";
    for (const std::string_view note :
         {"channel_topic", "channel_purpose", "channel_name", "channel_archive",
          "channel_unarchive", "group_topic", "group_purpose", "group_name", "group_archive",
          "group_unarchive", "pinned_item", "unpinned_item", "bot_add", "bot_remove",
          "channel_convert_to_private", "channel_posting_permissions", "reminder_add", "tombstone",
          "sh_room_created"})
        if (subtype == note) return "notes";
    return "posts";
}

bool is_talk(std::string_view subtype) {
    for (const std::string_view talk :
         {"", "file_share", "file_comment", "file_mention", "me_message", "thread_broadcast",
          "bot_message", "reply_broadcast", "slackbot_response", "reminder_comment"})
        if (subtype == talk) return true;
    return false;
}

}  // namespace torv::imports::slack
