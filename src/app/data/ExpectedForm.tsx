import { useMessages } from '../messages';

/** What a file should look like, as a small table. */
export function ExpectedForm() {
  const messages = useMessages();
  return (
    <div className="expected">
      <p className="small">{messages.data.expectedNote}</p>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{messages.data.expectedText}</th>
            <th scope="col">{messages.data.expectedLabel}</th>
          </tr>
        </thead>
        <tbody>
          {messages.data.expectedRows.map(([text, label]) => (
            <tr key={text}>
              <td>{text}</td>
              <td>{label}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
