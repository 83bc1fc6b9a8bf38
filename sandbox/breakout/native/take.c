/*
 * Takes as much of something as it gets, in as many processes as that needs, and holds it.
 *
 *   take WHAT COUNT SECONDS    prints "N" or "N errno text", N being how many were taken
 *
 * WHAT: terminals, watches (inotify), asynchronous (aio(7) events), files, pipes, names (UTS namespaces), connections (conntrack entries of this network
 * namespace), datagrams (of 60,000 bytes, which nobody reads)
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/aio_abi.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum { in_a_process = 15000 };

static struct sockaddr_in on_loopback(uint32_t host, int port) {
  return (struct sockaddr_in){.sin_family = AF_INET, .sin_addr.s_addr = htonl(0x7f000000 + host), .sin_port = htons((uint16_t)port)};
}

static int take_terminal(long i) {
  (void)i;
  return open("/dev/ptmx", O_RDWR | O_NOCTTY);
}

/* One instance watches many files: each counts. */
static int take_watch(long i) {
  static int instance = -1;
  static DIR *folder;
  if (i % 300 == 0) {
    instance = inotify_init();
    if (folder) closedir(folder);
    folder = opendir("/usr/bin");
  }
  struct dirent *entry = folder ? readdir(folder) : NULL;
  if (instance < 0 || entry == NULL) return -1;
  char path[300];
  snprintf(path, sizeof path, "/usr/bin/%s", entry->d_name);
  return inotify_add_watch(instance, path, IN_DELETE_SELF | IN_DONT_FOLLOW);
}

static int take_asynchronous(long i) {
  static aio_context_t context;
  if (i % 1000 != 0) return 0;
  context = 0;
  return (int)syscall(SYS_io_setup, 1000, &context);
}

static int take_file(long i) {
  (void)i;
  return eventfd(0, 0);
}

static int take_pipe(long i) {
  (void)i;
  int ends[2];
  static char page[4096];
  if (pipe2(ends, O_NONBLOCK) != 0) return -1;
  while (write(ends[1], page, sizeof page) > 0) continue;
  return 0;
}

static int take_name(long i) {
  (void)i;
  return unshare(CLONE_NEWUTS) == 0 ? open("/proc/self/ns/uts", O_RDONLY) : -1;
}

static int take_connection(long i) {
  static int fd = -1;
  if (i % 50000 == 0) {
    if (fd >= 0) close(fd);
    fd = socket(AF_INET, SOCK_DGRAM, 0);
  }
  struct sockaddr_in to = on_loopback(2 + (uint32_t)(i / 50000), 1 + (int)(i % 50000));
  int ignored;
  socklen_t size = sizeof ignored;
  ssize_t sent = sendto(fd, "", 1, 0, (struct sockaddr *)&to, sizeof to);
  getsockopt(fd, SOL_SOCKET, SO_ERROR, &ignored, &size);
  return sent < 0 && errno != ECONNREFUSED ? -1 : 0;
}

static int take_datagram(long i) {
  static int out = -1;
  static struct sockaddr_in to;
  static char bytes[60000];
  if (i % 50 == 0) {
    int in = socket(AF_INET, SOCK_DGRAM, 0), room = 8 << 20;
    setsockopt(in, SOL_SOCKET, SO_RCVBUF, &room, sizeof room);
    to = on_loopback(1, 0);
    socklen_t size = sizeof to;
    if (bind(in, (struct sockaddr *)&to, size) != 0 || getsockname(in, (struct sockaddr *)&to, &size) != 0) return -1;
    if (out < 0) out = socket(AF_INET, SOCK_DGRAM, 0);
  }
  return sendto(out, bytes, sizeof bytes, 0, (struct sockaddr *)&to, sizeof to) < 0 ? -1 : 0;
}

static const struct kind {
  const char *name;
  int (*take)(long i);
  long in_a_process;
} kinds[] = {
    {"terminals", take_terminal, in_a_process},      {"watches", take_watch, 300 * 1000L},   {"asynchronous", take_asynchronous, 1000 * 1000L},
    {"files", take_file, in_a_process},              {"pipes", take_pipe, in_a_process / 2}, {"names", take_name, in_a_process},
    {"connections", take_connection, 1000L * 1000L}, {"datagrams", take_datagram, 1000L * 1000L},
};

struct result {
  long taken;
  int error;
  int is_over;
};

int main(int argc, char **argv) {
  if (argc != 4) return 2;
  const struct kind *kind = NULL;
  for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
    if (strcmp(argv[1], kinds[i].name) == 0) kind = &kinds[i];
  }
  if (kind == NULL) return 2;
  long count = atol(argv[2]), taken = 0;
  struct result *result = mmap(NULL, sizeof *result, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  setpgid(0, 0);
  while (taken < count) {
    long share = count - taken < kind->in_a_process ? count - taken : kind->in_a_process;
    *result = (struct result){0};
    pid_t child = fork();
    if (child < 0) {
      result->error = errno;
      break;
    }
    if (child == 0) {
      for (long i = 0; i < share; i++) {
        if (kind->take(i) < 0) {
          result->error = errno;
          break;
        }
        result->taken++;
      }
      result->is_over = 1;
      for (;;) pause();
    }
    while (!result->is_over && waitpid(child, NULL, WNOHANG) == 0) usleep(1000);
    if (!result->is_over) result->error = ENOMEM;
    taken += result->taken;
    if (result->error != 0 || !result->is_over) break;
  }
  if (result->error == 0) printf("%ld\n", taken);
  else printf("%ld %s\n", taken, strerror(result->error));
  fflush(stdout);
  sleep((unsigned)atoi(argv[3]));
  kill(0, SIGKILL);
}
