#pragma once

#include <string_view>

namespace torv::http {
struct Request;
}

namespace torv::testing {

struct Answer;

/// Keeps what the API was asked (`sent` is the body) and what it answered: one line of JSON at the
/// end of the file that TORV_TEST_RECORD names, when it does. bin/test holds the lines against the
/// description of the API.
void record(const http::Request& request, std::string_view sent, const Answer& answer);

}  // namespace torv::testing
