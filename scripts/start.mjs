// npm start: sets up what is missing, then opens the app. Nothing but Node's own modules until that is done.
import './setup/require-node.mjs'

void import('./setup/open-app.mjs').then((step) => step.openApp(process.argv.slice(2)))
