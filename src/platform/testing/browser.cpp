#include "platform/testing/browser.hpp"

#include "platform/base/text.hpp"

namespace torv::testing {

Browser::Browser(Site& site, std::string peer) : site_(site), peer_(std::move(peer)) {}

Answer Browser::get(std::string_view target) { return send("GET", target, {}); }

Answer Browser::post(std::string_view target, const Fields& form) {
    std::string body = "csrf=" + token();
    for (const auto& [name, value] : form)
        body += "&" + percent_encode(name) + "=" + percent_encode(value);
    return send("POST", target, std::move(body));
}

std::string Browser::token() {
    const Answer page = send("GET", "/about", {});
    const std::string before = R"(<meta name="csrf" content=")";
    const std::size_t at = page.body.find(before);
    if (at == std::string::npos) return {};
    const std::size_t from = at + before.size();
    return page.body.substr(from, page.body.find('"', from) - from);
}

Answer Browser::send(std::string_view method, std::string_view target, std::string body) {
    http::Request request{.method = std::string(method), .target = std::string(target)};
    request.peer = peer_;
    request.body = std::move(body);
    std::string cookie;
    for (const auto& [name, value] : cookies) cookie += name + "=" + value + "; ";
    request.headers.push_back({"Cookie", cookie});
    request.headers.push_back({"Content-Type", "application/x-www-form-urlencoded"});
    site_.guest().host = host;
    Answer answer = site_.guest().send(std::move(request));
    for (const http::Header& header : answer.response.headers)
        if (header.name == "Set-Cookie") keep(header.value);
    return answer;
}

void Browser::keep(const std::string& line) {
    const std::size_t equals = line.find('=');
    const std::string name = line.substr(0, equals);
    if (line.find("Max-Age=0") != line.npos) cookies.erase(name);
    else cookies[name] = line.substr(equals + 1, line.find(';') - equals - 1);
}

}  // namespace torv::testing
