/*
 * Makes system calls that belong to the machine's root, and says of each how the kernel answered.
 *
 *   system-calls [NAME…]     one line each: "NAME ok", or "NAME EPERM Operation not permitted"
 *
 * The arguments are such that a call that is not refused changes nothing: each fails right behind the kernel's check of rights, or sets what is set.
 * So the same program is the control: as the machine's root it must get further. Each call is made in a process of its own.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/bpf.h>
#include <linux/io_uring.h>
#include <linux/kcmp.h>
#include <linux/perf_event.h>
#include <linux/quota.h>
#include <linux/userfaultfd.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/fanotify.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/swap.h>
#include <sys/syscall.h>
#include <sys/timex.h>
#include <sys/wait.h>
#include <unistd.h>

#ifndef SYS_quotactl_fd
#define SYS_quotactl_fd 443
#endif
#ifndef SYS_kexec_file_load
#define SYS_kexec_file_load -1
#endif
#ifndef SYS_iopl
#define SYS_iopl -1
#define SYS_ioperm -1
#endif
#ifndef SYS_lookup_dcookie
#define SYS_lookup_dcookie -1
#endif

enum { too_many_segments = 17, an_unused_port = 0x80, no_such_flag = 1 << 30 };

static long bpf(int command, union bpf_attr *attributes) { return syscall(SYS_bpf, command, attributes, sizeof *attributes); }

/* The shortest program there is: return 0. */
static long load_program(enum bpf_prog_type type) {
  static const struct bpf_insn program[] = {{.code = BPF_ALU64 | BPF_MOV | BPF_K, .dst_reg = BPF_REG_0}, {.code = BPF_JMP | BPF_EXIT}};
  union bpf_attr attributes = {0};
  attributes.prog_type = type;
  attributes.insns = (uintptr_t)program;
  attributes.insn_cnt = 2;
  attributes.license = (uintptr_t)"GPL";
  return bpf(BPF_PROG_LOAD, &attributes);
}

static long make_map(void) {
  union bpf_attr attributes = {.map_type = BPF_MAP_TYPE_ARRAY, .key_size = 4, .value_size = 8, .max_entries = 1};
  return bpf(BPF_MAP_CREATE, &attributes);
}

/* ENOENT says that there is none, which only who may ask is told. */
static long next_program(void) { return bpf(BPF_PROG_GET_NEXT_ID, &(union bpf_attr){0}); }
static long next_map(void) { return bpf(BPF_MAP_GET_NEXT_ID, &(union bpf_attr){0}); }
static long map_by_id(void) { return bpf(BPF_MAP_GET_FD_BY_ID, &(union bpf_attr){.map_id = INT32_MAX}); }

static long open_counter(int pid, int cpu, int excludes_kernel) {
  struct perf_event_attr attributes = {.type = PERF_TYPE_SOFTWARE, .size = sizeof attributes, .config = PERF_COUNT_SW_CPU_CLOCK};
  attributes.exclude_kernel = excludes_kernel;
  attributes.exclude_hv = excludes_kernel;
  return syscall(SYS_perf_event_open, &attributes, pid, cpu, -1, 0);
}

static long perf_machine(void) { return open_counter(-1, 0, 0); }
static long perf_kernel(void) { return open_counter(0, -1, 0); }
static long perf_self(void) { return open_counter(0, -1, 1); }
static long bpf_socket_filter(void) { return load_program(BPF_PROG_TYPE_SOCKET_FILTER); }
static long bpf_kprobe(void) { return load_program(BPF_PROG_TYPE_KPROBE); }
static long bpf_xdp(void) { return load_program(BPF_PROG_TYPE_XDP); }
static long bpf_cgroup_device(void) { return load_program(BPF_PROG_TYPE_CGROUP_DEVICE); }

static long set_ticks(void) {
  struct timex now = {0};
  if (adjtimex(&now) < 0) return -1;
  now.modes = ADJ_TICK;
  return adjtimex(&now) < 0 ? -1 : 0;
}

static long kernel_log(void) {
  char byte;
  enum { read_all = 3 };
  return syscall(SYS_syslog, read_all, &byte, 1) < 0 ? -1 : 0;
}

/* A nested container has a file system of its own at "/", and the disk of the Docker host at /host. */
static const char *disk(void) { return access("/host/etc", F_OK) == 0 ? "/host" : "/"; }

static long set_quota(void) {
  int root = open(disk(), O_RDONLY | O_DIRECTORY);
  return syscall(SYS_quotactl_fd, root, QCMD(Q_SETQUOTA, USRQUOTA), 0, NULL);
}

/* A file that lies in the root of the pool and is mounted into every sandbox. */
static const char *file_of_the_pool(void) { return access("/host/etc/hosts", F_OK) == 0 ? "/host/etc/hosts" : "/etc/hosts"; }

/* Would tell of every file that anybody opens in all sandboxes. */
static long watch_file_system(void) {
  int group = fanotify_init(FAN_CLASS_NOTIF | FAN_REPORT_FID, O_RDONLY);
  if (group < 0) return -1;
  return fanotify_mark(group, FAN_MARK_ADD | FAN_MARK_FILESYSTEM, FAN_OPEN, AT_FDCWD, file_of_the_pool());
}

static long watch_mount(void) {
  int group = fanotify_init(FAN_CLASS_CONTENT, O_RDONLY);
  if (group < 0) return -1;
  return fanotify_mark(group, FAN_MARK_ADD | FAN_MARK_MOUNT, FAN_OPEN, AT_FDCWD, disk());
}

static long thaw_file_system(void) {
  enum { thaw = _IOWR('X', 120, int) };
  int root = open(disk(), O_RDONLY | O_DIRECTORY);
  return ioctl(root, (unsigned)thaw, 0);
}

/* Virtual sockets lead past network namespaces: to the machine's own services, and to whatever the machine itself runs on. */
static long virtual_socket(void) { return socket(AF_VSOCK, SOCK_STREAM, 0); }

static long io_uring(void) { return syscall(SYS_io_uring_setup, 1, &(struct io_uring_params){0}); }
static long user_faults(void) { return syscall(SYS_userfaultfd, 0); }
static long own_user_faults(void) { return syscall(SYS_userfaultfd, UFFD_USER_MODE_ONLY); }
static long kexec_load(void) { return syscall(SYS_kexec_load, 0, too_many_segments, NULL, 0); }
static long kexec_file_load(void) { return syscall(SYS_kexec_file_load, -1, -1, 0, NULL, no_such_flag); }
static long init_module(void) { return syscall(SYS_init_module, NULL, 0, ""); }
static long finit_module(void) { return syscall(SYS_finit_module, -1, "", 0); }
static long delete_module(void) { return syscall(SYS_delete_module, NULL, 0); }
static long swap_on(void) { return swapon("/nonexistent/swap", 0); }
static long swap_off(void) { return swapoff("/nonexistent/swap"); }
static long account(void) { return acct("/nonexistent/account"); }
static long io_level(void) { return syscall(SYS_iopl, 3); }
static long io_permission(void) { return syscall(SYS_ioperm, an_unused_port, 1, 1); }
static long cookie(void) { return syscall(SYS_lookup_dcookie, 0ULL, NULL, 0); }
static long compare(void) { return syscall(SYS_kcmp, getpid(), getppid(), KCMP_VM, 0, 0) < 0 ? -1 : 0; }

static const struct {
  const char *name;
  long (*call)(void);
} calls[] = {
    {"kexec_load", kexec_load},
    {"kexec_file_load", kexec_file_load},
    {"init_module", init_module},
    {"finit_module", finit_module},
    {"delete_module", delete_module},
    {"bpf-socket-filter", bpf_socket_filter},
    {"bpf-kprobe", bpf_kprobe},
    {"bpf-xdp", bpf_xdp},
    {"bpf-cgroup-device", bpf_cgroup_device},
    {"bpf-map", make_map},
    {"bpf-next-program", next_program},
    {"bpf-next-map", next_map},
    {"bpf-map-by-id", map_by_id},
    {"perf-machine", perf_machine},
    {"perf-kernel", perf_kernel},
    {"perf-self", perf_self},
    {"userfaultfd", user_faults},
    {"userfaultfd-own", own_user_faults},
    {"io_uring_setup", io_uring},
    {"adjtimex", set_ticks},
    {"syslog", kernel_log},
    {"swapon", swap_on},
    {"swapoff", swap_off},
    {"acct", account},
    {"iopl", io_level},
    {"ioperm", io_permission},
    {"lookup_dcookie", cookie},
    {"quotactl", set_quota},
    {"fanotify-file-system", watch_file_system},
    {"fanotify-mount", watch_mount},
    {"thaw-file-system", thaw_file_system},
    {"kcmp", compare},
    {"socket-vsock", virtual_socket},
};

static void try(const char *name, long (*call)(void)) {
  pid_t child = fork();
  if (child == 0) {
    alarm(5);
    errno = 0;
    _exit(call() < 0 ? errno : 0);
  }
  int status;
  if (child < 0 || waitpid(child, &status, 0) != child) printf("%s lost\n", name);
  else if (WIFSIGNALED(status)) printf("%s killed %s\n", name, strsignal(WTERMSIG(status)));
  else if (WEXITSTATUS(status) == 0) printf("%s ok\n", name);
  else printf("%s %s %s\n", name, strerrorname_np(WEXITSTATUS(status)), strerror(WEXITSTATUS(status)));
  fflush(stdout);
}

int main(int argc, char **argv) {
  for (size_t i = 0; i < sizeof calls / sizeof *calls; i++) {
    int is_wanted = argc < 2;
    for (int a = 1; a < argc; a++) is_wanted |= strcmp(argv[a], calls[i].name) == 0;
    if (is_wanted) try(calls[i].name, calls[i].call);
  }
  return 0;
}
