#pragma once

#include <initializer_list>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "platform/base/result.hpp"
#include "platform/config/config.hpp"
#include "platform/db/db.hpp"

/// What can be typed: `torv member sign-in-link ada@example.org --data ./data`.
namespace torv::app {

class App;
class Cli;

/// An option of one command: `--community NAME`, or without a value `--dry-run`.
struct Option {
    std::string_view name;   ///< "community"
    std::string_view value;  ///< "NAME"; empty for one that is there or not
    std::string_view help;
};

/// Noun, verb. One job; tells what it did.
struct Command {
    std::string_view name;   ///< "member sign-in-link"
    std::string_view usage;  ///< "EMAIL"; empty when it takes nothing
    std::string_view help;   ///< a sentence
    std::vector<Option> options;
    int (*run)(Cli&) =
        nullptr;  ///< gives 0 done, 1 could not, 2 misused; may throw what it does not expect
};

/// Every command, in the order of the help.
const std::vector<const Command*>& commands();

/// What a command has at hand. Results go to stdout, messages to stderr.
class Cli {
public:
    Cli(const Command& command, config::Config settings);
    ~Cli();
    Cli(const Cli&) = delete;

    config::Config config;
    std::vector<std::string> args;  ///< what stands after the command's name, without options
    std::map<std::string, std::string> options;  ///< of this command alone; without a value: ""
    bool json = false;                           ///< --json: a program reads the result

    bool has(std::string_view option) const;
    std::string option(std::string_view name) const;  ///< "" when it was not given

    /// The database, opened and migrated at first use; makes the data folder. `role` counts at
    /// first use.
    db::Db& db(db::Role role = db::Role::Command);
    /// Every part of the program over that database; nothing runs by itself yet.
    App& app(db::Role role = db::Role::Command);
    /// What the first use of `db` applied.
    const std::vector<std::string>& migrated() const { return migrated_; }

    void say(std::string_view line) const;     ///< a result
    void note(std::string_view line) const;    ///< a message
    int complain(std::string_view why) const;  ///< a message; gives 1
    int complain(const Error& error) const;    ///< the fault in English; gives 1
    int usage() const;                         ///< how it is used; gives 2

private:
    const Command& command_;
    std::vector<std::string> migrated_;
    std::unique_ptr<db::Db> db_;
    std::unique_ptr<App> app_;
};

/// Reads the command line, runs the command, gives the exit code.
int run(int argc, const char* const* argv, std::string_view version);

}  // namespace torv::app
