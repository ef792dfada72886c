# shellcheck shell=sh
# Reads what gcodex needs from the generated compose file, which has one key a line. Nothing in it is written here again.

SERVICE=codex-cli
WORKSPACE=/workspace

# Sets compose_file, variable_files and project.
find_toolbox() {
  if [ -n "${TOOLBOX_COMPOSE_FILE-}" ]; then
    [ -f "$TOOLBOX_COMPOSE_FILE" ] || fail "$NO_TOOLBOX" "The compose file $TOOLBOX_COMPOSE_FILE does not exist." 'TOOLBOX_COMPOSE_FILE names it.'
    compose_file=$(CDPATH='' cd -- "$(dirname -- "$TOOLBOX_COMPOSE_FILE")" && pwd -P)/$(basename -- "$TOOLBOX_COMPOSE_FILE")
    project_folder=$(dirname -- "$(dirname -- "$(dirname -- "$compose_file")")")
  else
    project_folder=$root
    # the approved file takes precedence over a draft
    compose_file=$root/dist/compose/docker-compose.yml
    [ -f "$compose_file" ] || compose_file=$root/dist/compose/docker-compose.draft.yml
    [ -f "$compose_file" ] || fail "$NO_TOOLBOX" "There is no compose file in $root/dist/compose." "Write it: cd $root && npx projen synth"
  fi
  compose_folder=$(dirname -- "$compose_file")
  variable_files=$(variable_files)
  find_project
}

# Prints the files from which Compose reads the variables of the compose file, one a line, absolute. A file that only sets
# parameters may be missing: they have defaults.
variable_files() {
  sed 's/\$\$//g' "$compose_file" | awk -v folder="$project_folder/" '
    {
      while (match($0, /\$\{[^}]*\}/)) {
        variable = substr($0, RSTART + 2, RLENGTH - 3)
        $0 = substr($0, RSTART + RLENGTH)
        file = ".env.local"
        required = (variable ~ /:\?set .* in /)
        if (required) { file = variable; sub(/.* in /, "", file) }
        if (!(file in needs)) order[++count] = file
        needs[file] = needs[file] || required
      }
    }
    END { for (i = 1; i <= count; i++) print needs[order[i]], folder order[i] }' | while read -r required file; do
    if [ "$required" = 1 ] || [ -f "$file" ]; then
      printf '%s\n' "$file"
    fi
  done
}

# service_lines SERVICE
service_lines() {
  awk -v wanted="  $1:" '/^[^ ]/ { top = $0 } top == "services:" && /^  [^ ]/ { inside = ($0 == wanted) } inside' "$compose_file"
}

has_service() {
  [ -n "$(service_lines "$1")" ]
}

service_image() {
  service_lines "$1" | sed -n 's/^    image: //p' | scalar
}

# Succeeds if the service's image is built here, so no registry has it.
is_built() {
  service_lines "$1" | grep -q '^    build:'
}

# Prints the services that must run before SERVICE, one a line. One-shots, which Compose runs to their end, are left out.
dependencies() {
  service_lines "$1" | awk '
    /^    [^ ]/ { inside = ($1 == "depends_on:"); next }
    !inside { next }
    /^      - / { print $2 }
    /^      [^ -]/ { name = $1; sub(/:$/, "", name) }
    /^        condition:/ && !/service_completed_successfully/ { print name }' | scalar
}

has_one_shots() {
  service_lines "$1" | grep -q "^        condition: '\{0,1\}service_completed_successfully"
}

# Prints the networks, one a line: name, internal=true or false, and the driver's options, each as KEY=VALUE.
networks() {
  awk '
    function flush() { if (name != "") print name " internal=" internal options }
    /^[^ ]/ { flush(); name = ""; inside = ($1 == "networks:"); next }
    !inside { next }
    /^  [^ ]/ { flush(); name = $1; sub(/:$/, "", name); internal = "false"; options = ""; next }
    /^    [^ ]/ { key = $1 }
    /^    internal:/ { internal = $2 }
    /^      / && key == "driver_opts:" { gsub(/["\047]/, ""); sub(/:$/, "", $1); options = options " " $1 "=" $2 }
    END { flush() }' "$compose_file"
}

# Prints the service's env files, one a line, absolute.
env_files() {
  service_lines "$1" \
    | awk '/^    [^ ]/ { inside = ($1 == "env_file:") } inside' \
    | sed -n 's/^      - \(path: \)\{0,1\}//p' \
    | scalar \
    | from_compose_file
}

# Prints the command that checks the service's health, one word a line.
health_command() {
  service_lines "$1" \
    | awk '/^      test:/ { inside = 1; next } /^    [^ ]/ || /^      [^ -]/ { inside = 0 } inside' \
    | sed -n 's/^ \{6,8\}- //p' \
    | scalar \
    | sed 1d
}

# Prints the host's folder that the container knows as /workspace, absolute.
workspace_folder() {
  service_lines "$SERVICE" \
    | awk -v wanted="$WORKSPACE" '
      $1 == "source:" { source = substr($0, index($0, ":") + 2) }
      $1 == "target:" { gsub(/["\047]/, "", $2) }
      $1 == "target:" && $2 == wanted { print source }' \
    | scalar \
    | from_compose_file
}

# Reads YAML scalars, one a line, and prints their values: plain, or in quotes, with the $ that Compose has doubled and the
# parameters as Compose takes them: from the shell, from a file, or their default. An empty value counts as none.
scalar() {
  variable_files=${variable_files-} awk -v quote="'" '
  function read_files(  files, count, i, line, name) {
    count = split(ENVIRON["variable_files"], files, "\n")
    for (i = 1; i <= count; i++) {
      while (files[i] != "" && (getline line < files[i]) > 0) {
        sub(/^[ \t]*(export[ \t]+)?/, "", line)
        if (match(line, /^[A-Za-z_][A-Za-z0-9_]*[ \t]*=[ \t]*/) == 0) continue
        name = substr(line, 1, RLENGTH)
        gsub(/[ \t=]/, "", name)
        line = substr(line, RLENGTH + 1)
        if (line ~ /^".*"/ || line ~ "^" quote ".*" quote) { sub(/^./, "", line); sub("[\"" quote "][^\"" quote "]*$", "", line) }
        else { sub(/(^|[ \t]+)#.*/, "", line); sub(/[ \t]+$/, "", line) }
        set[name] = line
      }
    }
  }
  function value(variable,  name, fallback) {
    name = variable
    sub(/:.*/, "", name)
    fallback = variable ~ /:-/ ? substr(variable, index(variable, ":-") + 2) : ""
    gsub(/\$\$/, "$", fallback)
    return ENVIRON[name] != "" ? ENVIRON[name] : set[name] != "" ? set[name] : fallback
  }
  BEGIN { read_files() }
  {
    if (length($0) > 1 && substr($0, 1, 1) == quote) {
      $0 = substr($0, 2, length($0) - 2)
      gsub(quote quote, quote)
    } else if (length($0) > 1 && substr($0, 1, 1) == "\"") {
      $0 = substr($0, 2, length($0) - 2)
    }
    text = ""
    while (match($0, /\$\$|\$\{[^}]*\}/)) {
      found = substr($0, RSTART, RLENGTH)
      text = text substr($0, 1, RSTART - 1) (found == "$$" ? "$" : value(substr(found, 3, RLENGTH - 3)))
      $0 = substr($0, RSTART + RLENGTH)
    }
    print text $0
  }'
}

# Makes the compose file's relative paths absolute. The last part need not exist.
from_compose_file() {
  while IFS= read -r path; do
    case $path in
      /*) printf '%s\n' "$path" ;;
      *)
        folder=$compose_folder/$(dirname -- "$path")
        if resolved=$(CDPATH='' cd -- "$folder" 2> /dev/null && pwd -P); then
          folder=$resolved
        fi
        printf '%s/%s\n' "$folder" "$(basename -- "$path")"
        ;;
    esac
  done
}

compose() {
  call_compose '' "$@"
}

# call_compose exec|'' ARGUMENT...: with the files of variables, and in place of this shell if that is asked for.
call_compose() {
  in_place=$1
  shift
  set -- --project-name "$project" --file "$compose_file" --progress quiet "$@"
  while IFS= read -r file; do
    [ -z "$file" ] || set -- --env-file "$file" "$@"
  done << FILES
$variable_files
FILES
  ${in_place:+exec} docker compose "$@"
}

# Prints a word as a person would type it in a shell: in quotes only where it needs them.
shell_word() {
  case $1 in
    *[!A-Za-z0-9_./:@%+=,-]*) printf "'%s'" "$(printf %s "$1" | sed "s/'/'\\\\''/g")" ;;
    *) printf %s "$1" ;;
  esac
}

# Prints compose() as a person would type it.
compose_words() {
  printf 'docker compose -f %s' "$(shell_word "$compose_file")"
  printf '%s\n' "$variable_files" | while IFS= read -r file; do
    [ -z "$file" ] || printf ' --env-file %s' "$(shell_word "$file")"
  done
  # Compose itself finds a name that stands in the file or beside it
  [ -z "${COMPOSE_PROJECT_NAME-}" ] || [ "$project" = "$default_project" ] || printf ' -p %s' "$project"
}
