/** What the window does not need for its first paint; main.ts loads it while the window is drawn. */
export { answerLastScreen } from './answer-last-screen.ts'
export { appRouter } from './api/router.ts'
export { loadConfig } from './config.ts'
export { acceptPorts } from './ipc/electron-port.ts'
export { StartNews } from './ipc/start-news.ts'
export { openApp } from './open-app.ts'
