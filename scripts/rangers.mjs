// npm run rangers -- COMMAND …: the terminal command, after a set-up that speaks on stderr only.
import './setup/require-node.mjs'

void import('./setup/run-program.mjs').then((step) => step.runProgram('rangers'))
