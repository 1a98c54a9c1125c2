#pragma once

#include <zip.h>

#include <filesystem>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

/// Makes small Slack exports for tests.
namespace torv::imports::testing {

using Files = std::vector<std::pair<std::string, std::string>>;

inline constexpr const char* kUsers =
    R"([{"id":"U1","team_id":"T1","name":"ada","profile":{"real_name":"Ada Lind"}},{"id":"U2","team_id":"T1","name":"bo.b","profile":{"real_name":"Bo Berg"}}])";
inline constexpr const char* kChannels =
    R"([{"id":"C1","name":"general","created":1433558319,"creator":"U1","purpose":{"value":"All of us"}}])";

/// Writes `files` as a zip in a folder of its own and removes both with this object.
class Export {
public:
    explicit Export(const Files& files) {
        char name[] = "/tmp/torv-export-XXXXXX";
        if (!mkdtemp(name)) throw std::runtime_error("no temporary folder");
        folder_ = name;
        int error = 0;
        zip_t* zip = zip_open(path().c_str(), ZIP_CREATE | ZIP_TRUNCATE, &error);
        for (const auto& [path_inside, text] : files) {
            zip_source_t* source = zip_source_buffer(zip, text.data(), text.size(), 0);
            if (zip_file_add(zip, path_inside.c_str(), source, ZIP_FL_ENC_GUESS) < 0)
                throw std::runtime_error("cannot add " + path_inside);
        }
        if (zip_close(zip) != 0) throw std::runtime_error("cannot write the zip");
    }
    ~Export() { std::filesystem::remove_all(folder_); }
    Export(const Export&) = delete;

    std::filesystem::path path() const { return folder_ / "slack.zip"; }

private:
    std::filesystem::path folder_;
};

/// users.json, channels.json and one day of #general.
inline Files general(std::string day) {
    return {{"users.json", kUsers},
            {"channels.json", kChannels},
            {"general/2015-06-06.json", std::move(day)}};
}

}  // namespace torv::imports::testing
