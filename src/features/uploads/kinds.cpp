#include "features/uploads/kinds.hpp"

#include <algorithm>
#include <array>

#include "platform/base/text.hpp"
#include "platform/i18n/i18n.hpp"
#include "platform/i18n/marks.hpp"

namespace torv::uploads {

namespace {

constexpr std::size_t kNameMax = 100;  // characters

struct Type {
    std::string_view ending;
    std::string_view media_type;
};

/// Files that are zip archives inside.
constexpr Type kZipped[] = {
    {"docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
    {"xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
    {"pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"},
    {"odt", "application/vnd.oasis.opendocument.text"},
    {"ods", "application/vnd.oasis.opendocument.spreadsheet"},
    {"odp", "application/vnd.oasis.opendocument.presentation"},
    {"epub", "application/epub+zip"},
};
constexpr std::string_view kPlain[] = {"txt", "text", "md",  "markdown", "csv", "tsv",
                                       "log", "ics",  "vcf", "gpx",      "srt", "vtt"};
constexpr std::string_view kPictures[] = {"jpg", "jpeg", "jpe",  "jfif", "png",
                                          "gif", "webp", "avif", "heic", "heif"};

std::string ending_of(std::string_view name) {
    const auto dot = name.rfind('.');
    return dot == name.npos ? std::string() : ascii_lower(name.substr(dot + 1));
}

bool is_one_of(std::string_view word, auto&& words) {
    return std::find(std::begin(words), std::end(words), word) != std::end(words);
}

/// ISO base media files (MP4 and its relatives) say what they are in their first box.
Recognised iso_media(std::string_view brand) {
    if (is_one_of(brand, std::array{std::string_view("avif"), std::string_view("avis")}))
        return {Kind::Picture, "image/avif"};
    constexpr std::string_view heic[] = {"heic", "heix", "heim", "heis", "hevc", "mif1", "msf1"};
    if (is_one_of(brand, heic)) return {Kind::Picture, "image/heic"};
    if (brand.starts_with("M4A") || brand.starts_with("M4B")) return {Kind::Audio, "audio/mp4"};
    if (brand == "qt  ") return {Kind::Video, "video/quicktime"};
    constexpr std::string_view mp4[] = {"isom", "iso2", "iso4", "iso5", "iso6", "mp41",
                                        "mp42", "avc1", "M4V ", "dash", "MSNV"};
    if (is_one_of(brand, mp4)) return {Kind::Video, "video/mp4"};
    return {};
}

Recognised picture(std::string_view bytes) {
    if (bytes.starts_with("\xFF\xD8\xFF")) return {Kind::Picture, "image/jpeg"};
    if (bytes.starts_with("\x89PNG\r\n\x1A\n")) return {Kind::Picture, "image/png"};
    if (bytes.starts_with("GIF87a") || bytes.starts_with("GIF89a"))
        return {Kind::Picture, "image/gif"};
    const bool riff = bytes.starts_with("RIFF") && bytes.size() >= 12;
    if (riff && bytes.substr(8, 4) == "WEBP") return {Kind::Picture, "image/webp"};
    return {};
}

Recognised sound_or_film(std::string_view bytes) {
    if (bytes.size() >= 12 && bytes.substr(4, 4) == "ftyp") return iso_media(bytes.substr(8, 4));
    if (bytes.size() >= 12 && bytes.starts_with("RIFF") && bytes.substr(8, 4) == "WAVE")
        return {Kind::Audio, "audio/wav"};
    if (bytes.starts_with("ID3") || bytes.starts_with("\xFF\xFB") || bytes.starts_with("\xFF\xF3"))
        return {Kind::Audio, "audio/mpeg"};
    if (bytes.starts_with("fLaC")) return {Kind::Audio, "audio/flac"};
    if (bytes.starts_with("OggS"))
        return bytes.find("\x80theora") == bytes.npos ? Recognised{Kind::Audio, "audio/ogg"}
                                                      : Recognised{Kind::Video, "video/ogg"};
    if (bytes.starts_with("\x1A\x45\xDF\xA3") && bytes.substr(0, 64).find("webm") != bytes.npos)
        return {Kind::Video, "video/webm"};
    return {};
}

/// Text that nothing runs. The last character may be cut by the end of what was read.
bool is_text(std::string_view bytes) {
    if (bytes.find('\0') != bytes.npos) return false;
    if (is_utf8(bytes) || bytes.size() < kBeginning) return is_utf8(bytes);
    for (int cut = 1; cut < 4; ++cut)
        if (is_utf8(bytes.substr(0, bytes.size() - cut))) return true;
    return false;
}

Recognised download(std::string_view bytes, std::string_view name) {
    const std::string ending = ending_of(name);
    if (bytes.starts_with("%PDF-")) return {Kind::File, "application/pdf"};
    if (bytes.starts_with("PK\x03\x04")) {
        for (const Type& type : kZipped)
            if (ending == type.ending) return {Kind::File, type.media_type};
        return {Kind::File, "application/zip"};
    }
    if (is_one_of(ending, kPlain) && is_text(bytes))
        return {Kind::File, "text/plain; charset=utf-8"};
    return {};
}

/// Control characters, and marks that are not seen and change what is.
bool is_hidden(std::string_view character) {
    const bool control = character.size() == 1 &&
                         (static_cast<unsigned char>(character[0]) < 0x20 || character[0] == 0x7F);
    const bool late_control = character.size() == 2 && character[0] == '\xC2' &&
                              static_cast<unsigned char>(character[1]) < 0xA0;
    return control || late_control || i18n::is_hidden_mark(character);
}

/// The stem is shortened, the ending kept: it says with what to open the file.
std::string shortened(const std::string& name) {
    if (code_points(name) <= kNameMax) return name;
    const auto dot = name.rfind('.');
    const bool short_ending = dot != name.npos && name.size() - dot <= 10;
    const std::string ending = short_ending ? name.substr(dot) : "";
    const std::string_view stem = std::string_view(name).substr(0, name.size() - ending.size());
    return std::string(first_code_points(stem, kNameMax - code_points(ending))) + ending;
}

}  // namespace

Recognised recognise(std::string_view beginning, std::string_view name) {
    if (const auto found = picture(beginning); found.kind != Kind::File) return found;
    if (const auto found = sound_or_film(beginning); found.kind != Kind::File) return found;
    return download(beginning, name);
}

bool is_named_picture(std::string_view name) { return is_one_of(ending_of(name), kPictures); }

std::string clean_name(std::string_view sent) {
    if (!is_utf8(sent)) return {};
    std::string kept;
    for (std::string_view rest = sent; !rest.empty();) {
        const auto character = first_code_points(rest, 1);
        rest.remove_prefix(character.size());
        const bool separator = character == "/" || character == "\\";
        if (!is_hidden(character)) kept += separator ? std::string_view("-") : character;
    }
    kept = i18n::nfc(kept);
    std::string_view name = trimmed(kept);
    while (name.starts_with('.')) name.remove_prefix(1);
    return shortened(std::string(trimmed(name)));
}

std::string picture_name(std::string_view clean) {
    const auto dot = clean.rfind('.');
    std::string stem(trimmed(dot == clean.npos || dot == 0 ? clean : clean.substr(0, dot)));
    const bool digits =
        std::all_of(stem.begin(), stem.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (stem.empty()) stem = "picture";
    else if (digits) stem = "picture-" + stem;
    return stem + ".webp";
}

std::string disposition(std::string_view how, std::string_view name) {
    std::string plain;
    for (const char c : name)
        plain += c > 0x20 && c < 0x7F && c != '"' && c != '\\' && c != '%' ? c
                 : c == ' '                                                ? ' '
                                                                           : '_';
    return std::string(how) + "; filename=\"" + plain + "\"; filename*=UTF-8''" +
           percent_encode(name);
}

}  // namespace torv::uploads
