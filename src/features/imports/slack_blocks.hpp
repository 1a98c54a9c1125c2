#pragma once

#include <string>

#include "platform/json/json.hpp"

namespace torv::imports::slack {

/// A message's `blocks` (rich_text and others) in Slack's own markup, for messages whose "text" is
/// empty. Lists, quotes, code, styles, links and mentions stay what they are. Source: Slack's
/// "Block Kit: blocks".
std::string text_of_blocks(const json::Value& blocks);

/// What an attachment says (pretext, title, text, fields, blocks, fallback), in Slack's markup,
/// quoted but for the pretext. Empty when it says nothing.
std::string text_of_attachment(const json::Value& attachment);

}  // namespace torv::imports::slack
