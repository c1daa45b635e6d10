import { chmod, mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { addCard, card, expect, openFolder, test } from './fixtures/rangers.ts'

test('settings show which agents are on this machine, how to have the others, and make one the default', async ({
  start,
  folder,
  repo,
}) => {
  const bin = path.join(folder, 'bin')
  await mkdir(bin)
  await writeFile(path.join(bin, 'opencode'), '#!/bin/sh\necho 1.18.33\n')
  await chmod(path.join(bin, 'opencode'), 0o755)
  const { page } = await start({ PATH: `${bin}:${process.env.PATH ?? ''}` })
  await openFolder(page, repo)
  await page.getByRole('link', { name: 'Settings' }).click()
  const agents = page.getByRole('region', { name: 'Agents', exact: true })

  const found = agents.getByRole('listitem', { name: 'OpenCode' })
  await expect(found).toContainText('Ready')
  await expect(found).toContainText('OpenCode 1.18.33, with your API key')
  await found.getByText('About OpenCode').click()
  await expect(found).toContainText(`Found at ${path.join(bin, 'opencode')}`)

  const missing = agents.getByRole('listitem', { name: 'Codex' })
  await expect(missing).toContainText('Not installed')
  await expect(missing).toContainText('npm install --global @agentclientprotocol/codex-acp')
  await missing.getByRole('button', { name: 'Copy the command that installs Codex' }).click()
  await expect(
    page.getByText('Copied. Run it in a terminal, then look again.', { exact: true }),
  ).toBeVisible()
  await expect(missing.getByRole('button', { name: 'Make Codex the default' })).toHaveCount(0)
  await expect(agents.getByRole('button', { name: 'Install Claude Agent' })).toBeVisible()

  await found.getByRole('button', { name: 'Make OpenCode the default' }).click()
  await expect(found).toContainText('Default')
  await writeFile(path.join(bin, 'opencode'), '#!/bin/sh\necho 1.19.0\n')
  await agents.getByRole('button', { name: 'Look again' }).click()
  await expect(found).toContainText('OpenCode 1.19.0')

  // Cards may be given to those that are here, and to no other.
  await page.goBack()
  await addCard(page, 'Backlog', 'Mend the sum')
  await card(page, 'Mend the sum').click()
  await page.getByRole('button', { name: 'Assignee: nobody' }).click()
  const choices = page.getByRole('listbox', { name: 'Assign to' })
  await expect(choices.getByRole('option', { name: /OpenCode/ })).toBeVisible()
  await expect(choices.getByRole('option', { name: /Codex/ })).toHaveCount(0)
})
