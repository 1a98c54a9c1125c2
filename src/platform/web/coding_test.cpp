#include "platform/web/coding.hpp"

#include <brotli/decode.h>
#include <doctest/doctest.h>
#include <zlib.h>

using namespace torv;
using web::Coding;
using web::Effort;

namespace {

std::string unpacked(const std::string& bytes, Coding coding) {
    std::string text(1 << 20, '\0');
    if (coding == Coding::Brotli) {
        std::size_t size = text.size();
        const auto result = BrotliDecoderDecompress(
            bytes.size(), reinterpret_cast<const std::uint8_t*>(bytes.data()), &size,
            reinterpret_cast<std::uint8_t*>(text.data()));
        REQUIRE(result == BROTLI_DECODER_RESULT_SUCCESS);
        text.resize(size);
        return text;
    }
    z_stream stream{};
    REQUIRE(inflateInit2(&stream, 15 + 16) == Z_OK);
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    stream.avail_in = static_cast<uInt>(bytes.size());
    stream.next_out = reinterpret_cast<Bytef*>(text.data());
    stream.avail_out = static_cast<uInt>(text.size());
    REQUIRE(inflate(&stream, Z_FINISH) == Z_STREAM_END);
    text.resize(stream.total_out);
    inflateEnd(&stream);
    return text;
}

http::Response page(std::size_t size) {
    http::Response response{.body = std::string(size, 'x')};
    response.set("Content-Type", "text/html; charset=utf-8").set("ETag", "\"7\"");
    return response;
}

}  // namespace

TEST_CASE("the best coding that the browser takes is chosen, and a refusal is one") {
    const auto kept = [](std::string_view header) {
        return web::accepted(header, Effort::Thorough);
    };
    CHECK(kept("gzip, deflate, br, zstd") == Coding::Brotli);
    CHECK(kept("gzip") == Coding::Gzip);
    CHECK(kept("br;q=0, gzip;q=0.5") == Coding::Gzip);
    CHECK(kept("br; q=0.0,gzip;q=0") == Coding::Plain);
    CHECK(kept("") == Coding::Plain);
    CHECK(kept("brotli, xgzip, ,;") == Coding::Plain);
    CHECK(web::accepted("br, gzip", Effort::Quick) == Coding::Gzip);
    CHECK(web::accepted("br", Effort::Quick) == Coding::Brotli);
}

TEST_CASE("what is packed is smaller, and the same when it is unpacked") {
    std::string text;
    for (int i = 0; i < 500; ++i) text += "<li>Somebody said " + std::to_string(i) + "</li>";
    for (const Coding coding : {Coding::Brotli, Coding::Gzip})
        for (const Effort effort : {Effort::Quick, Effort::Thorough}) {
            const auto small = web::packed(text, coding, effort);
            REQUIRE(small);
            CHECK(small->size() < text.size() / 3);
            CHECK(unpacked(*small, coding) == text);
        }
    CHECK_FALSE(web::packed("ab", Coding::Gzip, Effort::Quick));
    CHECK_FALSE(web::packed(text, Coding::Plain, Effort::Quick));
}

TEST_CASE("text is packed when it is worth it, pictures and small answers are not") {
    auto large = page(5000);
    web::pack(large, Coding::Brotli, Effort::Quick);
    CHECK(large.header("Content-Encoding") == "br");
    CHECK(large.header("Vary") == "Accept-Encoding");
    CHECK(large.header("ETag") == "W/\"7\"");
    CHECK(large.body.size() < 100);

    auto small = page(500);
    web::pack(small, Coding::Brotli, Effort::Quick);
    CHECK(small.header("Content-Encoding").empty());
    auto picture = page(5000);
    picture.set("Content-Type", "image/webp");
    web::pack(picture, Coding::Brotli, Effort::Quick);
    CHECK(picture.header("Content-Encoding").empty());
    auto refused = page(5000);
    web::pack(refused, Coding::Plain, Effort::Quick);
    CHECK(refused.body.size() == 5000);
    CHECK(refused.header("Vary") == "Accept-Encoding");
}
