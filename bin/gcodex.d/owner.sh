# shellcheck shell=sh
# Decides which user the container runs as. The container creates files in the workspace, which belongs to a person on the
# host: with the image's own user, that person could not change them, nor could the container write to the person's folder.
# Opening the folder to all users would be wrong on a machine with other people on it.

# Sets run_as: UID:GID, or nothing for the image's own user.
find_owner() {
  run_as=
  case ${GCODEX_USER-} in
    '') ;;
    image) return ;;
    *[!0-9:]* | :* | *: | *:*:*) fail "$WRONG_USE" "GCODEX_USER is '$GCODEX_USER'." 'Write UID:GID, such as 1000:1000, or "image".' ;;
    *)
      run_as=$GCODEX_USER
      return
      ;;
  esac
  case $engine in
    # its file sharing gives every user of a container the rights of the person
    *'Docker Desktop'*) return ;;
    # such an engine maps root in a container to the person
    *name=rootless*) run_as=0:0 ;;
    *)
      if [ "$(id -u)" -ne 0 ]; then
        run_as=$(id -u):$(id -g)
      else
        run_as=$(owner_of "$workspace")
        [ "${run_as%%:*}" != 0 ] || run_as=
      fi
      ;;
  esac
}

owner_of() {
  # shellcheck disable=SC2012 # numbers only, and stat has no portable form
  ls -ldn -- "$1" | awk '{ print $3 ":" $4 }'
}

# Sets workspace; creates the folder if it is missing.
find_workspace() {
  workspace=$(workspace_folder)
  [ -n "$workspace" ] || fail "$NO_TOOLBOX" "$compose_file mounts no folder at $WORKSPACE." 'Write it again: npx projen synth'
  if [ ! -d "$workspace" ]; then
    mkdir -p -- "$workspace" 2> /dev/null || fail "$NO_WORKSPACE" "The workspace folder $workspace cannot be created." 'Create it, or make the folder above it writable.'
    # root's own folder is of no use to a container without root
    [ "$(id -u)" -ne 0 ] || chown 10001:10001 -- "$workspace"
    note "created the workspace folder $workspace"
  fi
  if [ "$(id -u)" -ne 0 ] && [ ! -w "$workspace" ]; then
    fail "$NO_WORKSPACE" "You may not write to the workspace folder $workspace." "Take it over: sudo chown -R $(id -u):$(id -g) $workspace"
  fi
}
