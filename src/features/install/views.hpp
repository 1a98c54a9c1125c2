#pragma once

#include <string>
#include <vector>

#include "features/spaces/spaces.hpp"
#include "platform/web/web.hpp"

/// The markup of the app's own pages.
namespace torv::install::views {

enum class Edge { Round, Bleed };  ///< Bleed: the phone cuts its own shape out of it
/// The first letter of the name on the community's colour, as an SVG.
std::string icon(std::string_view name, int hue, int chroma, Edge edge);

void offline(html::Out& out, const web::Context& ctx);
/// How to put the community on a home screen.
void phone(html::Out& out, const web::Context& ctx);

/// What another app shared.
struct Shared {
    std::string title;
    std::string body;
};
void share(html::Out& out, const web::Context& ctx, const Shared& shared,
           const std::vector<spaces::Space>& spaces, const Error* error);

}  // namespace torv::install::views
