import { QueryClientProvider } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { queryClient } from '../../../renderer/lib/trpc.ts'
import { Toaster } from '../../../renderer/ui/toast.tsx'
import { TooltipProvider } from '../../../renderer/ui/tooltip.tsx'

/** What every part of a window stands in. */
export function InWindow({ children }: { children: ReactNode }) {
  return (
    <QueryClientProvider client={queryClient}>
      <TooltipProvider>
        {children}
        <Toaster />
      </TooltipProvider>
    </QueryClientProvider>
  )
}
