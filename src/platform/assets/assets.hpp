#pragma once

#include <span>
#include <string_view>

/// The files inside the program: the browser bundle, catalogues, migrations, presets and seeds. A
/// release is one file. Everything here lives as long as the program.
namespace torv::assets {

struct Asset {
    std::string_view path;         ///< as in the repository ("migrations/20261121T1000_base.sql",
                                   ///< "locales/da/topics.po"); of the bundle "web/app.css"
    std::string_view bytes;        ///< the content
    std::string_view brotli = {};  ///< the same compressed ahead, or empty where it does not pay
    std::string_view gzip = {};    ///< the same compressed ahead, or empty where it does not pay
    std::string_view hash;         ///< 16 hexadecimal digits of SHA-256 of the content
    std::string_view url = {};     ///< "/assets/app.0123456789abcdef.css"; empty when not served
    std::string_view type = {};    ///< "text/css; charset=utf-8"; empty when not served
};

/// The file at a path, or null.
const Asset* find(std::string_view path);

/// Every file whose path begins with `prefix` ("locales/"), in the order of their paths.
std::span<const Asset> under(std::string_view prefix);

/// The served file with this address ("/assets/…"), or null. The address has the hash of the
/// content in it, so the answer may be kept by a browser for ever.
const Asset* served(std::string_view url);

/// The address of a file of the bundle, by its plain name: `url("app.css")`, `url("icons.svg")`.
/// Empty when there is none.
std::string_view url(std::string_view name);

/// In development: read the browser bundle from this folder (what web/build.mjs wrote), newly at
/// each call when it has changed. Call before the server starts. Empty goes back to the built-in
/// one.
void read_from_disk(std::string_view folder);

}  // namespace torv::assets
