#!/usr/bin/env bash
# cdktf.json works with CDKTF's own command line: `cdktf synth` writes the JSON that `nx run infra:synth` writes.
# The command line is large and the project does not need it, so it is installed for this check alone.
set -euo pipefail
cli=${XDG_CACHE_HOME:-$HOME/.cache}/gatehouse/cdktf-cli-0.21.0
if [[ ! -x $cli/node_modules/.bin/cdktf ]]; then
  mkdir -p "$cli"
  npm install --prefix "$cli" --no-audit --no-fund --loglevel=error cdktf-cli@0.21.0
fi

npx nx run infra:synth
CHECKPOINT_DISABLE=1 "$cli/node_modules/.bin/cdktf" synth
for stack in network cognito ecr alb ecs; do
  diff "cdktf.out/local/stacks/$stack/cdk.tf.json" "cdktf.out/stacks/$stack/cdk.tf.json"
done
echo 'cdktf synth: the same JSON as nx run infra:synth, for five stacks'
