//! What browser and endpoint say to each other, as JSON.
