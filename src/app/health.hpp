#pragma once

#include <optional>
#include <vector>

#include "platform/activity/activity.hpp"
#include "platform/db/db.hpp"
#include "platform/http/http.hpp"

/// `/livez` and `/readyz`, for whoever watches over the process.
namespace torv::app {

/// Is the process alive? Says so without looking at anything.
http::Response live();

/// May requests be sent here? 200, or 503 when the server is stopping or the database does not
/// answer. A consumer that has stopped is told in the body and does not make the node unready: its
/// pages are right, only what follows from them is late.
http::Response ready(db::Db& db, const std::vector<activity::Health>& consumers, bool stopping);

}  // namespace torv::app
