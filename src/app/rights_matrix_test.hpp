#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/rights_recipes_test.hpp"

namespace torv::app::rights {

extern const std::string_view kLegend;

/// Tries recipes as everybody, and writes what happened as text. On the way it looks for what may
/// never be: an answer that tells a thing one may not see from one that is not there, a refusal
/// that changed something, a failure.
class Matrix {
public:
    explicit Matrix(House& house) : house_(house) {}

    std::string block(std::string_view title, std::span<const Recipe> recipes, const Where& where);
    /// The API as the owner with tokens that may read, or write.
    std::string scopes(std::span<const Recipe> in_spaces, std::span<const Recipe> in_community,
                       const Where& where);
    /// What is read of a community that is closed to guests, by those who are no members.
    std::string shut(std::span<const Recipe> in_spaces, std::span<const Recipe> in_community,
                     const Where& where);
    const std::vector<std::string>& faults() const { return faults_; }

private:
    struct Try;
    std::string cell(const Recipe& recipe, const Where& where, Actor& who, const Values* shared);
    void look_for_traces(const Try& what, const std::string& rows_before);
    void look_for_tells(const Try& what);
    void fault(const Try& what, std::string_view why);

    House& house_;
    std::vector<std::string> faults_;
};

}  // namespace torv::app::rights
