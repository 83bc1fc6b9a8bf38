# Burns all that a Docker host may have, until standard input ends, but no longer than ten minutes: processors, memory up to the limit and over it,
# processes up to the limit, and the disk, with bytes that do not compress. Whatever the kernel kills or refuses in doing so is tried again.
use strict;
use warnings;
use IO::Handle;

setpgrp(0, 0);
my ($cores) = (`nproc` =~ /(\d+)/);

keep(\&burn_processor) for 1 .. 2 * $cores;
keep(\&burn_memory);
keep(\&burn_disk);
keep(\&burn_processes);
print "burning\n";
STDOUT->flush();

$SIG{ALRM} = sub { kill 'KILL', -getpgrp() };
alarm 600;
while (sysread(STDIN, my $ignored, 4096)) { }
kill 'KILL', -getpgrp();

# A child that does the work again whenever its own child has ended, however it has ended.
sub keep {
  my ($work) = @_;
  return if start_child();
  for (;;) {
    my $pid = fork;
    if (!defined $pid) { select(undef, undef, undef, 0.05); next }
    if ($pid == 0) { $work->(); exit 0 }
    waitpid($pid, 0);
  }
}

sub start_child {
  for (;;) {
    my $pid = fork;
    return $pid if defined $pid;
    select(undef, undef, undef, 0.05);
  }
}

sub burn_processor {
  my $number = 1;
  $number = ($number * 48271) % 2147483647 for 1 .. 1_000_000_000;
}

# Takes memory until the kernel ends it: the limit is met again and again.
sub burn_memory {
  my @taken;
  push @taken, 'x' x (16 * 1024 * 1024) while 1;
}

# Writes and fsyncs until the disk is full, reads it all back, and begins anew.
sub burn_disk {
  open my $random, '<', '/dev/urandom' or exit 1;
  my @files;
  for my $number (1 .. 400) {
    my $name = "/var/tmp/burn-$number";
    push @files, $name;
    open my $file, '>', $name or last;
    my $isFull = 0;
    for (1 .. 16) {
      sysread($random, my $bytes, 1024 * 1024);
      if (!syswrite($file, $bytes)) { $isFull = 1; last }
    }
    $file->sync();
    close $file;
    last if $isFull;
  }
  for my $name (@files) {
    open my $file, '<', $name or next;
    while (sysread($file, my $bytes, 1024 * 1024)) { }
  }
  unlink @files;
}

# Starts processes until it is refused, lets half of them go, and goes on: the limit is met all the time.
sub burn_processes {
  my @children;
  for (;;) {
    my $pid = fork;
    if (!defined $pid) {
      my @half = splice @children, 0, 1 + @children / 2;
      kill 'KILL', @half;
      waitpid($_, 0) for @half;
      next;
    }
    if ($pid == 0) { sleep 3600; exit 0 }
    push @children, $pid;
  }
}
