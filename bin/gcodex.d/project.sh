# shellcheck shell=sh
# The Compose project: what the engine has of the toolbox, and whose it is.

# Sets project, the name by which the engine keeps containers, networks and volumes apart, and default_project. Reads what
# Compose reads, in the same order, so that gcodex and a plain `docker compose` mean the same stack.
find_project() {
  default_project=$(sed -n 's/^name: //p' "$compose_file" | scalar)
  project=${COMPOSE_PROJECT_NAME-}
  [ -n "$project" ] || project=$(own_project)
  [ -n "$project" ] || project=$default_project
}

# Prints the project name that a person gave this folder. Compose reads .env only if it is given no other file.
own_project() {
  printf '%s\n' "${variable_files:-$compose_folder/.env}" | while IFS= read -r file; do
    [ ! -f "$file" ] || project_in "$file"
  done | sed -n '$p'
}

project_in() {
  sed -n 's/^[[:space:]]*\(export[[:space:]]\{1,\}\)\{0,1\}COMPOSE_PROJECT_NAME[[:space:]]*=[[:space:]]*["'\'']\{0,1\}\([A-Za-z0-9_-]*\).*/\2/p' \
    "$1"
}

# Sets containers: the project's containers, one a line: service, whether it is a one-off, state, id, folder of the compose file.
list_containers() {
  containers=$(docker ps --all --no-trunc --filter "label=com.docker.compose.project=$project" --format \
    '{{.Label "com.docker.compose.service"}}\t{{.Label "com.docker.compose.oneoff"}}\t{{.Status}}\t{{.ID}}\t{{.Label "com.docker.compose.project.working_dir"}}')
}

# container_of SERVICE COLUMN
container_of() {
  printf '%s\n' "$containers" | awk -F '\t' -v service="$1" -v column="$2" '$1 == service && $2 == "False" { print $column; exit }'
}

# A paused container counts: it can be resumed at any time.
is_running() {
  case $(container_of "$1" 3) in
    Up*) ;;
    *) return 1 ;;
  esac
}

# Two checkouts whose project has the same name share containers and volumes: codex would work on the other's files.
refuse_foreign_project() {
  printf '%s\n' "$containers" | cut -f 5 | sort -u | while IFS= read -r folder; do
    real=$(CDPATH='' cd -- "${folder:-/}" 2> /dev/null && pwd -P) || real=$folder
    if [ -n "$folder" ] && [ "$real" != "$compose_folder" ]; then
      fail "$FOREIGN_PROJECT" "The Compose project $project belongs to $folder: from here it would show that folder's files and replace its containers." \
        "Give this folder a project of its own: echo COMPOSE_PROJECT_NAME=$(name_for_folder) >> $(shell_word "$(printf '%s\n' "${variable_files:-$compose_folder/.env}" | sed 1q)"); or end the other one: docker compose -p $project down"
    fi
  done || exit "$?"
}

name_for_folder() {
  printf '%s-%s' "$default_project" "$(printf %s "$compose_folder" | cksum | cut -d ' ' -f 1)"
}

# Compose leaves a network alone whose definition has changed, without a word: one that was open stays open.
refuse_old_networks() {
  wanted=$(networks)
  # shellcheck disable=SC2046 # names have no spaces
  actual=$(docker network inspect --format '{{index .Labels "com.docker.compose.network"}}{{"\t"}}internal={{.Internal}}{{range $key, $value := .Options}} {{$key}}={{$value}}{{end}}' \
    $(printf '%s\n' "$wanted" | sed "s/^\([^ ]*\).*/${project}_\1/") 2> /dev/null) || true
  old=$(printf '%s\n' "$actual" "$wanted" | awk '
    /\t/ { actual[substr($0, 1, index($0, "\t") - 1)] = substr($0, index($0, "\t") + 1) " "; next }
    $1 in actual { for (field = 2; field <= NF; field++) if (index(" " actual[$1], " " $field " ") == 0) { print $1; next } }')
  [ -z "$old" ] || fail "$NO_GATEWAY" "Compose cannot change an existing network, and these have an older configuration: $(printf %s "$old" | tr '\n' ' ')" \
    "End all sessions, remove the networks, and start again: $(compose_words) --profile '*' down"
}
