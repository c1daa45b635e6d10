import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'

const RENDERER = path.resolve(import.meta.dirname, '../../../renderer')
const CATALOGUE = 'lib/texts/'

/** Attributes whose words a person sees or hears. */
const SPOKEN = new Set(
  'aria-description aria-label aria-roledescription aria-valuetext alt heading hint label placeholder text title'.split(
    ' ',
  ),
)

/** What no language changes: a space, names of keys, and how the main process marks what the demo agent says. */
const ALLOWED = ['&nbsp;', 'Shift Enter', 'Demo agent:']
const ALLOWED_FILES = ['lib/shortcuts/stroke.ts']

const LETTERS = /\p{L}{2}/u
/** Two words of which the first begins a sentence, or marks that only a text has. */
const SENTENCE = /^\p{Lu}[\p{L}’]+,? \p{L}{2}|[“”]|\p{L}…/u

describe('the words of the window', () => {
  it('stand in lib/texts and nowhere else', async () => {
    const names = (await readdir(RENDERER, { recursive: true }))
      .filter((name) => /\.tsx?$/.test(name))
      .map((name) => name.split(path.sep).join('/'))
    const files = await Promise.all(
      names
        .filter((name) => !name.startsWith(CATALOGUE) && !ALLOWED_FILES.includes(name))
        .map(async (name) => ({ name, source: await readFile(path.join(RENDERER, name), 'utf8') })),
    )
    expect(files.length).toBeGreaterThan(300)
    expect(files.flatMap(({ name, source }) => strayTexts(name, source))).toEqual([])
  })

  it.each([
    ['between tags', '<p>Some words</p>', 'Some words'],
    ['beside a value', '<p>{count} cards</p>', 'cards'],
    ['in an attribute', '<b title="Close" />', 'Close'],
    ['in an attribute that chooses', "<b aria-label={on ? 'Stop' : go} />", 'Stop'],
    ['in an attribute with a value', '<b label={`Open $' + '{name}`} />', 'Open'],
    ['as a sentence of the code', "tell('The card is gone.')", 'The card is gone.'],
    ['as a sentence with a value', 'tell(`The card $' + '{name} is gone`)', 'The card'],
    ['as a quotation', "tell('“this”')", '“this”'],
  ])('are found %s', (_where, source, found) => {
    expect(strayTexts('planted.tsx', source)).toEqual([`planted.tsx:1 ${found}`])
  })

  it.each([
    ['<p className="a b">{texts.a.b}</p>'],
    ["<b title={name === 'Ada' ? texts.a : texts.b} />"],
    ["throw new Error('This belongs inside a board.')"],
    ["const key: 'Some words' = other"],
  ])('are not taken for words: %s', (source) => {
    expect(strayTexts('planted.tsx', source)).toEqual([])
  })
})

/** The words of a file that a person would see, each with its line. */
function strayTexts(name: string, source: string): string[] {
  const file = ts.createSourceFile(name, source, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX)
  const found: string[] = []
  const note = (node: ts.Node, text: string): void => {
    const words = text.trim().replace(/\s+/g, ' ')
    if (ALLOWED.includes(words)) return
    found.push(`${name}:${file.getLineAndCharacterOfPosition(node.getStart()).line + 1} ${words}`)
  }
  const visit = (node: ts.Node, isSpoken: boolean): void => {
    if (isNoText(node)) return
    const text = literalOf(node)
    const words = ts.isJsxText(node) || isSpoken ? LETTERS : SENTENCE
    if (text !== undefined && words.test(text)) note(node, text)
    ts.forEachChild(node, (child) => visit(child, isSpokenWithin(node, isSpoken)))
  }
  visit(file, false)
  return found
}

/** An attribute’s literals are its words, whatever chooses between them; what is handed to a function or looked up is not. */
function isSpokenWithin(node: ts.Node, isSpoken: boolean): boolean {
  if (ts.isJsxAttribute(node)) return SPOKEN.has(node.name.getText())
  return (
    isSpoken &&
    !ts.isCallExpression(node) &&
    !ts.isElementAccessExpression(node) &&
    !ts.isObjectLiteralExpression(node)
  )
}

function literalOf(node: ts.Node): string | undefined {
  return ts.isJsxText(node) ||
    ts.isStringLiteral(node) ||
    ts.isNoSubstitutionTemplateLiteral(node) ||
    ts.isTemplateHead(node) ||
    ts.isTemplateMiddle(node) ||
    ts.isTemplateTail(node)
    ? node.text
    : undefined
}

/** What is for the programmer: imports, types, comparisons, and errors that tell of a mistake in the code. */
function isNoText(node: ts.Node): boolean {
  return (
    ts.isImportDeclaration(node) ||
    ts.isTypeNode(node) ||
    (ts.isBinaryExpression(node) && /^([!=]==|in)$/.test(node.operatorToken.getText())) ||
    (ts.isNewExpression(node) && /^(Error|DOMException)$/.test(node.expression.getText()))
  )
}
