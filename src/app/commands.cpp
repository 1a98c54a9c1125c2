#include "app/command.hpp"

/// The list of commands: one line for each file in commands/.
namespace torv::app {

extern const Command kServe;
extern const Command kDemo;
extern const Command kMemberSignInLink;
extern const Command kTokenCreate;
extern const Command kCheck;
extern const Command kMigrate;
extern const Command kRoutes;
extern const Command kConfigPrint;
extern const Command kConfigCheck;
extern const Command kConfigReference;
extern const Command kConfigSample;
extern const Command kImportSlack;
extern const Command kImportStackExchange;

const std::vector<const Command*>& commands() {
    static const std::vector<const Command*> all{
        &kServe,
        &kDemo,  //
        &kMemberSignInLink,
        &kTokenCreate,
        &kImportSlack,  //
        &kImportStackExchange,
        &kCheck,
        &kMigrate,
        &kRoutes,
        &kConfigPrint,
        &kConfigCheck,
        &kConfigReference,
        &kConfigSample,
    };
    return all;
}

}  // namespace torv::app
