#pragma once

#include <vector>

#include "features/community/community.hpp"
#include "platform/jobs/jobs.hpp"
#include "platform/mail/mail.hpp"
#include "platform/web/web.hpp"

namespace torv::admin::views {

struct Overview {
    community::Community community;
    std::size_t waiting_members = 0;
    std::size_t dead_jobs = 0;
    bool mail_server = false;
};

void overview(html::Out& out, web::Context& ctx, const Overview& page);
void mails(html::Out& out, web::Context& ctx, const std::vector<mail::Mail>& mails, bool server);

struct Jobs {
    std::vector<jobs::Job> dead;
    std::vector<jobs::Job> waiting;
};
void jobs(html::Out& out, web::Context& ctx, const Jobs& page);

}  // namespace torv::admin::views
