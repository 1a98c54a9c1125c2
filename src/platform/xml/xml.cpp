#include "platform/xml/xml.hpp"

#include <libxml/parser.h>
#include <libxml/xmlwriter.h>

#include <stdexcept>

namespace torv::xml {

namespace {

const xmlChar* bytes_of(const char* text) { return reinterpret_cast<const xmlChar*>(text); }

/// libxml2 fails when memory is short, and when a call has no place where it stands.
void must(int written) {
    if (written < 0) throw std::runtime_error("xml: cannot write");
}

/// Without what may not stand in XML 1.0, not even escaped: control characters, U+FFFE and U+FFFF.
std::string allowed(std::string_view text) {
    std::string kept;
    kept.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        const auto three = text.substr(i, 3);
        if (three == "\xEF\xBF\xBE" || three == "\xEF\xBF\xBF") {
            i += 2;
            continue;
        }
        if (byte >= 0x20 || byte == '\t' || byte == '\n') kept += text[i];
    }
    return kept;
}

struct FreeBuffer {
    void operator()(xmlBuffer* buffer) const { xmlBufferFree(buffer); }
};
struct FreeWriter {
    void operator()(xmlTextWriter* writer) const { xmlFreeTextWriter(writer); }
};

}  // namespace

struct Writer::Parts {
    std::unique_ptr<xmlBuffer, FreeBuffer> buffer{xmlBufferCreate()};
    std::unique_ptr<xmlTextWriter, FreeWriter> writer{xmlNewTextWriterMemory(buffer.get(), 0)};
};

Writer::Writer() {
    static const bool ready = (xmlInitParser(), true);  // once, before threads use it
    (void)ready;
    parts_ = std::make_unique<Parts>();
    if (!parts_->writer) throw std::runtime_error("xml: no memory");
    must(xmlTextWriterStartDocument(parts_->writer.get(), "1.0", "UTF-8", nullptr));
}

Writer::~Writer() = default;

Writer& Writer::start(const char* name) {
    must(xmlTextWriterStartElement(parts_->writer.get(), bytes_of(name)));
    return *this;
}

Writer& Writer::attribute(const char* name, std::string_view value) {
    must(xmlTextWriterWriteAttribute(parts_->writer.get(), bytes_of(name),
                                     bytes_of(allowed(value).c_str())));
    return *this;
}

Writer& Writer::text(std::string_view text) {
    must(xmlTextWriterWriteString(parts_->writer.get(), bytes_of(allowed(text).c_str())));
    return *this;
}

Writer& Writer::end() {
    must(xmlTextWriterEndElement(parts_->writer.get()));
    return *this;
}

std::string Writer::take() {
    must(xmlTextWriterEndDocument(parts_->writer.get()));
    must(xmlTextWriterFlush(parts_->writer.get()));
    const xmlBuffer* buffer = parts_->buffer.get();
    return {reinterpret_cast<const char*>(xmlBufferContent(buffer)),
            static_cast<std::size_t>(xmlBufferLength(buffer))};
}

}  // namespace torv::xml
