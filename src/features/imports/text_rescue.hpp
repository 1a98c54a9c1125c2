#pragma once

#include <string>

namespace torv::imports {

/// What was mended in a text that should have been UTF-8 JSON.
enum class Rescue { None, Encoding, Surrogates };

/// Makes `text` readable as UTF-8 JSON: takes away a byte order mark, reads UTF-16 with a mark,
/// takes other bytes for Windows' Western set, and puts U+FFFD for halves of a surrogate pair
/// ("\ud83d" alone). Tells what it had to do.
Rescue rescue(std::string& text);

}  // namespace torv::imports
