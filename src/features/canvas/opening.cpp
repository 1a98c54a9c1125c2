#include <algorithm>
#include <optional>

#include "features/canvas/draft.hpp"
#include "features/community/community.hpp"
#include "features/curation/curation.hpp"
#include "features/members/members.hpp"
#include "features/spaces/spaces.hpp"
#include "features/topics/topics.hpp"
#include "platform/base/text.hpp"

namespace torv::canvas {
namespace {

constexpr std::size_t kTaglineMax = 140;  // characters; a line on the landing page

/// A space in which a topic can be begun.
bool is_talk(const PresetSpace& space) { return space.kind != "chat"; }

/// The first sentence of the purpose, for the landing page.
std::string tagline_from(std::string_view purpose) {
    const std::string_view line = purpose.substr(0, purpose.find('\n'));
    const std::size_t stop = line.find(". ");
    const std::string_view sentence =
        stop == std::string_view::npos ? line : line.substr(0, stop + 1);
    return std::string(trimmed(first_code_points(sentence, kTaglineMax)));
}

struct Texts {
    topics::Prepared welcome;
    topics::Prepared question;
};

Result<Texts> prepare(db::Tx& tx, const auth::Viewer& viewer, const Preset& preset) {
    return Texts{.welcome = TRY(topics::prepare(tx, viewer.community, preset.welcome)),
                 .question = TRY(topics::prepare(tx, viewer.community, preset.question))};
}

std::vector<const PresetSpace*> wanted_spaces(const Preset& preset, const Choice& choice) {
    std::vector<const PresetSpace*> list;
    for (const auto& space : preset.spaces)
        if (std::ranges::find(choice.spaces, space.id) != choice.spaces.end())
            list.push_back(&space);
    return list;
}

Done set_up_community(db::Tx& tx, const auth::Viewer& viewer, const Draft& draft, bool any_public) {
    const auto before = TRY(community::find(tx, viewer.community));
    community::Profile profile = community::profile_of(before);
    profile.name = draft["name"];
    profile.tagline = tagline_from(draft["purpose"]);
    profile.purpose = draft["purpose"];
    profile.values = draft["values"];
    profile.audience = draft["audience"];
    profile.tone = draft["tone"];
    profile.language = draft.language;
    profile.sign_up =
        community::sign_up_from(draft.preset().sign_up).value_or(community::SignUp::Invitation);
    profile.guests_may_read = any_public;
    TRY(community::set_profile(tx, viewer, profile));
    community::Look look = before.look;
    look.hue = draft.preset().hue;
    TRY(community::set_look(tx, viewer, look));
    const auto version = TRY(community::publish_rules(tx, viewer, draft.preset().rules_text()));
    return members::accept_rules(tx, viewer, version);  // who wrote them need not be asked
}

/// What the owner wrote, with the figure when a line is still the preset's.
std::vector<community::Goal> goals_from(const Draft& draft) {
    std::vector<community::Goal> goals;
    const std::string text = draft.goals_text();
    for (const auto line : split(text, '\n')) {
        if (trimmed(line).empty()) continue;
        community::Goal goal{.text = std::string(trimmed(line)), .figure = {}, .target = {}};
        for (const auto& known : draft.preset().goals)
            if (known.text == goal.text) goal.figure = known.figure, goal.target = known.target;
        goals.push_back(std::move(goal));
    }
    return goals;
}

void keep_survey(db::Tx& tx, const auth::Viewer& viewer, const Preset& preset) {
    std::string questions;
    for (const auto& question : preset.survey) questions += question + "\n";
    community::save_answer(tx, viewer.community, "survey", questions);
}

struct Places {
    SpaceId welcome;
    SpaceId question;
};

Result<Places> make_spaces(db::Tx& tx, const auth::Viewer& viewer, const Preset& preset,
                           const std::vector<const PresetSpace*>& wanted) {
    Places places;
    for (const PresetSpace* space : wanted) {
        const auto id = TRY(spaces::create(
            tx, viewer,
            {.name = space->name,
             .slug = {},
             .description = space->description,
             .icon = space->icon,
             .kind = spaces::kind_from(space->kind).value_or(spaces::Kind::Discussion),
             .visibility =
                 spaces::visibility_from(space->visibility).value_or(spaces::Visibility::Members),
             .parent = {}}));
        if (!places.welcome && is_talk(*space)) places.welcome = id;
        if (space->id == preset.ask_in) places.question = id;
    }
    if (!places.question) places.question = places.welcome;
    return places;
}

Done write_first_topics(db::Tx& tx, const auth::Viewer& viewer, const Preset& preset,
                        const Places& places, const Texts& texts) {
    const auto question =
        TRY(topics::start(tx, viewer, places.question, preset.question_title, texts.question));
    const auto welcome =
        TRY(topics::start(tx, viewer, places.welcome, preset.welcome_title, texts.welcome));
    TRY(curation::mark(tx, viewer, welcome, topics::Mark::Pinned, topics::State::On));
    static_cast<void>(question);
    return Unit{};
}

}  // namespace

Done open(db::Db& db, const auth::Viewer& viewer, const Choice& choice) {
    const Draft draft = db.read([&](db::Tx& tx) { return load(tx, viewer.community); });
    if (!viewer.is_owner()) return fail(Fault::Forbidden, "canvas.owner_only");
    if (draft["name"].empty()) return fail(Fault::Invalid, "canvas.name_needed", "answer");
    const Preset& preset = draft.preset();
    const auto wanted = wanted_spaces(preset, choice);
    if (std::ranges::none_of(wanted, [](const PresetSpace* s) { return is_talk(*s); }))
        return fail(Fault::Invalid, "canvas.space_needed", "spaces");
    const bool any_public =
        std::ranges::any_of(wanted, [](const PresetSpace* s) { return s->visibility == "public"; });

    const Texts texts = TRY(db.read([&](db::Tx& tx) { return prepare(tx, viewer, preset); }));
    return db.write([&](db::Tx& tx) -> Done {
        if (TRY(community::find(tx, viewer.community)).founded_at) return Unit{};  // a double click
        TRY(set_up_community(tx, viewer, draft, any_public));
        auth::Viewer owner = viewer;
        owner.rules_outdated = false;
        const Places places = TRY(make_spaces(tx, owner, preset, wanted));
        TRY(write_first_topics(tx, owner, preset, places, texts));
        community::set_goals(tx, owner.community, goals_from(draft));
        keep_survey(tx, owner, preset);
        return community::found(tx, owner);
    });
}

}  // namespace torv::canvas
