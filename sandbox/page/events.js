// The server's event stream, kept open: what happened in the chats, in order, resumed after a break.

const FIRST_WAIT = 300; // milliseconds, doubling
const LONGEST_WAIT = 3000;

/**
 * Listen for ever. `onOpen` is called after each (re)connection, `onEvent` with each event, `onLost` when the stream
 * breaks. An event that came while `onOpen` was still at work waits for it.
 */
export function listen({ onOpen, onEvent, onLost }) {
  let last = null; // the id of the newest event seen
  let wait = FIRST_WAIT;

  function connect() {
    const source = new EventSource(last === null ? "/sandbox/events" : `/sandbox/events?since=${last}`);
    let ready = Promise.resolve();
    let isOver = false;

    source.onopen = () => {
      wait = FIRST_WAIT;
      ready = ready.then(onOpen).catch(retry);
    };
    source.onmessage = (message) => {
      if (message.lastEventId) last = message.lastEventId;
      const event = JSON.parse(message.data);
      ready = ready.then(() => (event.type === "reload" ? onOpen() : onEvent(event))).catch(report);
    };
    source.onerror = retry;

    // The browser's own reconnection gives up on an HTTP error and cannot be paced, so it is done by hand.
    function retry() {
      if (isOver) return;
      isOver = true;
      source.close();
      onLost();
      setTimeout(connect, wait);
      wait = Math.min(wait * 2, LONGEST_WAIT);
    }
  }

  connect();
}

function report(error) {
  console.error(error); // one event that cannot be shown must not stop the others
}
