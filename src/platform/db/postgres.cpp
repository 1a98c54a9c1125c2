#include "platform/db/engine.hpp"

namespace torv::db {

std::unique_ptr<Engine> make_postgres(const Options&, const Clock&) {
    throw DbError(DbFault::Other, "this build has no PostgreSQL");
}

}  // namespace torv::db
