#!/bin/sh
# Builds the stand-in of ollama/ollama:<version>: the command and the paths of the API that the toolbox uses, without a model.
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)

docker build --quiet --tag "$1" --file - "$here" << DOCKERFILE
FROM $2
COPY ollama.mjs /bin/ollama
RUN chmod 0755 /bin/ollama
ENV OLLAMA_HOST=0.0.0.0:11434
EXPOSE 11434
ENTRYPOINT ["/bin/ollama"]
CMD ["serve"]
DOCKERFILE
