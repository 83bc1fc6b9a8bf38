/*
 * Takes a handle of whoever connects (SO_PEERPIDFD of unix(7)), although it lives in a pid namespace where it cannot be named, and tries to use it.
 *
 *   peer-handle listen PATH     waits for one connection; prints what came of each way: "WAY ok", or "WAY EPERM"
 *   peer-handle connect PATH    connects and stays for a second: the control's other end
 *
 * A path that begins with @ is an abstract name.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#ifndef SO_PEERPIDFD
#define SO_PEERPIDFD 77
#endif
#ifndef SYS_pidfd_getfd
#define SYS_pidfd_getfd 438
#endif

static int error_of(long result) { return result < 0 ? errno : 0; }

static void say(const char *way, int error) { printf("%s %s\n", way, error == 0 ? "ok" : strerrorname_np(error)); }

/* In a process of its own: what was entered shall not help the next way. */
static int enter(int peer, int kind) {
  pid_t child = fork();
  if (child == 0) _exit(error_of(setns(peer, kind)));
  int status;
  waitpid(child, &status, 0);
  return WEXITSTATUS(status);
}

static int take_file(int peer) {
  int error = 0;
  for (int number = 0; number < 32; number++) {
    error = error_of(syscall(SYS_pidfd_getfd, peer, number, 0));
    if (error == 0) return 0;
    if (error == EPERM) break;
  }
  return error;
}

static void use(int peer, struct ucred *credentials) {
  enum { get_pid_namespace = _IO(0xFF, 6), get_mount_namespace = _IO(0xFF, 3) };
  printf("pid %d\n", credentials->pid);
  say("pidfd_getfd", take_file(peer));
  say("pidfd_send_signal", error_of(syscall(SYS_pidfd_send_signal, peer, 0, NULL, 0)));
  say("setns-pid", enter(peer, CLONE_NEWPID));
  say("setns-mount", enter(peer, CLONE_NEWNS));
  say("setns-all", enter(peer, CLONE_NEWUSER | CLONE_NEWNS | CLONE_NEWPID | CLONE_NEWNET | CLONE_NEWIPC | CLONE_NEWUTS | CLONE_NEWCGROUP));
  say("namespace-pid", error_of(ioctl(peer, get_pid_namespace, 0)));
  say("namespace-mount", error_of(ioctl(peer, get_mount_namespace, 0)));
  say("ptrace", credentials->pid > 0 ? error_of(ptrace(PTRACE_SEIZE, credentials->pid, 0, 0)) : ESRCH);
}

static int listen_at(int listener, const struct sockaddr_un *address, socklen_t length) {
  if (address->sun_path[0] != '\0') unlink(address->sun_path);
  if (bind(listener, (const struct sockaddr *)address, length) < 0 || listen(listener, 1) < 0) return perror("listen"), 1;
  printf("listening\n");
  fflush(stdout);
  int connection = accept(listener, NULL, NULL);
  struct ucred credentials = {0};
  socklen_t size = sizeof credentials;
  getsockopt(connection, SOL_SOCKET, SO_PEERCRED, &credentials, &size);
  int peer = -1;
  size = sizeof peer;
  int error = error_of(getsockopt(connection, SOL_SOCKET, SO_PEERPIDFD, &peer, &size));
  say("SO_PEERPIDFD", error);
  if (error == 0) use(peer, &credentials);
  return 0;
}

int main(int argc, char **argv) {
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  if (argc != 3 || strlen(argv[2]) >= sizeof address.sun_path) return 2;
  strcpy(address.sun_path, argv[2]);
  if (argv[2][0] == '@') address.sun_path[0] = '\0';
  socklen_t length = sizeof(sa_family_t) + strlen(argv[2]);
  int end = socket(AF_UNIX, SOCK_STREAM, 0);
  if (strcmp(argv[1], "listen") == 0) return listen_at(end, &address, length);
  if (connect(end, (struct sockaddr *)&address, length) < 0) return printf("connect %s\n", strerrorname_np(errno)), 1;
  printf("connected\n");
  fflush(stdout);
  sleep(1);
  return 0;
}
