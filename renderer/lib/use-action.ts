import { useMutation } from '@tanstack/react-query'
import { showToast } from '../ui/toast.tsx'
import { errorText, isCancelled } from './error-text.ts'
import { texts } from './texts/texts.ts'

/** A change asked of the app; when it is refused, a toast says why. */
export function useAction<Input = void, Output = unknown>(
  act: (input: Input) => Promise<Output>,
  options: { onSuccess?: (output: Output, input: Input) => void; failed?: string } = {},
) {
  return useMutation<Output, Error, Input>({
    mutationFn: act,
    onSuccess: (output, input) => options.onSuccess?.(output, input),
    onError: (error) => {
      if (!isCancelled(error)) {
        showToast({ tone: 'bad', title: options.failed ?? texts.errors.didNotWork, text: errorText(error) })
      }
    },
  })
}
