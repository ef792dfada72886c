# shellcheck shell=sh
# Every check has a name, what was found, what is asked and how to mend it. A check that cannot be made is not passed.

# doctor [--json]
doctor() {
  case ${1-} in
    '') json='' ;;
    --json) json=yes ;;
    *) fail "$WRONG_USE" "'$1' is no option of gcodex --doctor." 'There is: gcodex --doctor --json' ;;
  esac
  results=$(look_at_everything)
  if [ -n "$json" ]; then
    printf '%s\n' "$results" | results_as_json
  else
    printf '%s\n' "$results" | results_as_text
  fi
  ! printf '%s\n' "$results" | grep -q "^fail$TAB" || exit 1
}

TAB=$(printf '\t')

# result STATUS NAME FOUND ASKED MEND
result() {
  printf '%s\t%s\t%s\t%s\t%s' "$1" "$2" "$3" "$4" "${5-}" | tr '\n' ' '
  echo
}

# attempt NAME ASKED COMMAND...: what the commands of gcodex say when they fail is the finding. They end the shell that they
# run in, and set variables in it: so they run once to see, and once more, here, for what they set.
attempt() {
  name=$1 asked=$2
  shift 2
  if message=$( ("$@") 2>&1); then
    "$@" 2> /dev/null
    return
  fi
  result fail "$name" \
    "$(printf '%s\n' "$message" | sed -n 's/^gcodex: //p')" "$asked" "$(printf '%s\n' "$message" | sed -n 's/^        //p')"
  return 1
}

look_at_everything() {
  ready=yes
  if attempt docker 'A Docker engine that answers' find_engine; then
    result ok docker "$(docker version --format 'Client {{.Client.Version}}, engine {{.Server.Version}}' 2> /dev/null)" 'A Docker engine that answers'
  else
    ready=
  fi
  if attempt compose 'Docker Compose v2' find_compose; then
    result ok compose "$(docker compose version --short 2> /dev/null)" 'Docker Compose v2'
  else
    ready=
  fi
  attempt compose-file 'The generated compose file' find_toolbox || return 0
  result ok compose-file "$compose_file" 'The generated compose file'

  look_at_configuration
  look_at_secrets
  if attempt workspace 'A folder that you may write to' find_workspace; then
    look_at_workspace
  else
    ready=
  fi
  if [ -z "${engine-}" ]; then
    result fail codex-image 'The engine could not be asked' 'A built image' 'Mend the check "docker" first.'
    ready=
  elif attempt codex-image 'A built image' find_image "$SERVICE"; then
    result ok codex-image "$image" 'A built image'
  else
    ready=
  fi
  look_from_inside
  look_at_gateway
}

# Each service has a user of its own, and reads its files from the host. A strict umask at the checkout closes them.
look_at_configuration() {
  asked='Configuration files that every service can read'
  folder=$(dirname -- "$compose_file")/config
  closed=$(find "$folder" ! -perm -004 2> /dev/null | head -n 1)
  if [ -z "$closed" ]; then
    result ok configuration "$folder" "$asked"
  else
    result fail configuration "$closed is closed to others" "$asked" "Open them for reading: chmod -R o+rX $folder"
    ready=
  fi
}

look_at_secrets() {
  if ! attempt env-file 'A value for every key, and nobody else who may read it' find_secrets; then
    ready=
    return
  fi
  result ok env-file 'Every key has a value' 'A value for every key, and nobody else who may read it'
}

# In this shell, and so that fail() ends it: values are compared with nothing, and never shown.
find_secrets() {
  find_env_files || exit "$?"
  env_files "$SERVICE" | while IFS= read -r file; do
    example=$(dirname -- "$compose_file")/$(basename -- "$file").example
    keys=$(sed -n 's/^\([A-Za-z_][A-Za-z0-9_]*\)=.*/\1/p' "$example" 2> /dev/null) || keys=
    for key in $keys; do
      grep -q "^$key=..*" "$file" || fail "$NO_ENV_FILE" "$file has no value for $key." "$example says what it is."
    done
    case $(ls -ld -- "$file") in
      ????------*) ;;
      *) fail "$NO_ENV_FILE" "$file may be read by others." "Close it: chmod 600 $file" ;;
    esac
  done || exit "$?"
}

# The gateway has a user of its own, and sees what everybody may see.
look_at_workspace() {
  case $(ls -ld -- "$workspace/.") in
    ???????r?x*) result ok workspace "$workspace" 'A folder that you may write to, and the gateway may read' ;;
    *) result fail workspace "$workspace is closed to others, so the gateway cannot read it" \
      'A folder that you may write to, and the gateway may read' "Open it for reading: chmod o+rx $workspace" ;;
  esac
}

# What only a container can tell: its configuration, its workspace, its way to the model server.
look_from_inside() {
  if [ -z "$ready" ]; then
    result fail container 'No container could be started' 'A container that reaches the model server' 'Mend the other checks first.'
    return
  fi
  find_owner
  report=$(run_in_container toolbox-report 2> /dev/null < /dev/null) || true
  report=$(printf '%s\n' "$report" | tr -d '\r' | grep -E "^(ok|fail)$TAB") || true
  if [ -z "$report" ]; then
    result fail container 'The container does not start' 'A container that reaches the model server' "Its reason: $(compose_words) run --rm $SERVICE toolbox-report"
  else
    printf '%s\n' "$report"
  fi
}

look_at_gateway() {
  has_service "$GATEWAY" || return 0
  if [ -z "${engine-}" ]; then
    result fail gateway 'The engine could not be asked' 'A gateway that answers' 'Mend the check "docker" first.'
  elif ! gateway_running; then
    gateway_image=$(service_image "$GATEWAY")
    if image_exists "$gateway_image"; then
      result ok gateway 'Not running; gcodex starts it when it is needed' 'A gateway that answers'
    else
      result fail gateway "The image $gateway_image is not built" 'A gateway that answers' "Build it: $(compose_words) build $GATEWAY"
    fi
  elif gateway_answers; then
    result ok gateway 'It answers' 'A gateway that answers'
  else
    result fail gateway 'It runs and does not answer' 'A gateway that answers' "Its log says why: $(compose_words) logs $GATEWAY"
  fi
}

results_as_text() {
  awk -F '\t' '{
    printf "%-4s  %-13s %s\n", $1, $2, $3
    if ($1 == "fail") printf "      %-13s asked: %s\n      %-13s mend:  %s\n", "", $4, "", $5
  }'
}

results_as_json() {
  awk -F '\t' '
    function text(value) {
      gsub(/\\/, "\\\\", value)
      gsub(/"/, "\\\"", value)
      gsub(/[[:cntrl:]]/, " ", value)
      return "\"" value "\""
    }
    { if ($1 == "fail") failed = 1
      checks = checks (NR > 1 ? "," : "") "\n    {\"name\": " text($2) ", \"status\": " text($1) ", \"found\": " text($3) ", \"asked\": " text($4) ($5 == "" ? "" : ", \"mend\": " text($5)) "}" }
    END { printf "{\n  \"ok\": %s,\n  \"checks\": [%s\n  ]\n}\n", failed ? "false" : "true", checks }'
}
