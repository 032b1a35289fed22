/** A cell that waits, in the exact place of what will come. */
export function Skeleton({ width = '100%' }: { width?: string }) {
  return <span className="sk" style={{ '--w': width } as React.CSSProperties} aria-hidden="true" />;
}
