import { Play, RotateCw } from 'lucide-react'
import { texts } from '../../lib/texts/texts.ts'
import { Button } from '../../ui/button.tsx'
import type { useResume } from './use-resume.ts'

interface ResumeButtonsProps {
  going: ReturnType<typeof useResume>
  /** Its rounds are used up. */
  isAnotherRound: boolean
}

/** Has the agents go on; where that turned out to need another computer, also from the beginning on this one. */
export function ResumeButtons({
  going: { resume, startOver, elsewhere },
  isAnotherRound,
}: ResumeButtonsProps) {
  return (
    <>
      <Button size="small" icon={<RotateCw />} isBusy={resume.isPending} onClick={() => resume.mutate()}>
        {isAnotherRound ? texts.execution.resumeForAnotherRound : texts.execution.resume}
      </Button>
      {elsewhere && (
        <Button size="small" icon={<Play />} isBusy={startOver.isPending} onClick={() => startOver.mutate()}>
          {texts.execution.startOverHere}
        </Button>
      )}
    </>
  )
}
