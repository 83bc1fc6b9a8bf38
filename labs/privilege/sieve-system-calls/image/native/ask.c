/* ask SOCKET: sends its input to a Unix socket, then prints what comes back. */
#define _GNU_SOURCE
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

enum { limit_seconds = 20 };

static int copy(int from, int to) {
  char bytes[4096];
  ssize_t length;
  while ((length = read(from, bytes, sizeof bytes)) > 0)
    for (ssize_t sent = 0, part; sent < length; sent += part)
      if ((part = write(to, bytes + sent, (size_t)(length - sent))) < 0) return -1;
  return 0;
}

int main(int argc, char **argv) {
  if (argc != 2) return 64;
  alarm(limit_seconds);
  int fd = socket(AF_UNIX, SOCK_STREAM, 0);
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  strncpy(address.sun_path, argv[1], sizeof address.sun_path - 1);
  if (fd < 0 || connect(fd, (struct sockaddr *)&address, sizeof address) < 0) {
    perror(argv[1]);
    return 1;
  }
  copy(STDIN_FILENO, fd);
  shutdown(fd, SHUT_WR);
  return copy(fd, STDOUT_FILENO) == 0 ? 0 : 1;
}
