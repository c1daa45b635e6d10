import { ChevronLeft, RotateCcw } from 'lucide-react'
import { useDeferredValue, useState } from 'react'
import type { ActionId } from '../../lib/actions/catalogue.ts'
import { isMac } from '../../lib/is-mac.ts'
import { routeHash } from '../../lib/route.ts'
import { withoutKeys } from '../../lib/shortcuts/change-keys.ts'
import type { Combo } from '../../lib/shortcuts/combo.ts'
import { findActions } from '../../lib/shortcuts/find-actions.ts'
import { chooseKeys, defaultKeys } from '../../lib/shortcuts/keymap.ts'
import { useShortcutChoices } from '../../lib/shortcuts/use-shortcut-choices.ts'
import { texts } from '../../lib/texts/texts.ts'
import { Button } from '../../ui/button.tsx'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { TextInput } from '../../ui/field.tsx'
import { PageFrame, PageTitle } from '../../ui/page-frame.tsx'
import { KeyboardAction } from './keyboard-action.tsx'
import styles from './keyboard-page.module.css'
import { KeyboardRecorder } from './keyboard-recorder.tsx'
import { SettingsSection } from './settings-section.tsx'

/** What is pressed for which action, to be looked up and changed. */
export function KeyboardPage() {
  const { keymap, chosen, save, isChanged, changed } = useShortcutChoices()
  const [search, setSearch] = useState('')
  const [recording, setRecording] = useState<{ id: ActionId; replaced: Combo | null } | null>(null)
  const [isResetting, setResetting] = useState(false)
  const groups = findActions(useDeferredValue(search), keymap, isMac)
  return (
    <PageFrame width={720} gap={32}>
      <div className={styles.head}>
        <a href={routeHash({ page: 'settings', section: 'appearance' })} className={styles.back}>
          <ChevronLeft aria-hidden="true" />
          {texts.keyboard.settings}
        </a>
        <PageTitle>{texts.keyboard.keyboardShortcuts}</PageTitle>
        <div className={styles.bar}>
          <TextInput
            type="search"
            aria-label={texts.keyboard.searchShortcuts}
            placeholder={texts.keyboard.searchByActionOrKey}
            value={search}
            onChange={(event) => setSearch(event.target.value)}
          />
          <Button
            className={styles.reset}
            icon={<RotateCcw />}
            disabled={changed === 0}
            onClick={() => setResetting(true)}
          >
            {texts.keyboard.resetAll}
          </Button>
        </div>
      </div>
      {groups.map(({ title, ids }) => (
        <SettingsSection key={title} title={title}>
          <ul aria-label={title}>
            {ids.map((id) => (
              <KeyboardAction
                key={id}
                id={id}
                keymap={keymap}
                isChanged={isChanged(id)}
                onRecord={(replaced) => setRecording({ id, replaced })}
                onRemove={(combo) => save(withoutKeys(chosen, id, combo, isMac))}
                onReset={() => save(chooseKeys(chosen, id, defaultKeys(id, isMac), isMac))}
              />
            ))}
          </ul>
        </SettingsSection>
      ))}
      <p role="status" className={groups.length === 0 ? styles.none : 'hidden-visually'}>
        {groups.length === 0 && texts.keyboard.noAction(search.trim())}
      </p>
      {recording && (
        <KeyboardRecorder
          {...recording}
          chosen={chosen}
          onSave={(next) => {
            setRecording(null)
            save(next)
          }}
          onClose={() => setRecording(null)}
        />
      )}
      {isResetting && (
        <ConfirmDialog
          title={texts.keyboard.resetAllShortcuts}
          confirm={texts.keyboard.resetAll}
          onConfirm={() => {
            setResetting(false)
            save({})
          }}
          onClose={() => setResetting(false)}
        >
          {texts.keyboard.everyActionGetsKeys(changed)}
        </ConfirmDialog>
      )}
    </PageFrame>
  )
}
