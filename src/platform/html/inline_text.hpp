#pragma once

#include <cstddef>
#include <string>
#include <string_view>

/// What stands in a run of plain text besides words.
namespace torv::markdown {

enum class TokenKind { Words, Mention, Tag, Emoji };

struct Token {
    TokenKind kind = TokenKind::Words;
    std::string_view raw;  ///< as written
    std::string value;     ///< handle, tag (both lower case) or the emoji itself; empty for words
};

/// Cuts a run of text into tokens, one after the other.
class Tokens {
public:
    explicit Tokens(std::string_view text) : text_(text) {}
    /// False at the end.
    bool next(Token& token);

private:
    bool special_at(std::size_t at, Token& token) const;
    bool mention_at(std::size_t at, Token& token) const;
    bool tag_at(std::size_t at, Token& token) const;
    bool emoji_at(std::size_t at, Token& token) const;

    std::string_view text_;
    std::size_t at_ = 0;
};

/// Lower case for ASCII, Latin, Greek and Cyrillic letters; the rest stays.
std::string lower(std::string_view text);

/// "&amp;" → "&". Empty when it is not one of the usual names nor a number of a character.
std::string decode_entity(std::string_view entity);

}  // namespace torv::markdown
