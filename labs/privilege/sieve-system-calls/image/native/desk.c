/*
 * desk SOCKET FILE: gives FILE to callers with CAP_SYS_ADMIN.
 *
 * It asks the kernel for the caller's pid and reads CapEff from /proc. What it does not ask is in which user namespace the caller holds that set: that is
 * this lab's bug, and the same question was missing in the kernel in CVE-2022-0492.
 */
#define _GNU_SOURCE
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

enum { sys_admin = 21 };

static unsigned long long effective_capabilities(int pid) {
  char path[64], line[256];
  unsigned long long set = 0;
  snprintf(path, sizeof path, "/proc/%d/status", pid);
  FILE *status = fopen(path, "r");
  if (status == NULL) return 0;
  while (fgets(line, sizeof line, status) != NULL)
    if (sscanf(line, "CapEff: %llx", &set) == 1) break;
  fclose(status);
  return set;
}

static void answer(FILE *caller, int pid, const char *file) {
  unsigned long long set = effective_capabilities(pid);
  if ((set >> sys_admin & 1) == 0) {
    fprintf(caller, "desk: pid %d has CapEff %016llx, without SYS_ADMIN. The key is for maintenance only.\n", pid, set);
    return;
  }
  char key[512] = "";
  FILE *secret = fopen(file, "r");
  if (secret != NULL) {
    if (fgets(key, sizeof key, secret) == NULL) key[0] = 0;
    fclose(secret);
  }
  fprintf(caller, "desk: pid %d has CapEff %016llx, with SYS_ADMIN. The key: %s\n", pid, set, key);
}

int main(int argc, char **argv) {
  if (argc != 3) return 64;
  signal(SIGPIPE, SIG_IGN);
  int listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  strncpy(address.sun_path, argv[1], sizeof address.sun_path - 1);
  unlink(argv[1]);
  if (listener < 0 || bind(listener, (struct sockaddr *)&address, sizeof address) < 0 || chmod(argv[1], 0666) < 0 || listen(listener, 16) < 0) {
    perror("desk");
    return 1;
  }
  for (;;) {
    int connection = accept4(listener, NULL, NULL, SOCK_CLOEXEC);
    if (connection < 0) continue;
    struct ucred peer = {0};
    socklen_t length = sizeof peer;
    FILE *caller = fdopen(connection, "w");
    if (getsockopt(connection, SOL_SOCKET, SO_PEERCRED, &peer, &length) == 0 && caller != NULL) answer(caller, peer.pid, argv[2]);
    if (caller != NULL) fclose(caller);
    else close(connection);
  }
}
