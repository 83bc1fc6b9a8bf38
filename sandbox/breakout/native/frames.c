/*
 * Raw Ethernet frames (packet(7)).
 *
 *   frames send INTERFACE TIMES HEX…   sends each frame TIMES times, destination address first; says how many went out
 *   frames hear INTERFACE SECONDS HEX  says on which interface a frame that holds these bytes was seen, and which byte follows them; INTERFACE `any` is all
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <net/if.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

static size_t bytes_of(const char *hex, unsigned char *bytes, size_t size) {
  size_t length = 0;
  for (unsigned byte; length < size && sscanf(hex + 2 * length, "%2x", &byte) == 1; length++) bytes[length] = (unsigned char)byte;
  return length;
}

static int open_on(const char *interface) {
  int fd = socket(AF_PACKET, SOCK_RAW, htons(ETH_P_ALL));
  if (fd < 0) {
    printf("refused %s\n", strerror(errno));
    exit(1);
  }
  struct sockaddr_ll place = {.sll_family = AF_PACKET, .sll_protocol = htons(ETH_P_ALL), .sll_ifindex = (int)if_nametoindex(interface)};
  if (strcmp(interface, "any") != 0 && bind(fd, (struct sockaddr *)&place, sizeof place) != 0) {
    printf("refused %s\n", strerror(errno));
    exit(1);
  }
  return fd;
}

static int send_frames(const char *interface, int times, int count, char **frames) {
  int fd = open_on(interface), sent = 0;
  for (int time = 0; time < times; time++) {
    for (int i = 0; i < count; i++) {
      unsigned char frame[2048];
      if (send(fd, frame, bytes_of(frames[i], frame, sizeof frame), 0) > 0) sent++;
      else printf("refused frame %d: %s\n", i, strerror(errno));
    }
  }
  printf("sent %d\n", sent);
  return 0;
}

static int hear(const char *interface, int seconds, const char *hex) {
  unsigned char wanted[64];
  size_t length = bytes_of(hex, wanted, sizeof wanted);
  int fd = open_on(interface);
  printf("hearing\n");
  fflush(stdout);
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  for (time_t end = now.tv_sec + seconds; now.tv_sec < end; clock_gettime(CLOCK_MONOTONIC, &now)) {
    struct pollfd ready = {.fd = fd, .events = POLLIN};
    if (poll(&ready, 1, 100) <= 0) continue;
    unsigned char frame[2048];
    struct sockaddr_ll from;
    socklen_t size = sizeof from;
    ssize_t got = recvfrom(fd, frame, sizeof frame, 0, (struct sockaddr *)&from, &size);
    unsigned char *found = got > 0 ? memmem(frame, (size_t)got, wanted, length) : NULL;
    char name[IF_NAMESIZE];
    if (found != NULL && found + length < frame + got && if_indextoname((unsigned)from.sll_ifindex, name) != NULL) printf("%s %d\n", name, found[length]);
  }
  return 0;
}

int main(int argc, char **argv) {
  setvbuf(stdout, NULL, _IOLBF, 0);
  if (argc > 4 && strcmp(argv[1], "send") == 0) return send_frames(argv[2], atoi(argv[3]), argc - 4, argv + 4);
  if (argc == 5 && strcmp(argv[1], "hear") == 0) return hear(argv[2], atoi(argv[3]), argv[4]);
  fprintf(stderr, "usage: frames send INTERFACE TIMES HEX… | frames hear INTERFACE SECONDS HEX\n");
  return 2;
}
