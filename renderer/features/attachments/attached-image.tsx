import { useQuery } from '@tanstack/react-query'
import { ImageOff } from 'lucide-react'
import { useEffect, useState } from 'react'
import { AttachmentId } from '#shared/ids.ts'
import { errorText } from '../../lib/error-text.ts'
import { keys } from '../../lib/query-keys.ts'
import { api } from '../../lib/trpc.ts'
import styles from './attachments.module.css'

interface AttachedImageProps {
  id: string
  alt: string
  /** It is told elsewhere what is missing. */
  isQuiet?: boolean
}

/** A picture that is attached, drawn from its bytes; in its place a sentence when they are not on this machine. */
export function AttachedImage({ id, alt, isQuiet = false }: AttachedImageProps) {
  const attachmentId = AttachmentId.parse(id)
  const { data, error } = useQuery({
    queryKey: keys.attachedBytes(attachmentId),
    queryFn: ({ signal }) => api.attachments.read.query({ id: attachmentId }, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
    retry: false,
    structuralSharing: false,
  })
  const address = useBlob(data)
  if (error) {
    return isQuiet ? (
      <ImageOff className={styles.broken} aria-hidden="true" />
    ) : (
      <span className={styles.missing}>
        <ImageOff aria-hidden="true" /> {errorText(error)}
      </span>
    )
  }
  return address ? (
    <img className={styles.image} src={address} alt={alt} />
  ) : (
    <span className={styles.waiting} />
  )
}

function useBlob(image: { media_type: string; bytes: Uint8Array } | undefined): string | null {
  const [address, setAddress] = useState<string | null>(null)
  useEffect(() => {
    if (!image) return
    const blob = new Blob([new Uint8Array(image.bytes)], { type: image.media_type })
    const next = URL.createObjectURL(blob)
    setAddress(next)
    return () => URL.revokeObjectURL(next)
  }, [image])
  return address
}

/** The same for pictures that a text names by `attachment:<id>`. */
export function drawAttached(id: string, alt: string) {
  return AttachmentId.safeParse(id).success ? <AttachedImage id={id} alt={alt} /> : alt
}
