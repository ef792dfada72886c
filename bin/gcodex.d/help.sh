# shellcheck shell=sh

show_help() {
  cat << 'HELP'
Usage: gcodex [ARGUMENT...]
       gcodex --tool NAME --dry-run [--call JSON] [--json]
       gcodex --doctor [--json]
       gcodex --version | --help

Runs codex with the profile of the toolbox in its container, on the folder that the container knows as /workspace.
Without ARGUMENTs codex is interactive; ARGUMENTs are codex's own, and the profile is put where codex honours it:

  gcodex                          a session in the terminal
  gcodex exec 'Explain main.c'    one task, for scripts; fails when the model gives no answer
  gcodex exec --help              codex's own help

Options of gcodex come first:
  --tool NAME --dry-run  Is the tool offered to the model, under which name, with which schema? The real codex and the real
                         gateway answer; the model is replaced by one that thinks of nothing.
  --call JSON            Have codex call the tool with these arguments as well
  --doctor               Look at everything gcodex needs, and say how to mend it
  --json                 The answer as JSON, for --tool and --doctor
  --version, -V          The version of codex in the container
  --help, -h             This help

gcodex makes the workspace folder when it is missing, and starts the gateway when it is built and not running. The gateway
goes on after codex ends; `docker compose -f FILE --profile mcp down` ends it.

The container runs as you, so that files of the workspace belong to you: on a Linux engine with your user and group, as
root with those of the workspace's owner, on Docker Desktop and for what belongs to root with the image's own user.

Environment:
  TOOLBOX_COMPOSE_FILE   The compose file (default: dist/compose/docker-compose.yml, or else its draft)
  GCODEX_PROFILE         The profile (default: garvis); --profile NAME does the same
  GCODEX_USER            UID:GID for the container, or "image" for the image's own user
  GCODEX_GATEWAY=off     Do not start the gateway

Exit codes:
  0   done; with --tool: it is offered       76  the model server does not answer
  64  wrong use of gcodex                    77  the workspace folder cannot be used
  70  Docker is not installed                78  the gateway does not answer
  71  the Docker engine does not answer      79  the tool is not offered
  72  Docker Compose v2 is missing           80  the call is not valid, was refused, or failed
  73  no compose file                        81  exec: the model gave no answer
  74  the file of secrets is missing         82  codex cannot run as configured
  75  an image is not built                  1   --doctor: something is to be mended
Every other exit code is that of codex, or of Docker (125 and more).
HELP
}
