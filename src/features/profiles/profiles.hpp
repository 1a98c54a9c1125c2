#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/auth/auth.hpp"
#include "platform/base/ids.hpp"
#include "platform/base/result.hpp"
#include "platform/db/db.hpp"

namespace torv::web {
class Routes;
}

/// What members tell of themselves, who may see it, and how people are found by it. A field that
/// the viewer may not see is not there: not in pages, filters, suggestions, counts or order.
namespace torv::profiles {

/// Stored as its number.
enum class Kind { Skills = 1, Interests, Languages, Place, Offers, Seeks };
inline constexpr std::array kKinds{Kind::Skills, Kind::Interests, Kind::Languages,
                                   Kind::Place,  Kind::Offers,    Kind::Seeks};
std::string_view kind_name(Kind kind);  ///< "skills", …: the words of forms and of the API
std::optional<Kind> kind_from(std::string_view name);

/// Who may see a field; stored as its number.
enum class Shown { Me = 0, Members = 1, Everyone = 2 };
std::string_view shown_name(Shown shown);  ///< "me", "members", "everyone"
std::optional<Shown> shown_from(std::string_view name);

struct Field {
    Kind kind = Kind::Skills;
    std::vector<std::string> values;  ///< as written; a place is one
    Shown shown = Shown::Members;
};

/// What the viewer may see of an active member, without empty fields, in the order of kKinds; of
/// oneself everything. At most two statements.
std::vector<Field> of(db::Tx& tx, const auth::Viewer& viewer, MemberId member);
/// All fields of the viewer, empty ones too.
std::vector<Field> own(db::Tx& tx, const auth::Viewer& viewer);

/// A field that is to change; what is left out stays.
struct Change {
    Kind kind = Kind::Skills;
    std::optional<std::string> typed;  ///< values between commas or on lines
    std::optional<Shown> shown;
};
/// Announces member.changed when members see something else than before. Faults: Forbidden
/// "members.members_only"; Invalid "profiles.too_many", "profiles.too_long" with the kind's name as
/// field.
Done change(db::Tx& tx, const auth::Viewer& viewer, const std::vector<Change>& changes);

void routes(web::Routes& routes);

}  // namespace torv::profiles
