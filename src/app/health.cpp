#include "app/health.hpp"

#include "platform/base/log.hpp"
#include "platform/json/json.hpp"

namespace torv::app {

namespace {

http::Response answer(int status, std::string body) {
    http::Response response;
    response.status = status;
    response.set("Content-Type", "application/json").set("Cache-Control", "no-store");
    response.body = std::move(body);
    return response;
}

bool answers(db::Db& db) {
    try {
        return db.read([](db::Tx& tx) { return tx.one("SELECT 1").has_value(); });
    } catch (const db::DbError& error) {
        log::warning("health.database", {{"what", error.what()}});
        return false;
    }
}

}  // namespace

http::Response live() { return answer(200, R"({"live":true})"); }

http::Response ready(db::Db& db, const std::vector<activity::Health>& consumers, bool stopping) {
    const bool database = answers(db);
    const bool is_ready = database && !stopping;
    json::Writer out;
    out.object().field("ready", is_ready).field("stopping", stopping).field("database", database);
    out.key("consumers").array();
    for (const auto& one : consumers)
        out.object()
            .field("name", one.consumer)
            .field("behind", one.behind)
            .field("failing", one.failing)
            .end();
    out.end().end();
    return answer(is_ready ? 200 : 503, out.take());
}

}  // namespace torv::app
