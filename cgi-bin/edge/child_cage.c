/* SPDX-License-Identifier: BSD-2-Clause */
/* child_cage.c - limits, files that may be read (landlock(7)) and calls that are refused (seccomp(2)). */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE 1           /* O_PATH */
#endif
#include "edge/child_cage.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/landlock.h>
#include <linux/sched.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "core/check.h"

/* --- files */

/* The rights of Landlock's first version; what came later needs an open file, or is refused by the filter below. */
#define ALL_RIGHTS ((LANDLOCK_ACCESS_FS_MAKE_SYM << 1) - 1)
#define READ LANDLOCK_ACCESS_FS_READ_FILE
#define RUN (READ | LANDLOCK_ACCESS_FS_EXECUTE)
#define RUN_BELOW (RUN | LANDLOCK_ACCESS_FS_READ_DIR)

/* What programs read that have nothing to do with us; no configuration or secret lies below these folders. */
static const struct {
	const char *path;
	uint64_t rights;
} readable[] = {
	{ "/lib", RUN_BELOW }, { "/lib64", RUN_BELOW }, { "/usr/lib", RUN_BELOW }, { "/usr/lib64", RUN_BELOW },
	{ "/usr/local/lib", RUN_BELOW }, { "/usr/local/lib64", RUN_BELOW }, { "/usr/share", READ | LANDLOCK_ACCESS_FS_READ_DIR },
	{ "/etc/ld.so.cache", READ }, { "/dev/null", READ }, { "/dev/urandom", READ }
};

/* What is not there need not be read. */
static bool
allow(int rules, const char *path, uint64_t rights)
{
	struct landlock_path_beneath_attr rule = { .allowed_access = rights, .parent_fd = open(path, O_PATH | O_CLOEXEC) };
	bool good;

	if (rule.parent_fd < 0)
		return true;
	good = syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &rule, 0) == 0;
	close(rule.parent_fd);
	return good;
}

/* Good where the kernel has no Landlock, too: then files stay readable, and the filter keeps them from being changed. */
static bool
limit_files(const char *program)
{
	const struct landlock_ruleset_attr all = { .handled_access_fs = ALL_RIGHTS };
	int rules = (int)syscall(SYS_landlock_create_ruleset, &all, sizeof(all), 0);
	bool good;

	if (rules < 0)
		return true;
	good = allow(rules, program, RUN);
	for (size_t i = 0; i < COUNT_OF(readable); i++)
		good = good && allow(rules, readable[i].path, readable[i].rights);
	good = good && syscall(SYS_landlock_restrict_self, rules, 0) == 0;
	close(rules);
	return good;
}

/* --- calls */

#if defined(__x86_64__)
#define OUR_ARCH AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define OUR_ARCH AUDIT_ARCH_AARCH64
#endif

#ifndef SYS_fchmodat2
#define SYS_fchmodat2 452        /* newer than some headers */
#endif

#define CHANGES_FILE (O_ACCMODE | O_CREAT | O_TRUNC)

#define LOAD(what) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, what))
#define ALLOW BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW)
#define DENY(error) BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | (error))
#define KILL BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS)
#define TEST(how, value, behind_when, behind_else) BPF_JUMP(BPF_JMP | (how) | BPF_K, (uint32_t)(value), behind_when, behind_else)

/* A call that is refused; one whose argument decides, by BPF_JEQ (equal) or BPF_JSET (a common bit). */
#define REFUSE_AS(call, error) TEST(BPF_JEQ, call, 0, 1), DENY(error)
#define REFUSE(call) REFUSE_AS(call, EPERM)
#define DECIDE(call, argument, how, value, when, otherwise) \
	TEST(BPF_JEQ, call, 0, 4), LOAD(args[argument]), TEST(how, value, 0, 1), when, otherwise

#ifdef OUR_ARCH
/* Threads are allowed, and signals to itself, for abort(). clone3() and openat2() hide their flags in memory, so the C library is sent
 * back to clone() and openat(). */
static bool
limit_calls(void)
{
	struct sock_filter filter[] = {
		LOAD(arch), TEST(BPF_JEQ, OUR_ARCH, 1, 0), KILL,
		LOAD(nr),
#ifdef __x86_64__
		TEST(BPF_JGE, 0x40000000, 0, 1), KILL,          /* x32 */
#endif
		/* the network */
		REFUSE(SYS_socket), REFUSE(SYS_socketpair), REFUSE(SYS_io_uring_setup),
		/* other processes */
		DECIDE(SYS_clone, 0, BPF_JSET, CLONE_THREAD, ALLOW, DENY(EPERM)), REFUSE_AS(SYS_clone3, ENOSYS),
		DECIDE(SYS_kill, 0, BPF_JEQ, getpid(), ALLOW, DENY(EPERM)), DECIDE(SYS_tgkill, 0, BPF_JEQ, getpid(), ALLOW, DENY(EPERM)),
		REFUSE(SYS_tkill), REFUSE(SYS_rt_sigqueueinfo), REFUSE(SYS_rt_tgsigqueueinfo),
		REFUSE(SYS_pidfd_open), REFUSE(SYS_pidfd_getfd), REFUSE(SYS_pidfd_send_signal),
		REFUSE(SYS_ptrace), REFUSE(SYS_process_vm_readv), REFUSE(SYS_process_vm_writev),
		DECIDE(SYS_prlimit64, 0, BPF_JEQ, 0, ALLOW, DENY(EPERM)),
		/* changes of files */
		DECIDE(SYS_openat, 2, BPF_JSET, CHANGES_FILE, DENY(EPERM), ALLOW), REFUSE_AS(SYS_openat2, ENOSYS), REFUSE(SYS_truncate),
		REFUSE(SYS_mkdirat), REFUSE(SYS_mknodat), REFUSE(SYS_linkat), REFUSE(SYS_symlinkat), REFUSE(SYS_unlinkat),
		REFUSE(SYS_renameat), REFUSE(SYS_renameat2), REFUSE(SYS_utimensat),
		REFUSE(SYS_fchmod), REFUSE(SYS_fchmodat), REFUSE(SYS_fchmodat2), REFUSE(SYS_fchown), REFUSE(SYS_fchownat),
		REFUSE(SYS_setxattr), REFUSE(SYS_lsetxattr), REFUSE(SYS_fsetxattr),
#ifdef __x86_64__
		/* older forms of the same */
		REFUSE(SYS_fork), REFUSE(SYS_vfork),
		DECIDE(SYS_open, 1, BPF_JSET, CHANGES_FILE, DENY(EPERM), ALLOW), REFUSE(SYS_creat),
		REFUSE(SYS_mkdir), REFUSE(SYS_rmdir), REFUSE(SYS_mknod), REFUSE(SYS_link), REFUSE(SYS_symlink), REFUSE(SYS_unlink),
		REFUSE(SYS_rename), REFUSE(SYS_utime), REFUSE(SYS_utimes), REFUSE(SYS_futimesat),
		REFUSE(SYS_chmod), REFUSE(SYS_chown), REFUSE(SYS_lchown),
#endif
		ALLOW
	};
	struct sock_fprog program = { .len = COUNT_OF(filter), .filter = filter };

	return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
}
#else
static bool
limit_calls(void)
{
	return true;
}
#endif

/* --- all of it */

static bool
limit(__rlimit_resource_t what, uint64_t most)
{
	const struct rlimit both = { .rlim_cur = (rlim_t)most, .rlim_max = (rlim_t)most };

	return setrlimit(what, &both) == 0;
}

/* A file size of 0 does not bind pipes: the program can talk to us, and write nothing else. */
bool
child_lock_up(const struct child_order *order)
{
	uint64_t seconds = (uint64_t)(order->patience / CLOCK_SECOND) + 1;

	return limit(RLIMIT_CORE, 0) && limit(RLIMIT_FSIZE, 0) && limit(RLIMIT_NOFILE, 32) && limit(RLIMIT_AS, order->memory_max)
		&& limit(RLIMIT_CPU, seconds) && prctl(PR_SET_PDEATHSIG, SIGKILL) == 0 && prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0
		&& limit_files(order->arguments[0]) && limit_calls();
}
