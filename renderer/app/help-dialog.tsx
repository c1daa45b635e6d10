import { Dialog } from '../ui/dialog.tsx'
import { Kbd } from '../ui/kbd.tsx'
import styles from './help-dialog.module.css'

const isMac = navigator.platform.startsWith('Mac')
const COMMAND = isMac ? '⌘' : 'Ctrl'

const GROUPS: readonly { title: string; keys: readonly { keys: readonly string[]; text: string }[] }[] = [
  {
    title: 'Cards',
    keys: [
      { keys: ['C'], text: 'New card' },
      { keys: ['↑', '↓', '←', '→'], text: 'From card to card; also K J H L' },
      { keys: ['Enter'], text: 'Open the card' },
      { keys: ['E'], text: 'Edit its title' },
      { keys: [COMMAND, 'Enter'], text: 'Run agents on it' },
      { keys: ['Del'], text: 'Move it to the trash' },
    ],
  },
  {
    title: 'Moving',
    keys: [
      { keys: ['Space'], text: 'Pick up a card or a column, and drop it' },
      { keys: ['↑', '↓', '←', '→'], text: 'Move what is picked up' },
      { keys: ['Esc'], text: 'Leave it where it was' },
    ],
  },
  {
    title: 'Everywhere',
    keys: [
      { keys: ['Esc'], text: 'Close the card' },
      { keys: ['?'], text: 'This list' },
    ],
  },
]

/** All keys. */
export function HelpDialog({ onClose }: { onClose: () => void }) {
  return (
    <Dialog title="Keyboard shortcuts" onClose={onClose}>
      {GROUPS.map((group) => (
        <section key={group.title}>
          <h3 className={styles.title}>{group.title}</h3>
          <dl className={styles.keys}>
            {group.keys.map(({ keys, text }) => (
              <div key={text} className={styles.row}>
                <dt>{text}</dt>
                <dd>
                  {keys.map((key) => (
                    <Kbd key={key}>{key}</Kbd>
                  ))}
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </Dialog>
  )
}
