#include "features/stackexchange/rows.hpp"

#include <libxml/xmlreader.h>
#include <zlib.h>

#include <memory>

#include "platform/base/text.hpp"

namespace torv::stackexchange {

namespace {

/// A file that may be packed, read as the parser wants it.
struct Source {
    gzFile file = nullptr;
    std::int64_t packed = 0;  ///< bytes of the file
    std::int64_t read = 0;
    bool bomb = false;

    ~Source() {
        if (file) gzclose(file);
    }
};

int read_some(void* context, char* into, int length) {
    auto& source = *static_cast<Source*>(context);
    const int got = gzread(source.file, into, static_cast<unsigned>(length));
    if (got > 0) source.read += got;
    source.bomb = source.read > kFreeBytes && source.read / kMaxRatio > source.packed;
    return source.bomb ? -1 : got;
}

struct Closer {
    void operator()(xmlTextReader* reader) const { xmlFreeTextReader(reader); }
};
using Reader = std::unique_ptr<xmlTextReader, Closer>;

std::string_view text_of(const xmlChar* text) {
    return text ? reinterpret_cast<const char*>(text) : std::string_view{};
}

Row row_of(xmlTextReader* reader) {
    Row row;
    while (xmlTextReaderMoveToNextAttribute(reader) == 1)
        row.attributes.emplace(text_of(xmlTextReaderConstName(reader)),
                               text_of(xmlTextReaderConstValue(reader)));
    xmlTextReaderMoveToElement(reader);
    return row;
}

/// What stands at the top; false: not what was asked for.
bool fits(xmlTextReader* reader, std::string_view root) {
    const int type = xmlTextReaderNodeType(reader);
    if (type == XML_READER_TYPE_DOCUMENT_TYPE) return false;
    const bool top = type == XML_READER_TYPE_ELEMENT && xmlTextReaderDepth(reader) == 0;
    return !top || text_of(xmlTextReaderConstName(reader)) == root;
}

bool is_row(xmlTextReader* reader) {
    return xmlTextReaderNodeType(reader) == XML_READER_TYPE_ELEMENT &&
           xmlTextReaderDepth(reader) == 1 && text_of(xmlTextReaderConstName(reader)) == "row";
}

}  // namespace

std::string_view Row::operator[](std::string_view name) const {
    const auto found = attributes.find(name);
    return found == attributes.end() ? std::string_view{} : found->second;
}

std::int64_t Row::number(std::string_view name) const {
    return parse_int<std::int64_t>((*this)[name]).value_or(0);
}

Done each_row(const std::filesystem::path& path, std::string_view root,
              const std::function<bool(const Row&)>& each) {
    std::error_code missing;
    const auto bytes = std::filesystem::file_size(path, missing);
    if (missing) return fail(Fault::Invalid, "stackexchange.no_file", "file");
    Source source{.file = gzopen(path.c_str(), "rb"), .packed = static_cast<std::int64_t>(bytes)};
    if (!source.file) return fail(Fault::Invalid, "stackexchange.no_file", "file");
    // Nothing from elsewhere, and none of the limits lifted that the library has against large
    // values and entities.
    const Reader reader(xmlReaderForIO(read_some, nullptr, &source, nullptr, nullptr,
                                       XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING));
    if (!reader) return fail(Fault::Invalid, "stackexchange.broken", "file");
    // What is wrong is told by what reading gives; the library would write it to the terminal. Its
    // versions differ in whether the error is const.
    xmlTextReaderSetStructuredErrorHandler(reader.get(), [](void*, auto*) {}, nullptr);
    bool any = false;
    int state = 0;
    while ((state = xmlTextReaderRead(reader.get())) == 1) {
        if (!fits(reader.get(), root))
            return fail(Fault::Invalid, "stackexchange.not_posts", "file");
        any = true;
        if (is_row(reader.get()) && !each(row_of(reader.get()))) return Unit{};
    }
    if (source.bomb) return fail(Fault::Invalid, "stackexchange.bomb", "file");
    if (state == 0) return Unit{};
    return fail(Fault::Invalid, any ? "stackexchange.broken" : "stackexchange.not_posts", "file");
}

}  // namespace torv::stackexchange
