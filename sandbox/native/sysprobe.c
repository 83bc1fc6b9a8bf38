/*
 * sysprobe: which doors of the kernel can be reached from where it runs?
 *
 *   sysprobe                       all probes, a line each
 *   sysprobe NAME...               only these
 *   sysprobe ids                   who the kernel takes this process for
 *   sysprobe --hold WORD NAME...   the same for the course's checks: then says "held WORD" and stays to be looked at until it gets a line or its input ends
 *
 * A probe makes one system call in a child of its own, with arguments that the kernel turns down before it looks at rights wherever the call allows that:
 * so EPERM comes from a filter, and any other answer from behind the filter. Where the kernel looks at rights first (`rights`), EPERM may mean either.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <linux/keyctl.h>
#include <net/if.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

/** Lies in the first page, which nobody can map: EFAULT. */
#define NOWHERE ((void *)1)
/** Bits that no call defines: EINVAL. */
#define NO_FLAGS 0x7ff00000u
#define NO_PID 0x3ffffff0
/** Above SOCK_MAX: refused after the filter and before the family's own look at rights. */
#define NO_TYPE 15

struct probe {
  const char *name;
  /** 0 or more when the call did what it was asked to, else -1 and errno. */
  long (*call)(void);
};

static long clone_user(void) {
  long pid = syscall(SYS_clone, (unsigned long)(CLONE_NEWUSER | SIGCHLD), 0ul, 0ul, 0ul, 0ul);
  if (pid == 0) _exit(0);
  if (pid > 0) waitpid((pid_t)pid, NULL, 0);
  return pid;
}

/** Sets the loopback interface's flags to what they are: the same right that takes a network card down, and nothing changes. */
static long link_down(void) {
  int fd = socket(AF_UNIX, SOCK_DGRAM, 0);
  if (fd < 0) fd = socket(AF_INET, SOCK_DGRAM, 0);
  if (fd < 0) return -1;
  struct ifreq request = {.ifr_name = "lo"};
  if (ioctl(fd, SIOCGIFFLAGS, &request) < 0) return -1;
  return ioctl(fd, SIOCSIFFLAGS, &request);
}

static long unshare_user(void) { return unshare(CLONE_NEWUSER); }
static long clone_three(void) { return syscall(SYS_clone3, NULL, 0); }
static long set_namespace(void) { return syscall(SYS_setns, -1, 0); }
static long do_mount(void) { return syscall(SYS_mount, NOWHERE, NOWHERE, NOWHERE, 0, NULL); }
static long do_umount(void) { return syscall(SYS_umount2, NOWHERE, NO_FLAGS); }
static long mount_attributes(void) { return syscall(SYS_mount_setattr, -1, NOWHERE, NO_FLAGS, NULL, 0); }
static long tree(void) { return syscall(SYS_open_tree, -1, NOWHERE, NO_FLAGS); }
static long pivot(void) { return syscall(SYS_pivot_root, NOWHERE, NOWHERE); }
static long file_system_open(void) { return syscall(SYS_fsopen, NOWHERE, NO_FLAGS); }
static long file_handle(void) { return syscall(SYS_open_by_handle_at, -1, NOWHERE, 0); }
static long key_control(void) { return syscall(SYS_keyctl, KEYCTL_GET_KEYRING_ID, KEY_SPEC_PROCESS_KEYRING, 0); }
static long key_add(void) { return syscall(SYS_add_key, NOWHERE, NOWHERE, NULL, 0, 0); }
static long key_request(void) { return syscall(SYS_request_key, NOWHERE, NOWHERE, NULL, 0); }
static long do_bpf(void) { return syscall(SYS_bpf, 0x7fffffff, NOWHERE, 1 << 20); }
static long perf(void) { return syscall(SYS_perf_event_open, NOWHERE, 0, -1, -1, ~0ul); }
/** With UFFD_USER_MODE_ONLY, which needs no right. */
static long page_faults(void) { return syscall(SYS_userfaultfd, 1 | NO_FLAGS); }
static long rings(void) { return syscall(SYS_io_uring_setup, 1, NOWHERE); }
static long new_kernel(void) { return syscall(SYS_kexec_load, 0, 0, NULL, NO_FLAGS); }
static long new_kernel_file(void) { return syscall(SYS_kexec_file_load, -1, -1, 0, NOWHERE, NO_FLAGS); }
static long accounting(void) { return syscall(SYS_acct, NOWHERE); }
static long swap(void) { return syscall(SYS_swapon, NOWHERE, NO_FLAGS); }
/** There is no hundredth kind of quota. */
static long quota(void) { return syscall(SYS_quotactl, 100, NULL, 0, NULL); }
static long compare(void) { return syscall(SYS_kcmp, NO_PID, NO_PID, 0, 0, 0); }
static long trace(void) { return syscall(SYS_ptrace, PTRACE_ATTACH, NO_PID, 0, 0); }
static long host_name(void) { return syscall(SYS_sethostname, NOWHERE, -1); }
static long domain_name(void) { return syscall(SYS_setdomainname, NOWHERE, -1); }
/** There is no clock with this number. */
static long set_clock(void) { return syscall(SYS_clock_settime, 999, NOWHERE); }
static long module(void) { return syscall(SYS_finit_module, -1, NOWHERE, NO_FLAGS); }
static long change_root(void) { return chroot("/"); }
#ifdef SYS_iopl
static long port_level(void) { return syscall(SYS_iopl, 9); }
static long port_range(void) { return syscall(SYS_ioperm, ~0ul, 1ul, 1); }
#endif
static long inet(void) { return socket(AF_INET, SOCK_STREAM, 0); }
static long inet_six(void) { return socket(AF_INET6, SOCK_STREAM, 0); }
static long raw(void) { return socket(AF_INET, SOCK_RAW, 1); }
static long packet(void) { return socket(AF_PACKET, SOCK_RAW, 0); }
static long packet_family(void) { return socket(AF_PACKET, NO_TYPE, 0); }
static long netlink(void) { return socket(AF_NETLINK, SOCK_RAW, 0); }
static long machine(void) { return socket(AF_VSOCK, SOCK_STREAM, 0); }
static long local(void) { return socket(AF_UNIX, SOCK_STREAM, 0); }

static const struct probe probes[] = {
    {"unshare-user", unshare_user},
    {"clone-user", clone_user},
    {"clone3", clone_three},
    {"setns", set_namespace},
    {"mount", do_mount},
    {"umount2", do_umount},
    {"mount_setattr", mount_attributes},
    {"open_tree", tree},
    {"pivot_root", pivot},                  /* rights */
    {"fsopen", file_system_open},           /* rights */
    {"open_by_handle_at", file_handle},     /* rights, before Linux 6.11 */
    {"keyctl", key_control},
    {"add_key", key_add},
    {"request_key", key_request},
    {"bpf", do_bpf},                        /* rights, on some kernels */
    {"perf_event_open", perf},
    {"userfaultfd", page_faults},
    {"io_uring_setup", rings},
    {"kexec_load", new_kernel},             /* rights */
    {"kexec_file_load", new_kernel_file},   /* rights */
    {"finit_module", module},               /* rights */
    {"acct", accounting},                   /* rights */
    {"swapon", swap},                       /* rights */
    {"quotactl", quota},
    {"kcmp", compare},
    {"ptrace", trace},
    {"clock_settime", set_clock},
    {"sethostname", host_name},             /* rights */
    {"setdomainname", domain_name},         /* rights */
    {"chroot", change_root},                /* rights */
#ifdef SYS_iopl
    {"iopl", port_level},
    {"ioperm", port_range},
#endif
    {"socket-unix", local},
    {"socket-inet", inet},
    {"socket-inet6", inet_six},
    {"socket-netlink", netlink},
    {"socket-vsock", machine},
    {"socket-packet", packet},              /* rights */
    {"family-packet", packet_family},
    {"socket-raw", raw},                    /* rights */
    {"link-down", link_down},               /* rights */
};
enum { probe_count = sizeof probes / sizeof probes[0] };

static void print_ids(void) {
  uid_t ruid, euid, suid;
  gid_t rgid, egid, sgid;
  getresuid(&ruid, &euid, &suid);
  getresgid(&rgid, &egid, &sgid);
  printf("ids: uid %u effective %u saved %u, gid %u effective %u saved %u, groups", ruid, euid, suid, rgid, egid, sgid);
  static gid_t groups[65536];
  int count = getgroups(65536, groups);
  for (int i = 0; i < count; i++) printf(" %u", groups[i]);
  printf("%s\n", count <= 0 ? " none" : "");
}

/** In a child: a filter may end the process, and a new user namespace would change what the next probe may do. */
static void run_probe(const struct probe *probe) {
  int answer[2];
  fflush(stdout);
  if (pipe(answer) != 0) {
    printf("%s: unknown (no pipe: %s)\n", probe->name, strerrorname_np(errno));
    return;
  }
  pid_t child = fork();
  if (child == 0) {
    errno = 0;
    int result = probe->call() < 0 ? errno : 0;
    ssize_t written = write(answer[1], &result, sizeof result);
    _exit(written == sizeof result ? 0 : 1);
  }
  close(answer[1]);
  int result = 0, status = 0;
  ssize_t length = child > 0 ? read(answer[0], &result, sizeof result) : -1;
  close(answer[0]);
  if (child > 0) waitpid(child, &status, 0);
  if (child > 0 && length != sizeof result && WIFSIGNALED(status))
    printf("%s: blocked (SIG%s)\n", probe->name, sigabbrev_np(WTERMSIG(status)));
  else if (child < 0 || length != sizeof result)
    printf("%s: unknown (no answer)\n", probe->name);
  else if (result == 0)
    printf("%s: reachable (OK)\n", probe->name);
  else {
    const char *verdict = result == EPERM || result == EACCES ? "blocked" : result == ENOSYS ? "missing" : "reachable";
    const char *name = strerrorname_np(result);
    printf("%s: %s (%s)\n", probe->name, verdict, name == NULL ? "?" : name);
  }
}

static int run_named(const char *name) {
  if (strcmp(name, "ids") == 0) {
    print_ids();
    return 0;
  }
  for (int i = 0; i < probe_count; i++) {
    if (strcmp(name, probes[i].name) != 0) continue;
    run_probe(&probes[i]);
    return 0;
  }
  fprintf(stderr, "sysprobe: no probe is called \"%s\"; without arguments all are run\n", name);
  return 2;
}

/** Byte by byte: what follows the line belongs to the shell that shares this input. */
static void wait_for_line(void) {
  char byte;
  for (;;) {
    ssize_t length = read(STDIN_FILENO, &byte, 1);
    if (length < 0 && errno == EINTR) continue;
    if (length <= 0 || byte == '\n') return;
  }
}

int main(int argc, char **argv) {
  const char *word = argc >= 3 && strcmp(argv[1], "--hold") == 0 ? argv[2] : NULL;
  int first = word == NULL ? 1 : 3;
  int status = 0;
  if (word == NULL && argc == 1)
    for (int i = 0; i < probe_count; i++) run_probe(&probes[i]);
  for (int i = first; i < argc; i++) status |= run_named(argv[i]);
  if (word != NULL) {
    printf("held %s\n", word);
    fflush(stdout);
    wait_for_line();
  }
  return status;
}
