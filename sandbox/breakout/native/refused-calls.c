/*
 * Makes the calls that a sandbox's seccomp filter must refuse, and says of each how it was answered: "NAME ok", "NAME EPERM", "NAME killed".
 * All arguments are -1 where nothing else is said: whoever gets past the filter gets an error of the call itself, and nothing is changed.
 * So the same program on the machine is the control. Each call is made in a process of its own.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/netlink.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/personality.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static const struct {
  const char *name;
  long number;
} bare_calls[] = {
#define CALL(name) {#name, SYS_##name}
    CALL(kexec_load), CALL(init_module), CALL(finit_module), CALL(delete_module), CALL(bpf), CALL(perf_event_open), CALL(userfaultfd),
    CALL(io_uring_setup), CALL(io_uring_enter), CALL(io_uring_register), CALL(name_to_handle_at), CALL(open_by_handle_at),
    CALL(keyctl), CALL(add_key), CALL(request_key),
    CALL(fsopen), CALL(fsconfig), CALL(fsmount), CALL(fspick), CALL(move_mount), CALL(open_tree),
    CALL(quotactl), CALL(fanotify_init), CALL(fanotify_mark), CALL(acct), CALL(swapon), CALL(swapoff), CALL(reboot), CALL(syslog), CALL(kcmp),
    CALL(settimeofday), CALL(clock_settime), CALL(adjtimex), CALL(clock_adjtime),
    CALL(move_pages), CALL(migrate_pages), CALL(remap_file_pages),
#ifdef __x86_64__
    CALL(iopl), CALL(ioperm), CALL(ustat), CALL(sysfs),
#endif
};

static long family(int domain) { return socket(domain, SOCK_DGRAM, 0) < 0 && errno != EAFNOSUPPORT ? -1 : 0; }
static long vsock(void) { return family(AF_VSOCK); }
static long alg(void) { return family(AF_ALG); }
static long xdp(void) { return family(AF_XDP); }
static long tipc(void) { return family(AF_TIPC); }
static long can(void) { return family(AF_CAN); }
static long bluetooth(void) { return family(AF_BLUETOOTH); }
static long rds(void) { return family(AF_RDS); }
static long key(void) { return family(AF_KEY); }
static long tipc_pair(void) {
  int pair[2];
  return socketpair(AF_TIPC, SOCK_DGRAM, 0, pair) < 0 && errno != EAFNOSUPPORT ? -1 : 0;
}
static long netlink_crypto(void) { return socket(AF_NETLINK, SOCK_RAW, NETLINK_CRYPTO) < 0 && errno != EPROTONOSUPPORT ? -1 : 0; }
static long executable_data(void) { return personality(READ_IMPLIES_EXEC); }
/* No terminal and no btrfs: past the filter it is ENOTTY. */
static long request(unsigned long number) { return ioctl(open("/dev/null", O_RDONLY), number, ""); }
static long type_into_terminal(void) { return request(TIOCSTI); }
static long type_into_console(void) { return request(TIOCLINUX); }
static long make_subvolume(void) { return request(0x5000940e); }
static long change_quota_group(void) { return request(0x40189428); }
static long freeze(void) { return request(0xc0045877); }
static long freeze_long(void) { return request(0x1c0045877); }
/* Past the filter it is another limit afterwards; the filter says "ok" and nothing has changed. */
static long lower_core_limit(void) {
  struct rlimit before, after;
  getrlimit(RLIMIT_CORE, &before);
  struct rlimit wanted = {.rlim_cur = before.rlim_cur == 0 ? 1 : 0, .rlim_max = before.rlim_max};
  if (setrlimit(RLIMIT_CORE, &wanted) < 0 || syscall(SYS_prlimit64, 0, RLIMIT_CORE, &wanted, NULL) < 0) return -1;
  getrlimit(RLIMIT_CORE, &after);
  errno = EPERM;
  return after.rlim_cur == before.rlim_cur ? -1 : 0;
}
#ifdef __x86_64__
static long call_of_i386(void) {
  long answer;
  __asm__ volatile("int $0x80" : "=a"(answer) : "a"(20 /* getpid */) : "memory");
  return answer > 0 ? 0 : -1;
}
static long call_of_x32(void) {
  /* A kernel without x32 knows no such call, and says so. */
  return syscall(0x40000000 + SYS_getpid) < 0 && errno != ENOSYS ? -1 : 0;
}
#endif

static const struct {
  const char *name;
  long (*call)(void);
} other_calls[] = {
    {"socket:vsock", vsock}, {"socket:alg", alg}, {"socket:xdp", xdp}, {"socket:tipc", tipc}, {"socket:can", can}, {"socket:bluetooth", bluetooth},
    {"socket:rds", rds}, {"socket:key", key}, {"socketpair:tipc", tipc_pair}, {"netlink:crypto", netlink_crypto}, {"personality:read-implies-exec", executable_data},
    {"ioctl:tiocsti", type_into_terminal}, {"ioctl:tioclinux", type_into_console}, {"ioctl:subvolume", make_subvolume}, {"ioctl:quota-group", change_quota_group},
    {"ioctl:freeze", freeze}, {"ioctl:freeze-upper-half", freeze_long}, {"rlimit:core", lower_core_limit},
#ifdef __x86_64__
    {"i386", call_of_i386}, {"x32", call_of_x32},
#endif
};

static void report(const char *name, pid_t child) {
  int status;
  if (child < 0 || waitpid(child, &status, 0) != child) exit(1);
  if (WIFSIGNALED(status)) printf("%s killed\n", name);
  else printf("%s %s\n", name, WEXITSTATUS(status) == 0 ? "ok" : strerrorname_np(WEXITSTATUS(status)));
  fflush(stdout);
}

int main(void) {
  for (size_t i = 0; i < sizeof bare_calls / sizeof *bare_calls; i++) {
    pid_t child = fork();
    if (child == 0) _exit(syscall(bare_calls[i].number, -1, -1, -1, -1, -1, -1) < 0 ? errno : 0);
    report(bare_calls[i].name, child);
  }
  for (size_t i = 0; i < sizeof other_calls / sizeof *other_calls; i++) {
    pid_t child = fork();
    if (child == 0) _exit(other_calls[i].call() < 0 ? errno : 0);
    report(other_calls[i].name, child);
  }
  return 0;
}
