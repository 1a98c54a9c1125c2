#pragma once

#include <vector>

#include "platform/i18n/i18n.hpp"

namespace torv::app {

/// The catalogues inside the program.
std::vector<i18n::File> catalogue_files();

}  // namespace torv::app
