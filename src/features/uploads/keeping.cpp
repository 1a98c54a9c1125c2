#include "features/uploads/keeping.hpp"

#include <filesystem>
#include <fstream>

#include "features/uploads/kinds.hpp"
#include "platform/config/config.hpp"
#include "platform/crypto/crypto.hpp"
#include "platform/files/media.hpp"
#include "platform/http/http.hpp"
#include "platform/web/web.hpp"

namespace torv::uploads {

namespace fs = std::filesystem;

namespace {

std::string beginning_of(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    std::string bytes(kBeginning, '\0');
    in.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    bytes.resize(static_cast<std::size_t>(in.gcount()));
    return bytes;
}

/// The file by itself: the body when it is nothing else, or a copy of its part.
class Alone {
public:
    Alone(const web::SentFile& sent, const fs::path& folder) : path_(sent.path) {
        if (sent.offset == 0 && sent.length == fs::file_size(sent.path)) return;
        copy_ = std::make_unique<http::TempFile>(folder / ("part-" + crypto::random_token(12)));
        path_ = copy_->path();
        web::save(sent, path_);
    }
    const fs::path& path() const { return path_; }

private:
    std::unique_ptr<http::TempFile> copy_;
    fs::path path_;
};

Part part(const media::Variant& variant) {
    return {.name = variant.name,
            .width = variant.width,
            .height = variant.height,
            .size = static_cast<std::int64_t>(variant.size),
            .hash = variant.hash.text()};
}

Result<Kept> keep_picture(const web::Services& services, const fs::path& file, Kept kept,
                          Purpose purpose) {
    const auto made = TRY(purpose == Purpose::Face ? services.media->avatar(file)
                                                   : services.media->picture(file));
    for (const auto& variant : made.variants) kept.parts.push_back(part(variant));
    const Part& largest = kept.parts.back();
    kept.upload.name = picture_name(kept.upload.name);
    kept.upload.media_type = "image/webp";
    kept.upload.size = largest.size;
    kept.upload.width = largest.width;
    kept.upload.height = largest.height;
    return kept;
}

Result<Kept> keep_as_it_is(const web::Services& services, const fs::path& file, Kept kept) {
    const auto stored = TRY(services.files->put_file(file));
    if (kept.upload.name.empty()) kept.upload.name = "file";
    kept.upload.size = static_cast<std::int64_t>(stored.size);
    kept.parts.push_back({.name = {}, .size = kept.upload.size, .hash = stored.hash.text()});
    return kept;
}

}  // namespace

Result<Kept> keep(web::Context& ctx, Purpose purpose) {
    const auto& sent = ctx.file();
    const auto& config = ctx.services.config;
    if (!sent) return fail(Fault::Invalid, "uploads.no_file", "file");
    if (sent->length == 0)
        return fail(Fault::Invalid, sent->name.empty() ? "uploads.no_file" : "uploads.empty",
                    "file");
    if (sent->length > static_cast<std::uint64_t>(config.max_upload))
        return fail(Fault::TooLarge, "uploads.too_large", "file",
                    {{"limit", ctx.t.size(config.max_upload)}});

    const Alone file(*sent, config.tmp_dir());
    const std::string name = clean_name(sent->name);
    const auto what = recognise(beginning_of(file.path()), name);
    Kept kept{.upload = {.kind = what.kind,
                         .name = name,
                         .media_type = std::string(what.media_type),
                         .content = crypto::file_sha256(file.path())},
              .parts = {}};
    if (what.kind == Kind::Picture)
        return keep_picture(ctx.services, file.path(), std::move(kept), purpose);
    if (purpose == Purpose::Face) return fail(Fault::Invalid, "uploads.not_a_picture", "file");
    // Something else under a picture's name would never be shown: better to say so now.
    if (is_named_picture(name)) return fail(Fault::Invalid, "files.picture_unreadable", "file");
    return keep_as_it_is(ctx.services, file.path(), std::move(kept));
}

}  // namespace torv::uploads
