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
        let holds = self.holds();
        if let Some(last) = &mut self.last {
            if holds {
                let (canonical, textual) = orders(last, owner);
                self.not_canonical |= canonical.is_ge();
                self.not_textual |= textual.is_ge();
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

/// How two names are ordered canonically (RFC 4034 §6.1), and when lines of text are sorted; both apart from ASCII case.
fn orders(one: &DomainName, other: &DomainName) -> (Ordering, Ordering) {
    let (one_wire, other_wire) = (one.as_wire(), other.as_wire());
    let label = |wire: &[u8]| usize::from(wire.first().copied().unwrap_or_default()) + 1;
    let (one_rest, other_rest) = (
        one_wire.get(label(one_wire)..),
        other_wire.get(label(other_wire)..),
    );
    // Neighbours in a file mostly have the same parent.
    let canonical = match (
        one_rest,
        other_rest,
        one.labels().next(),
        other.labels().next(),
    ) {
        (Some(one_rest), Some(other_rest), Some(one_label), Some(other_label))
            if one_rest == other_rest =>
        {
            lowercase(one_label).cmp(lowercase(other_label))
        }
        _ => one.cmp(other),
    };
    (canonical, text(one).cmp(text(other)))
}

fn lowercase(octets: &[u8]) -> impl Iterator<Item = u8> + '_ {
    octets.iter().map(u8::to_ascii_lowercase)
}

fn text(name: &DomainName) -> impl Iterator<Item = u8> + '_ {
    name.labels()
        .flat_map(|label| lowercase(label).chain([b'.']))
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
