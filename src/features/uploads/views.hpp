#pragma once

#include <string_view>
#include <vector>

#include "features/uploads/uploads.hpp"

namespace torv::html {
class Out;
}
namespace torv::web {
class Context;
}

namespace torv::uploads::views {

/// Where files are brought without a script, and the viewer's newest with the line that shows them.
void own(html::Out& out, const web::Context& ctx, const std::vector<Upload>& uploads,
         const Error* error);

/// A picture that stands for somebody or something.
struct Face {
    std::string_view action;  ///< where the form goes; "/remove" takes the picture away
    std::string_view title;   ///< as shown
    std::string_view lead;    ///< as shown
    std::string_view now;     ///< URL, or empty
};
void face(html::Out& out, const web::Context& ctx, const Face& face, const Error* error);

}  // namespace torv::uploads::views
