import { QueryClientProvider } from '@tanstack/react-query'
import { queryClient } from '../lib/trpc.ts'
import { Toaster } from '../ui/toast.tsx'
import { TooltipProvider } from '../ui/tooltip.tsx'
import { ConnectionGate } from './connection-gate.tsx'
import { DatabaseBanner } from './database-banner.tsx'
import { ErrorBoundary } from './error-boundary.tsx'
import { Shell } from './shell.tsx'
import { StartGate } from './start-gate.tsx'

/** The whole window. */
export function App() {
  return (
    <ErrorBoundary>
      <QueryClientProvider client={queryClient}>
        <TooltipProvider delayDuration={500} skipDelayDuration={200}>
          <ConnectionGate>
            <StartGate>
              <DatabaseBanner />
              <Shell />
            </StartGate>
          </ConnectionGate>
          <Toaster />
        </TooltipProvider>
      </QueryClientProvider>
    </ErrorBoundary>
  )
}
