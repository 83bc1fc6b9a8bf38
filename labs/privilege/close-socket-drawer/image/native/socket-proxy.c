/*
 * socket-proxy: passes to the Docker daemon only what is on its list, and answers 403 to all else.
 *
 * One request a connection is passed on, rebuilt from what was checked: nothing behind it, no second request, no upgrade, reaches the daemon.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <ctype.h>
#include <fnmatch.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

enum { head_bytes = 16 * 1024, copy_bytes = 64 * 1024, patience_s = 30 };

static const char *usage =
    "usage: socket-proxy [--port PORT] [--socket PATH] RULE...\n"
    "\n"
    "Listens on PORT (default 2375) and passes requests on to the Docker daemon at PATH (default /var/run/docker.sock) when a RULE fits them.\n"
    "\n"
    "A RULE is METHOD:PATH, both as shell patterns. The path is compared without API version and query: GET:/containers/json also fits\n"
    "GET /v1.41/containers/json?all=1. Without a RULE nothing passes.\n"
    "\n"
    "  socket-proxy GET:/containers/json        the list of running containers, and nothing else\n"
    "  socket-proxy 'GET:/containers/*'         also archive, export, logs and inspect: files and secrets of every container\n"
    "  socket-proxy '*:*'                       no proxy at all\n";

static const char *socket_path = "/var/run/docker.sock";

static void answer(int client, int status, const char *reason, const char *method, const char *path) {
  char text[512];
  int length = snprintf(text, sizeof text, "socket-proxy: %s: %.20s %.200s\n", reason, method, path);
  dprintf(client, "HTTP/1.1 %d %s\r\nContent-Type: text/plain\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s", status, status == 403 ? "Forbidden" : "Failed", length, text);
}

/* Reads until the blank line; what came behind it stays in the buffer. 0: no head came. */
static size_t read_head(int client, char *head, size_t *total) {
  *total = 0;
  while (*total < head_bytes - 1) {
    ssize_t got = read(client, head + *total, head_bytes - 1 - *total);
    if (got <= 0) return 0;
    *total += (size_t)got;
    head[*total] = '\0';
    char *end = strstr(head, "\r\n\r\n");
    if (end != NULL) return (size_t)(end - head) + 4;
  }
  return 0;
}

/* "/v1.41/containers/json" → "/containers/json" */
static const char *without_version(const char *path) {
  if (strncmp(path, "/v", 2) != 0 || !isdigit((unsigned char)path[2])) return path;
  const char *end = path + 2 + strspn(path + 2, "0123456789.");
  return *end == '/' ? end : path;
}

/* A path that the daemon might read differently from us is not passed on. */
static bool is_plain(const char *path) {
  return path[0] == '/' && strchr(path, '%') == NULL && strstr(path, "//") == NULL && strstr(path, "..") == NULL && strstr(path, "/./") == NULL;
}

static bool is_allowed(char **rules, const char *method, const char *path) {
  for (; *rules != NULL; rules++) {
    char rule[256];
    snprintf(rule, sizeof rule, "%s", *rules);
    char *colon = strchr(rule, ':');
    if (colon == NULL) continue;
    *colon = '\0';
    if (fnmatch(rule, method, 0) == 0 && fnmatch(colon + 1, path, 0) == 0) return true;
  }
  return false;
}

/* Value of a header in `head`, which holds whole lines; "" when it is not there. */
static const char *header(const char *head, const char *name, char value[256]) {
  size_t length = strlen(name);
  value[0] = '\0';
  for (const char *line = strstr(head, "\r\n"); line != NULL; line = strstr(line + 2, "\r\n")) {
    if (strncasecmp(line + 2, name, length) != 0 || line[2 + length] != ':') continue;
    const char *start = line + 3 + length;
    start += strspn(start, " ");
    size_t size = strcspn(start, "\r\n");
    if (size >= 256) return value;
    memcpy(value, start, size);
    value[size] = '\0';
    break;
  }
  return value;
}

static int connect_daemon(void) {
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  if (strlen(socket_path) >= sizeof address.sun_path) return -1;
  strcpy(address.sun_path, socket_path);
  int fd = socket(AF_UNIX, SOCK_STREAM, 0);
  return fd >= 0 && connect(fd, (struct sockaddr *)&address, sizeof address) == 0 ? fd : -1;
}

static bool send_all(int fd, const char *bytes, size_t length) {
  while (length > 0) {
    ssize_t sent = send(fd, bytes, length, MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes += sent;
    length -= (size_t)sent;
  }
  return true;
}

/* From the client at most `length` bytes of body, from the daemon everything until it closes. */
static void pass_on(int client, int daemon, size_t length) {
  static char bytes[copy_bytes];
  for (;;) {
    struct pollfd ends[2] = {{.fd = daemon, .events = POLLIN}, {.fd = length > 0 ? client : -1, .events = POLLIN}};
    if (poll(ends, 2, patience_s * 1000) <= 0) return;
    if (ends[0].revents) {
      ssize_t got = read(daemon, bytes, sizeof bytes);
      if (got <= 0 || !send_all(client, bytes, (size_t)got)) return;
    }
    if (ends[1].fd >= 0 && ends[1].revents) {
      ssize_t got = read(client, bytes, length < sizeof bytes ? length : sizeof bytes);
      if (got <= 0 || !send_all(daemon, bytes, (size_t)got)) return;
      length -= (size_t)got;
    }
  }
}

static void serve(int client, char **rules) {
  static char head[head_bytes];
  char method[32], target[2048], path[2048], type[256], length_text[256];
  size_t total, size = read_head(client, head, &total);
  if (size == 0 || sscanf(head, "%31s %2047s", method, target) != 2) return answer(client, 400, "not a request", "", "");
  snprintf(path, sizeof path, "%s", target);
  path[strcspn(path, "?")] = '\0';
  if (!is_plain(path) || !is_allowed(rules, method, without_version(path))) return answer(client, 403, "not on the list", method, path);

  char first = head[size];
  head[size] = '\0';
  header(head, "Content-Type", type);
  size_t length = strtoul(header(head, "Content-Length", length_text), NULL, 10);
  head[size] = first;
  int daemon = connect_daemon();
  if (daemon < 0) return answer(client, 502, "the daemon does not answer", method, path);
  dprintf(daemon, "%s %s HTTP/1.0\r\nHost: docker\r\nContent-Type: %s\r\nContent-Length: %zu\r\n\r\n", method, target, type[0] ? type : "application/json", length);
  size_t here = total - size < length ? total - size : length;
  if (send_all(daemon, head + size, here)) pass_on(client, daemon, length - here);
}

static int listen_on(int port) {
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
  int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), one = 1;
  setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
  if (bind(fd, (struct sockaddr *)&address, sizeof address) != 0 || listen(fd, 32) != 0) {
    perror("socket-proxy: cannot listen");
    exit(1);
  }
  return fd;
}

/* The first process of a container gets no signal that it does not handle. */
static void end(int signal) {
  (void)signal;
  _exit(0);
}

int main(int count, char **word) {
  int port = 2375, first = 1;
  while (first + 1 < count && strncmp(word[first], "--", 2) == 0) {
    if (strcmp(word[first], "--port") == 0) port = atoi(word[first + 1]);
    else if (strcmp(word[first], "--socket") == 0) socket_path = word[first + 1];
    else break;
    first += 2;
  }
  if (first < count && strncmp(word[first], "--", 2) == 0) {
    fputs(usage, stdout);
    return strcmp(word[first], "--help") == 0 ? 0 : 2;
  }
  signal(SIGTERM, end);
  signal(SIGINT, end);
  signal(SIGCHLD, SIG_IGN);
  int listener = listen_on(port);
  for (;;) {
    int client = accept(listener, NULL, NULL);
    if (client < 0) continue;
    if (fork() == 0) {
      alarm(4 * patience_s);
      serve(client, word + first);
      shutdown(client, SHUT_WR);
      _exit(0);
    }
    close(client);
  }
}
