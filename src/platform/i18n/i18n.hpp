#pragma once

#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "platform/base/result.hpp"
#include "platform/base/time.hpp"

/// Messages, dates and order of words in a member's language. Messages are `.po` files with the key
/// as msgid; ICU stays inside.
namespace torv::i18n {

struct PoEntry;

/// One catalogue file: locales/da/topics.po.
struct File {
    std::string_view language;  ///< "da"
    std::string_view slice;     ///< "topics"
    std::string_view text;
};

/// A named value for `{name}`.
struct Value {
    std::string_view name;
    std::string text;

    Value(std::string_view n, std::string_view v) : name(n), text(v) {}
    Value(std::string_view n, const char* v) : name(n), text(v) {}
    Value(std::string_view n, const std::string& v) : name(n), text(v) {}
    Value(std::string_view n, std::integral auto v) : name(n), text(std::to_string(v)) {}
};

/// The messages of one language. A key that is missing is looked up in English and, missing there
/// too, shown itself; both are logged once. Thread-safe; lives as long as its Catalogue.
class Words {
public:
    std::string_view language() const { return language_; }    ///< "da", for <html lang>
    std::string_view own_name() const { return own_name_; }    ///< "Dansk"
    std::string_view direction() const { return direction_; }  ///< "ltr" or "rtl"

    /// t("topics.locked")
    std::string_view operator()(std::string_view key) const;
    /// t("topics.replies", count): the plural form for the count, `{n}` is the count as people
    /// write it.
    std::string operator()(std::string_view key, std::int64_t n) const;
    /// t("topics.moved", {{"space", space.name}})
    std::string operator()(std::string_view key, std::initializer_list<Value> values) const;
    std::string operator()(std::string_view key, std::int64_t n,
                           std::initializer_list<Value> values) const;
    /// The sentence of a fault.
    std::string operator()(const Error& error) const;

    bool has(std::string_view key) const;
    std::string number(std::int64_t n) const;    ///< "12.345" in Danish
    std::string size(std::int64_t bytes) const;  ///< "3,4 MB"

private:
    friend class Catalogue;
    struct Piece {
        std::string text;
        bool is_name = false;  ///< `text` is the name of a value
    };
    using Pattern = std::vector<Piece>;
    struct Message {
        std::string plain;  ///< as written, of the last form
        bool plural = false;
        std::vector<Pattern> forms;  ///< by plural form; one when there is no plural
    };
    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view key) const {
            return std::hash<std::string_view>{}(key);
        }
    };

    const Message* find(std::string_view key) const;
    std::string fill(std::string_view key, const std::int64_t* n,
                     std::span<const Value> values) const;

    std::string language_, own_name_, direction_, group_, decimal_;
    int (*plural_)(std::int64_t) = nullptr;
    const Words* english_ = nullptr;
    std::unordered_map<std::string, Message, Hash, std::equal_to<>> messages_;
};

/// All languages. A language is there when it has a file.
class Catalogue {
public:
    /// Throws std::runtime_error with language, slice and line when a file cannot be read.
    explicit Catalogue(std::span<const File> files);
    ~Catalogue();
    Catalogue(const Catalogue&) = delete;

    /// The words of a language ("da", "da-DK"), or English.
    const Words& words(std::string_view language) const;
    bool has(std::string_view language) const;
    /// Codes in the order of their own names.
    std::vector<std::string> languages() const;
    /// The best language for an Accept-Language header, or `otherwise`.
    std::string negotiate(std::string_view accept_language,
                          std::string_view otherwise = "en") const;
    /// What translators should mend: keys missing or too many against English, other placeholders,
    /// empty texts.
    std::vector<std::string> problems() const;

private:
    static void add(Words& words, const File& file, PoEntry& entry);

    std::vector<std::unique_ptr<Words>> languages_;
};

/// Dates and times in a language and a time zone. Cheap to copy; thread-safe.
class Dates {
public:
    /// An unknown zone is UTC, an unknown language English.
    Dates(std::string_view language, std::string_view time_zone);

    std::string date(Instant at) const;        ///< "21 November 2026"
    std::string short_date(Instant at) const;  ///< "21/11/2026"
    std::string month(Instant at) const;       ///< "November 2026"
    std::string time(Instant at) const;        ///< "19:05"
    std::string date_time(Instant at) const;   ///< "21 November 2026 at 19:05"
    /// For a line of text without script: "today, 19:05", "yesterday, 19:05", "21 November",
    /// with the year when it is another.
    std::string near(Instant at, Instant now) const;
    /// Over a group of posts: "Today", "Yesterday", "Saturday, 21 November".
    std::string day_header(Instant at, Instant now) const;
    /// "3 minutes ago", "in 2 days".
    std::string relative(Instant at, Instant now) const;
    /// Days since 1970 on the calendar of the zone: same number, same day.
    std::int64_t day_number(Instant at) const;
    /// When the clock of the zone shows this minute of that day (see day_number). Where the hour is
    /// skipped, an hour off; where it comes twice, one of the two.
    Instant moment(std::int64_t day, int minute) const;
    std::string_view zone() const { return zone_; }

private:
    struct Formats;
    std::string zone_;
    std::shared_ptr<const Formats> formats_;  // shared by all Dates of one language and zone
};

/// Identifiers of time zones people may choose from: "Europe/Copenhagen", in order.
const std::vector<std::string>& time_zones();
bool is_time_zone(std::string_view name);

/// Unicode NFC. Broken UTF-8 becomes U+FFFD.
std::string nfc(std::string_view text);
/// One form for what is the same to people (NFKC, case folded): for e-mail addresses, handles,
/// names in a unique index.
std::string fold(std::string_view text);
/// Bytes that sort as people of that language sort: "Åse" after "Zoe" in Danish. For ORDER BY on a
/// stored column or std::sort.
std::string sort_key(std::string_view language, std::string_view text);
/// For an avatar: the first letters of the first and last word, upper case. "Maja Juhl" → "MJ".
std::string initials(std::string_view name);

}  // namespace torv::i18n
