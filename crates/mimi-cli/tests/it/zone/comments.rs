//! Comments of zone files: kept where they still say what they said.

use super::convert;

const FILE: &str = "; § of the file\u{1b}[31m\n$ORIGIN x. ; of the origin\n$TTL 1\n\
    a MIMI \"v=MIMI1; a=a; e=e.example\" ; mimi-lint: ignore[MIMI012] reason\n\
    @ SOA a b ( ; begin\n 1 ; serial\n 2 3 4 5 ) ; end\n\tA 192.0.2.1;touching\n";

#[test]
fn comments_stay_where_they_were() {
    insta::assert_snapshot!(convert("rfc3597", FILE).run().text(), @r#"
    ; Made by mimi zone convert from standard input
    ; § of the file\027[31m
    ; of the origin
    a.x. 1 IN TYPE65357 \# 26 19763d4d494d49313b20613d613b20653d652e6578616d706c65 ; mimi-lint: ignore[MIMI012] reason ; MIMI "v=MIMI1; a=a; e=e.example"
    x. 1 IN SOA a.x. b.x. 1 2 3 4 5 ; end
    x. 1 IN A 192.0.2.1 ;touching
    "#);
}

#[test]
fn comments_do_not_pile_up_when_a_file_goes_back_and_forth() {
    let mut file = FILE.as_bytes().to_vec();
    for target in ["rfc3597", "mnemonic", "rfc3597", "rfc3597", "mnemonic"] {
        file = convert(target, &file).run().out;
    }
    assert_eq!(file, convert("mnemonic", FILE).run().out);
}

#[test]
fn drops_the_words_of_a_string_too_long_for_a_comment() {
    let file = format!(
        "x. 1 MIMI \"v=MIMI1; a={}; e=e\" \"{0}\"\n",
        "a".repeat(230)
    );
    let run = convert("rfc3597", file).run();
    assert!(!run.text().lines().nth(1).unwrap().contains(';'));
}
