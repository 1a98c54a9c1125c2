#include "features/uploads/kinds.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace torv;
using namespace std::string_literals;
using uploads::Kind;
using uploads::recognise;

TEST_CASE("what a file is, its bytes say and not its name") {
    CHECK(recognise("\xFF\xD8\xFF\xE0 JFIF", "notes.txt").kind == Kind::Picture);
    CHECK(recognise("\x89PNG\r\n\x1A\n more", "").kind == Kind::Picture);
    CHECK(recognise("RIFF\x10\0\0\0WEBPVP8 "s, "").kind == Kind::Picture);
    CHECK(recognise("\0\0\0\x1C"s + "ftypavif", "").media_type == "image/avif");
    CHECK(recognise("\0\0\0\x1C"s + "ftypheic", "").media_type == "image/heic");
    CHECK(recognise("\0\0\0\x1C"s + "ftypisom", "song.mp3").media_type == "video/mp4");
    CHECK(recognise("\0\0\0\x1C"s + "ftypM4A ", "").media_type == "audio/mp4");
    CHECK(recognise("RIFF\x10\0\0\0WAVEfmt "s, "").media_type == "audio/wav");
    CHECK(recognise("ID3\x04", "").media_type == "audio/mpeg");
    CHECK(recognise("\x1A\x45\xDF\xA3 webm", "").media_type == "video/webm");
    CHECK(recognise("%PDF-1.7", "a.html").media_type == "application/pdf");
    CHECK(recognise("PK\x03\x04 word/", "a.docx").media_type.starts_with("application/vnd.open"));
    CHECK(recognise("PK\x03\x04", "a.jar").media_type == "application/zip");
    CHECK(recognise("", "").media_type == "application/octet-stream");
}

TEST_CASE("text that a browser might run is bytes") {
    constexpr std::string_view bytes = "application/octet-stream";
    CHECK(recognise("<svg onload=\"alert(1)\">", "a.svg").media_type == bytes);
    CHECK(recognise("<!doctype html><script>", "a.html").media_type == bytes);
    CHECK(recognise("<!doctype html><script>", "a").media_type == bytes);
    CHECK(recognise("alert(1)", "a.js").media_type == bytes);
    CHECK(recognise("Milk\nBread\n", "list.TXT").media_type == "text/plain; charset=utf-8");
    CHECK(recognise("caf\xE9", "latin.txt").media_type == bytes);
    CHECK(recognise("a\0b"s, "nul.txt").media_type == bytes);
    const std::string cut = std::string(uploads::kBeginning - 1, 'x') + "\xC3";
    CHECK(recognise(cut, "cut.txt").media_type == "text/plain; charset=utf-8");
}

TEST_CASE("a name is only a name") {
    CHECK(uploads::clean_name("plan.pdf") == "plan.pdf");
    CHECK(uploads::clean_name("  ..\x01/etc/pass\nwd ") == "-etc-passwd");
    CHECK(uploads::clean_name("..") == "");
    CHECK(uploads::clean_name("invoice\u202Egpj.exe") == "invoicegpj.exe");
    CHECK(uploads::clean_name("bla\u030Abær.png") == "bl\u00E5bær.png");
    CHECK(uploads::clean_name("\xFF\xFE.png") == "");
    const std::string longest = uploads::clean_name(std::string(5000, 'x') + ".pdf");
    CHECK(longest.size() == 100);
    CHECK(longest.ends_with("x.pdf"));

    CHECK(uploads::picture_name("Garden.JPG") == "Garden.webp");
    CHECK(uploads::picture_name("") == "picture.webp");
    CHECK(uploads::picture_name("960.png") == "picture-960.webp");
}

TEST_CASE("a name cannot leave its header") {
    CHECK(uploads::disposition("attachment", "a \"b\" ø.pdf") ==
          "attachment; filename=\"a _b_ __.pdf\"; filename*=UTF-8''a%20%22b%22%20%C3%B8.pdf");
}

TEST_CASE("a name cannot leave its link") {
    const uploads::Upload file{.id = UploadId{7}, .name = "a](http://evil) [b.pdf"};
    CHECK(uploads::markdown(file) ==
          "[a\\](http://evil) \\[b.pdf](/files/7/a%5D%28http%3A%2F%2Fevil%29%20%5Bb.pdf)");
    const uploads::Upload picture{
        .id = UploadId{8}, .kind = Kind::Picture, .name = "Blå himmel.webp"};
    CHECK(uploads::markdown(picture) == "![Blå himmel](/files/8/Bl%C3%A5%20himmel.webp)");
}
