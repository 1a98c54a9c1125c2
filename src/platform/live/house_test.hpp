#pragma once

#include <string>

#include "platform/activity/activity.hpp"
#include "platform/base/log.hpp"
#include "platform/http/socket_client.hpp"
#include "platform/live/live.hpp"
#include "platform/testing/site.hpp"

/// For tests only.
namespace torv::live {

/// The site behind a real server with a hub: pages by HTTP, lines by WebSocket.
struct House {
    testing::Site site;
    Hub hub;
    http::Server server;

    explicit House(Registry registry, std::initializer_list<testing::Site::Setup> setups = {},
                   web::Resolver resolver = {})
        : site(setups, nullptr, resolver),
          hub(site.services(), std::move(registry)),
          server(
              http::Options{.listen = {"127.0.0.1:0"}, .io_threads = 1, .workers = 4},
              [this](const http::Request& head) { return web::body_plan(site.routes(), head); },
              [this](http::Request& request) {
                  return web::answer(site.services(), site.routes(), request);
              }) {
        log::set_level(log::Level::Error);
        routes(site.routes());
        site.services().live = &hub;
        site.services().position = [this](CommunityId id) { return hub.position(id); };
        hub.follow(site.activity());
        hub.start();
        site.activity().start();
        server.start();
    }
    ~House() {
        server.stop();
        site.activity().stop();
        hub.stop();
    }

    std::string address() const { return server.addresses().at(0); }
    std::int64_t position() { return hub.position(CommunityId{1}); }
};

/// An open page of somebody: "bo", or "" for a guest.
class Page {
public:
    Page(const House& house, const std::string& who, const std::string& more = {},
         const std::string& host = "square.test")
        : socket_(house.address(), "/live",
                  (who.empty() ? "" : "Cookie: session=of-" + who + "\r\n") +
                      (more.empty() ? "Origin: http://" + host + "\r\n" : more),
                  host) {}

    int status() const { return socket_.status(); }
    void follow(const std::string& stream, std::int64_t after) {
        socket_.send_text(R"({"do":"on","stream":")" + stream + R"(","after":)" +
                          std::to_string(after) + "}");
    }
    void say(const std::string& text) { socket_.send_text(text); }
    /// The next message; null when none comes.
    json::Value next(http::SocketClient::Patience patience = http::SocketClient::kPatience) {
        const auto text = socket_.next_text(patience);
        return text ? json::parse(*text).value_or(json::Value{}) : json::Value{};
    }
    /// The next one that does this; what comes before is passed over.
    json::Value until(std::string_view does) {
        while (true) {
            json::Value came = next();
            if (came.is_null() || came["do"].string_or("") == does) return came;
        }
    }
    bool silent(http::SocketClient::Patience patience = http::SocketClient::Patience(300)) {
        return next(patience).is_null();
    }
    int close_code() { return socket_.close_code(); }
    http::SocketClient& socket() { return socket_; }

private:
    http::SocketClient socket_;
};

}  // namespace torv::live
