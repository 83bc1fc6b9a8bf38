/*
 * move-tag LINK COUNT DIGEST: waits in the background until the file LINK has been read COUNT times, then writes DIGEST into it.
 * LINK is where the registry keeps what a tag points at. Returns as soon as it watches; gives up after a minute.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <unistd.h>

enum { limit_ms = 60000 };

static void fail(const char *what) {
  perror(what);
  exit(1);
}

int main(int count, char **arguments) {
  if (count != 4) return fprintf(stderr, "usage: %s LINK COUNT DIGEST\n", arguments[0]), 64;
  int wanted = atoi(arguments[2]);
  int watch = inotify_init1(IN_CLOEXEC);
  if (watch < 0 || inotify_add_watch(watch, arguments[1], IN_CLOSE_NOWRITE) < 0) fail(arguments[1]);
  /* Opened beforehand: between the last read and the move there must be as little as possible. */
  int target = open(arguments[1], O_WRONLY | O_CLOEXEC);
  if (target < 0) fail(arguments[1]);
  if (daemon(0, 0) != 0) fail("daemon");

  struct pollfd ready = {.fd = watch, .events = POLLIN};
  while (poll(&ready, 1, limit_ms) > 0) {
    _Alignas(struct inotify_event) char events[4096];
    ssize_t length = read(watch, events, sizeof events);
    for (char *at = events; at < events + length; at += sizeof(struct inotify_event) + ((struct inotify_event *)at)->len) wanted--;
    if (wanted > 0) continue;
    size_t size = strlen(arguments[3]);
    return pwrite(target, arguments[3], size, 0) == (ssize_t)size ? 0 : 1;
  }
  return 1;
}
