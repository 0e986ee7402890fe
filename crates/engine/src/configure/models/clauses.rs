//! Clauses with some variables decided, and what follows from that.

use super::Literal;

/// Clauses under decisions.
pub(super) struct Clauses {
    /// Those of three literals and more.
    long: Vec<Box<[Literal]>>,
    /// By variable, the long clauses that have it.
    of: Vec<Vec<u32>>,
    /// By literal, what follows from it alone.
    implied: Vec<Vec<Literal>>,
    /// By literal, the long clauses that wait for it to become false.
    waiting: Vec<Vec<u32>>,
    /// The two literals of each long clause that it waits for.
    waits_for: Vec<[Literal; 2]>,
    value: Vec<Option<bool>>,
    /// What was decided and what followed, in that order.
    trail: Vec<Literal>,
    /// So much of the trail has been followed up.
    followed: usize,
    /// No model has all clauses.
    broken: bool,
}

impl Clauses {
    pub fn new<'c>(variables: usize, clauses: impl IntoIterator<Item = &'c [Literal]>) -> Self {
        let mut all = Self {
            long: Vec::new(),
            of: vec![Vec::new(); variables],
            implied: vec![Vec::new(); 2 * variables],
            waiting: vec![Vec::new(); 2 * variables],
            waits_for: Vec::new(),
            value: vec![None; variables],
            trail: Vec::new(),
            followed: 0,
            broken: false,
        };
        let mut single = Vec::new();
        for clause in clauses {
            all.add(clause, &mut single);
        }
        for implied in &mut all.implied {
            implied.sort_unstable();
            implied.dedup();
        }
        all.broken |= !all.assume(&single);
        all
    }

    fn add(&mut self, clause: &[Literal], single: &mut Vec<Literal>) {
        let mut clause = clause.to_vec();
        clause.sort_unstable();
        clause.dedup();
        if clause.windows(2).any(|it| it[1] == not(it[0])) {
            return;
        }
        match *clause.as_slice() {
            [] => self.broken = true,
            [only] => single.push(only),
            [one, other] => {
                self.implied[not(one) as usize].push(other);
                self.implied[not(other) as usize].push(one);
            }
            [first, second, ..] => {
                let number = self.long.len() as u32;
                for literal in &clause {
                    self.of[variable(*literal)].push(number);
                }
                self.waiting[first as usize].push(number);
                self.waiting[second as usize].push(number);
                self.waits_for.push([first, second]);
                self.long.push(clause.into());
            }
        }
    }

    /// How many long clauses there are.
    pub fn count(&self) -> usize {
        self.long.len()
    }

    /// How many variables there are.
    pub fn variables(&self) -> usize {
        self.value.len()
    }

    /// All clauses of two literals and more that say anything yet.
    pub fn open(&self) -> impl Iterator<Item = Vec<Literal>> {
        let pairs = (0..).zip(&self.implied).flat_map(|(literal, implied)| {
            let other = implied.iter().filter(move |it| not(literal) < **it);
            other.map(move |it| vec![not(literal), *it])
        });
        let long = self.long.iter().map(|it| it.to_vec());
        let open = |it: &Vec<Literal>| !self.satisfied(it);
        pairs.chain(long).filter(open)
    }

    fn satisfied(&self, clause: &[Literal]) -> bool {
        clause.iter().any(|it| self.holds(*it) == Some(true))
    }

    /// Whether the variable has no value yet.
    pub fn is_open(&self, variable: u32) -> bool {
        self.value[variable as usize].is_none()
    }

    fn holds(&self, literal: Literal) -> Option<bool> {
        self.value[variable(literal)].map(|it| it == (literal & 1 == 0))
    }

    /// How much is decided: for [`Clauses::take_back`].
    pub fn decided(&self) -> usize {
        self.trail.len()
    }

    /// Decides that all of these hold, and what follows from that; whether nothing shows that
    /// they cannot.
    pub fn assume(&mut self, literals: &[Literal]) -> bool {
        !self.broken && literals.iter().all(|it| self.set(*it)) && self.follow_up()
    }

    /// Takes back what was decided since.
    pub fn take_back(&mut self, decided: usize) {
        for literal in self.trail.drain(decided..) {
            self.value[variable(literal)] = None;
        }
        self.followed = decided;
    }

    fn set(&mut self, literal: Literal) -> bool {
        match self.holds(literal) {
            Some(holds) => holds,
            None => {
                self.value[variable(literal)] = Some(literal & 1 == 0);
                self.trail.push(literal);
                true
            }
        }
    }

    fn follow_up(&mut self) -> bool {
        while let Some(literal) = self.trail.get(self.followed).copied() {
            self.followed += 1;
            for at in 0..self.implied[literal as usize].len() {
                if !self.set(self.implied[literal as usize][at]) {
                    return false;
                }
            }
            if !self.wake(not(literal)) {
                return false;
            }
        }
        true
    }

    /// Looks at the clauses that wait for what has become false.
    fn wake(&mut self, fallen: Literal) -> bool {
        let mut waiting = std::mem::take(&mut self.waiting[fallen as usize]);
        let mut fine = true;
        waiting.retain(|clause| {
            let [one, other] = self.waits_for[*clause as usize];
            let last = if one == fallen { other } else { one };
            if !fine || self.holds(last) == Some(true) {
                return true;
            }
            let literals = self.long[*clause as usize].iter().copied();
            let mut others = literals.filter(|it| *it != last && *it != fallen);
            match others.find(|it| self.holds(*it) != Some(false)) {
                Some(next) => {
                    self.waits_for[*clause as usize] = [last, next];
                    self.waiting[next as usize].push(*clause);
                    false
                }
                None => {
                    fine = self.set(last);
                    true
                }
            }
        });
        self.waiting[fallen as usize] = waiting;
        fine
    }

    /// Tells the open variables that are in a clause with this one, and adds the open long
    /// clauses that it is in to `open`, where they were not seen.
    pub fn around(
        &self,
        variable: u32,
        seen: &mut Marks,
        open: &mut Vec<u32>,
        mut reached: impl FnMut(u32),
    ) {
        let mut reach = |literal: &Literal| {
            if self.is_open(literal >> 1) {
                reached(literal >> 1);
            }
        };
        for literal in [2 * variable, 2 * variable + 1] {
            self.implied[literal as usize].iter().for_each(&mut reach);
        }
        for number in &self.of[variable as usize] {
            let clause = &self.long[*number as usize];
            if seen.mark(*number) && !self.satisfied(clause) {
                open.push(*number);
                clause.iter().for_each(&mut reach);
            }
        }
    }
}

fn not(literal: Literal) -> Literal {
    literal ^ 1
}

fn variable(literal: Literal) -> usize {
    (literal >> 1) as usize
}

/// Marks that are all taken off at once.
pub(super) struct Marks {
    marks: Vec<u64>,
    round: u64,
}

impl Marks {
    pub fn new(count: usize) -> Self {
        Self {
            marks: vec![0; count],
            round: 0,
        }
    }

    /// Takes all marks off.
    pub fn clear(&mut self) {
        self.round += 1;
    }

    /// Marks it; whether it was not marked before.
    pub fn mark(&mut self, at: u32) -> bool {
        std::mem::replace(&mut self.marks[at as usize], self.round) != self.round
    }
}
