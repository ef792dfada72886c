# shellcheck shell=sh
# Serializes what changes the stack. Compose does not: of several `up` on a cold stack, all but one fail with the conflict of
# a container's name. Not every system has flock, but everywhere only one process can create a link, with its number as target.

# Tries of half a second: until a waiting person gets a note, and until the lock is given up, since a pull can be slow.
TRIES_BEFORE_NOTE=4
MOST_TRIES=1200

# lock_project: holds the lock of the project, until unlock_project or the end of gcodex.
lock_project() {
  lock=${TMPDIR:-/tmp}/gcodex-$(id -u)-$project.lock
  tries=0
  until take "$lock"; do
    [ -L "$lock" ] || fail "$WRONG_USE" "The lock $lock cannot be created." 'Set TMPDIR to a folder that you may write to.'
    holder=$(holder_of "$lock")
    is_alive "$holder" || break_lock "$holder"
    tries=$((tries + 1))
    [ "$tries" -ne "$TRIES_BEFORE_NOTE" ] || note "waiting for another gcodex (process $holder), which is starting the toolbox"
    [ "$tries" -lt "$MOST_TRIES" ] || fail "$NO_GATEWAY" "Another gcodex (process $holder) has been starting the toolbox for too long." \
      "End it, or remove its lock: rm -f $(shell_word "$lock") $(shell_word "$lock.breaking")"
    sleep 0.5
  done
  trap unlock_project EXIT
  trap 'exit 129' HUP
  trap 'exit 130' INT
  trap 'exit 143' TERM
}

unlock_project() {
  trap - EXIT HUP INT TERM
  rm -f -- "$lock"
}

# Creates a link. ln would create it inside a folder that the target names, and nothing below /dev/null is one.
take() {
  ln -s "/dev/null/$$" "$1" 2> /dev/null
}

holder_of() {
  link=$(readlink -- "$1" 2> /dev/null) || link=
  printf '%s\n' "${link##*/}"
}

# break_lock HOLDER: removes the lock of a process that was killed. Only who holds the second lock may, and looks again.
break_lock() {
  take "$lock.breaking" || return 0
  [ "$(holder_of "$lock")" != "$1" ] || rm -f -- "$lock"
  rm -f -- "$lock.breaking"
}

# is_alive PROCESS: also for a lock that has just gone, and has no holder to break
is_alive() {
  [ -z "$1" ] || kill -0 "$1" 2> /dev/null || [ -d "/proc/$1" ]
}
