#include "platform/web/state.hpp"

namespace torv::web {

struct Shared::Parts {
    http::Request request;
    Routes routes;
    Context::State state;
    std::optional<Context> context;

    explicit Parts(Services& services) : state(request, services, routes) {}
};

Shared::Shared(Services& services, const Place& place, const auth::Viewer& audience)
    : parts_(std::make_unique<Parts>(services)) {
    auto& state = parts_->state;
    state.shared = true;
    state.place = place;
    state.viewer = audience;
    state.viewer.community = place.id;
    state.words = &services.catalogue.words(audience.language);
    state.dates.emplace(audience.language, audience.zone);
    parts_->context.emplace(state);
}

Shared::~Shared() = default;

Context& Shared::context() { return *parts_->context; }

}  // namespace torv::web
