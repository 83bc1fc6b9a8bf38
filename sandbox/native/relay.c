/*
 * schott-relay: lets the keeper open connections from inside a sandbox's namespaces.
 *
 *   schott-relay LISTEN_SOCKET PID          the user, mount and network namespace of PID
 *   schott-relay LISTEN_SOCKET --net PATH   only the network namespace at PATH
 *
 * It runs no program and opens no path of the sandbox while it is the machine's root: between entering the mount namespace
 * and giving up root there is no path look-up at all. It stays in the machine's pid namespace, so that nobody in the sandbox
 * can see, signal or trace it, and peers' pids are the machine's. README.md has the requests it answers.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <linux/capability.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <stdnoreturn.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
  max_connections = 64,
  max_request_bytes = 512,
  request_limit_ms = 5000,
  unix_connect_limit_s = 5,
  max_connect_ms = 60000,
  max_visitors = 32,
  visitor_limit_ms = 300,
  max_text_bytes = 200,
  copy_bytes = 64 * 1024,
  nobody = 65534,
};

static noreturn void fail(const char *what, const char *why) {
  fprintf(stderr, "schott-relay: cannot %s: %s\n", what, why);
  exit(1);
}

static void require(bool succeeded, const char *what) {
  if (!succeeded) fail(what, strerror(errno));
}

static int64_t now_ms(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static int remaining_ms(int64_t deadline) {
  int64_t left = deadline - now_ms();
  return left > 0 ? (int)left : 0;
}

static bool parse_number(const char *text, long least, long most, long *number) {
  size_t digits = strspn(text, "0123456789");
  if (digits == 0 || digits > 10 || text[digits] != '\0') return false;
  *number = strtol(text, NULL, 10);
  return *number >= least && *number <= most;
}

/* ---- Start: one listening socket, then the namespaces, then no privilege of the machine ---- */

/* The kernel forgets this setting whenever credentials change, hence it is called again after that. */
static void die_with_parent(pid_t parent) {
  require(prctl(PR_SET_PDEATHSIG, SIGKILL) == 0, "be tied to the parent process");
  if (getppid() != parent) _exit(1);
}

static int listen_on(const char *path) {
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  if (strlen(path) >= sizeof address.sun_path) fail("listen", "the socket's path is too long");
  strcpy(address.sun_path, path);
  struct stat old;
  if (lstat(path, &old) == 0 && S_ISSOCK(old.st_mode)) require(unlink(path) == 0, "remove the stale socket");
  int listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  require(listener >= 0, "create a socket");
  umask(0177);
  require(bind(listener, (struct sockaddr *)&address, sizeof address) == 0, "bind the socket");
  require(listen(listener, max_connections) == 0, "listen");
  return listener;
}

static bool has_ended(int pidfd) {
  struct pollfd process = {.fd = pidfd, .events = POLLIN};
  return poll(&process, 1, 0) != 0;
}

/* Refuses a namespace of the machine itself: a wrong PID must not turn the relay into a door to the machine. */
static int open_namespace(const char *path, const char *kind) {
  char own_path[64];
  snprintf(own_path, sizeof own_path, "/proc/self/ns/%s", kind);
  struct stat own, other;
  int fd = open(path, O_RDONLY | O_CLOEXEC);
  require(fd >= 0, "open the namespace");
  require(stat(own_path, &own) == 0 && fstat(fd, &other) == 0, "look at the namespace");
  if (own.st_dev == other.st_dev && own.st_ino == other.st_ino) fail("enter the namespace", "it is the machine's own");
  return fd;
}

static int open_namespace_of(pid_t pid, const char *kind) {
  char path[64];
  snprintf(path, sizeof path, "/proc/%d/ns/%s", (int)pid, kind);
  return open_namespace(path, kind);
}

/* The user namespace comes last: before it the machine's root may enter the others, after it that right is gone. */
static int enter_sandbox(pid_t pid) {
  int pidfd = (int)syscall(SYS_pidfd_open, pid, 0);
  require(pidfd >= 0, "find the process");
  int net = open_namespace_of(pid, "net");
  int mnt = open_namespace_of(pid, "mnt");
  int user = open_namespace_of(pid, "user");
  /* Still alive now, so what was opened by number belongs to the process of the pidfd. */
  if (has_ended(pidfd)) fail("enter the sandbox", "its process has ended");
  require(setns(net, CLONE_NEWNET) == 0, "enter the network namespace");
  require(setns(mnt, CLONE_NEWNS) == 0, "enter the mount namespace");
  require(setgroups(0, NULL) == 0, "leave all groups");
  require(setns(user, CLONE_NEWUSER) == 0, "enter the user namespace");
  close(net);
  close(mnt);
  close(user);
  return pidfd;
}

static void enter_network(const char *path) {
  int net = open_namespace(path, "net");
  require(setns(net, CLONE_NEWNET) == 0, "enter the network namespace");
  require(setgroups(0, NULL) == 0, "leave all groups");
  close(net);
}

static void become(uid_t id, uint64_t kept_capabilities) {
  for (int capability = 0; capability < 64; capability++) {
    if (kept_capabilities >> capability & 1) continue;
    require(prctl(PR_CAPBSET_DROP, capability, 0, 0, 0) == 0 || errno == EINVAL, "drop a capability");
  }
  require(setresgid(id, id, id) == 0, "change the group");
  require(setresuid(id, id, id) == 0, "change the user");
  struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
  uint32_t low = (uint32_t)kept_capabilities, high = (uint32_t)(kept_capabilities >> 32);
  struct __user_cap_data_struct data[2] = {{.effective = low, .permitted = low}, {.effective = high, .permitted = high}};
  require(syscall(SYS_capset, &header, data) == 0, "give up capabilities");
  require(prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0) == 0, "clear ambient capabilities");
  require(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0, "refuse new privileges");
  require(prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0, "forbid tracing");
  require(chdir("/") == 0, "change the directory");
}

/* ---- One connection, in a process of its own ---- */

static void reply(int client, const char *format, ...) {
  char line[128];
  va_list arguments;
  va_start(arguments, format);
  int length = vsnprintf(line, sizeof line, format, arguments);
  va_end(arguments);
  /* The first bytes on a fresh connection: they fit, or the client is gone. */
  if (send(client, line, (size_t)length, 0) != length) _exit(0);
}

static noreturn void refuse(int client, int error) {
  const char *name = strerrorname_np(error);
  reply(client, "error %s\n", name ? name : "EIO");
  _exit(0);
}

/* Byte by byte: what follows the line belongs to the other end. */
static void read_request(int client, char *line) {
  int64_t deadline = now_ms() + request_limit_ms;
  size_t length = 0;
  for (;;) {
    char byte;
    ssize_t got = read(client, &byte, 1);
    if (got == 1) {
      if (byte == '\n') break;
      if (byte == '\0' || length + 1 >= max_request_bytes) refuse(client, EINVAL);
      line[length++] = byte;
      continue;
    }
    if (got == 0 || errno != EAGAIN) _exit(0);
    struct pollfd ready = {.fd = client, .events = POLLIN};
    if (poll(&ready, 1, remaining_ms(deadline)) == 0) refuse(client, ETIMEDOUT);
  }
  line[length] = '\0';
}

struct direction {
  int from, to;
  bool has_ended, is_done;
  size_t start, end;
  char bytes[copy_bytes];
};

static void finish(struct direction *way) {
  way->is_done = true;
  shutdown(way->to, SHUT_WR);
  shutdown(way->from, SHUT_RD);
}

static void pull(struct direction *way) {
  ssize_t got = read(way->from, way->bytes, copy_bytes);
  if (got < 0 && errno == EAGAIN) return;
  way->start = 0;
  way->end = got > 0 ? (size_t)got : 0;
  way->has_ended = got <= 0;
}

static void push(struct direction *way) {
  while (way->start < way->end) {
    ssize_t sent = send(way->to, way->bytes + way->start, way->end - way->start, MSG_NOSIGNAL);
    if (sent < 0 && errno == EAGAIN) return;
    if (sent < 0) return finish(way);
    way->start += (size_t)sent;
  }
  if (way->has_ended) finish(way);
}

static noreturn void copy_both_ways(int client, int target) {
  static struct direction ways[2];
  ways[0].from = ways[1].to = client;
  ways[1].from = ways[0].to = target;
  while (!ways[0].is_done || !ways[1].is_done) {
    struct pollfd ends[2];
    for (int i = 0; i < 2; i++) {
      struct direction *from = &ways[i], *to = &ways[1 - i];
      bool wants_in = !from->is_done && !from->has_ended && from->start == from->end;
      bool wants_out = !to->is_done && to->start < to->end;
      /* Watched without an event while something may still be sent there: a hang-up ends that way at once. */
      ends[i].fd = wants_in || !to->is_done ? from->from : -1;
      ends[i].events = (short)((wants_in ? POLLIN : 0) | (wants_out ? POLLOUT : 0));
    }
    if (poll(ends, 2, -1) < 0 && errno != EINTR) break;
    for (int i = 0; i < 2; i++) {
      if (ends[i].fd < 0 || ends[i].revents == 0) continue;
      struct direction *from = &ways[i], *to = &ways[1 - i];
      if (ends[i].events & POLLIN && ends[i].revents & (POLLIN | POLLHUP | POLLERR)) pull(from);
      if (ends[i].revents & (POLLHUP | POLLERR) && !to->is_done) finish(to);
    }
    for (int i = 0; i < 2; i++) {
      if (!ways[i].is_done) push(&ways[i]);
    }
  }
  _exit(0);
}

static noreturn void connect_unix(int client, const char *path) {
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  if (path[0] != '/') refuse(client, EINVAL);
  if (strlen(path) >= sizeof address.sun_path) refuse(client, ENAMETOOLONG);
  strcpy(address.sun_path, path);
  int target = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (target < 0) refuse(client, errno);
  struct timeval limit = {.tv_sec = unix_connect_limit_s};
  setsockopt(target, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
  /* The sandbox may mount a file system that never answers a look-up: then this process ends without an answer. */
  alarm(2 * unix_connect_limit_s);
  if (connect(target, (struct sockaddr *)&address, sizeof address) != 0) refuse(client, errno == EAGAIN ? ETIMEDOUT : errno);
  alarm(0);
  struct ucred peer;
  socklen_t size = sizeof peer;
  if (getsockopt(target, SOL_SOCKET, SO_PEERCRED, &peer, &size) != 0) refuse(client, errno);
  if (fcntl(target, F_SETFL, O_NONBLOCK) != 0) refuse(client, errno);
  reply(client, "ok %d\n", (int)peer.pid);
  copy_both_ways(client, target);
}

static noreturn void connect_tcp(int client, struct in_addr host, uint16_t port, int limit_ms) {
  int target = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (target < 0) refuse(client, errno);
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr = host, .sin_port = htons(port)};
  if (connect(target, (struct sockaddr *)&address, sizeof address) != 0) {
    if (errno != EINPROGRESS) refuse(client, errno);
    struct pollfd ends[2] = {{.fd = target, .events = POLLOUT}, {.fd = client}};
    if (poll(ends, 2, limit_ms) <= 0) refuse(client, ETIMEDOUT);
    if (ends[0].revents == 0) _exit(0);
    int error = 0;
    socklen_t size = sizeof error;
    if (getsockopt(target, SOL_SOCKET, SO_ERROR, &error, &size) != 0) error = errno;
    if (error != 0) refuse(client, error);
  }
  struct sockaddr_in local;
  socklen_t size = sizeof local;
  if (getsockname(target, (struct sockaddr *)&local, &size) != 0) refuse(client, errno);
  char text[INET_ADDRSTRLEN];
  inet_ntop(AF_INET, &local.sin_addr, text, sizeof text);
  reply(client, "ok %s %u\n", text, ntohs(local.sin_port));
  copy_both_ways(client, target);
}

/* Somebody who connected to the listening port: is read from, answered, and read to the end so that no reset overtakes the answer. */
struct visitor {
  int fd;
  bool is_answered;
  size_t matched;
  int64_t deadline;
};

static void part_with(struct visitor *visitor) {
  close(visitor->fd);
  visitor->fd = -1;
}

static void answer_visitor(struct visitor *visitor, const char *text) {
  char answer[max_text_bytes + 100];
  int length = snprintf(answer, sizeof answer, "HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\nContent-Length: %zu\r\n\r\n%s\n", strlen(text) + 1, text);
  if (send(visitor->fd, answer, (size_t)length, MSG_NOSIGNAL) != length) return part_with(visitor);
  shutdown(visitor->fd, SHUT_WR);
  visitor->is_answered = true;
  visitor->deadline = now_ms() + visitor_limit_ms;
}

static void hear_visitor(struct visitor *visitor, const char *text) {
  char bytes[4096];
  ssize_t got = read(visitor->fd, bytes, sizeof bytes);
  if (got < 0 && errno == EAGAIN) return;
  if (got < 0 || (got == 0 && visitor->is_answered)) return part_with(visitor);
  static const char end[] = "\r\n\r\n";
  for (ssize_t i = 0; i < got && visitor->matched < 4; i++) {
    visitor->matched = bytes[i] == end[visitor->matched] ? visitor->matched + 1 : bytes[i] == '\r';
  }
  if (!visitor->is_answered && (got == 0 || visitor->matched == 4)) answer_visitor(visitor, text);
}

static noreturn void listen_tcp(int client, struct in_addr host, uint16_t port, const char *text) {
  int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (listener < 0) refuse(client, errno);
  setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &(int){1}, sizeof(int));
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr = host, .sin_port = htons(port)};
  socklen_t size = sizeof address;
  if (bind(listener, (struct sockaddr *)&address, size) != 0 || listen(listener, max_visitors) != 0) refuse(client, errno);
  if (getsockname(listener, (struct sockaddr *)&address, &size) != 0) refuse(client, errno);
  reply(client, "ok %u\n", ntohs(address.sin_port));

  struct visitor visitors[max_visitors];
  for (int i = 0; i < max_visitors; i++) visitors[i].fd = -1;
  for (;;) {
    struct pollfd ends[max_visitors + 2];
    int free_place = -1, wait_ms = -1;
    for (int i = 0; i < max_visitors; i++) {
      ends[i] = (struct pollfd){.fd = visitors[i].fd, .events = POLLIN};
      if (visitors[i].fd < 0) {
        free_place = i;
        continue;
      }
      int left = remaining_ms(visitors[i].deadline);
      if (wait_ms < 0 || left < wait_ms) wait_ms = left;
    }
    ends[max_visitors] = (struct pollfd){.fd = free_place < 0 ? -1 : listener, .events = POLLIN};
    ends[max_visitors + 1] = (struct pollfd){.fd = client, .events = POLLIN};
    if (poll(ends, max_visitors + 2, wait_ms) < 0 && errno != EINTR) _exit(0);
    if (ends[max_visitors + 1].revents) {
      char ignored[256];
      ssize_t got = read(client, ignored, sizeof ignored);
      if (got == 0 || (got < 0 && errno != EAGAIN)) _exit(0);
    }
    for (int i = 0; i < max_visitors; i++) {
      if (visitors[i].fd >= 0 && ends[i].revents) hear_visitor(&visitors[i], text);
      if (visitors[i].fd < 0 || remaining_ms(visitors[i].deadline) > 0) continue;
      if (visitors[i].is_answered) part_with(&visitors[i]);
      else answer_visitor(&visitors[i], text);
    }
    if (ends[max_visitors].fd >= 0 && ends[max_visitors].revents) {
      int fd = accept4(listener, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
      if (fd >= 0) visitors[free_place] = (struct visitor){.fd = fd, .deadline = now_ms() + visitor_limit_ms};
    }
  }
}

static noreturn void serve_connection(int client, bool has_files) {
  char line[max_request_bytes];
  read_request(client, line);
  if (strncmp(line, "unix ", 5) == 0) {
    /* Without the sandbox's mount namespace a path would be one of the machine's. */
    if (!has_files) refuse(client, EPERM);
    connect_unix(client, line + 5);
  }
  char *rest = line, *word[4];
  for (int i = 0; i < 4; i++) {
    word[i] = strsep(&rest, " ");
    if (word[i] == NULL) refuse(client, EINVAL);
  }
  struct in_addr host;
  long port, limit_ms;
  if (rest != NULL || inet_pton(AF_INET, word[1], &host) != 1) refuse(client, EINVAL);
  if (strcmp(word[0], "tcp") == 0 && parse_number(word[2], 1, 65535, &port) && parse_number(word[3], 1, max_connect_ms, &limit_ms)) {
    connect_tcp(client, host, (uint16_t)port, (int)limit_ms);
  }
  if (strcmp(word[0], "listen") == 0 && parse_number(word[2], 0, 65535, &port)) {
    size_t length = strspn(word[3], "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_{}-");
    if (length > 0 && length <= max_text_bytes && word[3][length] == '\0') listen_tcp(client, host, (uint16_t)port, word[3]);
  }
  refuse(client, EINVAL);
}

/* ---- The loop ---- */

static void interrupt_wait(int signal_number) { (void)signal_number; }

static noreturn void serve(int listener, int pidfd) {
  pid_t self = getpid();
  int connections = 0;
  sigset_t while_waiting;
  sigemptyset(&while_waiting);
  for (;;) {
    while (waitpid(-1, NULL, WNOHANG) > 0) connections--;
    struct pollfd ends[2] = {{.fd = connections < max_connections ? listener : -1, .events = POLLIN}, {.fd = pidfd, .events = POLLIN}};
    if (ppoll(ends, 2, NULL, &while_waiting) < 0) {
      require(errno == EINTR, "wait");
      continue;
    }
    if (ends[1].revents) exit(0);
    int client = accept4(listener, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
    if (client < 0) continue;
    pid_t child = fork();
    if (child == 0) {
      die_with_parent(self);
      close(listener);
      if (pidfd >= 0) close(pidfd);
      serve_connection(client, pidfd >= 0);
    }
    close(client);
    if (child > 0) connections++;
  }
}

int main(int argc, char **argv) {
  pid_t parent = getppid();
  die_with_parent(parent);
  long pid = 0;
  bool has_pid = argc == 3 && parse_number(argv[2], 1, INT32_MAX, &pid);
  bool has_path = argc == 4 && strcmp(argv[2], "--net") == 0;
  if (!has_pid && !has_path) {
    fprintf(stderr, "usage: schott-relay LISTEN_SOCKET PID | schott-relay LISTEN_SOCKET --net NETNS_PATH\n");
    return 2;
  }

  int null = open("/dev/null", O_RDWR);
  require(null >= 0, "open /dev/null");
  while (null < 3) require((null = dup(null)) >= 0, "open /dev/null");
  require(dup2(null, 0) == 0, "close the input");
  require(syscall(SYS_close_range, null + 1, ~0U, 0) == 0, "close inherited files");
  for (int fd = 3; fd < null; fd++) close(fd);

  signal(SIGPIPE, SIG_IGN);
  signal(SIGALRM, SIG_DFL);
  struct sigaction action = {.sa_handler = interrupt_wait};
  sigaction(SIGCHLD, &action, NULL);
  sigset_t blocked;
  sigemptyset(&blocked);
  sigaddset(&blocked, SIGCHLD);
  sigprocmask(SIG_SETMASK, &blocked, NULL);

  int listener = listen_on(argv[1]);
  int pidfd = -1;
  if (has_pid) {
    pidfd = enter_sandbox((pid_t)pid);
    become(0, 1ULL << CAP_DAC_OVERRIDE | 1ULL << CAP_NET_BIND_SERVICE);
  } else {
    enter_network(argv[3]);
    become(nobody, 0);
  }
  die_with_parent(parent);

  /* Fails when the parent was gone before the first line of main. */
  require(write(1, "ready\n", 6) == 6, "report readiness");
  require(dup2(null, 1) == 1, "close the output");
  close(null);
  serve(listener, pidfd);
}
