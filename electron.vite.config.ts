import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'

// One build runs on the oldest runtime in use (Electron 33: Node 20.18, Chrome 130) and on today's.
const node = 'node20.18'
const chrome = 'chrome130'

/** Programs built for Node, each to out/main/<name>.js. */
const programs = {
  main: 'electron/main.ts',
  rangers: 'electron/terminal/main.ts',
  database: 'electron/terminal/database.ts',
  watchdog: 'db/embedded/watchdog.ts',
}

const present = Object.fromEntries(
  Object.entries(programs)
    .map(([name, file]) => [name, resolve(file)] as const)
    .filter(([, file]) => existsSync(file)),
)

export default defineConfig({
  main: {
    build: {
      target: node,
      outDir: 'out/main',
      sourcemap: true,
      rolldownOptions: {
        input: present,
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      target: node,
      outDir: 'out/preload',
      rolldownOptions: {
        input: { preload: resolve('electron/preload.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' }, // a sandboxed preload cannot be ESM
      },
    },
  },
  renderer: {
    root: 'renderer',
    build: {
      target: chrome,
      outDir: 'out/renderer',
      rolldownOptions: { input: { index: resolve('renderer/index.html') } },
    },
    plugins: [react()],
  },
})
