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
