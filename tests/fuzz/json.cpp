// JSON from strangers: what is taken is read the same again when it is written down.
#include "platform/json/json.hpp"

#include <cstdint>

#include "platform/base/text.hpp"
#include "tests/fuzz/check.hpp"

namespace {

using namespace torv;

void write(json::Writer& out, const json::Value& value) {
    if (value.is_object()) {
        out.object();
        for (const auto& [name, member] : value.members()) {
            HOLDS(&value[name] == &member);
            out.key(name);
            write(out, member);
        }
        out.end();
    } else if (value.is_array()) {
        out.array();
        for (const auto& item : value.items()) write(out, item);
        out.end();
    } else if (const auto text = value.string()) {
        out.value(*text);
    } else if (const auto whole = value.integer()) {
        out.value(*whole);
    } else if (const auto real = value.number()) {
        out.value(*real);
    } else if (const auto yes = value.boolean()) {
        out.value(*yes);
    } else {
        out.null();
    }
}

std::string written(const json::Value& value) {
    json::Writer out;
    write(out, value);
    return out.take();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(bytes), size);
    const auto value = json::parse(text);
    const auto strict = json::parse(text, json::Repeats::Refused);
    HOLDS(value || !strict);
    if (!value) return 0;
    const std::string once = written(*value);
    const auto again = json::parse(once, json::Repeats::Refused);
    HOLDS(again);
    HOLDS(written(*again) == once);
    return 0;
}
