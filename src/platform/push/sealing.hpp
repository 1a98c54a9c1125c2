#pragma once

#include <string>
#include <string_view>

#include "platform/push/push.hpp"

/// What libcrypto does for push. Only files of this module include it. Lost memory and broken keys
/// of our own throw std::runtime_error.
namespace torv::push {

/// True for an uncompressed point of the curve.
bool is_point(std::string_view key);

/// RFC 8291 in one record of RFC 8188: `maker` is made for this message alone, `salt` has 16
/// bytes, `padding` zeros hide the length.
std::string sealed(std::string_view text, const Address& to, const Keys& maker,
                   std::string_view salt, std::size_t padding);

/// A token of RFC 8292, signed with ES256.
std::string token(std::string_view audience, std::string_view contact, const Keys& keys,
                  Instant expires);

}  // namespace torv::push
