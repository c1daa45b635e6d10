import { FilePen, Folder, GitBranch, TriangleAlert } from 'lucide-react'
import type { FolderReport } from '#shared/project.ts'
import { plural } from '../../lib/format.ts'
import { Callout } from '../../ui/notice.tsx'
import styles from './open-folder-dialog.module.css'

/** What was found in a folder, and what it means for the work of agents. */
export function FolderFacts({ report }: { report: FolderReport }) {
  return (
    <div className={styles.facts}>
      <p className={styles.fact}>
        <Folder />
        <span className={styles.mono}>{report.path}</span>
      </p>
      {report.kind === 'repository' && <RepositoryFacts report={report} />}
      {report.kind === 'empty_repository' && (
        <Callout tone="warn" icon={<TriangleAlert />} title="A repository without a commit">
          Agents start from a commit. You can open it and write cards; make a first commit before you run
          them.
        </Callout>
      )}
      {report.kind === 'plain_folder' && (
        <Callout tone="warn" icon={<TriangleAlert />} title="No git repository">
          Agents work on a copy of the folder, and the result is copied back when you accept it. Run{' '}
          <code className={styles.mono}>git init</code> and commit first if you want branches and real merges.
        </Callout>
      )}
    </div>
  )
}

function RepositoryFacts({ report }: { report: FolderReport }) {
  return (
    <>
      <p className={styles.fact}>
        <GitBranch />
        <span>
          {report.branch ? (
            <>
              Git repository on branch <strong>{report.branch}</strong>
            </>
          ) : (
            'Git repository; no branch is checked out (detached HEAD). Results are merged once you check out a branch.'
          )}
        </span>
      </p>
      {report.uncommitted_files > 0 && (
        <p className={styles.fact}>
          <FilePen />
          <span>
            {plural(report.uncommitted_files, 'file')} with changes that are not committed. They stay as they
            are, and agents do not see them.
          </span>
        </p>
      )}
    </>
  )
}
