import { texts } from '../../lib/texts/texts.ts'
import { Callout } from '../../ui/notice.tsx'
import { FileList } from './file-list.tsx'

/** The person's own changes lie where a merge or its revert would write. */
export function CheckoutInTheWay({ branch, files }: { branch: string; files: readonly string[] }) {
  return (
    <Callout tone="warn" title={texts.changes.yourOwnChangesInWay}>
      {texts.changes.checkedOut(branch)}
      <FileList files={files} />
    </Callout>
  )
}
