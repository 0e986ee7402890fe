// The draft that a page keeps.

/** Runs in the page: whether what is kept of the buyer's work contains `text`. */
export async function draftHolds(text) {
  const database = await new Promise((resolve, reject) => {
    const opening = indexedDB.open('quotewright');
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error);
  });
  const reading = database.transaction('drafts').objectStore('drafts').getAll();
  await new Promise((resolve) => (reading.onsuccess = resolve));
  database.close();
  return JSON.stringify(reading.result).includes(text);
}

/** Runs in the page: makes every draft one as the first version of the app kept it. */
export async function asEarlierVersion() {
  const database = await new Promise((resolve, reject) => {
    const opening = indexedDB.open('quotewright');
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error);
  });
  const writing = database.transaction('drafts', 'readwrite');
  const drafts = writing.objectStore('drafts');
  drafts.openCursor().onsuccess = ({ target: { result: cursor } }) => {
    if (!cursor) return;
    const { name, began, written, ...before } = JSON.parse(cursor.value);
    drafts.put(JSON.stringify(before), cursor.key.split(' ').slice(0, 2).join(' '));
    cursor.continue();
  };
  await new Promise((resolve) => (writing.oncomplete = resolve));
  database.close();
}
