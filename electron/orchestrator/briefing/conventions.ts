/** How a project wants to be worked on, as its own files say. */
export interface Conventions {
  /** Configuration of tools, with what each one is. */
  tools: { path: string; what: string }[]
  /** Documents for people and agents who work on it, the most telling first. */
  guides: string[]
}

const TOOLS: readonly (readonly [RegExp, string])[] = [
  [/^biome\.jsonc?$/, 'Biome formats and lints'],
  [/^(\.eslintrc(\.\w+)?|eslint\.config\.\w+)$/, 'ESLint lints'],
  [/^(\.prettierrc(\.\w+)?|prettier\.config\.\w+)$/, 'Prettier formats'],
  [/^\.editorconfig$/, 'indentation and line ends'],
  [/^tsconfig(\.\w+)?\.json$/, 'TypeScript’s options'],
  [/^(ruff\.toml|\.ruff\.toml)$/, 'Ruff formats and lints'],
  [/^pyproject\.toml$/, 'Python’s tools'],
  [/^(setup\.cfg|tox\.ini|\.flake8|mypy\.ini)$/, 'Python’s linters and types'],
  [/^(rustfmt\.toml|\.rustfmt\.toml|clippy\.toml)$/, 'Rust’s format and lints'],
  [/^\.golangci\.(ya?ml|toml)$/, 'golangci-lint'],
  [/^\.rubocop\.yml$/, 'RuboCop'],
  [/^\.clang-(format|tidy)$/, 'C and C++ format and lints'],
  [/^\.stylelintrc(\.\w+)?$/, 'Stylelint'],
  [/^\.pre-commit-config\.ya?ml$/, 'checks before each commit'],
  [/^Makefile$/, 'make’s targets'],
]

const GUIDES = [
  /^AGENTS\.md$/i,
  /^CLAUDE\.md$/i,
  /^\.github\/copilot-instructions\.md$/i,
  /^(\.github\/|docs\/)?CONTRIBUTING(\.md|\.rst|\.txt)?$/i,
  /^(STYLE|STYLEGUIDE|CONVENTIONS)(\.md)?$/i,
  /^README(\.md|\.rst|\.txt)?$/i,
]

const MOST_GUIDES = 4

export function findConventions(paths: readonly string[]): Conventions {
  const atRoot = paths.filter((path) => !path.includes('/')).sort()
  return {
    tools: atRoot.flatMap((path) => {
      const what = TOOLS.find(([name]) => name.test(path))?.[1]
      return what ? [{ path, what }] : []
    }),
    guides: GUIDES.flatMap((guide) => paths.find((path) => guide.test(path)) ?? []).slice(0, MOST_GUIDES),
  }
}
