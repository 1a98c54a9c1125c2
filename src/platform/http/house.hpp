#pragma once

#include <atomic>
#include <filesystem>
#include <string>
#include <thread>

#include "platform/base/log.hpp"
#include "platform/http/http.hpp"
#include "platform/http/raw_client.hpp"

/// For tests only.
namespace torv::http {

using namespace std::chrono_literals;
using std::string;

inline const string kClose = "Host: a\r\nConnection: close\r\n\r\n";

/// A server with handlers to poke at, on a free port.
struct House {
    std::filesystem::path dir;
    std::atomic<int> spooled = 0;
    std::atomic<bool> gate = false;
    std::atomic<std::uint64_t> limit = 200 << 20;  ///< of /upload
    Server server;

    static Options quick(const std::filesystem::path& dir, Options options) {
        options.listen = {"127.0.0.1:0"};
        options.trusted_proxies = {"127.0.0.0/8"};
        options.spool_dir = dir;
        options.io_threads = 2;
        return options;
    }

    static std::filesystem::path make_dir() {
        char path[] = "/tmp/torv-http-XXXXXX";
        return mkdtemp(path);
    }

    explicit House(Options options = {})
        : dir(make_dir()),
          server(
              quick(dir, std::move(options)),
              [this](const Request& head) {
                  return BodyPlan{
                      .max_bytes = head.path == "/upload" ? limit.load() : std::uint64_t{64} << 10,
                      .spool = head.path == "/upload"};
              },
              [this](Request& request) { return answer(request); }, {},
              [](const Request& request, Response& response) {
                  if (request.path == "/instant") response.body = "at once";
                  return request.path == "/instant";
              }) {
        log::set_level(log::Level::Error);
        server.start();
    }
    ~House() {
        gate = true;
        server.stop();
        std::filesystem::remove_all(dir);
    }

    string address() const { return server.addresses().at(0); }
    string ask(const string& bytes) const { return exchange(address(), bytes); }
    int files_left() const {
        int count = 0;
        for ([[maybe_unused]] const auto& file : std::filesystem::directory_iterator(dir)) ++count;
        return count;
    }

    Response answer(Request& request) {
        Response response;
        if (request.path == "/throw") throw std::runtime_error("broken");
        if (request.path == "/wait")
            while (!gate) std::this_thread::sleep_for(5ms);
        if (request.path == "/big") response.body.assign(3 << 20, 'b');
        else if (request.path == "/shared")
            response.shared_body = std::make_shared<const string>("shared");
        else if (request.path == "/split") response.set("X-Bad", "a\r\nSet-Cookie: evil=1");
        else if (request.path == "/empty")
            response.status = 204, response.body = "must not be sent";
        else if (request.path == "/upload") {
            if (request.body_file) ++spooled;
            response.body =
                std::to_string(request.body_size) + (request.body_file ? " spooled" : "");
        } else
            response.body = request.method + " " + request.target + " " +
                            string(request.header("host")) + " " + request.body;
        return response;
    }
};

inline string get(const string& path) { return "GET " + path + " HTTP/1.1\r\n" + kClose; }

}  // namespace torv::http
