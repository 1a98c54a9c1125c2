#pragma once

#include <string>
#include <string_view>

#include "app/command.hpp"
#include "features/imports/imports.hpp"
#include "platform/base/ids.hpp"
#include "platform/base/result.hpp"

/// What the commands that import have in common.
namespace torv::app {

/// The community of that name; made when there is none.
Result<CommunityId> community_named(Cli& cli, const std::string& name);

/// Noted as done by nobody who is known: whoever has the machine in hand.
void note_import(Cli& cli, CommunityId community);

/// Says what became of everything; gives the exit code. `rows`: what was counted.
int tell_import(Cli& cli, const imports::Report& report, std::string_view rows);

}  // namespace torv::app
