import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Folder, FolderX } from 'lucide-react'
import type { Project } from '#shared/project.ts'
import { keys } from '../../lib/query-keys.ts'
import { texts } from '../../lib/texts/texts.ts'
import { api } from '../../lib/trpc.ts'
import { useAction } from '../../lib/use-action.ts'
import { Tooltip } from '../../ui/tooltip.tsx'
import styles from './board-toolbar.module.css'

/** Where the project lies on this computer; where it does not, the way to say where it does. */
export function ProjectPlaceMark({ project }: { project: Project }) {
  const cache = useQueryClient()
  const queryKey = keys.projectPlace(project.id)
  const { data: place } = useQuery({
    queryKey,
    queryFn: ({ signal }) => api.projects.place.query({ id: project.id }, { signal }),
    retry: false,
  })
  const locate = useAction(
    async () => {
      const path = await api.projects.pickFolder.mutate()
      return path === null ? null : api.projects.locate.mutate({ id: project.id, path })
    },
    {
      failed: texts.board.folderNotTaken,
      onSuccess: (found) => {
        if (found) cache.setQueryData(queryKey, found)
      },
    },
  )
  if (place?.state === 'elsewhere') {
    return (
      <Tooltip text={place.message}>
        <button
          type="button"
          className={styles.provider}
          disabled={locate.isPending}
          onClick={() => locate.mutate()}
        >
          <FolderX className={styles.warning} />
          <span className={styles.providerName}>{texts.board.folderNotHere}</span>
        </button>
      </Tooltip>
    )
  }
  const path = place?.path ?? project.path
  return (
    <Tooltip text={path}>
      <span className={styles.path}>
        <Folder />
        <span className={styles.pathText}>{path}</span>
      </span>
    </Tooltip>
  )
}
