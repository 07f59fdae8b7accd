//! [`Order`]: whether the owners of a file come in an order in which none comes twice.

use std::cmp::Ordering;

use mimi_name::DomainName;

/// Whether owners come in an order in which none comes twice.
#[derive(Clone, Default)]
pub(crate) struct Order {
    first: Option<DomainName>,
    last: Option<DomainName>,
    not_canonical: bool,
    not_textual: bool,
}

impl Order {
    /// Takes the next owner.
    pub(crate) fn next(&mut self, owner: &DomainName) {
        if let Some(last) = &mut self.last {
            self.not_canonical = self.not_canonical || *last >= *owner;
            self.not_textual = self.not_textual || !is_before_in_text(last, owner);
            if !(self.not_canonical && self.not_textual) {
                last.clone_from(owner);
            }
        } else {
            self.first = Some(owner.clone());
            self.last = Some(owner.clone());
        }
    }

    /// Whether owners were in order so far.
    pub(crate) fn holds(&self) -> bool {
        !(self.not_canonical && self.not_textual)
    }

    /// Adds what is known from the part of the file behind.
    pub(crate) fn append(&mut self, later: Self) {
        if let Some(first) = &later.first {
            self.next(first);
        }
        self.not_canonical |= later.not_canonical;
        self.not_textual |= later.not_textual;
        self.last = later.last.or_else(|| self.last.take());
    }
}

/// Whether a name comes before another one when lines of text are sorted, apart from ASCII case.
fn is_before_in_text(one: &DomainName, other: &DomainName) -> bool {
    fn text(label: &[u8]) -> impl Iterator<Item = u8> + '_ {
        let lower = label.iter().map(u8::to_ascii_lowercase);
        lower.chain(std::iter::once(b'.'))
    }
    let mut others = other.labels();
    for label in one.labels() {
        let Some(other) = others.next() else {
            return false;
        };
        match text(label).cmp(text(other)) {
            Ordering::Less => return true,
            Ordering::Greater => return false,
            Ordering::Equal => {}
        }
    }
    others.next().is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn holds(names: &[&str]) -> bool {
        let mut order = Order::default();
        for name in names {
            order.next(&DomainName::parse_absolute(name).unwrap());
        }
        order.holds()
    }

    #[test]
    fn both_orders_hold_and_no_owner_comes_twice() {
        assert!(holds(&[
            "example.com",
            "a.example.com",
            "b.a.example.com",
            "B.example.com"
        ]));
        assert!(holds(&[
            "a.example.com",
            "a.z.example.com",
            "b.example.com",
            "example.com"
        ]));
        assert!(!holds(&["a.example.com", "A.example.com"]));
        assert!(!holds(&["b.example.com", "a.example.com", "c.example.com"]));
    }

    #[test]
    fn parts_are_joined_in_order() {
        let part = |names: &[&str]| {
            let mut order = Order::default();
            for name in names {
                order.next(&DomainName::parse_absolute(name).unwrap());
            }
            order
        };
        let joined = |one: &[&str], other: &[&str]| {
            let mut order = part(one);
            order.append(Order::default());
            order.append(part(other));
            order.holds()
        };
        assert!(joined(
            &["a.example", "b.example"],
            &["c.example", "d.example"]
        ));
        assert!(!joined(
            &["a.example", "c.example"],
            &["b.example", "d.example"]
        ));
        assert!(!joined(&["a.example"], &["b.example", "a.example"]));
        assert!(!joined(&["b.example"], &["b.example"]));
    }
}
