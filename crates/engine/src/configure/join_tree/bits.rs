//! Sets of rows and keys, one bit each.

/// Words that so many bits take.
pub(super) fn words(bits: usize) -> usize {
    bits.div_ceil(64)
}

/// All of so many bits.
pub(super) fn full(bits: usize) -> Vec<u64> {
    let mut set = vec![u64::MAX; words(bits)];
    if let Some(last) = set.last_mut()
        && !bits.is_multiple_of(64)
    {
        *last = (1 << (bits % 64)) - 1;
    }
    set
}

/// Whether the set has all of so many bits.
pub(super) fn is_full(set: &[u64], bits: usize) -> bool {
    let (whole, rest) = (bits / 64, bits % 64);
    set[..whole].iter().all(|it| *it == u64::MAX)
        && (rest == 0 || set[whole].trailing_ones() as usize >= rest)
}

/// Keeps what `other` has too.
pub(super) fn intersect(set: &mut [u64], other: &[u64]) {
    for (word, other) in set.iter_mut().zip(other) {
        *word &= other;
    }
}

/// Adds what `other` has.
pub(super) fn unite(set: &mut [u64], other: &[u64]) {
    for (word, other) in set.iter_mut().zip(other) {
        *word |= other;
    }
}

/// Whether the set has all that `other` has.
pub(super) fn covers(set: &[u64], other: &[u64]) -> bool {
    set.iter()
        .zip(other)
        .all(|(word, other)| other & !word == 0)
}

/// Whether two sets have anything in common.
pub(super) fn meet(one: &[u64], other: &[u64]) -> bool {
    one.iter().zip(other).any(|(one, other)| one & other != 0)
}

/// Whether there is nothing in the set.
pub(super) fn is_empty(set: &[u64]) -> bool {
    set.iter().all(|it| *it == 0)
}

/// Whether the set has the bit.
pub(super) fn has(set: &[u64], bit: usize) -> bool {
    set[bit / 64] >> (bit % 64) & 1 == 1
}

/// Adds a bit.
pub(super) fn add(set: &mut [u64], bit: usize) {
    set[bit / 64] |= 1 << (bit % 64);
}

/// The bits of one word from `start` up to, not including, `end`.
fn mask(word: usize, start: usize, end: usize) -> u64 {
    let low = start.saturating_sub(word * 64);
    let high = (end - word * 64).min(64);
    (u64::MAX << low) & (u64::MAX >> (64 - high))
}

/// The first bit from `start` up to, not including, `end`.
pub(super) fn first(set: &[u64], start: usize, end: usize) -> Option<usize> {
    if start >= end {
        return None;
    }
    (start / 64..words(end)).find_map(|word| {
        let found = set[word] & mask(word, start, end);
        (found != 0).then(|| word * 64 + found.trailing_zeros() as usize)
    })
}

/// Adds all bits from `start` up to, not including, `end`.
pub(super) fn add_range(set: &mut [u64], start: usize, end: usize) {
    if start < end {
        for (word, bits) in (set.iter_mut().enumerate().take(words(end))).skip(start / 64) {
            *bits |= mask(word, start, end);
        }
    }
}

/// Every bit of the set, ascending.
pub(super) fn each(set: &[u64], mut found: impl FnMut(usize)) {
    for (word, bits) in set.iter().enumerate() {
        let mut bits = *bits;
        while bits != 0 {
            found(word * 64 + bits.trailing_zeros() as usize);
            bits &= bits - 1;
        }
    }
}
