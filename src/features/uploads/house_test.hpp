#pragma once

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

#include "features/spaces/spaces.hpp"
#include "features/topics/topics.hpp"
#include "features/uploads/uploads.hpp"
#include "platform/base/log.hpp"
#include "platform/base/text.hpp"
#include "platform/config/config.hpp"
#include "platform/crypto/crypto.hpp"
#include "platform/files/media.hpp"
#include "platform/testing/site.hpp"

/// A site with a data folder, and short ways to bring files.
namespace torv::uploads::testing {

using torv::testing::Answer;
using torv::testing::Fields;
using torv::testing::Site;

inline std::string content(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(in), {});
}

inline std::string photo() { return content("src/platform/files/fixtures/gps.jpg"); }

struct House {
    Site site{uploads::routes, topics::routes};
    files::Store files{std::filesystem::path(site.folder()) / "files"};
    // torv-media is built one folder above the test programs.
    media::Processor media{
        std::filesystem::read_symlink("/proc/self/exe").parent_path().parent_path() / "torv-media",
        files};

    House() {
        log::set_level(log::Level::Error);
        site.services().files = &files;
        site.services().media = &media;
    }

    std::string token(std::string_view who) {
        const auto& viewer = site.as(who).viewer;
        const std::string bound =
            viewer.session ? "session:" + viewer.session.text() : std::string("guest");
        return base64url(crypto::hmac_sha256(site.services().secret, bound)).substr(0, 32);
    }
    /// As the composer's script sends it; `name` is percent-encoded already.
    Answer send(std::string_view who, std::string_view name, std::string bytes,
                std::string_view to = "/uploads") {
        return site.as(who).send({.method = "POST",
                                  .target = std::string(to),
                                  .headers = {{"X-CSRF", token(who)},
                                              {"X-Torv-Filename", std::string(name)},
                                              {"Content-Type", "application/octet-stream"}},
                                  .body = std::move(bytes)});
    }
    /// As a form without script sends it.
    Answer send_form(std::string_view who, std::string_view to, std::string_view name,
                     std::string_view bytes, std::string_view csrf) {
        std::string body = "--b\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n";
        body += std::string(csrf) +
                "\r\n--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" +
                std::string(name) + "\"\r\nContent-Type: image/png\r\n\r\n" + std::string(bytes) +
                "\r\n--b--\r\n";
        return site.as(who).send({.method = "POST",
                                  .target = std::string(to),
                                  .headers = {{"Content-Type", "multipart/form-data; boundary=b"}},
                                  .body = std::move(body)});
    }
    Answer api(std::string_view who, std::string_view name, std::string bytes,
               std::string_view key = {}) {
        http::Request request{.method = "POST",
                              .target = "/api/v1/uploads",
                              .headers = {{"Authorization", "Bearer of-" + std::string(who)},
                                          {"X-Torv-Filename", std::string(name)}},
                              .body = std::move(bytes)};
        if (!key.empty()) request.headers.push_back({"Idempotency-Key", std::string(key)});
        return site.as(who).send(std::move(request));
    }
    /// A topic of one post; its post.
    PostId post(std::string_view who, std::int64_t space, std::string_view body) {
        site.clock().advance(std::chrono::seconds(1));
        auth::Viewer writer = site.as(who).viewer;
        const auto text =
            site.db().read([&](db::Tx& tx) { return topics::prepare(tx, CommunityId{1}, body); });
        const auto topic = site.db().write([&](db::Tx& tx) {
            return topics::start(tx, writer, SpaceId{space}, "With a file", *text);
        });
        return site.db().read([&](db::Tx& tx) {
            return topics::visible(tx, writer, topic.value())->topic.first_post;
        });
    }
    int files_kept() {
        int count = 0;
        files.each([&](const files::Hash&, std::uint64_t) { ++count; });
        return count;
    }
};

inline std::string text_of(const Answer& answer, std::string_view field) {
    return answer.json()[field].string_or("");
}

}  // namespace torv::uploads::testing
