//! What every store promises, whatever it is made of. Each function wants a store that is empty.

use std::collections::BTreeMap;
use std::thread;

use mimi_oracle::server::{Store, StoreError};

use super::{id, sealed, token};

/// Everything, one after the other, each on an empty store.
pub(super) fn all<S: Store>(mut empty: impl FnMut() -> S) {
    what_is_put_is_there_until_it_is_removed(&empty());
    a_token_is_spent_once_and_only_with_its_change(&empty());
    what_has_expired_is_not_shown_and_is_purged(&empty());
    whoever_writes_at_the_same_time_loses_nothing(&empty());
    of_equal_tokens_at_the_same_time_one_is_taken(&empty());
    what_is_shown_is_of_one_moment(&empty());
}

fn shown(store: &dyn Store, now: u64) -> BTreeMap<[u8; 32], Vec<u8>> {
    let mut shown = BTreeMap::new();
    store
        .for_each(now, &mut |id, sealed| {
            assert_eq!(shown.insert(id.0, sealed), None, "shown twice");
        })
        .unwrap();
    shown
}

fn what_is_put_is_there_until_it_is_removed(store: &dyn Store) {
    assert_eq!(store.get(id(1)).unwrap(), None);
    assert_eq!(store.count().unwrap(), 0);
    assert!(!store.remove(id(1), token(0)).unwrap());

    for (number, octets) in [(1, 0), (2, 284), (3, 540), (4, 5_000), (5, 100_000)] {
        let content = sealed(number, octets);
        store.put(id(number), &content, 500, token(number)).unwrap();
        assert_eq!(store.get(id(number)).unwrap(), Some(content));
    }
    assert_eq!(store.count().unwrap(), 5);

    // The same size, and others.
    for (number, octets) in [(2, 284), (3, 284), (4, 284)] {
        let content = sealed(100 + number, octets);
        store
            .put(id(number), &content, u64::MAX, token(100 + number))
            .unwrap();
        assert_eq!(store.get(id(number)).unwrap(), Some(content));
    }
    assert_eq!(store.count().unwrap(), 5);

    assert!(store.remove(id(3), token(200)).unwrap());
    assert_eq!(store.get(id(3)).unwrap(), None);
    assert!(!store.remove(id(3), token(201)).unwrap());
    assert_eq!(store.count().unwrap(), 4);
    assert_eq!(
        shown(store, 499),
        BTreeMap::from([
            (id(1).0, sealed(1, 0)),
            (id(2).0, sealed(102, 284)),
            (id(4).0, sealed(104, 284)),
            (id(5).0, sealed(5, 100_000)),
        ])
    );
}

fn a_token_is_spent_once_and_only_with_its_change(store: &dyn Store) {
    store.put(id(1), b"first", 500, token(1)).unwrap();
    let refused = store.put(id(1), b"second", 500, token(1));
    assert!(
        matches!(refused, Err(StoreError::TokenSpent)),
        "{refused:?}"
    );
    assert_eq!(store.get(id(1)).unwrap(), Some(b"first".to_vec()));
    let refused = store.put(id(2), b"other", 500, token(1));
    assert!(
        matches!(refused, Err(StoreError::TokenSpent)),
        "{refused:?}"
    );
    assert_eq!(store.get(id(2)).unwrap(), None);
    let refused = store.remove(id(1), token(1));
    assert!(
        matches!(refused, Err(StoreError::TokenSpent)),
        "{refused:?}"
    );
    assert_eq!(store.count().unwrap(), 1);
    // Also a removal of nothing spends its token.
    assert!(!store.remove(id(2), token(2)).unwrap());
    let refused = store.put(id(2), b"other", 500, token(2));
    assert!(
        matches!(refused, Err(StoreError::TokenSpent)),
        "{refused:?}"
    );
}

fn what_has_expired_is_not_shown_and_is_purged(store: &dyn Store) {
    for (number, expires) in [(1, 100), (2, 101), (3, u64::MAX)] {
        store
            .put(id(number), b"sealed", expires, token(number))
            .unwrap();
    }
    assert_eq!(shown(store, 99).len(), 3);
    assert_eq!(shown(store, 100).len(), 2);
    store.purge(100).unwrap();
    assert_eq!(store.count().unwrap(), 2);
    assert_eq!(store.get(id(1)).unwrap(), None);
    // Tokens expire at 10,000.
    store.purge(9_999).unwrap();
    assert_eq!(store.count().unwrap(), 1);
    let refused = store.put(id(9), b"sealed", u64::MAX, token(1));
    assert!(
        matches!(refused, Err(StoreError::TokenSpent)),
        "{refused:?}"
    );
    store.purge(10_000).unwrap();
    store.put(id(9), b"sealed", u64::MAX, token(1)).unwrap();
    assert_eq!(store.count().unwrap(), 2);
}

fn whoever_writes_at_the_same_time_loses_nothing(store: &dyn Store) {
    thread::scope(|scope| {
        for writer in 0..8_u64 {
            scope.spawn(move || {
                for number in (writer * 100)..(writer * 100 + 25) {
                    let content = sealed(number, 284);
                    store.put(id(number), &content, 500, token(number)).unwrap();
                    assert_eq!(store.get(id(number)).unwrap(), Some(content));
                    if number % 5 == 0 {
                        assert!(store.remove(id(number), token(10_000 + number)).unwrap());
                    }
                }
            });
        }
    });
    let there = shown(store, 0);
    assert_eq!(store.count().unwrap(), 8 * 20);
    assert_eq!(there.len(), 8 * 20);
    for number in (0..8).flat_map(|writer| (writer * 100)..(writer * 100 + 25)) {
        let expected = (number % 5 != 0).then(|| sealed(number, 284));
        assert_eq!(there.get(&id(number).0), expected.as_ref());
    }
}

fn of_equal_tokens_at_the_same_time_one_is_taken(store: &dyn Store) {
    for round in 0..20 {
        let taken: usize = thread::scope(|scope| {
            let writers: Vec<_> = (0..4)
                .map(|writer| {
                    scope.spawn(move || {
                        let put = store.put(id(writer), b"sealed", 500, token(round));
                        assert!(
                            matches!(put, Ok(()) | Err(StoreError::TokenSpent)),
                            "{put:?}"
                        );
                        usize::from(put.is_ok())
                    })
                })
                .collect();
            writers
                .into_iter()
                .map(|writer| writer.join().unwrap())
                .sum()
        });
        assert_eq!(taken, 1);
    }
}

fn what_is_shown_is_of_one_moment(store: &dyn Store) {
    for number in 0..500 {
        store
            .put(id(number), &sealed(number, 284), 500, token(number))
            .unwrap();
    }
    let mut count = 0;
    store
        .for_each(0, &mut |_, _| {
            if count == 0 {
                // Not blocked by the reader, and not seen by it.
                store.put(id(1_000), b"later", 500, token(1_000)).unwrap();
                assert!(store.remove(id(499), token(1_001)).unwrap());
                store.put(id(498), b"other", 500, token(1_002)).unwrap();
            }
            count += 1;
        })
        .unwrap();
    assert_eq!(count, 500);
    let after = shown(store, 0);
    assert_eq!(after.len(), 500);
    assert_eq!(after.get(&id(499).0), None);
    assert_eq!(after.get(&id(498).0), Some(&b"other".to_vec()));
    assert_eq!(after.get(&id(1_000).0), Some(&b"later".to_vec()));
}
