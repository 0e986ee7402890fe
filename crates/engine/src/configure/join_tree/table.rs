//! Tables whose rows are single numbers: every column has its own bits.

use std::collections::BTreeSet;

/// Sets of keys of up to so many bits are kept as one bit for each possible key.
const DENSE: u32 = 16;

/// Bits that a row can have in all.
pub(super) const MOST_BITS: u32 = u128::BITS;

/// How many bits the positions of each attribute need.
#[derive(Clone, Debug)]
pub(super) struct Widths(Vec<u32>);

/// Which rows of positions go together; the first attribute has the lowest bits.
#[derive(Clone, Debug, Default)]
pub(super) struct Table {
    /// Attributes, ascending.
    pub scope: Vec<usize>,
    /// Ascending, each once.
    pub rows: Vec<u128>,
}

impl Widths {
    /// For attributes with so many positions.
    pub fn new(sizes: &[usize]) -> Self {
        let width = |size: &usize| usize::BITS - size.saturating_sub(1).leading_zeros();
        Self(sizes.iter().map(width).collect())
    }

    /// Bits of one attribute.
    pub fn of(&self, attribute: usize) -> u32 {
        self.0[attribute]
    }

    /// Bits of a row.
    pub fn total(&self, scope: &[usize]) -> u32 {
        scope.iter().map(|it| self.0[*it]).sum()
    }

    /// A row from positions in the order of its scope.
    pub fn pack(&self, scope: &[usize], positions: impl IntoIterator<Item = usize>) -> u128 {
        let mut row = 0;
        let mut shift = 0;
        for (attribute, position) in scope.iter().zip(positions) {
            row |= (position as u128).checked_shl(shift).unwrap_or(0);
            shift += self.0[*attribute];
        }
        row
    }
}

impl Table {
    /// Sorts the rows.
    pub fn new(scope: Vec<usize>, mut rows: Vec<u128>) -> Self {
        rows.sort_unstable();
        rows.dedup();
        Self { scope, rows }
    }

    /// The keys that the rows have over some of the columns.
    pub fn keys(&self, widths: &Widths, scope: &[usize]) -> KeySet {
        let picker = Picker::new(widths, &self.scope, scope);
        let keys = self.rows.iter().map(|row| picker.pick(*row));
        KeySet::new(widths.total(scope), keys)
    }

    /// Only some of the columns.
    pub fn project(&self, widths: &Widths, scope: Vec<usize>) -> Self {
        let picker = Picker::new(widths, &self.scope, &scope);
        let rows = self.rows.iter().map(|row| picker.pick(*row)).collect();
        Self::new(scope, rows)
    }

    /// Drops rows whose key is not among `keys`; whether there were any.
    pub fn keep(&mut self, widths: &Widths, scope: &[usize], keys: &KeySet) -> bool {
        let picker = Picker::new(widths, &self.scope, scope);
        let before = self.rows.len();
        self.rows.retain(|row| keys.contains(picker.pick(*row)));
        self.rows.len() < before
    }
}

/// Takes some columns of a row and puts them where another scope has them.
#[derive(Clone, Debug)]
pub(super) struct Picker(Vec<Segment>);

#[derive(Clone, Copy, Debug)]
struct Segment {
    from: u32,
    to: u32,
    mask: u128,
}

impl Picker {
    /// Columns that only one of the scopes has are left out, or zero.
    pub fn new(widths: &Widths, from: &[usize], to: &[usize]) -> Self {
        let mut segments: Vec<Segment> = Vec::new();
        let mut start = 0;
        for attribute in from {
            let width = widths.of(*attribute);
            if let Ok(place) = to.binary_search(attribute)
                && width > 0
            {
                let target = widths.total(&to[..place]);
                let mask = u128::MAX >> (u128::BITS - width);
                match segments.last_mut() {
                    // Neighbours that stay neighbours move together.
                    Some(last) if last.ends(start, target) => {
                        last.mask |= mask << (start - last.from);
                    }
                    _ => segments.push(Segment {
                        from: start,
                        to: target,
                        mask,
                    }),
                }
            }
            start += width;
        }
        Self(segments)
    }

    /// The columns of one row.
    pub fn pick(&self, row: u128) -> u128 {
        (self.0.iter()).fold(0, |picked, it| {
            picked | ((row >> it.from) & it.mask) << it.to
        })
    }
}

impl Segment {
    fn ends(&self, from: u32, to: u32) -> bool {
        let length = self.mask.trailing_ones();
        self.from + length == from && self.to + length == to
    }
}

/// Keys that can be looked up.
#[derive(Clone, Debug)]
pub(super) enum KeySet {
    Dense(Vec<u64>),
    Sorted(Vec<u128>),
}

impl KeySet {
    /// Keys of so many bits each.
    pub fn new(width: u32, keys: impl Iterator<Item = u128>) -> Self {
        if width <= DENSE {
            let mut bits = vec![0; (1_usize << width).div_ceil(64)];
            for key in keys {
                let (word, bit) = place(key);
                bits[word] |= bit;
            }
            return Self::Dense(bits);
        }
        let mut keys: Vec<u128> = keys.collect();
        keys.sort_unstable();
        keys.dedup();
        Self::Sorted(keys)
    }

    /// Whether the key is there.
    pub fn contains(&self, key: u128) -> bool {
        match self {
            Self::Dense(bits) => {
                let (word, bit) = place(key);
                bits.get(word).is_some_and(|it| it & bit != 0)
            }
            Self::Sorted(keys) => keys.binary_search(&key).is_ok(),
        }
    }

    /// Drops the keys that `other` does not have; both of the same width.
    pub fn intersect(&mut self, other: &Self) {
        match (self, other) {
            (Self::Dense(bits), Self::Dense(others)) => {
                for (word, other) in bits.iter_mut().zip(others) {
                    *word &= other;
                }
            }
            (Self::Sorted(keys), other) => keys.retain(|key| other.contains(*key)),
            (Self::Dense(_), Self::Sorted(_)) => {}
        }
    }
}

/// Word and bit of a dense key.
fn place(key: u128) -> (usize, u64) {
    let key = key as usize;
    (key / 64, 1 << (key % 64))
}

/// What both scopes have.
pub(super) fn shared(one: &[usize], other: &[usize]) -> Vec<usize> {
    let both = |it: &&usize| other.binary_search(it).is_ok();
    one.iter().filter(both).copied().collect()
}

/// What either scope has.
pub(super) fn union(one: &[usize], other: &[usize]) -> Vec<usize> {
    let all: BTreeSet<usize> = one.iter().chain(other).copied().collect();
    all.into_iter().collect()
}

/// Whether a scope has all of another.
pub(super) fn covers(scope: &[usize], part: &[usize]) -> bool {
    part.iter().all(|it| scope.binary_search(it).is_ok())
}
