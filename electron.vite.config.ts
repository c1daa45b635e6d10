import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'

// One build runs on the oldest runtime in use (Electron 33: Node 20.18, Chrome 130) and on today's.
const node = 'node20.18'
const chrome = 'chrome130'

/** npm start builds into a folder beside out/ and swaps them when all is well. */
const out = resolve(process.env.RANGERS_BUILD_FOLDER ?? 'out')

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
      externalizeDeps: { include: ['drizzle-kit'] }, // only `npm run db -- make` and `check` load it
      outDir: join(out, 'main'),
      emptyOutDir: true,
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
      outDir: join(out, 'preload'),
      emptyOutDir: true,
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
      minify: true,
      outDir: join(out, 'renderer'),
      emptyOutDir: true,
      rolldownOptions: { input: { index: resolve('renderer/index.html') } },
    },
    plugins: [react()],
  },
})
