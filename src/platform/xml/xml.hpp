#pragma once

#include <memory>
#include <string>
#include <string_view>

/// XML, written by libxml2.
namespace torv::xml {

/// Writes a document in the order of the calls, well-formed whatever the texts hold: signs that XML
/// does not have are left out. Names of elements and attributes are literals of ours.
///     Writer w; w.start("feed").attribute("xmlns", kAtom).element("title", "Tea").end();
class Writer {
public:
    Writer();
    ~Writer();
    Writer(const Writer&) = delete;
    Writer& operator=(const Writer&) = delete;

    Writer& start(const char* name);
    Writer& attribute(const char* name, std::string_view value);  ///< of the element just started
    Writer& text(std::string_view text);
    Writer& end();
    Writer& element(const char* name, std::string_view text) {
        return start(name).text(text).end();
    }
    /// The whole document; what is open is closed. Throws std::runtime_error without memory.
    std::string take();

private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

}  // namespace torv::xml
