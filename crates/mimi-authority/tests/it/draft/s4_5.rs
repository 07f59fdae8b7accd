//! §4.5: the examples of MIMI records can be pasted as they are and served.

use crate::support::{ask, listed, load};

const EXAMPLES: &str = r#"
mymimi.example.com MIMI "v=MIMI1; a=myuser; e=mimiserver.example.com"
two.example.com MIMI
    "v=MIMI1; p=2; a=+15551234567; e=mimi.whatsapp.com; s=whatsapp"
"#;

#[test]
fn the_first_example_is_served_as_pasted() {
    let (zones, _) = load(EXAMPLES);
    assert_eq!(
        ask(&zones, "mymimi.example.com MIMI"),
        r#"NOERROR aa; an mymimi.example.com. MIMI "v=MIMI1; a=myuser; e=mimiserver.example.com""#
    );
}

#[test]
fn warns_that_the_example_has_no_origin_and_no_zone() {
    let (_, problems) = load("mymimi.example.com MIMI \"v=MIMI1; a=x; e=y\"");
    let codes: Vec<&str> = problems.iter().map(|problem| problem.code()).collect();
    assert_eq!(
        codes,
        ["root-assumed", "implied-zone"],
        "{}",
        listed(&problems)
    );
}

#[test]
fn fails_for_the_line_break_that_the_draft_prints_and_serves_the_rest() {
    // Without parentheses a record ends with its line; the draft's layout of the second example is not a master file.
    let (zones, problems) = load(EXAMPLES);
    assert!(listed(&problems).contains("test.zone:3:21: error[rdata-missing-field]"));
    assert!(ask(&zones, "mymimi.example.com MIMI").starts_with("NOERROR aa; an"));
}
