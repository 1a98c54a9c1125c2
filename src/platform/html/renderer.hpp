#pragma once

#include <md4c.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/html/html.hpp"
#include "platform/html/markdown.hpp"

namespace torv::markdown {

/// Writes what md4c finds. One for each rendering; the calls come from md4c in the order of the
/// text.
class Renderer {
public:
    explicit Renderer(const Options& options) : options_(options) {}

    void enter_block(MD_BLOCKTYPE type, void* detail);
    void leave_block(MD_BLOCKTYPE type);
    void enter_span(MD_SPANTYPE type, void* detail);
    void leave_span(MD_SPANTYPE type);
    void text(MD_TEXTTYPE type, std::string_view text);
    Rendered finish();

private:
    struct Link {
        std::string href, title;
    };

    /// md4c may leave a span it never entered, or leave two in the wrong order (seen in 0.4.8):
    /// what is written follows this stack instead.
    struct Span {
        MD_SPANTYPE type;
        bool written = false;
        Link picture;  ///< of MD_SPAN_IMG
    };

    bool full();
    // blocks.cpp
    bool open_block(MD_BLOCKTYPE type, void* detail);
    void open_container(MD_BLOCKTYPE type, const void* detail);
    void open_item(const MD_BLOCK_LI_DETAIL& item, bool flattened);
    void close_block(MD_BLOCKTYPE type);
    void open_heading(unsigned level);
    void close_heading();
    void heading_tag(std::size_t depth, bool opening);
    void cell(MD_BLOCKTYPE type, const MD_BLOCK_TD_DETAIL& cell);
    void code_block(const MD_BLOCK_CODE_DETAIL& code);
    void open_pending_list(bool tasks);
    // spans.cpp
    bool open_span(MD_SPANTYPE type, void* detail);
    void close_top_span();
    void close_spans();
    bool open_link(Link link);
    void picture(const Link& link, std::string_view alt);
    void note_link(std::string_view href);
    // renderer.cpp
    void flush();
    void words(std::string_view text);
    void mention(std::string_view raw, const std::string& handle);
    void tag(std::string_view raw, const std::string& tag);
    void line_break();
    void end_of_line();

    const Options& options_;
    Rendered result_;
    html::Out out_;
    std::string pending_;       // plain text that md4c gave in pieces
    std::vector<bool> blocks_;  // was the tag of each open block written?
    std::vector<Span> spans_;
    std::vector<unsigned> headings_;  // levels as typed, each below the one before
    int containers_ = 0;              // open quotes and lists
    int written_spans_ = 0;           // open spans whose tag was written
    bool in_link_ = false;            // inside a written <a>
    bool list_pending_ = false;       // an <ul> that waits for its first item
    int pictures_ = 0;                // inside the description of a picture
    std::string alt_;                 // that description
};

/// With its entities decoded.
std::string attribute_text(const MD_ATTRIBUTE& attribute);
/// The upload of "/files/7/plan.pdf".
std::optional<UploadId> upload_in(std::string_view path);

}  // namespace torv::markdown
