#pragma once

#include <map>
#include <string>
#include <string_view>

#include "platform/testing/site.hpp"

namespace torv::testing {

/// Somebody of whom the site knows nothing but the cookies it set: for tests of signing in, over a
/// Site with the real resolver and a page /about.
class Browser {
public:
    explicit Browser(Site& site, std::string peer = "10.0.0.1");

    Answer get(std::string_view target);
    Answer post(std::string_view target, const Fields& form = {});  ///< with the token of /about
    bool signed_in() { return get("/me").status == 200; }

    std::map<std::string, std::string> cookies;
    std::string host = "square.test";

private:
    Answer send(std::string_view method, std::string_view target, std::string body);
    void keep(const std::string& set_cookie);
    std::string token();
    Site& site_;
    std::string peer_;
};

}  // namespace torv::testing
