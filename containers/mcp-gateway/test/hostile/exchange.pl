# Exchanges names with names in a folder aside and back, atomically, one at a time and for ever:
#   perl exchange.pl MIN_MS MAX_MS REST ASIDE [FOLDER NAME OTHER]...
# NAME in FOLDER changes places with OTHER in ASIDE, for times of any order between MIN_MS and MAX_MS, and rests for REST times
# as long. Folders are held open from the start, as their own names may be exchanged by another process; it begins when it is
# sent a line.
use strict;
use warnings;
use POSIX ();

my $RENAME_EXCHANGE = 2;
my $renameat2 = { x86_64 => 316, aarch64 => 276 }->{(POSIX::uname())[4]} or die "renameat2 has no number here\n";
my ($min, $max, $rest, $aside, @names) = @ARGV;
my $parent = getppid();
opendir(my $others, $aside) or die "$aside: $!\n";
my @targets;
while (my ($folder, $name, $other) = splice(@names, 0, 3)) {
  opendir(my $handle, $folder) or die "$folder: $!\n";
  push @targets, [$handle, $name, $other];
}
$| = 1;
print "ready\n";
readline(STDIN);
while (getppid() == $parent) {
  my ($folder, $name, $other) = @{$targets[rand @targets]};
  for my $times (1, $rest) {
    syscall($renameat2, fileno($folder), $name, fileno($others), $other, $RENAME_EXCHANGE) == 0 or die "renameat2 $name: $!\n";
    select(undef, undef, undef, $times * $min * ($max / $min) ** rand() / 1000);
  }
}
