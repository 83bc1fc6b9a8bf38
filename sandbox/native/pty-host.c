/*
 * schott-pty-host: keeps one shell alive inside a sandbox and speaks terminal frames (src/protocol/terminal.ts) with its clients.
 *
 *   schott-pty-host SOCKET COMMAND [ARG...]
 *
 * One process, one poll loop, fixed buffers. `seq` counts the bytes that the shell has ever written; the ring holds the last 2 MiB.
 * It runs as the sandbox's root and is not trusted by anybody outside.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <stdnoreturn.h>
#include <string.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

enum {
  frame_attach = 0x00,
  frame_input = 0x01,
  frame_resize = 0x02,
  frame_acknowledge = 0x03,
  frame_attached = 0x10,
  frame_output = 0x11,
  frame_exit = 0x12,

  max_clients = 16,
  max_input_bytes = 64 * 1024,
  max_output_bytes = 32 * 1024,
  max_unacknowledged_bytes = 1024 * 1024,
  ring_bytes = 2 * 1024 * 1024,
  /** Read ahead of the best client, so that the window never runs empty between two polls. */
  read_ahead_bytes = 128 * 1024,
  queue_bytes = 256 * 1024,
  pty_bytes_per_round = 128 * 1024,
  frames_per_round = 8,
  /** Each gap but the last is followed by a full frame, and the window is full after 32 of them. */
  max_gaps = 40,
  attach_limit_ms = 10 * 1000,
  absence_limit_ms = 30 * 1000,
  stall_limit_ms = 1000,
  exit_limit_ms = 5 * 1000,
};

/** Bytes that a client was never sent: they were overwritten before it was ready for them. */
struct gap {
  uint64_t end, length;
};

struct client {
  int fd; /* -1: this place is free */
  bool is_attached, must_answer, has_sent_exit;
  /** It reads no more; what it wrote before is still wanted. */
  bool is_deaf;
  /** Its next frame is input that does not fit into the queue. */
  bool is_stalled;
  int64_t attach_deadline;
  uint64_t sent, acknowledged;
  struct gap gaps[max_gaps];
  int gap_count;
  size_t in_length, out_start, out_end;
  uint8_t in[4 + 1 + max_input_bytes];
  uint8_t out[4 + 9 + max_output_bytes];
};

static struct client clients[max_clients];
static uint8_t ring[ring_bytes];
static uint64_t written;
static uint8_t queue[queue_bytes];
static size_t queue_start, queue_length;
static int64_t queue_moved_at;
static uint64_t shell_id;
static int pty;
static bool has_exited;
static int32_t exit_status;
static bool was_attached;
static int64_t left_at;
static uint64_t acknowledged_when_left;

static void require(bool succeeded, const char *what) {
  if (succeeded) return;
  fprintf(stderr, "schott-pty-host: cannot %s: %s\n", what, strerror(errno));
  exit(1);
}

static int64_t now_ms(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static uint64_t oldest(void) { return written > ring_bytes ? written - ring_bytes : 0; }

static void put_number(uint8_t *bytes, uint64_t number, int size) {
  for (int i = 0; i < size; i++) bytes[i] = (uint8_t)(number >> 8 * (size - 1 - i));
}

static uint64_t get_number(const uint8_t *bytes, int size) {
  uint64_t number = 0;
  for (int i = 0; i < size; i++) number = number << 8 | bytes[i];
  return number;
}

/* ---- Start ---- */

static struct sockaddr_un address_of(const char *path) {
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  if (strlen(path) >= sizeof address.sun_path) errno = ENAMETOOLONG;
  require(strlen(path) < sizeof address.sun_path, "use the socket's path");
  strcpy(address.sun_path, path);
  return address;
}

static void make_parent_directory(const char *path) {
  char copy[sizeof((struct sockaddr_un *)0)->sun_path];
  strcpy(copy, path);
  require(mkdir(dirname(copy), 0700) == 0 || errno == EEXIST, "create the socket's directory");
}

/* Held while the socket comes or goes, so that of two starts at the same time one wins and the other finds it. */
static int lock(const char *path) {
  char lock_path[sizeof((struct sockaddr_un *)0)->sun_path + 8];
  snprintf(lock_path, sizeof lock_path, "%s.lock", path);
  int fd = open(lock_path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (fd >= 0) flock(fd, LOCK_EX);
  return fd;
}

static bool somebody_answers(const struct sockaddr_un *address) {
  int probe = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  require(probe >= 0, "create a socket");
  /* EAGAIN: it listens and has many waiting. */
  bool answers = connect(probe, (const struct sockaddr *)address, sizeof *address) == 0 || errno == EAGAIN;
  close(probe);
  return answers;
}

/* Bound beside SOCKET and renamed when it listens: whoever sees SOCKET can connect. A stale one is replaced that way, too. */
static int listen_on(const char *path) {
  char new_path[sizeof((struct sockaddr_un *)0)->sun_path + 8];
  snprintf(new_path, sizeof new_path, "%s.new", path);
  struct sockaddr_un address = address_of(new_path);
  require(unlink(new_path) == 0 || errno == ENOENT, "remove the stale socket");
  int listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  require(listener >= 0, "create a socket");
  mode_t mask = umask(0177);
  require(bind(listener, (const struct sockaddr *)&address, sizeof address) == 0, "bind the socket");
  umask(mask);
  require(listen(listener, max_clients) == 0, "listen");
  require(rename(new_path, path) == 0, "put the socket in its place");
  return listener;
}

static void resize(uint64_t columns, uint64_t rows) {
  if (columns == 0 || rows == 0) return;
  struct winsize size = {.ws_col = (unsigned short)columns, .ws_row = (unsigned short)rows};
  ioctl(pty, TIOCSWINSZ, &size);
}

/* Returns a pidfd of the shell. */
static int start_shell(char **command, pid_t *shell) {
  pty = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC | O_NONBLOCK);
  require(pty >= 0 && grantpt(pty) == 0 && unlockpt(pty) == 0, "open a terminal");
  /* This end stays open here as well, so the terminal never reports a hang-up while the shell lives. */
  int end = ioctl(pty, TIOCGPTPEER, O_RDWR | O_NOCTTY | O_CLOEXEC);
  require(end >= 0, "open the terminal's other end");
  struct termios settings;
  require(tcgetattr(end, &settings) == 0, "read the terminal's settings");
  settings.c_iflag |= IUTF8;
  require(tcsetattr(end, TCSANOW, &settings) == 0, "change the terminal's settings");
  resize(80, 24);

  *shell = fork();
  require(*shell >= 0, "fork");
  if (*shell == 0) {
    signal(SIGPIPE, SIG_DFL);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    if (setsid() < 0 || ioctl(end, TIOCSCTTY, 0) != 0) _exit(126);
    if (dup2(end, 0) != 0 || dup2(end, 1) != 1 || dup2(end, 2) != 2) _exit(126);
    if (syscall(SYS_close_range, 3, ~0U, 0) != 0) _exit(126);
    setenv("TERM", "xterm-256color", 0);
    execvp(command[0], command);
    fprintf(stderr, "%s: %s\r\n", command[0], strerror(errno));
    _exit(127);
  }
  int pidfd = (int)syscall(SYS_pidfd_open, *shell, 0);
  require(pidfd >= 0, "watch the shell");
  return pidfd;
}

/* ---- Clients ---- */

static void drop(struct client *client) {
  close(client->fd);
  client->fd = -1;
  if (!client->is_attached) return;
  left_at = now_ms();
  acknowledged_when_left = client->acknowledged;
}

static void welcome(int listener) {
  int fd = accept4(listener, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
  if (fd < 0) return;
  for (struct client *client = clients; client < clients + max_clients; client++) {
    if (client->fd >= 0) continue;
    memset(client, 0, offsetof(struct client, in));
    client->fd = fd;
    client->attach_deadline = now_ms() + attach_limit_ms;
    return;
  }
  close(fd);
}

static void attach(struct client *client, uint64_t wanted) {
  client->sent = wanted > written || wanted < oldest() ? oldest() : wanted;
  client->acknowledged = client->sent;
  client->is_attached = client->must_answer = was_attached = true;
}

/* An acknowledgement beyond what was sent belongs to an earlier shell of the same browser; one from before is old news. */
static void acknowledge(struct client *client, uint64_t seq) {
  if (seq > client->sent || seq <= client->acknowledged) return;
  client->acknowledged = seq;
  int kept = 0;
  for (int i = 0; i < client->gap_count; i++) {
    struct gap gap = client->gaps[i];
    if (gap.end > seq && gap.end - gap.length >= seq) client->gaps[kept++] = gap;
    else if (gap.end > client->acknowledged) client->acknowledged = gap.end;
  }
  client->gap_count = kept;
}

static bool fits_queue(size_t length) { return queue_bytes - queue_length >= length; }

static void enqueue(const uint8_t *bytes, size_t length) {
  if (queue_length == 0) queue_moved_at = now_ms();
  size_t at = (queue_start + queue_length) % queue_bytes;
  size_t first = length < queue_bytes - at ? length : queue_bytes - at;
  memcpy(queue + at, bytes, first);
  memcpy(queue, bytes + first, length - first);
  queue_length += length;
}

/* False: not a frame that may come now. */
static bool take_frame(struct client *client, const uint8_t *frame, size_t length) {
  if ((frame[0] == frame_attach) == client->is_attached) return false;
  switch (frame[0]) {
    case frame_attach:
      if (length != 13) return false;
      attach(client, get_number(frame + 1, 8));
      resize(get_number(frame + 9, 2), get_number(frame + 11, 2));
      return true;
    case frame_input:
      if (length < 2) return false;
      if (!has_exited) enqueue(frame + 1, length - 1);
      return true;
    case frame_resize:
      if (length != 5) return false;
      resize(get_number(frame + 1, 2), get_number(frame + 3, 2));
      return true;
    case frame_acknowledge:
      if (length != 9) return false;
      acknowledge(client, get_number(frame + 1, 8));
      return true;
    default:
      return false;
  }
}

/* Takes the complete frames that were read, until one has to wait for room in the queue. */
static void take_frames(struct client *client) {
  size_t at = 0;
  client->is_stalled = false;
  while (client->in_length - at >= 4) {
    size_t length = get_number(client->in + at, 4);
    if (length == 0 || length > 1 + max_input_bytes) return drop(client);
    if (client->in_length - at < 4 + length) break;
    if (client->in[at + 4] == frame_input && !has_exited && !fits_queue(length - 1)) {
      client->is_stalled = true;
      break;
    }
    if (!take_frame(client, client->in + at + 4, length)) return drop(client);
    at += 4 + length;
  }
  client->in_length -= at;
  memmove(client->in, client->in + at, client->in_length);
}

static void hear(struct client *client) {
  ssize_t got = read(client->fd, client->in + client->in_length, sizeof client->in - client->in_length);
  if (got < 0 && (errno == EAGAIN || errno == EINTR)) return;
  if (got <= 0) return drop(client);
  client->in_length += (size_t)got;
  take_frames(client);
}

static uint64_t room(const struct client *client) {
  uint64_t unacknowledged = client->sent - client->acknowledged;
  for (int i = 0; i < client->gap_count; i++) unacknowledged -= client->gaps[i].length;
  return max_unacknowledged_bytes - unacknowledged;
}

static bool has_output(const struct client *client) {
  if (client->sent < oldest() && client->gap_count == max_gaps) return false;
  return client->sent < written && room(client) > 0;
}

static bool wants_to_send(const struct client *client) {
  if (client->fd < 0 || client->is_deaf || !client->is_attached) return false;
  if (client->out_start < client->out_end || client->must_answer || has_output(client)) return true;
  return has_exited && client->sent == written && !client->has_sent_exit;
}

static void begin_frame(struct client *client, size_t length) {
  put_number(client->out, length, 4);
  client->out_start = 0;
  client->out_end = 4 + length;
}

static void compose_output(struct client *client) {
  if (client->sent < oldest()) {
    client->gaps[client->gap_count++] = (struct gap){.end = oldest(), .length = oldest() - client->sent};
    client->sent = oldest();
  }
  uint64_t length = written - client->sent;
  if (length > max_output_bytes) length = max_output_bytes;
  if (length > room(client)) length = room(client);
  size_t at = client->sent % ring_bytes;
  size_t first = length < ring_bytes - at ? length : ring_bytes - at;
  uint8_t *frame = client->out + 4;
  begin_frame(client, 9 + length);
  frame[0] = frame_output;
  put_number(frame + 1, client->sent, 8);
  memcpy(frame + 9, ring + at, first);
  memcpy(frame + 9 + first, ring, length - first);
  client->sent += length;
}

static void compose(struct client *client) {
  uint8_t *frame = client->out + 4;
  if (client->must_answer) {
    begin_frame(client, 25);
    frame[0] = frame_attached;
    put_number(frame + 1, shell_id, 8);
    put_number(frame + 9, client->sent, 8);
    put_number(frame + 17, written, 8);
    client->must_answer = false;
  } else if (has_output(client)) {
    compose_output(client);
  } else {
    begin_frame(client, 5);
    frame[0] = frame_exit;
    put_number(frame + 1, (uint32_t)exit_status, 4);
    client->has_sent_exit = true;
  }
}

/* Returns whether anything was sent. */
static bool tell(struct client *client) {
  bool has_sent = false;
  for (int frames = 0; frames < frames_per_round && wants_to_send(client); frames++) {
    if (client->out_start == client->out_end) compose(client);
    ssize_t sent = send(client->fd, client->out + client->out_start, client->out_end - client->out_start, MSG_NOSIGNAL);
    if (sent < 0 && errno != EAGAIN && errno != EINTR) client->is_deaf = true;
    if (sent <= 0) break;
    client->out_start += (size_t)sent;
    has_sent = true;
    if (client->out_start < client->out_end) break;
  }
  /* The end of a conversation: the client closes when it has read everything. */
  if (client->has_sent_exit && client->out_start == client->out_end) shutdown(client->fd, SHUT_WR);
  return has_sent;
}

/* ---- The terminal ---- */

static bool is_stalled(void) {
  for (int i = 0; i < max_clients; i++) {
    if (clients[i].fd >= 0 && clients[i].is_stalled) return true;
  }
  return false;
}

static bool is_stuck(int64_t now) { return queue_length > 0 && now - queue_moved_at >= stall_limit_ms; }

/*
 * How far the shell may write. Without a limit output nobody has seen would be lost; but a client whose input waits sends its
 * acknowledgements behind that input, so then the limit is what the ring holds, and none when even that leads nowhere.
 */
static bool may_read(int64_t now) {
  uint64_t best = 0;
  bool is_attended = false;
  for (int i = 0; i < max_clients; i++) {
    if (clients[i].fd < 0 || !clients[i].is_attached) continue;
    is_attended = true;
    if (clients[i].acknowledged > best) best = clients[i].acknowledged;
  }
  if (!is_attended) {
    if (!was_attached || now - left_at >= absence_limit_ms) return true;
    best = acknowledged_when_left;
  }
  uint64_t limit = max_unacknowledged_bytes + read_ahead_bytes;
  if (is_stalled()) {
    if (is_stuck(now)) return true;
    limit = ring_bytes - pty_bytes_per_round;
  }
  return written - best < limit;
}

/* False: there is nothing more at the moment. */
static bool read_pty(void) {
  for (size_t total = 0; total < pty_bytes_per_round;) {
    size_t at = written % ring_bytes;
    size_t length = pty_bytes_per_round - total;
    if (length > ring_bytes - at) length = ring_bytes - at;
    ssize_t got = read(pty, ring + at, length);
    if (got <= 0) return false;
    written += (uint64_t)got;
    total += (size_t)got;
  }
  return true;
}

static void write_pty(void) {
  while (queue_length > 0) {
    size_t length = queue_bytes - queue_start < queue_length ? queue_bytes - queue_start : queue_length;
    ssize_t taken = write(pty, queue + queue_start, length);
    if (taken <= 0) return;
    queue_start = (queue_start + (size_t)taken) % queue_bytes;
    queue_length -= (size_t)taken;
    queue_moved_at = now_ms();
  }
}

/* ---- The loop ---- */

static int wait_limit_ms(int64_t now, int64_t exit_deadline) {
  int64_t next = has_exited ? exit_deadline : INT64_MAX;
  bool is_attended = false;
  for (int i = 0; i < max_clients; i++) {
    if (clients[i].fd < 0) continue;
    if (clients[i].is_attached) is_attended = true;
    else if (clients[i].attach_deadline < next) next = clients[i].attach_deadline;
  }
  int64_t absence_end = left_at + absence_limit_ms, stall_end = queue_moved_at + stall_limit_ms;
  if (!is_attended && was_attached && now < absence_end && absence_end < next) next = absence_end;
  if (is_stalled() && now < stall_end && stall_end < next) next = stall_end;
  if (next == INT64_MAX) return -1;
  return next > now ? (int)(next - now) : 0;
}

static int client_count(void) {
  int count = 0;
  for (int i = 0; i < max_clients; i++) count += clients[i].fd >= 0;
  return count;
}

static void end_shell(pid_t shell) {
  int status;
  while (waitpid(shell, &status, 0) < 0) require(errno == EINTR, "wait for the shell");
  exit_status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  has_exited = true;
  queue_length = 0;
  /* What a process left in the background keeps writing has no end: two rounds hold everything that the shell wrote. */
  for (int rounds = 0; rounds < 2 && read_pty(); rounds++) continue;
}

/* Only the socket that is still this host's: a stale one may have been replaced meanwhile. */
static void unlink_own(const char *path, const struct stat *own) {
  int held = lock(path); /* Fails when somebody removed the directory; then there is nothing to unlink either. */
  struct stat now;
  if (lstat(path, &now) == 0 && now.st_dev == own->st_dev && now.st_ino == own->st_ino) unlink(path);
  close(held);
}

int main(int argc, char **argv) {
  if (argc < 3) {
    fprintf(stderr, "usage: schott-pty-host SOCKET COMMAND [ARG...]\n");
    return 2;
  }
  signal(SIGPIPE, SIG_IGN);
  signal(SIGCHLD, SIG_DFL);
  const char *path = argv[1];
  struct sockaddr_un address = address_of(path);
  make_parent_directory(path);
  int held = lock(path);
  require(held >= 0, "open the lock file");
  if (somebody_answers(&address)) return 0;
  int listener = listen_on(path);
  struct stat own;
  require(lstat(path, &own) == 0, "look at the socket");
  for (int i = 0; i < max_clients; i++) clients[i].fd = -1;
  require(getrandom(&shell_id, sizeof shell_id, 0) == sizeof shell_id, "get random bytes");
  shell_id = shell_id >> 1 | 1;
  pid_t shell;
  int pidfd = start_shell(argv + 2, &shell);
  close(held);

  int64_t exit_deadline = 0;
  for (;;) {
    int64_t now = now_ms();
    if (has_exited && (client_count() == 0 || now >= exit_deadline)) return 0;

    struct pollfd ends[max_clients + 3];
    for (int i = 0; i < max_clients; i++) {
      bool wants_in = clients[i].fd >= 0 && !clients[i].is_stalled, wants_out = wants_to_send(&clients[i]);
      /* Without an event only a hang-up is reported: input of somebody gone that nothing takes must not hold a place for ever. */
      bool is_watched = wants_in || wants_out || (clients[i].fd >= 0 && is_stuck(now));
      ends[i] = (struct pollfd){.fd = is_watched ? clients[i].fd : -1, .events = (short)((wants_in ? POLLIN : 0) | (wants_out ? POLLOUT : 0))};
    }
    short pty_events = (short)((may_read(now) ? POLLIN : 0) | (queue_length > 0 ? POLLOUT : 0));
    ends[max_clients] = (struct pollfd){.fd = has_exited || pty_events == 0 ? -1 : pty, .events = pty_events};
    ends[max_clients + 1] = (struct pollfd){.fd = has_exited ? -1 : pidfd, .events = POLLIN};
    ends[max_clients + 2] = (struct pollfd){.fd = listener, .events = POLLIN};
    if (poll(ends, max_clients + 3, wait_limit_ms(now, exit_deadline)) < 0) {
      require(errno == EINTR, "wait");
      continue;
    }
    now = now_ms();

    /* Input goes first, so that Ctrl-C does not queue behind a flood of output. */
    for (int i = 0; i < max_clients; i++) {
      struct client *client = &clients[i];
      if (client->fd < 0) continue;
      if (ends[i].events & POLLIN && ends[i].revents & (POLLIN | POLLHUP | POLLERR)) hear(client);
      if (client->fd >= 0 && client->is_stalled && is_stuck(now) && ends[i].revents & (POLLHUP | POLLERR)) drop(client);
      if (client->fd >= 0 && !client->is_attached && now >= client->attach_deadline) drop(client);
    }
    if (!has_exited) write_pty();
    for (int i = 0; i < max_clients; i++) {
      if (clients[i].fd >= 0 && clients[i].is_stalled) take_frames(&clients[i]);
    }
    if (ends[max_clients].revents & POLLIN) read_pty();
    if (ends[max_clients + 1].revents) {
      end_shell(shell);
      exit_deadline = now + exit_limit_ms;
      /* From now on the next start makes a new shell. */
      unlink_own(path, &own);
      close(listener);
      listener = -1;
    }
    for (int i = 0; i < max_clients; i++) {
      /* It ends when nobody takes anything for this long; what is left is finite. */
      if (clients[i].fd >= 0 && tell(&clients[i]) && has_exited) exit_deadline = now_ms() + exit_limit_ms;
    }
    if (listener >= 0 && ends[max_clients + 2].revents) welcome(listener);
  }
}
