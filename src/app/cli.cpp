#include <sys/stat.h>

#include <cstdio>

#include "app/app.hpp"
#include "app/command.hpp"
#include "platform/base/log.hpp"

namespace torv::app {

namespace {

void print(std::FILE* to, std::string_view line) {
    std::fwrite(line.data(), 1, line.size(), to);
    std::fputc('\n', to);
    std::fflush(to);
}

/// The folder holds everything private that a community has: nobody but its owner may look in.
void make_data_folder(const config::Config& config) {
    const bool fresh = std::filesystem::create_directories(config.data);
    if (fresh) std::filesystem::permissions(config.data, std::filesystem::perms::owner_all);
    std::filesystem::create_directories(config.tmp_dir());
    std::filesystem::create_directories(config.files_dir());
}

log::Level level_of(std::string_view name) {
    if (name == "debug") return log::Level::Debug;
    if (name == "warning") return log::Level::Warning;
    if (name == "error") return log::Level::Error;
    return log::Level::Info;
}

}  // namespace

Cli::Cli(const Command& command, config::Config settings)
    : config(std::move(settings)), command_(command) {
    log::set_level(level_of(config.log_level));
}

Cli::~Cli() = default;

bool Cli::has(std::string_view name) const { return options.contains(std::string(name)); }

std::string Cli::option(std::string_view name) const {
    const auto found = options.find(std::string(name));
    return found == options.end() ? std::string() : found->second;
}

db::Db& Cli::db(db::Role role) {
    if (!db_) {
        make_data_folder(config);
        db_ = std::make_unique<db::Db>(
            db::Options{.database = config.database_or_file(), .role = role});
        migrated_ = db_->migrate(migrations());
    }
    return *db_;
}

App& Cli::app(db::Role role) {
    if (!app_) app_ = std::make_unique<App>(config, db(role));
    return *app_;
}

void Cli::say(std::string_view line) const { print(stdout, line); }
void Cli::note(std::string_view line) const { print(stderr, line); }

int Cli::complain(std::string_view why) const {
    note("torv " + std::string(command_.name) + ": " + std::string(why));
    return 1;
}

int Cli::complain(const Error& error) const { return complain(english(error)); }

int Cli::usage() const {
    std::string line = "Usage: torv " + std::string(command_.name);
    if (!command_.usage.empty()) line.append(" ").append(command_.usage);
    for (const Option& option : command_.options) {
        line.append(" [--").append(option.name);
        if (!option.value.empty()) line.append(" ").append(option.value);
        line.append("]");
    }
    note(line + "\n" + std::string(command_.help) + " More: torv " + std::string(command_.name) +
         " --help");
    return 2;
}

}  // namespace torv::app
