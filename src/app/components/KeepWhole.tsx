interface Props {
  children: string;
  /** A name in the sentence, such as a model's, that is not to break at its hyphens. */
  name: string;
}

/** A sentence in which one name stays on its line. */
export function KeepWhole({ children, name }: Props) {
  const at = children.indexOf(name);
  if (at < 0 || name === '') return children;
  return (
    <>
      {children.slice(0, at)}
      <span className="whole">{name}</span>
      {children.slice(at + name.length)}
    </>
  );
}
