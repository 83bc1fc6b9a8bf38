/* A web server for static pages, with one old mistake: a name with .. leads out of /srv/www. */
#define _GNU_SOURCE

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static const char pages[] = "/srv/www";
static const char program[] = "/usr/local/bin/webd";

static void end(int number) {
  (void)number;
  _exit(0);
}

static int listen_on(int port) {
  int fd = socket(AF_INET, SOCK_STREAM, 0), one = 1;
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
  setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
  if (bind(fd, (struct sockaddr *)&address, sizeof address) || listen(fd, 64)) {
    fprintf(stderr, "webd: cannot listen on port %d: %s\n", port, strerror(errno));
    exit(1);
  }
  return fd;
}

static void write_pid(void) {
  int fd = open("/run/web.pid", O_WRONLY | O_CREAT | O_TRUNC, 0644);
  if (fd < 0) fprintf(stderr, "webd: no /run/web.pid: %s\n", strerror(errno));
  else dprintf(fd, "%d\n", (int)getpid()), close(fd);
}

static void answer(int client, int status, const char *text, off_t size) {
  dprintf(client, "HTTP/1.1 %d %s\r\nContent-Type: text/%s\r\nContent-Length: %lld\r\nConnection: close\r\n\r\n", status, text, status == 200 ? "html" : "plain", (long long)size);
}

static void refuse(int client, int status, const char *text) {
  answer(client, status, text, (off_t)strlen(text) + 1);
  dprintf(client, "%s\n", text);
}

static void serve(int client) {
  char request[2048], path[2200];
  struct stat facts;
  ssize_t size = recv(client, request, sizeof request - 1, 0);
  if (size <= 0) return;
  request[size] = 0;
  if (strncmp(request, "GET /", 5)) return refuse(client, 405, "GET only");
  char *name = request + 4;
  name[strcspn(name, " ?\r\n")] = 0;
  snprintf(path, sizeof path, "%s%s%s", pages, name, name[strlen(name) - 1] == '/' ? "index.html" : "");
  int file = open(path, O_RDONLY);
  if (file < 0 || fstat(file, &facts) || !S_ISREG(facts.st_mode)) return refuse(client, errno == EACCES ? 403 : 404, errno == EACCES ? "Forbidden" : "Not found");
  answer(client, 200, "OK", facts.st_size);
  sendfile(client, file, NULL, (size_t)facts.st_size);
}

int main(int count, char **arguments) {
  signal(SIGTERM, end);
  signal(SIGINT, end);
  signal(SIGCHLD, SIG_IGN);
  if (count > 1 && !strcmp(arguments[1], "--serve")) {
    for (int listener = atoi(arguments[2]);;) {
      int client = accept(listener, NULL, NULL);
      if (client < 0) continue;
      struct timeval limit = {.tv_sec = 5};
      setsockopt(client, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
      if (fork() == 0) {
        serve(client);
        _exit(0);
      }
      close(client);
    }
  }
  const char *port = getenv("PORT");
  char listener[12];
  snprintf(listener, sizeof listener, "%d", listen_on(port ? atoi(port) : 80));
  write_pid();
  /* The part that meets strangers is the same program once more: a profile has to let it run itself. */
  execl(program, "webd", "--serve", listener, (char *)NULL);
  perror(program);
  return 1;
}
