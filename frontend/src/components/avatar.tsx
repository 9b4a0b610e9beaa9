/** The person's picture, or their initial. The picture's host learns neither this page nor who looks. */
export function Avatar({ picture, label }: { picture: string | null; label: string }) {
  if (picture)
    // The address comes from the provider: never let this server fetch it, as next/image would.
    return <img className="avatar" src={picture} alt="" width={72} height={72} referrerPolicy="no-referrer" />;
  return (
    <span className="avatar avatar-initial" aria-hidden="true">
      {[...label][0]?.toUpperCase() ?? '?'}
    </span>
  );
}
