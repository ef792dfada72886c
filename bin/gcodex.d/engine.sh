# shellcheck shell=sh

# Sets engine: the engine's system and security options. It is the first thing asked of it.
find_engine() {
  command -v docker > /dev/null 2>&1 || fail "$NO_DOCKER" 'Docker is not installed, or not in PATH.' 'Install Docker Engine or Docker Desktop.'
  if ! engine=$(docker info --format '{{.OperatingSystem}} {{.SecurityOptions}}' 2>&1); then
    case $engine in
      *'permission denied'*) fail "$NO_ENGINE" 'You may not talk to the Docker engine.' 'Join the group "docker" and log in again, or use a rootless engine.' ;;
      *) fail "$NO_ENGINE" 'The Docker engine does not answer.' 'Start Docker Desktop, or: sudo systemctl start docker' ;;
    esac
  fi
}

find_compose() {
  docker compose version > /dev/null 2>&1 || fail "$NO_COMPOSE" 'Docker Compose v2 is missing.' 'Install the package docker-compose-plugin (Debian: docker-compose).'
}

find_env_files() {
  env_files "$SERVICE" | while IFS= read -r file; do
    [ -f "$file" ] || fail "$NO_ENV_FILE" "The file of secrets $file is missing." \
      "Copy $(dirname -- "$compose_file")/$(basename -- "$file").example there, fill in its values, and: chmod 600 $file"
  done
}

image_exists() {
  docker image inspect "$1" > /dev/null 2>&1
}

# find_image SERVICE; sets image.
find_image() {
  image=$(service_image "$1")
  [ -n "$image" ] || fail "$NO_TOOLBOX" "$compose_file has no service $1 with an image." 'Write it anew: npx projen synth'
  image_exists "$image" || fail "$NO_IMAGE" "The image $image is not built." "Build it: $(compose_words) build $1"
}
