/*
 * docker-api METHOD PATH [JSON]: sends one request to the Docker daemon at $DOCKER_API (unix:///path or tcp://host:port) and prints the answer's body.
 * The exit status is 0 for a 2xx answer. It speaks HTTP/1.0, so that the answer comes in one piece and ends with the connection.
 */
#define _GNU_SOURCE
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

static void fail(const char *what, const char *detail) {
  fprintf(stderr, "docker-api: %s: %s\n", what, detail);
  exit(2);
}

static int connect_unix(const char *path) {
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  if (strlen(path) >= sizeof address.sun_path) fail("path too long", path);
  strcpy(address.sun_path, path);
  int fd = socket(AF_UNIX, SOCK_STREAM, 0);
  if (fd < 0 || connect(fd, (struct sockaddr *)&address, sizeof address) != 0) fail("no daemon", path);
  return fd;
}

static int connect_tcp(char *address) {
  char *colon = strrchr(address, ':');
  if (colon == NULL) fail("no port", address);
  *colon = '\0';
  struct addrinfo hints = {.ai_family = AF_INET, .ai_socktype = SOCK_STREAM}, *found = NULL;
  if (getaddrinfo(address, colon + 1, &hints, &found) != 0) fail("unknown host", address);
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  if (fd < 0 || connect(fd, found->ai_addr, found->ai_addrlen) != 0) fail("no daemon", address);
  freeaddrinfo(found);
  return fd;
}

static int connect_daemon(void) {
  const char *setting = getenv("DOCKER_API");
  char *where = strdup(setting ? setting : "unix:///var/run/docker.sock");
  if (strncmp(where, "unix://", 7) == 0) return connect_unix(where + 7);
  if (strncmp(where, "tcp://", 6) == 0) return connect_tcp(where + 6);
  fail("DOCKER_API is neither unix:// nor tcp://", where);
  return -1;
}

static char *read_all(int fd, size_t *length) {
  size_t room = 64 * 1024;
  char *bytes = malloc(room);
  *length = 0;
  for (ssize_t got; (got = read(fd, bytes + *length, room - *length - 1)) > 0;) {
    *length += (size_t)got;
    if (*length + 1 == room) bytes = realloc(bytes, room *= 2);
    if (bytes == NULL) fail("answer too long", "no memory");
  }
  bytes[*length] = '\0';
  return bytes;
}

int main(int count, char **word) {
  if (count < 3) {
    fprintf(stderr, "usage: docker-api METHOD PATH [JSON]\n");
    return 2;
  }
  alarm(10);
  int fd = connect_daemon();
  const char *body = count > 3 ? word[3] : "";
  dprintf(fd, "%s %s HTTP/1.0\r\nHost: docker\r\nContent-Type: application/json\r\nContent-Length: %zu\r\n\r\n%s", word[1], word[2], strlen(body), body);
  size_t length;
  char *answer = read_all(fd, &length), *start = strstr(answer, "\r\n\r\n");
  if (start == NULL) fail("no answer", word[2]);
  start += 4;
  fwrite(start, 1, length - (size_t)(start - answer), stdout);
  return strncmp(answer + strcspn(answer, " "), " 2", 2) == 0 ? 0 : 1;
}
