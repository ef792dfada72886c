# shellcheck shell=sh

# Seconds within which an engine answers, even one that is starting.
ENGINE_LIMIT=30

# Sets engine: the engine's operating system and security options.
find_engine() {
  command -v docker > /dev/null 2>&1 || fail "$NO_DOCKER" 'Docker is not installed, or not in PATH.' 'Install Docker Engine or Docker Desktop.'
  code=0
  engine=$(within "$ENGINE_LIMIT" docker info --format '{{.OperatingSystem}} {{.SecurityOptions}}' 2>&1) || code=$?
  [ "$code" -ne 0 ] || return 0
  case $code:$engine in
    *'permission denied'*) fail "$NO_ENGINE" 'You may not talk to the Docker engine.' 'Join the group "docker" and log in again, or use a rootless engine.' ;;
    137:*) fail "$NO_ENGINE" "The Docker engine is there, but has not answered within $ENGINE_LIMIT seconds." \
      'It may still be starting, or be overloaded. Try again when this answers: docker info' ;;
    *) fail "$NO_ENGINE" 'The Docker engine does not answer.' 'Start Docker Desktop, or: sudo systemctl start docker' ;;
  esac
}

# within SECONDS COMMAND...: runs COMMAND, and kills it when it takes longer.
within() {
  limit=$1
  shift
  "$@" &
  command=$!
  {
    trap 'kill "$nap"' TERM
    sleep "$limit" &
    nap=$!
    wait "$nap" && kill -KILL "$command"
  } > /dev/null 2>&1 &
  guard=$!
  code=0
  wait "$command" || code=$?
  kill "$guard" 2> /dev/null || true
  return "$code"
}

find_compose() {
  docker compose version > /dev/null 2>&1 || fail "$NO_COMPOSE" 'Docker Compose v2 is missing.' 'Install the package docker-compose-plugin (Debian: docker-compose).'
}

find_env_files() {
  { env_files "$SERVICE"; printf '%s\n' "$variable_files"; } | while IFS= read -r file; do
    [ -z "$file" ] || [ -f "$file" ] || fail "$NO_ENV_FILE" "The file of secrets $file is missing." \
      "Copy $compose_folder/${file#"$project_folder/"}.example there, fill in its values, and: chmod 600 $file"
  done
}

image_exists() {
  docker image inspect "$@" > /dev/null 2>&1
}

# find_image SERVICE; sets image.
find_image() {
  image=$(service_image "$1")
  [ -n "$image" ] || fail "$NO_TOOLBOX" "$compose_file has no service $1 with an image." 'Write it again: npx projen synth'
  image_exists "$image" || fail "$NO_IMAGE" "The image $image is not built." "Build it: $(compose_words) build $1"
}

# Prints the address on which a server of the host must listen so that containers reach it: that of the engine's bridge, which
# no other machine reaches. An engine in a virtual machine reaches the host's loopback. Nothing if it is unknown.
host_address() {
  case $engine in
    *'Docker Desktop'*) echo 127.0.0.1 ;;
    *name=rootless*) ;;
    *) docker network inspect --format '{{range .IPAM.Config}}{{println .Gateway}}{{end}}' bridge 2> /dev/null | sed -n '/^[0-9.]\{7,15\}$/{p;q;}' ;;
  esac
}
