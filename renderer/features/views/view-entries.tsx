import { Pencil, Plus, RefreshCw, Star, Trash2 } from 'lucide-react'
import type { ViewId } from '#shared/ids.ts'
import type { SavedView } from '#shared/saved-view.ts'
import { texts } from '../../lib/texts/texts.ts'
import type { MenuEntry } from '../../ui/menu.tsx'

interface ViewChoices {
  views: readonly SavedView[]
  /** The one that is shown, as it is saved. */
  shown: SavedView | undefined
  /** The same, or the one that was shown before the person changed the filter. */
  current: SavedView | undefined
  /** What the board opens with. */
  defaultId: ViewId | null
  onShow: (view: SavedView) => void
  onSave: () => void
  onUpdate: (view: SavedView) => void
  onDefault: (id: ViewId | null) => void
  onRename: () => void
  onDelete: (view: SavedView) => void
}

/** The views to choose from, and what can be done with the one that is shown. */
export function viewEntries(given: ViewChoices): MenuEntry[] {
  const { views, shown, current, defaultId, onShow, onSave } = given
  return [
    ...views.map((view) => ({
      label: view.name,
      isChecked: view === shown,
      ...(view.id === defaultId && { hint: texts.views.opensFirst }),
      onSelect: () => onShow(view),
    })),
    ...(views.length > 0 ? [{ kind: 'separator' } as const] : []),
    ...(current && !shown ? [updateEntry(current, given)] : []),
    { label: texts.views.saveAsNewView, icon: <Plus />, isDisabled: shown !== undefined, onSelect: onSave },
    ...(current ? ownEntries(current, given) : []),
  ]
}

function updateEntry(view: SavedView, { onUpdate }: ViewChoices): MenuEntry {
  return { label: texts.views.update(view.name), icon: <RefreshCw />, onSelect: () => onUpdate(view) }
}

function ownEntries(view: SavedView, { defaultId, ...given }: ViewChoices): MenuEntry[] {
  const isDefault = defaultId === view.id
  return [
    {
      label: isDefault ? texts.views.doNotOpenFirst : texts.views.openBoard,
      icon: <Star />,
      onSelect: () => given.onDefault(isDefault ? null : view.id),
    },
    { label: texts.views.rename(view.name), icon: <Pencil />, onSelect: given.onRename },
    {
      label: texts.views.delete(view.name),
      icon: <Trash2 />,
      isDangerous: true,
      onSelect: () => given.onDelete(view),
    },
  ]
}
