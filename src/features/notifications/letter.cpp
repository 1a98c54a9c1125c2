#include "features/notifications/mailing.hpp"
#include "features/notifications/views.hpp"
#include "platform/html/html.hpp"

namespace torv::notifications {

using html::put;

namespace {

/// A bundle in words, and where it leads.
struct Told {
    std::string sentence;
    std::string excerpt;
    std::string url;
    std::string_view why;
};

std::vector<Told> told(const Addressee& to, std::string_view address, const Page& page,
                       const std::vector<Line>& lines) {
    std::vector<Told> list;
    for (const Line& line : lines) {
        const auto& item = line.bundle.newest;
        const spaces::Access* space = item.space ? page.readable.find(item.space) : nullptr;
        list.push_back({.sentence = sentence(to.t, page, line),
                        .excerpt = line.excerpt,
                        .url = std::string(address) + path_of(item, line.bundle.count, space),
                        .why = reason(to.t, item.why)});
    }
    return list;
}

/// One line of a mail's head: no control characters.
std::string one_line(std::string text) {
    for (char& c : text)
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) c = ' ';
    return text;
}

std::string plain(const Addressee& to, const std::vector<Told>& list, std::string_view settings,
                  std::string_view unsubscribe) {
    std::string text;
    for (const Told& one : list) {
        text += "* " + one_line(one.sentence) + "\n";
        if (!one.excerpt.empty()) text += "  " + one_line(one.excerpt) + "\n";
        text += "  " + one.url + "\n  " + std::string(one.why) + "\n\n";
    }
    text += "-- \n" + to.t("notifications.mail_settings", {{"url", settings}}) + "\n";
    return text + to.t("notifications.mail_stop", {{"url", unsubscribe}}) + "\n";
}

std::string marked_up(const Addressee& to, std::string_view community,
                      const std::vector<Told>& list, std::string_view settings,
                      std::string_view unsubscribe) {
    html::Out out;
    put(out,
        R"(<!doctype html><html lang="{}" dir="{}"><head><meta charset="utf-8"><title>{}</title></head><body>)",
        to.t.language(), to.t.direction(), community);
    for (const Told& one : list) {
        put(out, R"(<p><a href="{}"><b>{}</b></a>)", one.url, one.sentence);
        if (!one.excerpt.empty()) put(out, R"(<br>{})", one.excerpt);
        put(out, R"(<br><small>{}</small></p>)", one.why);
    }
    put(out, R"(<hr><p><small><a href="{}">{}</a> · <a href="{}">{}</a></small></p></body></html>)",
        settings, to.t("notifications.mail_settings_link"), unsubscribe,
        to.t("notifications.mail_stop_link"));
    return out.take();
}

}  // namespace

Letter letter(const Addressee& to, std::string_view community, std::string_view address,
              std::string_view unsubscribe, const Page& page, const std::vector<Line>& lines) {
    const auto list = told(to, address, page, lines);
    const std::string settings = std::string(address) + "/me/notices";
    const auto count = static_cast<std::int64_t>(list.size());
    return {.subject = one_line(
                count == 1 ? list[0].sentence
                           : to.t("notifications.mail_subject", count, {{"community", community}})),
            .text = plain(to, list, settings, unsubscribe),
            .html = marked_up(to, community, list, settings, unsubscribe)};
}

}  // namespace torv::notifications
