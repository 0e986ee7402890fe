//! The compiled form, as it is kept and sent.

use serde::{Deserialize, Serialize};

use super::bits;

/// Tables joined into a tree; see [`JoinTree::compile`].
///
/// Belongs to exactly one model and holds nothing that the model does not say. Serialized by
/// serde, in few bytes with a format that writes small numbers in one byte.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Packed", into = "Packed")]
pub struct JoinTree {
    pub(super) attributes: Vec<Attribute>,
    /// Children before their parents.
    pub(super) cliques: Vec<Clique>,
}

/// What can be decided about one attribute.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Attribute {
    /// How many positions there are.
    pub size: usize,
    /// The last position says that the attribute is not there.
    pub optional: bool,
}

/// One joined table. Its rows are sorted by their keys: by what they have in common with
/// rows of the parent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Clique {
    pub parent: Option<usize>,
    /// First row of each key, then the number of rows.
    pub starts: Vec<usize>,
    pub children: Vec<Child>,
    /// Attributes whose values are read off here.
    pub homes: Vec<Home>,
}

/// Which key of a child each row goes with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Child {
    pub clique: usize,
    pub keys: Vec<u16>,
}

/// Which position each row has for an attribute.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Home {
    pub attribute: usize,
    pub positions: Vec<u16>,
}

impl Clique {
    /// How many rows there are.
    pub fn rows(&self) -> usize {
        self.starts.last().copied().unwrap_or(0)
    }

    /// How many keys there are.
    pub fn keys(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }
}

/// The compiled form is damaged, or not of this model.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the compiled join tree is damaged")]
pub struct Invalid;

/// As [`JoinTree`], with what cannot be worked out from the rest.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Packed {
    attributes: Vec<Attribute>,
    cliques: Vec<PackedClique>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct PackedClique {
    parent: Option<usize>,
    /// Rows of each key, one less than there are; empty where every key has one.
    repeated: Vec<u16>,
    rows: usize,
    /// Keys in children, in the order of the children.
    keys: Vec<Vec<u16>>,
    homes: Vec<Home>,
}

impl From<JoinTree> for Packed {
    fn from(tree: JoinTree) -> Self {
        let pack = |clique: Clique| {
            let rows = clique.rows();
            let repeated = clique.starts.windows(2);
            // At most 2^16 rows, and no key without a row.
            let repeated = repeated.map(|it| u16::try_from(it[1] - it[0] - 1).unwrap_or(u16::MAX));
            let repeated: Vec<u16> = match clique.keys() == rows {
                true => Vec::new(),
                false => repeated.collect(),
            };
            PackedClique {
                parent: clique.parent,
                repeated,
                rows,
                keys: clique.children.into_iter().map(|it| it.keys).collect(),
                homes: clique.homes,
            }
        };
        Self {
            attributes: tree.attributes,
            cliques: tree.cliques.into_iter().map(pack).collect(),
        }
    }
}

impl TryFrom<Packed> for JoinTree {
    type Error = Invalid;

    fn try_from(packed: Packed) -> Result<Self, Invalid> {
        let mut cliques: Vec<Clique> = Vec::with_capacity(packed.cliques.len());
        let mut orphans: Vec<Vec<usize>> = vec![Vec::new(); packed.cliques.len()];
        for (position, clique) in packed.cliques.into_iter().enumerate() {
            let children = std::mem::take(&mut orphans[position]);
            if children.len() != clique.keys.len() {
                return Err(Invalid);
            }
            if let Some(parent) = clique.parent {
                let waiting = orphans.get_mut(parent).filter(|_| parent > position);
                waiting.ok_or(Invalid)?.push(position);
            }
            let starts = starts(clique.rows, &clique.repeated)?;
            let children = children.into_iter().zip(clique.keys);
            cliques.push(Clique {
                parent: clique.parent,
                starts,
                children: children
                    .map(|(clique, keys)| Child { clique, keys })
                    .collect(),
                homes: clique.homes,
            });
        }
        let attributes = packed.attributes;
        let tree = Self {
            attributes,
            cliques,
        };
        tree.is_sound().then_some(tree).ok_or(Invalid)
    }
}

fn starts(rows: usize, repeated: &[u16]) -> Result<Vec<usize>, Invalid> {
    if rows > super::eliminate::MOST_ROWS {
        return Err(Invalid);
    }
    if repeated.is_empty() {
        return Ok((0..=rows).collect());
    }
    let mut starts = vec![0];
    let mut next = 0;
    for more in repeated {
        next += usize::from(*more) + 1;
        starts.push(next);
    }
    if next == rows {
        Ok(starts)
    } else {
        Err(Invalid)
    }
}

impl JoinTree {
    /// Some keys and rows of each clique only. Every key has to have a row, and every row its
    /// keys in the children.
    pub(super) fn only(&self, keys: &[Vec<u64>], rows: &[Vec<usize>]) -> Self {
        let rank = |(clique, keys): (&Clique, &Vec<u64>)| {
            let (mut ranks, mut next) = (vec![0_u16; clique.keys()], 0);
            bits::each(keys, |key| {
                ranks[key] = next;
                next = next.saturating_add(1);
            });
            ranks
        };
        let ranks: Vec<Vec<u16>> = self.cliques.iter().zip(keys).map(rank).collect();
        let some = |(clique, (keys, rows)): (&Clique, (&Vec<u64>, &Vec<usize>))| {
            let mut starts = Vec::new();
            bits::each(keys, |key| {
                starts.push(rows.partition_point(|it| *it < clique.starts[key]));
            });
            starts.push(rows.len());
            let child = |it: &Child| Child {
                clique: it.clique,
                keys: (rows.iter())
                    .map(|row| ranks[it.clique][usize::from(it.keys[*row])])
                    .collect(),
            };
            let home = |it: &Home| Home {
                attribute: it.attribute,
                positions: rows.iter().map(|row| it.positions[*row]).collect(),
            };
            Clique {
                parent: clique.parent,
                starts,
                children: clique.children.iter().map(child).collect(),
                homes: clique.homes.iter().map(home).collect(),
            }
        };
        let parts = self.cliques.iter().zip(keys.iter().zip(rows));
        Self {
            attributes: self.attributes.clone(),
            cliques: parts.map(some).collect(),
        }
    }

    /// Whether every number is one that can be looked up.
    fn is_sound(&self) -> bool {
        let mut housed = vec![false; self.attributes.len()];
        for clique in &self.cliques {
            let rows = clique.rows();
            for child in &clique.children {
                let keys = self.cliques[child.clique].keys();
                let known = child.keys.iter().all(|it| usize::from(*it) < keys);
                if child.keys.len() != rows || !known {
                    return false;
                }
            }
            for home in &clique.homes {
                let Some(attribute) = self.attributes.get(home.attribute) else {
                    return false;
                };
                let known = (home.positions.iter()).all(|it| usize::from(*it) < attribute.size);
                if home.positions.len() != rows || !known || housed[home.attribute] {
                    return false;
                }
                housed[home.attribute] = true;
            }
        }
        housed.into_iter().all(|it| it)
    }
}
