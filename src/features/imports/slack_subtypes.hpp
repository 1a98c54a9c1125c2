#pragma once

#include <string_view>

/// Kinds of messages as Slack names them.
namespace torv::imports::slack {

/// How a subtype is kept: "posts", "joins", "leaves" or "notes". What is not known is somebody
/// talking.
std::string_view outcome_of(std::string_view subtype);
/// True for the kinds of talk that we know.
bool is_talk(std::string_view subtype);

}  // namespace torv::imports::slack
