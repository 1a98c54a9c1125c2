#include "platform/mail/mail.hpp"

#include <arpa/inet.h>
#include <doctest/doctest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <string>
#include <thread>

#include "platform/base/guarded.hpp"
#include "platform/base/log.hpp"
#include "platform/db/testing.hpp"
#include "platform/mail/smtp.hpp"

using namespace torv;
using db::testing::Scratch;

namespace {

constexpr CommunityId kTown{1};

/// A mail server on loopback that keeps what it is given, and answers RCPT as it is told.
class Sink {
public:
    Sink() : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        ::bind(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address);
        ::listen(socket_, 4);
        socklen_t size = sizeof address;
        ::getsockname(socket_, reinterpret_cast<sockaddr*>(&address), &size);
        port_ = ntohs(address.sin_port);
        thread_ = std::thread([this] { run(); });
    }
    ~Sink() {
        ::shutdown(socket_, SHUT_RDWR);
        thread_.join();
        ::close(socket_);
    }
    std::string url() const { return "smtp://127.0.0.1:" + std::to_string(port_); }
    void answer_rcpt(std::string with) { *rcpt_.lock() = std::move(with); }
    std::string received() { return *received_.lock(); }

private:
    void run() {
        while (true) {
            const int peer = ::accept(socket_, nullptr, nullptr);
            if (peer < 0) return;
            talk(peer);
            ::close(peer);
        }
    }
    void talk(int peer) {
        const auto say = [peer](const std::string& line) {
            (void)!::write(peer, (line + "\r\n").data(), line.size() + 2);
        };
        say("220 sink");
        std::string line;
        bool in_data = false;
        for (char c; ::read(peer, &c, 1) == 1;) {
            if (c != '\n') {
                line += c;
                continue;
            }
            *received_.lock() += line + "\n";
            if (in_data && line == ".\r") in_data = false, say("250 kept");
            else if (in_data) line.clear();
            else if (line.starts_with("RCPT")) say(*rcpt_.lock());
            else if (line.starts_with("DATA")) in_data = true, say("354 go on");
            else if (line.starts_with("QUIT")) return say("221 bye");
            else say("250 ok");
            line.clear();
        }
    }

    int socket_;
    int port_ = 0;
    Guarded<std::string> received_, rcpt_{std::string("250 ok")};
    std::thread thread_;
};

class HandClock final : public Clock {
public:
    Instant now() const override { return {us_}; }
    void pass(microseconds span) { us_ += span.count(); }

private:
    std::atomic<std::int64_t> us_{1'795'000'000'000'000};
};

struct Post {
    HandClock clock;
    Scratch scratch;
    jobs::Runner runner;

    Post(db::Dialect dialect, std::string url) : scratch(dialect, &clock), runner(scratch.db(), 1) {
        log::set_level(static_cast<log::Level>(9));
        mail::send_by(runner, {std::move(url), "Torvet på Rosengade <torv@example.org>"});
    }
    ~Post() { log::set_level(log::Level::Error); }
    Result<mail::MailId> enqueue(const mail::Message& message) {
        return scratch.db().write([&](db::Tx& tx) { return mail::enqueue(tx, kTown, message); });
    }
    mail::Mail newest() {
        return scratch.db().read([&](db::Tx& tx) { return mail::outbox(tx, kTown, {}, 1); }).at(0);
    }
};

const mail::Message kWelcome{
    .to = "maja@example.org",
    .subject = "Velkommen på torvet – vi glæder os til at se dig blandt os, Maja",
    .text = "Kære Maja\n\nhttps://torv.example/link/abc\n",
    .html = "<p>Kære Maja</p>",
    .headers = {{"List-Unsubscribe", "<https://torv.example/u>"}}};

}  // namespace

TEST_CASE("a mail reaches the server whole, in UTF-8, once, and is forgotten here") {
    for (const auto dialect : db::testing::dialects()) {
        CAPTURE(dialect);
        Sink sink;
        Post post(dialect, sink.url());
        REQUIRE(post.enqueue(kWelcome));
        CHECK(post.newest().state == mail::State::Waiting);
        post.runner.run_due();
        CHECK(post.newest().state == mail::State::Sent);
        CHECK(post.newest().sent_at == post.clock.now());
        CHECK(post.newest().text.empty());
        CHECK(post.runner.run_due() == 0);

        const std::string got = sink.received();
        for (const std::string_view part :
             {"MAIL FROM:<torv@example.org>", "RCPT TO:<maja@example.org>",
              "To: <maja@example.org>",
              "From: =?UTF-8?B?VG9ydmV0IHDDpSBSb3NlbmdhZGU=?= <torv@example.org>",
              "Subject: =?UTF-8?B?VmVsa29tbWVuIHDD", "List-Unsubscribe: <https://torv.example/u>",
              "multipart/alternative", "text/plain; charset=utf-8", "K=C3=A6re Maja",
              "https://torv.example/link/abc", "text/html", "Date: ", "+0000", "Message-ID: <"})
            CHECK_MESSAGE(got.find(part) != std::string::npos, part << "\n" << got);
    }
}

TEST_CASE("without a mail server a mail is shown to the owner") {
    for (const auto dialect : db::testing::dialects()) {
        CAPTURE(dialect);
        Post post(dialect, "");
        REQUIRE(post.enqueue(kWelcome));
        post.runner.run_due();
        CHECK(post.newest().state == mail::State::Shown);
        CHECK(post.newest().text == kWelcome.text);
        CHECK(post.newest().to == kWelcome.to);
        const auto elsewhere = post.scratch.db().read(
            [](db::Tx& tx) { return mail::outbox(tx, CommunityId{2}, {}, 10); });
        CHECK(elsewhere.empty());
    }
}

TEST_CASE("what the server refuses for now is tried again, what it refuses for good is not") {
    Sink sink;
    Post post(db::Dialect::Sqlite, sink.url());
    sink.answer_rcpt("451 later");
    REQUIRE(post.enqueue(kWelcome));
    post.runner.run_due();
    CHECK(post.newest().state == mail::State::Waiting);
    CHECK(post.newest().last_error == "451 later");
    sink.answer_rcpt("250 ok");
    post.clock.pass(std::chrono::hours(24));
    post.runner.run_due();
    CHECK(post.newest().state == mail::State::Sent);

    sink.answer_rcpt("550 nobody of that name");
    REQUIRE(post.enqueue(kWelcome));
    post.runner.run_due();
    CHECK(post.newest().state == mail::State::Failed);
    CHECK(post.newest().last_error == "550 nobody of that name");
    post.clock.pass(std::chrono::hours(24));
    CHECK(post.runner.run_due() == 0);
}

TEST_CASE("a server that is away is tried again") {
    Post post(db::Dialect::Sqlite, "smtp://127.0.0.1:1");
    REQUIRE(post.enqueue(kWelcome));
    post.runner.run_due();
    CHECK(post.newest().state == mail::State::Waiting);
    CHECK_FALSE(post.newest().last_error.empty());
}

TEST_CASE("nobody can smuggle a second recipient or header into a mail") {
    Post post(db::Dialect::Sqlite, "");
    const auto key_of = [&](auto change) {
        mail::Message message = kWelcome;
        change(message);
        const auto queued = post.enqueue(message);
        return queued ? std::string() : queued.error().key;
    };
    for (const char* address : {"a@b.dk\r\nRCPT TO:<c@d.dk>", "a@b.dk,c@d.dk", "a@b@c", "a b@c.dk",
                                "@b.dk", "a@", "", "a", "<a@b.dk>", "a@b.dk\n", "\"x\"@b.dk"})
        CHECK_MESSAGE(key_of([&](auto& m) { m.to = address; }) == "mail.bad_address", address);
    CHECK(key_of([](auto& m) { m.subject = "Hi\r\nBcc: c@d.dk"; }) == "mail.bad_header");
    CHECK(key_of([](auto& m) { m.headers = {{"X-A", "1\nBcc: c@d.dk"}}; }) == "mail.bad_header");
    CHECK(key_of([](auto& m) { m.headers = {{"X-A: 1\nBcc", "c@d.dk"}}; }) == "mail.bad_header");
    CHECK(key_of([](auto&) {}).empty());
}

TEST_CASE("a line of one dot does not end a mail") {
    Sink sink;
    Post post(db::Dialect::Sqlite, sink.url());
    mail::Message message = kWelcome;
    message.html.clear();
    message.text = "before\r\n.\r\nQUIT\r\nafter";
    REQUIRE(post.enqueue(message));
    post.runner.run_due();
    CHECK(post.newest().state == mail::State::Sent);
    CHECK(sink.received().find("after") != std::string::npos);
}

TEST_CASE("old mails are forgotten") {
    for (const auto dialect : db::testing::dialects()) {
        CAPTURE(dialect);
        Post post(dialect, "");
        REQUIRE(post.enqueue(kWelcome));
        const auto prune = [&] {
            return post.scratch.db().write([](db::Tx& tx) { return mail::prune(tx, kTown); });
        };
        CHECK(prune() == 0);
        post.clock.pass(std::chrono::hours(24 * 31));
        CHECK(prune() == 1);
    }
}

TEST_CASE("a header's words are encoded between characters") {
    CHECK(mail::header_text("Hello") == "Hello");
    CHECK(mail::header_text("=?x") == "=?UTF-8?B?PT94?=");
    CHECK(mail::header_text("æ") == "=?UTF-8?B?w6Y=?=");
    CHECK(mail::header_text(std::string(44, 'a') + "æ") ==
          "=?UTF-8?B?YWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWE=?=\r\n "
          "=?UTF-8?B?w6Y=?=");
    CHECK(mail::bare_address("Torv <a@b.dk>") == "a@b.dk");
    CHECK(mail::bare_address("a@b.dk") == "a@b.dk");
}
