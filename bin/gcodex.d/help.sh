# shellcheck shell=sh

show_help() {
  cat << 'HELP'
Usage: gcodex [ARGUMENT...]
       gcodex --tool NAME --dry-run [--call JSON] [--json] [--profile NAME]
       gcodex --doctor [--json]
       gcodex --version | --help

Runs codex with the profile of the toolbox in its container, on the folder that the container knows as /workspace.
Without ARGUMENTs codex is interactive. ARGUMENTs are codex's own, in any order: the profile is put where codex honours it.

  gcodex                            a session in the terminal
  gcodex resume --last              the latest session again; gcodex resume offers a list
  gcodex exec 'Explain main.c'      one task, for scripts; fails if the model gives no answer
  gcodex exec 'Go on' resume --last
  gcodex exec --help                codex's own help

Options of gcodex, before any subcommand:
  --tool NAME --dry-run  Is the tool offered to the model, under which name, with which schema? The real codex and the real
                         gateway answer; only the model is a stub.
  --call JSON            Have codex call the tool with these arguments as well
  --doctor               Check everything that gcodex needs, and say how to fix it
  --json                 The answer as JSON, for --tool and --doctor
  --version, -V          The version of codex in the container
  --help, -h             This help

gcodex creates the workspace folder if it is missing. Before each run it brings the gateway, if its image is built, and the
relay to the model server up to date with the compose file, so that a changed policy is in force. They keep running after
codex ends; `docker compose -f FILE --profile mcp down` stops them. Sessions are kept on a volume for `resume`.

The container runs as you, so that the workspace's files belong to you: on a Linux engine with your user and group, as root
with those of the workspace's owner, on Docker Desktop and for root's own files with the image's user.

Environment:
  TOOLBOX_COMPOSE_FILE   The compose file (default: dist/compose/docker-compose.yml, or else its draft)
  COMPOSE_PROJECT_NAME   The Compose project. Each checkout on a machine needs its own; COMPOSE_PROJECT_NAME=NAME in the file
                         .env beside the compose file does the same for good, also for `docker compose`
  GCODEX_PROFILE         The profile (default: garvis); --profile NAME does the same
  GCODEX_USER            UID:GID for the container, or "image" for the image's own user
  GCODEX_GATEWAY=off     Do not start the gateway

Exit codes:
  0   done; with --tool: it is offered       77  the workspace folder cannot be used
  64  usage error                            78  the gateway or the relay does not answer
  70  Docker is not installed                79  the tool is not offered
  71  the Docker engine does not answer      80  the call is not valid, was refused, or failed
  72  Docker Compose v2 is missing           81  exec: the model gave no answer
  73  no compose file                        82  codex cannot run as configured
  74  the file of secrets is missing         83  the Compose project belongs to another folder
  75  an image is missing                    84  there is no such session to resume
  76  the model server does not answer,      1   --doctor: something needs a fix
      or does not have the model
Every other exit code is that of codex, or of Docker (125 and more).
HELP
}
