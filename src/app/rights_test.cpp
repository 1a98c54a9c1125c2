#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include "app/app.hpp"
#include "app/rights_matrix_test.hpp"

/// Who may do what: tests/golden/rights.txt, one line a route and one column a person. A right that
/// changes shows there in review.
namespace torv::app::rights {
namespace {

const std::string kFile = "tests/golden/rights.txt";

std::string named(const web::Route& route) {
    return std::string(route.method) + " " + std::string(route.pattern);
}

/// Routes that nobody has said how to call, and recipes for what is no route.
std::vector<std::string> unmatched(const web::Routes& routes) {
    std::vector<std::string> known, wrong;
    for (const auto recipes : {in_spaces(), in_community()})
        for (const Recipe& recipe : recipes) known.emplace_back(recipe.route);
    std::vector<std::string> there;
    for (const auto& route : routes.all()) there.push_back(named(*route));
    for (const auto& route : there)
        if (std::ranges::count(known, route) != 1)
            wrong.push_back(route + ": give it one line in src/app/rights_recipes_test.cpp");
    for (const auto& recipe : known)
        if (std::ranges::find(there, recipe) == there.end())
            wrong.push_back(recipe + ": is no route; take it out of rights_recipes_test.cpp");
    return wrong;
}

std::string whole_table(House& house, Matrix& matrix) {
    std::string text = std::string(kLegend);
    text += matrix.block("In the community", in_community(), house.open);
    for (const Where* where : {&house.closed, &house.secret, &house.open})
        text += matrix.block(where->title, in_spaces(), *where);
    text += matrix.scopes(in_spaces(), in_community(), house.open);
    text += matrix.shut(in_spaces(), in_community(), house.open);
    return text;
}

/// The first lines in which two texts differ.
std::string difference(const std::string& before, const std::string& now) {
    std::istringstream a(before), b(now);
    std::string left, right, out;
    for (int shown = 0; shown < 20;) {
        const bool more_left = static_cast<bool>(std::getline(a, left));
        const bool more_right = static_cast<bool>(std::getline(b, right));
        if (!more_left && !more_right) break;
        if (!more_left) left.clear();
        if (!more_right) right.clear();
        if (left == right) continue;
        out += "- " + left + "\n+ " + right + "\n";
        ++shown;
    }
    return out;
}

std::string joined(const std::vector<std::string>& lines) {
    std::string text;
    for (std::size_t i = 0; i < lines.size() && i < 30; ++i) text += lines[i] + "\n";
    return text;
}

}  // namespace

TEST_CASE("every route is tried as everybody, and nobody's rights change unseen") {
    House house;
    const auto wrong = unmatched(house.site.routes());
    INFO(joined(wrong));
    REQUIRE(wrong.empty());

    Matrix matrix(house);
    const std::string now = whole_table(house, matrix);
    INFO(joined(matrix.faults()));
    CHECK(matrix.faults().empty());

    std::ostringstream written;
    written << std::ifstream(kFile).rdbuf();
    if (written.str() == now) return;
    if (std::getenv("TORV_ACCEPT")) {
        std::ofstream(kFile) << now;
        MESSAGE("skipped: wrote " << kFile << " anew");
        return;
    }
    FAIL_CHECK(kFile << " says otherwise. When this is meant, look at what changes with "
                        "TORV_ACCEPT=1 build/test/tests/app-test -tc='every route*'\n"
                     << difference(written.str(), now));
}

TEST_CASE("the matrix sees a route without a line, a guard that is gone, and what gives away") {
    House house;
    Matrix matrix(house);
    const Recipe mails{"GET /admin/mail"};
    const std::string before = matrix.block("", {&mails, 1}, house.open);
    for (const auto& route : house.site.routes().all())
        if (named(*route) == mails.route) route->access = web::Access::Member;
    CHECK(matrix.block("", {&mails, 1}, house.open) != before);
    CHECK(matrix.faults().empty());

    house.site.routes().get("/t/{topic}/title", web::Access::Anyone, [](web::Context& ctx) {
        const auto row = ctx.db.read([&](db::Tx& tx) {
            return tx.one("SELECT title FROM topics WHERE community_id = 1 AND id = $1",
                          ctx.path_id<TopicId>("topic"));
        });
        return row ? ctx.refuse(Error{Fault::Forbidden, "topics.not_yours", {}, {}})
                   : ctx.refuse(Error{Fault::NotFound, "topics.not_found", {}, {}});
    });
    const auto wrong = unmatched(house.site.routes());
    REQUIRE(wrong.size() == 1);
    CHECK(wrong[0].starts_with("GET /t/{topic}/title: give it one line"));
    const Recipe leak{"GET /t/{topic}/title", a_topic};
    matrix.block("", {&leak, 1}, house.closed);
    CHECK(matrix.faults().size() == 6);  // all who may not read the kitchen
}

}  // namespace torv::app::rights
