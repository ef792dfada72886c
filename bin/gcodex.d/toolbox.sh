# shellcheck shell=sh
# What gcodex has to know of the toolbox stands in the generated compose file, which has one key a line and every text in
# single quotes; nothing of it is written here a second time.

SERVICE=codex-cli
WORKSPACE=/workspace

# Sets compose_file.
find_toolbox() {
  if [ -n "${TOOLBOX_COMPOSE_FILE-}" ]; then
    [ -f "$TOOLBOX_COMPOSE_FILE" ] || fail "$NO_TOOLBOX" "The compose file $TOOLBOX_COMPOSE_FILE does not exist." 'It is named by TOOLBOX_COMPOSE_FILE.'
    compose_file=$(CDPATH='' cd -- "$(dirname -- "$TOOLBOX_COMPOSE_FILE")" && pwd -P)/$(basename -- "$TOOLBOX_COMPOSE_FILE")
    return
  fi
  # once the toolbox is approved, its draft no longer counts
  for name in docker-compose.yml docker-compose.draft.yml; do
    compose_file=$root/dist/compose/$name
    [ ! -f "$compose_file" ] || return 0
  done
  fail "$NO_TOOLBOX" "There is no compose file in $root/dist/compose." "Write it: cd $root && npx projen synth"
}

# service_lines SERVICE
service_lines() {
  awk -v wanted="  $1:" '/^[^ ]/ { top = $0 } top == "services:" && /^  [^ ]/ { inside = ($0 == wanted) } inside' "$compose_file"
}

has_service() {
  [ -n "$(service_lines "$1")" ]
}

service_image() {
  service_lines "$1" | sed -n "s/^    image: '\(.*\)'\$/\1/p"
}

# The service's files of secrets, one a line, absolute.
env_files() {
  service_lines "$1" \
    | awk '/^    [^ ]/ { inside = ($1 == "env_file:") } inside' \
    | sed -n "s/^      - \(path: \)\{0,1\}'\(.*\)'\$/\2/p" \
    | from_compose_file
}

# The command by which the service's health is judged, one word a line.
health_command() {
  service_lines "$1" \
    | awk '/^      test:/ { inside = 1; next } /^ {0,7}[^ ]/ { inside = 0 } inside' \
    | sed -n "s/^        - '\(.*\)'\$/\1/p" \
    | sed 1d
}

# The folder on the host that the container knows as /workspace, absolute.
workspace_folder() {
  service_lines "$SERVICE" \
    | sed -n "/^        source: /h; /^        target: '\\$WORKSPACE'\$/{x; s/^        source: '\(.*\)'\$/\1/p;}" \
    | from_compose_file
}

# Paths in the file are relative to it. The last part need not exist yet.
from_compose_file() {
  while IFS= read -r path; do
    case $path in
      /*) printf '%s\n' "$path" ;;
      *)
        folder=$(dirname -- "$compose_file")/$(dirname -- "$path")
        if resolved=$(CDPATH='' cd -- "$folder" 2> /dev/null && pwd -P); then
          folder=$resolved
        fi
        printf '%s/%s\n' "$folder" "$(basename -- "$path")"
        ;;
    esac
  done
}

compose() {
  docker compose --file "$compose_file" --progress quiet "$@"
}

# How a person would write what compose() does.
compose_words() {
  printf 'docker compose -f %s' "$compose_file"
}
