#pragma once

#include <cstdint>
#include <expected>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Every setting of the program. From the one table in settings.cpp come the sample file,
/// docs/admin/configuration.md, the names of the environment variables, the flags and `torv
/// config`. The program runs with none of them set.
namespace torv::config {

struct Config {
    std::vector<std::string> listen{"127.0.0.1:8080"};
    std::filesystem::path data{"data"};
    std::string database;    ///< "" = the SQLite file in the data folder
    std::string public_url;  ///< "" = http:// and the first address of `listen`
    std::string mail_url;    ///< "" = no mail server: the mails are shown to the owner
    std::string mail_from;
    std::vector<std::string> trusted_proxies;
    std::vector<std::string> call_inside;  ///< "10.0.0.7:8080": may be called although inside
    std::int64_t workers = 0;              ///< 0 = eight for each core, at least 32
    std::int64_t node = 0;
    std::int64_t max_upload = 64 << 20;               ///< bytes
    std::int64_t max_import = std::int64_t{2} << 30;  ///< bytes
    std::int64_t max_connections = 10'000;
    std::int64_t max_connections_per_address = 256;
    std::int64_t posts_per_minute = 30;
    std::int64_t keep_read_notices = 180;    ///< days
    std::int64_t keep_unread_notices = 400;  ///< days
    std::string log_level = "info";
    std::filesystem::path assets;  ///< "" = the files inside the program

    /// The database to open: `database`, or torv.db in the data folder.
    std::string database_or_file() const;
    std::filesystem::path files_dir() const { return data / "files"; }  ///< uploads, by content
    std::filesystem::path tmp_dir() const { return data / "tmp"; }      ///< emptied at every start
    std::filesystem::path key_file() const { return data / "secret.key"; }
    /// `public_url` without a slash at the end, or the address of this machine.
    std::string base_url() const;
};

enum class Type { Text, List, Number, Bytes, Path, Url };
std::string_view type_name(Type);  ///< as the documentation calls it

/// One row of the table.
struct Setting {
    std::string_view
        name;  ///< "max_upload"; TORV_MAX_UPLOAD in the environment, --max-upload as a flag
    Type type;
    std::string_view unit;      ///< "", "bytes", "threads"
    std::string_view sentence;  ///< what it does, for the administrator
    std::string_view example;
    bool secret = false;  ///< shown as "(set)" and never logged
    /// Takes the text as typed; gives "" or what is wrong with it.
    std::string (*set)(Config&, std::string_view text);
    std::string (*get)(const Config&);  ///< lists joined by ", "
};

const std::vector<Setting>& settings();
const Setting* find(std::string_view name);
std::string env_name(const Setting&);   ///< "TORV_MAX_UPLOAD"
std::string flag_name(const Setting&);  ///< "--max-upload"
/// The name in the table nearest to `typed`, or "" when none is near.
std::string_view nearest(std::string_view typed);

/// Where settings come from, the later one wins.
struct Sources {
    std::optional<std::filesystem::path> file;  ///< torv.toml; named, so it must be there
    std::map<std::string, std::string> environment;
    std::map<std::string, std::string> flags;  ///< by the name of the setting, without dashes
};

/// TORV_* of this process, but TORV_CONFIG (which names the file) and TORV_TEST_* (which belong to
/// the tests).
std::map<std::string, std::string> environment();

/// One thing that is wrong: "torv.toml:3: unknown setting 'listne'; did you mean 'listen'?"
using Problems = std::vector<std::string>;
/// The settings, or everything that is wrong with them. Unknown names are wrong in the file and in
/// the environment.
std::expected<Config, Problems> load(const Sources& sources);

/// The settings as a TOML file, secrets as "(set)".
std::string print(const Config& config);
std::string sample_file();  ///< deploy/torv.toml: every setting with its default, commented out
std::string reference_markdown();  ///< docs/admin/configuration.md

}  // namespace torv::config
