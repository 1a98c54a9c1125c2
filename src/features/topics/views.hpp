#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "features/topics/pages.hpp"
#include "platform/html/html.hpp"
#include "platform/web/web.hpp"

/// The markup of topics and posts; docs/develop/components.md has the contract with the style
/// sheets.
namespace torv::topics::views {

// ── lists ──
enum class Heading { Second, Third };
struct RowOptions {
    Heading heading = Heading::Second;
    RowExtras extras = {};
};
/// One row of a list. `space` is shown when the list is over several spaces; null: not.
void topic_row(html::Out& out, const web::Context& ctx, const Topic& topic,
               const members::Face& author, const spaces::Access* space,
               const RowOptions& options = {});
void space(html::Out& out, const web::Context& ctx, const pages::SpacePage& page);
/// The right column of a space.
void about_space(html::Out& out, const web::Context& ctx, const pages::SpacePage& page);
/// The right column of a topic: who takes part.
void about_topic(html::Out& out, const web::Context& ctx, const pages::TopicPage& page);
/// Icon, name, marks and text of a space. The page adds its actions and ends the element.
void space_head(html::Out& out, const web::Context& ctx, const spaces::Space& space);

// ── a topic ──
void topic(html::Out& out, const web::Context& ctx, const pages::TopicPage& page);
/// A topic that is opened as chat.
void topic_as_chat(html::Out& out, const web::Context& ctx, const pages::TopicPage& page);
void chat(html::Out& out, const web::Context& ctx, const pages::ChatPage& page);
/// The messages of a stream with what stands around them: the way to what is new, pagers, and the
/// composer or why there is none.
struct StreamOptions {
    std::string base;              ///< address of the page
    PostId first_new;              ///< stands above what is shown; 0: none does
    std::string closed;            ///< why there is no composer; empty: by the space
    const Error* error = nullptr;  ///< of what was typed, which is in the page's draft
};
void stream(html::Out& out, const web::Context& ctx, const pages::TopicPage& page,
            const StreamOptions& options);
/// A stretch of it alone: messages, and the links to what stands before and after them.
void stretch(html::Out& out, const web::Context& ctx, const pages::TopicPage& page,
             const std::string& base);

/// Whether a post repeats the head of the one before: in chat, same author within five minutes.
enum class Head { Full, Same };
void post(html::Out& out, const web::Context& ctx, const pages::TopicPage& page, const Post& post,
          Head head);
/// Below a message of a chat: the way to its thread, when somebody has answered there.
void thread_of(html::Out& out, const web::Context& ctx, const pages::TopicPage& page,
               const Post& post);
/// The notes of what was lifted from before a post, or from the end; `next` is where they go on.
/// True when there was one.
bool lift_notes(html::Out& out, const web::Context& ctx, const pages::TopicPage& page,
                const Post* before, std::size_t& next);
/// The way to choose messages of a stream, for those who may lift them.
void choose_messages(html::Out& out, const web::Context& ctx, const pages::TopicPage& page);
/// Where posts of the topic come from.
void lift_origins(html::Out& out, const web::Context& ctx, const pages::TopicPage& page);
/// What all posts of a page share: the forms their buttons belong to. Once, after the posts.
void shared_forms(html::Out& out, const web::Context& ctx, const pages::TopicPage& page);
/// /p/{id}/react: choosing an emoji without script.
void react(html::Out& out, const web::Context& ctx, const SeenPost& seen,
           const members::Face& author);
/// The row of reactions under it.
void reactions_of(html::Out& out, const web::Context& ctx, const pages::TopicPage& page,
                  const Post& post);

// ── writing ──
struct Composer {
    std::string action;
    std::string draft;                 ///< place of the draft: "topic:7"
    std::string_view submit;           ///< key of what the button says
    std::string_view label;            ///< key of what the field is called
    std::string_view field = "body";   ///< id of the field, for a page with two composers
    std::optional<std::string> title;  ///< shown with a title field
    std::string body;
    PostId reply_to;
    std::optional<std::int64_t> edits;  ///< a change of a post: the version it starts from
    bool chat = false;
    std::string later;  ///< where "Post later" leads (features/scheduling); empty: not offered
    const Error* error = nullptr;
};
void composer(html::Out& out, const web::Context& ctx, const Composer& composer);
/// Its text field alone.
void box(html::Out& out, const web::Context& ctx, const Composer& composer);

/// /s/{slug}/new and /p/{id}/edit: a page that is a composer. `theirs` is what somebody else has
/// written into the post meanwhile.
struct WritePage {
    std::string heading;
    std::string back;  ///< path
    std::string back_name;
    Composer composer;
    std::optional<std::string> theirs;
};
void write(html::Out& out, const web::Context& ctx, const WritePage& page);

void history(html::Out& out, const web::Context& ctx, const pages::History& page);

}  // namespace torv::topics::views
