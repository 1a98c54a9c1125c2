#include "platform/mail/smtp.hpp"

#include <curl/curl.h>

#include <algorithm>
#include <array>
#include <memory>
#include <mutex>

namespace torv::mail {

namespace {

constexpr long kConnectSeconds = 15, kWholeSeconds = 60;
/// Of an encoded word, before base64: "=?UTF-8?B?" and "?=" and 60 characters fit into 75.
constexpr std::size_t kWordBytes = 45;

std::string base64(std::string_view bytes) {
    constexpr std::string_view alphabet =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string out;
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        const std::size_t count = std::min<std::size_t>(3, bytes.size() - i);
        unsigned group = 0;
        for (std::size_t k = 0; k < 3; ++k)
            group = group << 8 | (k < count ? static_cast<unsigned char>(bytes[i + k]) : 0U);
        for (std::size_t k = 0; k < 4; ++k)
            out += k <= count ? alphabet[group >> (18 - 6 * k) & 63] : '=';
    }
    return out;
}

bool is_plain_ascii(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c < 0x7F; }) &&
           text.find("=?") == text.npos;
}

std::string from_header(std::string_view from) {
    const std::string_view address = bare_address(from);
    if (address == from) return std::string(from);
    std::string_view name = from.substr(0, from.find('<'));
    while (name.ends_with(' ')) name.remove_suffix(1);
    return header_text(name) + " <" + std::string(address) + ">";
}

/// "Sat, 21 Nov 2026 09:30:00 +0000"
std::string mail_date(Instant now) {
    std::string date = now.http_date();
    const std::size_t zone = date.rfind("GMT");
    return zone == date.npos ? date : date.replace(zone, 3, "+0000");
}

struct FreeList {
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using List = std::unique_ptr<curl_slist, FreeList>;

List list_of(const std::vector<std::string>& lines) {
    List list;
    for (const std::string& line : lines)
        list.reset(curl_slist_append(list.release(), line.c_str()));
    return list;
}

List headers_of(const Server& server, const Message& message, MailId id, Instant now) {
    const std::string_view sender = bare_address(server.from);
    std::vector<std::string> lines{
        "Date: " + mail_date(now),
        "From: " + from_header(server.from),
        "To: <" + message.to + ">",
        "Subject: " + header_text(message.subject),
        "Message-ID: <" + id.text() +
            std::string(sender.substr(std::min(sender.find('@'), sender.size()))) + ">",
        "Auto-Submitted: auto-generated",
    };
    for (const Header& header : message.headers) lines.push_back(header.name + ": " + header.value);
    return list_of(lines);
}

void add_text(curl_mime* parts, const std::string& text, const char* type) {
    curl_mimepart* part = curl_mime_addpart(parts);
    curl_mime_data(part, text.data(), text.size());
    curl_mime_type(part, type);
    curl_mime_encoder(part, "quoted-printable");
}

struct FreeMime {
    void operator()(curl_mime* mime) const { curl_mime_free(mime); }
};
using Mime = std::unique_ptr<curl_mime, FreeMime>;

Mime body_of(CURL* curl, const Message& message) {
    Mime body(curl_mime_init(curl));
    if (message.html.empty()) {
        add_text(body.get(), message.text, "text/plain; charset=utf-8");
        return body;
    }
    curl_mime* both = curl_mime_init(curl);
    add_text(both, message.text, "text/plain; charset=utf-8");
    add_text(both, message.html, "text/html; charset=utf-8");
    curl_mimepart* part = curl_mime_addpart(body.get());
    curl_mime_subparts(part, both);  // which now belongs to the part
    curl_mime_type(part, "multipart/alternative");
    return body;
}

/// A password goes over the network only in secret; a server on this machine may be without TLS.
long secrecy(const std::string& url) {
    const bool has_password = url.find('@') != url.npos;
    const bool here = url.find("@127.0.0.1") != url.npos || url.find("@localhost") != url.npos ||
                      url.find("@[::1]") != url.npos;
    return has_password && !here ? CURLUSESSL_ALL : CURLUSESSL_TRY;
}

/// Why the server refused: curl tells it only through its log.
int note_reply(CURL*, curl_infotype type, char* data, std::size_t size, void* last) {
    if (type == CURLINFO_HEADER_IN) {
        std::string_view line(data, size);
        while (line.ends_with('\n') || line.ends_with('\r')) line.remove_suffix(1);
        if (line.starts_with('4') || line.starts_with('5'))
            static_cast<std::string*>(last)->assign(line.substr(0, 300));
    }
    return 0;
}

Verdict verdict_of(CURLcode code, long reply) {
    if (code == CURLE_OK) return Verdict::Accepted;
    // 53x is about our password: somebody will mend that, and the mail is not to blame.
    const bool ours = reply >= 530 && reply <= 539;
    return reply >= 500 && reply < 600 && !ours ? Verdict::Never : Verdict::NotNow;
}

}  // namespace

std::string_view bare_address(std::string_view from) {
    const std::size_t open = from.rfind('<'), close = from.rfind('>');
    return open == from.npos || close == from.npos || close < open
               ? from
               : from.substr(open + 1, close - open - 1);
}

std::string header_text(std::string_view text) {
    if (is_plain_ascii(text)) return std::string(text);
    std::string out;
    while (!text.empty()) {
        std::size_t size = std::min(kWordBytes, text.size());
        while (size < text.size() && size > 0 &&
               (static_cast<unsigned char>(text[size]) & 0xC0) == 0x80)
            --size;
        if (!out.empty()) out += "\r\n ";
        out += "=?UTF-8?B?" + base64(text.substr(0, size)) + "?=";
        text.remove_prefix(size);
    }
    return out;
}

Reply send(const Server& server, const Message& message, MailId id, Instant now) {
    static std::once_flag started;
    std::call_once(started, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
    const std::unique_ptr<CURL, void (*)(CURL*)> curl(curl_easy_init(), curl_easy_cleanup);
    const std::string sender = "<" + std::string(bare_address(server.from)) + ">";
    const List headers = headers_of(server, message, id, now);
    const List to = list_of({"<" + message.to + ">"});
    const Mime body = body_of(curl.get(), message);
    std::string last;
    std::array<char, CURL_ERROR_SIZE> error{};
    CURL* c = curl.get();
    curl_easy_setopt(c, CURLOPT_URL, server.url.c_str());
    curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    curl_easy_setopt(c, CURLOPT_USE_SSL, secrecy(server.url));
    curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(c, CURLOPT_CONNECTTIMEOUT, kConnectSeconds);
    curl_easy_setopt(c, CURLOPT_TIMEOUT, kWholeSeconds);
    curl_easy_setopt(c, CURLOPT_MAIL_FROM, sender.c_str());
    curl_easy_setopt(c, CURLOPT_MAIL_RCPT, to.get());
    curl_easy_setopt(c, CURLOPT_HTTPHEADER, headers.get());
    curl_easy_setopt(c, CURLOPT_MIMEPOST, body.get());
    curl_easy_setopt(c, CURLOPT_ERRORBUFFER, error.data());
    curl_easy_setopt(c, CURLOPT_DEBUGFUNCTION, note_reply);
    curl_easy_setopt(c, CURLOPT_DEBUGDATA, &last);
    curl_easy_setopt(c, CURLOPT_VERBOSE, 1L);
    const CURLcode code = curl_easy_perform(c);
    long reply = 0;
    curl_easy_getinfo(c, CURLINFO_RESPONSE_CODE, &reply);
    if (code != CURLE_OK && reply < 400) last = error[0] ? error.data() : curl_easy_strerror(code);
    return {verdict_of(code, reply), last};
}

}  // namespace torv::mail
