/*
 * Reaches for a process by its number.
 *
 *   foreign-process PID    one line a way: "WAY ok", or "WAY ESRCH"; changes nothing there
 *   foreign-process own    the control: the same towards a child of its own
 */
#define _GNU_SOURCE
#include <errno.h>
#include <linux/kcmp.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

static char in_memory[] = "in memory";

static void say(const char *way, long result) { printf("%s %s\n", way, result >= 0 ? "ok" : strerrorname_np(errno)); }

int main(int argc, char **argv) {
  if (argc != 2) return 2;
  pid_t pid = atoi(argv[1]), child = 0;
  if (pid == 0 && (pid = child = fork()) == 0) {
    sleep(5);
    _exit(0);
  }
  char byte[sizeof in_memory];
  struct iovec here = {byte, sizeof byte}, there = {in_memory, sizeof in_memory};
  say("process_vm_readv", process_vm_readv(pid, &here, 1, &there, 1, 0));
  say("process_vm_writev", process_vm_writev(pid, &here, 1, &there, 1, 0));
  say("kcmp", syscall(SYS_kcmp, getpid(), pid, KCMP_VM, 0, 0));
  say("pidfd_open", syscall(SYS_pidfd_open, pid, 0));
  say("kill", kill(pid, 0));
  struct rlimit limit;
  say("prlimit", prlimit(pid, RLIMIT_CORE, NULL, &limit));
  say("getpgid", getpgid(pid));
  cpu_set_t processors;
  say("sched_getaffinity", sched_getaffinity(pid, sizeof processors, &processors));
  void *list;
  size_t size;
  say("get_robust_list", syscall(SYS_get_robust_list, pid, &list, &size));
  say("ptrace", ptrace(PTRACE_SEIZE, pid, 0, 0));
  if (child > 0) kill(child, SIGKILL);
  return 0;
}
