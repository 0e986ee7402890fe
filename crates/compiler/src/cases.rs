//! What an expression stands for: one case for each combination of instances on its paths.

use quotewright_engine::catalog::Condition;

/// One combination of instances.
#[derive(Clone, Debug)]
pub(crate) struct Case<T> {
    pub(crate) value: T,
    /// It stands for nothing unless all of these hold.
    pub(crate) guards: Vec<Condition>,
}

/// None at all: nothing is there that the expression could stand for.
pub(crate) type Cases<T> = Vec<Case<T>>;

impl<T> Case<T> {
    pub(crate) fn plain(value: T) -> Self {
        Self {
            value,
            guards: Vec::new(),
        }
    }

    pub(crate) fn map<U>(self, work: impl FnOnce(T) -> U) -> Case<U> {
        Case {
            value: work(self.value),
            guards: self.guards,
        }
    }
}

/// The only case there is.
pub(crate) fn one<T>(value: T) -> Cases<T> {
    vec![Case::plain(value)]
}

/// Every combination of one case of each side.
pub(crate) fn pairs<A: Clone, B: Clone>(left: Cases<A>, right: Cases<B>) -> Cases<(A, B)> {
    let mut pairs = Vec::with_capacity(left.len().saturating_mul(right.len()));
    for one in left {
        for other in &right {
            let mut guards = one.guards.clone();
            guards.extend(other.guards.iter().cloned());
            let value = (one.value.clone(), other.value.clone());
            pairs.push(Case { value, guards });
        }
    }
    pairs
}

/// Every combination of one case of each of `lists`.
pub(crate) fn product<T: Clone>(lists: Vec<Cases<T>>) -> Cases<Vec<T>> {
    lists.into_iter().fold(one(Vec::new()), |all, list| {
        if let [only] = list.as_slice() {
            return extend(all, only);
        }
        pairs(all, list)
            .into_iter()
            .map(|case| {
                case.map(|(mut values, value)| {
                    values.push(value);
                    values
                })
            })
            .collect()
    })
}

/// The same case added to all of `all`.
fn extend<T: Clone>(mut all: Cases<Vec<T>>, only: &Case<T>) -> Cases<Vec<T>> {
    for case in &mut all {
        case.value.push(only.value.clone());
        case.guards.extend(only.guards.iter().cloned());
    }
    all
}
