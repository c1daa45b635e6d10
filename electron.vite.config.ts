import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'
import type { Plugin } from 'vite'

// One build runs on the oldest runtime in use (Electron 33: Node 20.18, Chrome 130) and on today's.
const node = 'node20.18'
const chrome = 'chrome130'

/** npm start builds into a folder beside out/ and swaps them when all is well. */
const out = resolve(process.env.RANGERS_BUILD_FOLDER ?? 'out')

/** The licences of what is built in; whoever gives the app away gives them along. */
const license = { fileName: 'licenses.md' }

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

/** The app's code is fetched while the frame of the window is painted, before main.tsx asks for it. */
const preloadApp: Plugin = {
  name: 'preload-app',
  transformIndexHtml: {
    order: 'post',
    handler(_html, { bundle }) {
      const files = Object.values(bundle ?? {})
      const app = files.find((file) => file.name === 'mount' && file.type === 'chunk')
      if (app?.type !== 'chunk') return []
      return [app.fileName, ...app.imports].map((file) => ({
        tag: 'link',
        attrs: { rel: 'modulepreload', crossorigin: true, href: `./${file}` },
        injectTo: 'head' as const,
      }))
    },
  },
}

export default defineConfig({
  main: {
    build: {
      target: node,
      externalizeDeps: { include: ['drizzle-kit'] }, // only `npm run db -- make` and `check` load it
      outDir: join(out, 'main'),
      license,
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
      license,
      emptyOutDir: true,
      rolldownOptions: { input: { index: resolve('renderer/index.html') } },
    },
    plugins: [react(), preloadApp],
  },
})
