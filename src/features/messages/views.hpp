#pragma once

#include <string>

#include "features/messages/pages.hpp"
#include "platform/html/html.hpp"
#include "platform/web/web.hpp"

/// The markup of this slice.
namespace torv::messages::views {

void list(html::Out& out, const web::Context& ctx, const pages::List& page);

/// /messages/new. `to` is what stands in the field.
struct WritePage {
    std::string to;
    std::string title;
    std::string body;
    const Error* error = nullptr;
};
void write(html::Out& out, const web::Context& ctx, const WritePage& page);

/// Head of a conversation, with what one can do there; a request says so and asks.
void head(html::Out& out, const web::Context& ctx, const pages::One& page,
          const std::string& title);

/// /messages/{conversation}/people
struct PeoplePage {
    pages::One one;
    std::string title;
    std::string typed;
    const Error* error = nullptr;
};
void people(html::Out& out, const web::Context& ctx, const PeoplePage& page);

/// /me/messages
struct SettingsPage {
    conversations::Who who = conversations::Who::Everybody;
    std::vector<blocks::Blocked> blocked;
    members::Faces faces;
};
void settings(html::Out& out, const web::Context& ctx, const SettingsPage& page);

/// /m/{handle}/block
void block(html::Out& out, const web::Context& ctx, const members::Member& member, bool blocked);

}  // namespace torv::messages::views
