// npm test: sets up what is missing, then runs every check. npm test -- STAGE…: only those.
import './setup/require-node.mjs'

void import('./setup/run-checks.mjs').then((step) => step.runChecks(process.argv.slice(2)))
