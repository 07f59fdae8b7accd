//! Lines and columns.

use mimi_zonefile::{LineIndex, line_column};

#[test]
fn lines_and_columns_count_from_one_in_octets() {
    let input = "a\n\u{e9}x\r\n\nb".as_bytes();
    let expected = [
        (1, 1),
        (1, 2),
        (2, 1),
        (2, 2),
        (2, 3),
        (2, 4),
        (2, 5),
        (3, 1),
        (4, 1),
        (4, 2),
    ];
    let index = LineIndex::new(input);
    for (offset, place) in expected.into_iter().enumerate() {
        assert_eq!(line_column(input, offset), place);
        assert_eq!(index.line_column(offset), place);
    }
}

#[test]
fn offsets_behind_the_end_mean_the_end() {
    assert_eq!(line_column(b"a\n", 99), (2, 1));
    assert_eq!(LineIndex::new(b"a\n").line_column(99), (2, 1));
    assert_eq!(LineIndex::new(b"").line_column(0), (1, 1));
}
