#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "features/community/community.hpp"
#include "platform/web/web.hpp"

namespace torv::community::store {

/// What every request asks for: one row of short columns.
std::optional<web::Place> place_of_host(db::Tx&, std::string_view host);
std::optional<web::Place> place_of_slug(db::Tx&, std::string_view slug);
std::optional<web::Place> standard_place(db::Tx&);

std::optional<Community> by_id(db::Tx&, CommunityId);
std::optional<Community> by_host(db::Tx&, std::string_view host);
std::optional<Community> by_slug(db::Tx&, std::string_view slug);
std::optional<Community> by_name(db::Tx&, std::string_view name_or_slug);
std::optional<Community> standard(db::Tx&);  ///< the default community
std::vector<Community> all(db::Tx&);
/// As by_id, and holds the row until the transaction ends.
std::optional<Community> locked(db::Tx&, CommunityId);
std::string setting(db::Tx&, std::string_view name);  ///< of the installation; "" when not set

void insert(db::Tx&, const Community&);
void update_profile(db::Tx&, CommunityId, const Profile&, std::string_view about_html,
                    bool access_changed);
void update_look(db::Tx&, CommunityId, const Look&);
void update_address(db::Tx&, CommunityId, std::string_view address, std::string_view host,
                    bool chosen);
/// The addresses that no owner chose: id, slug, is_default.
std::vector<Community> with_given_address(db::Tx&);
void set_founded(db::Tx&, CommunityId);
void grow_access_version(db::Tx&, CommunityId);
void count_members(db::Tx&, CommunityId, int by);

std::optional<Rules> rules(db::Tx&, CommunityId);
void insert_rules(db::Tx&, CommunityId, const Rules&, MemberId by);

void save_answer(db::Tx&, CommunityId, std::string_view question, std::string_view answer);
std::vector<Answer> answers(db::Tx&, CommunityId);
void replace_goals(db::Tx&, CommunityId, const std::vector<Goal>&);
std::vector<Goal> goals(db::Tx&, CommunityId);

}  // namespace torv::community::store
