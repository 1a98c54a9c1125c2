#include "media/sandbox.hpp"

#include <errno.h>
#include <linux/landlock.h>
#include <sched.h>
#include <seccomp.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>

namespace torv::media {

namespace {

[[noreturn]] void give_up(const char* what) {
    std::fprintf(stderr, "torv-media: %s\n", what);
    ::_exit(70);
}

void set_limit(__rlimit_resource resource, rlim_t most) {
    const rlimit value{most, most};
    if (::setrlimit(resource, &value) != 0) give_up("no limits");
}

/// What decoding needs once every library is loaded. All else fails with EPERM.
constexpr int kAllowed[] = {
    SCMP_SYS(read),
    SCMP_SYS(write),
    SCMP_SYS(writev),
    SCMP_SYS(close),
    SCMP_SYS(fstat),
    SCMP_SYS(lseek),
    SCMP_SYS(mmap),
    SCMP_SYS(munmap),
    SCMP_SYS(mremap),
    SCMP_SYS(mprotect),
    SCMP_SYS(madvise),
    SCMP_SYS(brk),
    SCMP_SYS(futex),
    SCMP_SYS(set_robust_list),
    SCMP_SYS(rseq),
    SCMP_SYS(sched_yield),
    SCMP_SYS(sched_getaffinity),
    SCMP_SYS(getpid),
    SCMP_SYS(gettid),
    SCMP_SYS(exit),
    SCMP_SYS(exit_group),
    SCMP_SYS(rt_sigprocmask),
    SCMP_SYS(rt_sigaction),
    SCMP_SYS(rt_sigreturn),
    SCMP_SYS(sigaltstack),
    SCMP_SYS(clock_gettime),
    SCMP_SYS(clock_nanosleep),
    SCMP_SYS(nanosleep),
    SCMP_SYS(gettimeofday),
    SCMP_SYS(getrandom),
    SCMP_SYS(getrusage),
    SCMP_SYS(sysinfo),
    SCMP_SYS(restart_syscall),
    SCMP_SYS(poll),
};

void allow_threads(scmp_filter_ctx filter) {
    // glibc tries clone3 first, whose flags a filter cannot see, and falls back on ENOSYS.
    int failed = ::seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0);
    failed |= ::seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(clone), 1,
                                 SCMP_A0(SCMP_CMP_MASKED_EQ, CLONE_THREAD, CLONE_THREAD));
    if (failed) give_up("no filter for threads");
}

void no_system_calls() {
    scmp_filter_ctx filter = ::seccomp_init(SCMP_ACT_ERRNO(EPERM));
    if (!filter) give_up("no filter");
    ::seccomp_attr_set(filter, SCMP_FLTATR_CTL_TSYNC, 1);
    for (const int call : kAllowed)
        if (::seccomp_rule_add(filter, SCMP_ACT_ALLOW, call, 0) != 0) give_up("no rule");
    allow_threads(filter);
    if (::seccomp_load(filter) != 0) give_up("the kernel takes no filter");
    ::seccomp_release(filter);
}

/// A second wall where the kernel has it: no path may be opened at all.
void no_paths() {
    const landlock_ruleset_attr all{.handled_access_fs = (LANDLOCK_ACCESS_FS_MAKE_SYM << 1) - 1};
    const long ruleset = ::syscall(SYS_landlock_create_ruleset, &all, sizeof all, 0);
    if (ruleset < 0) return;
    ::syscall(SYS_landlock_restrict_self, ruleset, 0);
    ::close(static_cast<int>(ruleset));
}

}  // namespace

void limit(const Bounds& bounds) {
#ifndef __SANITIZE_ADDRESS__  // whose shadow memory is larger than any limit
    set_limit(RLIMIT_AS, static_cast<rlim_t>(bounds.memory));
#endif
    set_limit(RLIMIT_CPU, bounds.cpu_seconds);
    std::signal(SIGXFSZ, SIG_IGN);  // a write to a file then fails like any other
    set_limit(RLIMIT_FSIZE, 0);
    set_limit(RLIMIT_CORE, 0);
}

void lock_in() {
    if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) give_up("privileges stay");
    no_paths();
    no_system_calls();
}

}  // namespace torv::media
