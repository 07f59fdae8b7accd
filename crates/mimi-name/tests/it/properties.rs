//! Round trips over arbitrary labels and arbitrary octets.

use mimi_name::DomainName;
use proptest::collection::vec;
use proptest::prelude::*;

fn names() -> impl Strategy<Value = DomainName> {
    vec(vec(any::<u8>(), 1..=63), 0..=5).prop_filter_map("too long together", |labels| {
        DomainName::from_labels(labels).ok()
    })
}

proptest! {
    #[test]
    fn text_round_trips(name in names()) {
        let text = name.to_string();
        prop_assert!(text.is_ascii());
        let read = DomainName::from_text(text.as_bytes(), None).unwrap();
        prop_assert!(read.eq_case(&name));
    }

    #[test]
    fn wire_round_trips(name in names()) {
        prop_assert!(DomainName::from_wire(name.as_wire()).unwrap().eq_case(&name));
    }

    #[test]
    fn another_first_label_makes_the_name_that_is_built_with_it(name in names(), label in vec(any::<u8>(), 0..70)) {
        let mut replaced = name.clone();
        let result = replaced.replace_first_label(&label);
        let built = name.parent().map(|parent| parent.prepend(&label));
        match built {
            Some(Ok(built)) => {
                prop_assert_eq!(result, Ok(()));
                prop_assert!(replaced.eq_case(&built));
            }
            _ => {
                prop_assert!(result.is_err());
                prop_assert!(replaced.eq_case(&name));
            }
        }
    }

    #[test]
    fn what_reads_as_wire_is_what_it_was(octets in vec(any::<u8>(), 0..300)) {
        if let Ok((name, rest)) = DomainName::split_wire(&octets) {
            prop_assert_eq!([name.as_wire(), rest].concat(), octets);
        }
    }

    #[test]
    fn any_text_is_read_or_refused_inside_itself(text in vec(any::<u8>(), 0..300)) {
        match DomainName::from_text(&text, Some(&DomainName::root())) {
            Ok(name) => prop_assert!(name.as_wire().len() <= DomainName::MAX_LENGTH),
            Err(error) => prop_assert!(error.position() <= text.len()),
        }
    }

    #[test]
    fn order_agrees_with_equality(a in names(), b in names()) {
        prop_assert_eq!(a.cmp(&b).is_eq(), a == b);
        prop_assert_eq!(a.cmp(&b), b.cmp(&a).reverse());
    }

    #[test]
    fn a_name_under_another_is_within_it(a in names(), b in names()) {
        if let Ok(joined) = a.under(&b) {
            prop_assert!(joined.is_within(&b));
            prop_assert_eq!(joined.label_count(), a.label_count() + b.label_count());
        }
    }
}
