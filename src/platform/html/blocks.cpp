#include "platform/html/inline_text.hpp"
#include "platform/html/renderer.hpp"

namespace torv::markdown {

namespace {

bool is_container(MD_BLOCKTYPE type) {
    return type == MD_BLOCK_QUOTE || type == MD_BLOCK_UL || type == MD_BLOCK_OL;
}

/// The name of a programming language as it goes into a class, or nothing.
std::string language_of(const MD_BLOCK_CODE_DETAIL& code) {
    std::string name = lower(attribute_text(code.lang));
    for (const char c : name)
        if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '+' || c == '#'))
            return {};
    return name.size() <= 30 ? name : std::string{};
}

}  // namespace

void Renderer::enter_block(MD_BLOCKTYPE type, void* detail) {
    flush();
    close_spans();
    if (is_container(type)) ++containers_;
    blocks_.push_back(!full() && open_block(type, detail));
}

void Renderer::leave_block(MD_BLOCKTYPE type) {
    flush();
    close_spans();
    const bool opened = blocks_.back();
    blocks_.pop_back();
    if (is_container(type)) --containers_;
    if (opened) close_block(type);
    if (type == MD_BLOCK_TD || type == MD_BLOCK_TH) result_.text += ' ';
    else end_of_line();
}

/// False when the block is left out: too deep, or nothing to write.
bool Renderer::open_block(MD_BLOCKTYPE type, void* detail) {
    switch (type) {
        case MD_BLOCK_DOC: return false;
        case MD_BLOCK_QUOTE:
        case MD_BLOCK_UL:
        case MD_BLOCK_OL:
            if (containers_ > kMaxDepth) return false;
            open_container(type, detail);
            return true;
        case MD_BLOCK_LI:
            open_item(*static_cast<MD_BLOCK_LI_DETAIL*>(detail), !blocks_.back());
            return blocks_.back();
        case MD_BLOCK_HR: put(out_, "<hr>\n"); return false;
        case MD_BLOCK_H: open_heading(static_cast<MD_BLOCK_H_DETAIL*>(detail)->level); return true;
        case MD_BLOCK_CODE: code_block(*static_cast<MD_BLOCK_CODE_DETAIL*>(detail)); return true;
        case MD_BLOCK_HTML: return false;
        case MD_BLOCK_P: put(out_, "<p>"); return true;
        case MD_BLOCK_TABLE:
            put(out_, R"(<div class="table-wrap" tabindex="0"><table>)");
            return true;
        case MD_BLOCK_THEAD: put(out_, "<thead>"); return true;
        case MD_BLOCK_TBODY: put(out_, "<tbody>"); return true;
        case MD_BLOCK_TR: put(out_, "<tr>"); return true;
        case MD_BLOCK_TH:
        case MD_BLOCK_TD: cell(type, *static_cast<MD_BLOCK_TD_DETAIL*>(detail)); return true;
    }
    return false;
}

void Renderer::open_container(MD_BLOCKTYPE type, const void* detail) {
    if (type == MD_BLOCK_QUOTE) {
        put(out_, "<blockquote>\n");
    } else if (type == MD_BLOCK_UL) {
        list_pending_ = true;  // its first item tells whether it is a list of tasks
    } else {
        const unsigned start = static_cast<const MD_BLOCK_OL_DETAIL*>(detail)->start;
        put(out_, "<ol {}>\n", html::attr("start", std::int64_t{start}, start != 1));
    }
}

void Renderer::open_pending_list(bool tasks) {
    if (!list_pending_) return;
    list_pending_ = false;
    put(out_, "<ul {}>\n", html::attr("class", "tasks", tasks));
}

void Renderer::open_item(const MD_BLOCK_LI_DETAIL& item, bool flattened) {
    if (flattened) return put(out_, "<br>\n");
    open_pending_list(item.is_task);
    if (!item.is_task) return put(out_, "<li>");
    // Signs that screen readers say; a box of a form would want a label.
    const bool done = item.task_mark == 'x' || item.task_mark == 'X';
    put(out_, R"(<li class="task"><span class="task__mark">{}</span> )", done ? "☑" : "☐");
}

void Renderer::close_block(MD_BLOCKTYPE type) {
    switch (type) {
        case MD_BLOCK_QUOTE: return put(out_, "</blockquote>\n");
        case MD_BLOCK_UL: open_pending_list(false); return put(out_, "</ul>\n");
        case MD_BLOCK_OL: return put(out_, "</ol>\n");
        case MD_BLOCK_LI: return put(out_, "</li>\n");
        case MD_BLOCK_H: return close_heading();
        case MD_BLOCK_CODE: return put(out_, "</code></pre>\n");
        case MD_BLOCK_P: return put(out_, "</p>\n");
        case MD_BLOCK_TABLE: return put(out_, "</table></div>\n");
        case MD_BLOCK_THEAD: return put(out_, "</thead>");
        case MD_BLOCK_TBODY: return put(out_, "</tbody>");
        case MD_BLOCK_TR: return put(out_, "</tr>\n");
        case MD_BLOCK_TH: return put(out_, "</th>");
        case MD_BLOCK_TD: return put(out_, "</td>");
        case MD_BLOCK_DOC:
        case MD_BLOCK_HR:
        case MD_BLOCK_HTML: return;
    }
}

/// Steps down one level at a time, whatever was typed: who begins with "##" and goes on with
/// "####" wrote a heading and one below it, and a screen reader is told just that.
void Renderer::open_heading(unsigned level) {
    while (!headings_.empty() && headings_.back() >= level) headings_.pop_back();
    headings_.push_back(level);
    heading_tag(headings_.size(), true);
}

void Renderer::close_heading() { heading_tag(headings_.size(), false); }

void Renderer::heading_tag(std::size_t depth, bool opening) {
    const std::size_t level = static_cast<std::size_t>(options_.first_heading) + depth - 1;
    if (level <= 2) opening ? put(out_, "<h2>") : put(out_, "</h2>\n");
    else if (level == 3) opening ? put(out_, "<h3>") : put(out_, "</h3>\n");
    else if (level == 4) opening ? put(out_, "<h4>") : put(out_, "</h4>\n");
    else if (level == 5) opening ? put(out_, "<h5>") : put(out_, "</h5>\n");
    else opening ? put(out_, "<h6>") : put(out_, "</h6>\n");
}

void Renderer::cell(MD_BLOCKTYPE type, const MD_BLOCK_TD_DETAIL& cell) {
    std::string_view look;
    switch (cell.align) {
        case MD_ALIGN_CENTER: look = "cell--centre"; break;
        case MD_ALIGN_RIGHT: look = "cell--end"; break;
        case MD_ALIGN_DEFAULT:
        case MD_ALIGN_LEFT: break;
    }
    if (type == MD_BLOCK_TH) put(out_, "<th {}>", html::attr("class", look, !look.empty()));
    else put(out_, "<td {}>", html::attr("class", look, !look.empty()));
}

void Renderer::code_block(const MD_BLOCK_CODE_DETAIL& code) {
    const std::string language = language_of(code);
    put(out_, "<pre><code {}>", html::attr("class", "language-" + language, !language.empty()));
}

}  // namespace torv::markdown
