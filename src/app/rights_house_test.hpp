#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "features/accounts/accounts.hpp"
#include "features/members/members.hpp"
#include "platform/auth/auth.hpp"
#include "platform/files/files.hpp"
#include "platform/files/media.hpp"
#include "platform/testing/site.hpp"

/// The Square with all routes, real sign-ins, and one person for each column of the matrix of
/// rights.
namespace torv::app::rights {

using testing::Answer;

/// A person: a column of the matrix.
struct Actor {
    std::string_view column;
    std::string_view email;  ///< empty: a guest
    auth::Role role = auth::Role::Member;
    members::State state = members::State::Active;
    std::int64_t rules = 1;  ///< the version they accepted
    int seat = -1;           ///< spaces::Role in the spaces under test; -1: none
    bool here = true;        ///< a member of the Square
    AccountId account = {};
    MemberId member = {};
    SessionId session = {};
    std::string cookie = {};
    std::string token = {};  ///< of the API, with all rights of the account
};

/// What is sent: a form (`a=b&c=d`, encoded), a JSON document, or a file.
struct Call {
    std::string method;
    std::string target;
    std::string body;
    bool spooled = false;
};

/// The rooms that targets stand in.
struct Where {
    std::string_view title;  ///< of the block in the table
    std::string slug;
    SpaceId space;
    std::string chat_slug;
    SpaceId chat;
    bool seated_only = false;  ///< others may not read it
    bool admins_too = false;   ///< but admins do
};

class House {
public:
    House();

    /// As a browser of ours sends a form, or a program its document.
    Answer send(const Actor& who, const Call& call) { return send(who, call, who.token); }
    Answer send(const Actor& who, const Call& call, std::string_view token);
    /// The person is again who they were, signed in: after something that changed it.
    void restore(Actor& who);
    Actor& actor(std::string_view column);
    auth::Viewer viewer(std::string_view column);
    /// A number that is another one whenever a row was added or taken away anywhere.
    std::string rows();
    int fresh() { return ++made_; }  ///< for names that nobody has yet

    testing::Site site;
    std::vector<Actor> actors;
    Where closed, secret, open;

private:
    void settle_in(Actor& who);
    Where rooms(std::string_view title, std::string_view slug, SpaceId space, int visibility);

    files::Store files_{std::filesystem::path(site.folder()) / "files"};
    media::Processor media_{media::beside_this_program(), files_};
    std::string count_rows_;
    int made_ = 0;
};

}  // namespace torv::app::rights
