import { build } from 'vite'

/** One file for Electron's main process or a preload script, with everything in it but Electron and pg. */
export async function bundleForNode(
  entry: string,
  outDir: string,
  format: 'es' | 'cjs',
  name: string,
): Promise<void> {
  await build({
    configFile: false,
    logLevel: 'warn',
    ssr: { noExternal: true, external: ['electron', 'pg'] },
    build: {
      ssr: entry,
      outDir,
      emptyOutDir: false,
      target: 'node20.18',
      minify: false,
      rolldownOptions: { output: { format, entryFileNames: name, codeSplitting: false } },
    },
  })
}

/** A page whose folder holds index.html. */
export async function bundlePage(root: string, outDir: string): Promise<void> {
  await build({
    configFile: false,
    logLevel: 'warn',
    root,
    base: './',
    build: { outDir, emptyOutDir: true, target: 'chrome130', minify: false, modulePreload: false },
  })
}
