//! Receives quote requests, works them out again and keeps them.
