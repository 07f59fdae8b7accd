//! One module per decision of `docs/spec/gaps.md` that concerns a definition string. Here stands what a person should read
//! first; `testdata/mssi/decisions.json` goes through the details.

mod bridge;
mod segments;
mod values;

use mimi_mssi::{Code, Mssi, Refusal, Verdict, parse, parse_strict};

const PLAIN: &str = "v=MIMI1; a=bob; e=im.example";

fn usable(input: &str) -> Mssi<'_> {
    parse_strict(input.as_bytes()).unwrap()
}

/// Codes of the warnings of a usable string.
fn warnings(input: &str) -> Vec<Code> {
    let judgement = parse(input.as_bytes());
    assert_eq!(judgement.verdict(), Verdict::Usable, "{input}");
    judgement
        .diagnostics()
        .iter()
        .map(|diagnostic| diagnostic.code())
        .filter(|code| *code != Code::UnknownTag)
        .collect()
}

fn refusal(input: &[u8]) -> (Verdict, Code) {
    let Refusal { verdict, code, .. } = parse_strict(input).unwrap_err();
    (verdict, code)
}

fn rejected(input: &str) -> Code {
    let (verdict, code) = refusal(input.as_bytes());
    assert_eq!(verdict, Verdict::Rejected, "{input}");
    code
}

fn ignored(input: &str) -> Code {
    let (verdict, code) = refusal(input.as_bytes());
    assert_eq!(verdict, Verdict::Ignored, "{input}");
    code
}
