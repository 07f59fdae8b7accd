//! Damage to one line of a file changes nothing but what depends on that line.
//!
//! What may change:
//!
//! - the damaged entry, and what its line now takes into its parentheses or quotes;
//! - below it, records with a blank owner, up to the next owner: they are refused, or belong to an owner that the damaged line
//!   states, but never to one from above it unless that line states none;
//! - relative names below a damaged `$ORIGIN`, up to the next absolute one: where it cannot be read, they are refused;
//! - below a damaged `$TTL`, records that state no TTL, up to the next `$TTL`; without any `$TTL`, those below a damaged line that
//!   stated a TTL or now may, up to the next TTL.
//!
//! Everything else is the same, octet by octet.

use std::fmt;

use mimi_name::DomainName;
use mimi_zonefile::{Form, ZoneReader};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};

use crate::support::{Item, name, read};

/// One entry of a file without errors. All its names, strings and TTLs have its number in them.
#[derive(Clone, Debug)]
struct Plain {
    owner: Owner,
    /// Whether it states a TTL.
    ttl: bool,
    class: &'static str,
    data: Data,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Owner {
    Blank,
    Relative,
    Absolute,
}

#[derive(Clone, Copy, Debug)]
enum Data {
    Words,
    Parentheses,
    OpenedFirst,
    Lines,
    Spaced,
    Generic,
    RelativeName,
    AbsoluteName,
}

#[derive(Clone, Debug)]
enum Kind {
    Record(Plain),
    Comment,
    Empty,
    RelativeOrigin,
    AbsoluteOrigin,
    Ttl,
}

/// An entry in the text of a file.
#[derive(Clone, Debug)]
struct Part {
    kind: Kind,
    start: usize,
    end: usize,
}

impl Data {
    fn is_relative(self) -> bool {
        matches!(self, Self::RelativeName)
    }
}

impl Kind {
    fn text(&self, number: usize) -> String {
        let record = match self {
            Self::Comment => return format!("; comment ( \" {number}\n"),
            Self::Empty => return " \t\n".to_owned(),
            Self::RelativeOrigin => return format!("$ORIGIN o{number}\n"),
            Self::AbsoluteOrigin => return format!("$origin o{number}. ; origin\n"),
            Self::Ttl => return format!("$TTL {}\n", 1000 + number),
            Self::Record(record) => record,
        };
        let owner = match record.owner {
            Owner::Blank => "  ".to_owned(),
            Owner::Relative => format!("n{number:02} "),
            Owner::Absolute => format!("n{number:02}.example.org. "),
        };
        let ttl = if record.ttl {
            format!("{} ", 1000 + number)
        } else {
            String::new()
        };
        let class = record.class;
        let (before, data) = match record.data {
            Data::Words => ("", format!("TXT \"w{number} ; ( \\\" )\" z{number}")),
            Data::Parentheses => (
                "",
                format!("TXT ( \"p{number}\" ; one ( \"\n\n  q{number} ; )\nr{number}\n)"),
            ),
            Data::OpenedFirst => ("( ", format!("; zero\n TXT \"s{number}\"\n) t{number}")),
            Data::Lines => ("", format!("TXT \"l{number}\n {number}\" ; lines")),
            Data::Spaced => ("", format!("TXT \" {number} ; ) \" \"( \" ")),
            Data::Generic => ("", format!("MIMI \\# 2 {number:02x} ff")),
            Data::RelativeName => ("", format!("MX {number} m{number}")),
            Data::AbsoluteName => ("", format!("NS m{number}.")),
        };
        format!("{owner}{before}{ttl}{class}{data}\n")
    }
}

fn plain() -> impl Strategy<Value = Plain> {
    let owner = prop_oneof![
        3 => Just(Owner::Blank),
        3 => Just(Owner::Relative),
        2 => Just(Owner::Absolute),
    ];
    let data = select(vec![
        Data::Words,
        Data::Parentheses,
        Data::OpenedFirst,
        Data::Lines,
        Data::Spaced,
        Data::Generic,
        Data::RelativeName,
        Data::AbsoluteName,
    ]);
    (owner, any::<bool>(), select(vec!["", "IN "]), data).prop_map(|(owner, ttl, class, data)| {
        Plain {
            owner,
            ttl,
            class,
            data,
        }
    })
}

fn kinds() -> impl Strategy<Value = Vec<Kind>> {
    let kind = prop_oneof![
        12 => plain().prop_map(Kind::Record),
        1 => Just(Kind::Comment),
        1 => Just(Kind::Empty),
        1 => Just(Kind::RelativeOrigin),
        1 => Just(Kind::AbsoluteOrigin),
        1 => Just(Kind::Ttl),
    ];
    vec(kind, 1..16)
}

/// A file, and where its entries stand.
fn file(kinds: &[Kind]) -> (String, Vec<Part>) {
    let mut text = "first.example. 60 TXT x\n".to_owned();
    let mut parts = Vec::new();
    for (number, kind) in kinds.iter().enumerate() {
        let start = text.len();
        text += &kind.text(number);
        parts.push(Part {
            kind: kind.clone(),
            start,
            end: text.len(),
        });
    }
    (text, parts)
}

#[derive(Clone, Debug)]
enum Damage {
    Replace(Vec<u8>),
    Delete(Index, Index),
    Insert(Index, u8),
    Double,
}

fn damage() -> impl Strategy<Value = Damage> {
    let octet = any::<u8>().prop_map(|octet| if octet == b'\n' { b'(' } else { octet });
    let word = select(vec![
        "a", "n1", "60", "1h", "IN", "TXT", "MIMI", "\\#", "2", "\"x", "x\"", "\"", "(", ")", ";",
        "\\", "$TTL", "$ORIGIN", "$INCLUDE", "$FOO", "x..y",
    ]);
    let words = (any::<bool>(), vec(word, 0..8)).prop_map(|(blank, words)| {
        let start = if blank { " " } else { "" };
        format!("{start}{}", words.join(" ")).into_bytes()
    });
    prop_oneof![
        1 => vec(octet, 0..30).prop_map(Damage::Replace),
        2 => words.prop_map(Damage::Replace),
        3 => (any::<Index>(), any::<Index>()).prop_map(|(from, to)| Damage::Delete(from, to)),
        6 => (any::<Index>(), select(b"()\"\\;\0\r \t.$".to_vec())).prop_map(|(at, octet)| Damage::Insert(at, octet)),
        1 => Just(Damage::Double),
    ]
}

impl Damage {
    /// What it makes of a line.
    fn done_to(&self, line: &[u8]) -> Vec<u8> {
        let end = line.len() + 1;
        match self {
            Self::Replace(other) => other.clone(),
            Self::Delete(from, to) => {
                let (from, to) = (from.index(end), to.index(end));
                [&line[..from.min(to)], &line[from.max(to)..]].concat()
            }
            Self::Insert(at, octet) => {
                let (before, after) = line.split_at(at.index(end));
                [before, &[*octet], after].concat()
            }
            Self::Double => [line, line].join(&b'\n'),
        }
    }
}

/// Whether the end of the entry was not found.
fn is_open(item: &Item) -> bool {
    match item {
        Item::Error(error) => matches!(
            error.code(),
            "unterminated-quote"
                | "unterminated-parenthesis"
                | "nested-parenthesis"
                | "unexpected-parenthesis"
                | "lone-carriage-return"
                | "entry-too-long"
        ),
        _ => false,
    }
}

/// What later entries may inherit from the damage.
#[derive(Clone, Copy, Debug)]
struct Unsure {
    owner: bool,
    origin: bool,
    /// Whether relative names have to be refused.
    origin_lost: bool,
    default_ttl: bool,
    last_ttl: bool,
}

impl Unsure {
    /// Behind the damaged entry, in place of which `first` was read; `is_open`: where it ends was not found.
    fn after(part: &Part, damaged: &[u8], first: Option<&Item>, is_open: bool) -> Self {
        let text = damaged.to_ascii_lowercase();
        let has = |name: &[u8]| text.windows(name.len()).any(|part| part == name);
        let may_state_ttl = damaged
            .split(|octet| b" \t\r\n\"();".contains(octet))
            .any(|word| word.first().is_some_and(u8::is_ascii_digit));
        let stated_ttl = matches!(&part.kind, Kind::Record(record) if record.ttl);
        let was_origin = matches!(part.kind, Kind::RelativeOrigin | Kind::AbsoluteOrigin);
        Self {
            owner: true,
            origin: was_origin || has(b"$origin"),
            origin_lost: text.starts_with(b"$origin ") && matches!(first, Some(Item::Error(_))),
            default_ttl: matches!(part.kind, Kind::Ttl) || has(b"$ttl"),
            last_ttl: stated_ttl || may_state_ttl || is_open,
        }
    }

    /// Behind an entry that went into the parentheses or quotes of a damaged one.
    fn lose(&mut self, part: &Part) {
        match &part.kind {
            Kind::Record(_) => {
                self.owner = true;
                self.last_ttl = true;
            }
            Kind::RelativeOrigin | Kind::AbsoluteOrigin => self.origin = true,
            Kind::Ttl => self.default_ttl = true,
            // A word of it may be a TTL now.
            Kind::Comment => self.last_ttl = true,
            Kind::Empty => {}
        }
    }
}

/// Compares what was read before and after; `shift` is what the damage added to the file.
struct Comparison<'a> {
    old: &'a [Item],
    new: &'a [Item],
    shift: isize,
    /// The owner of blank lines at the damaged one.
    owner_above: Option<DomainName>,
    /// Whether the damaged line names an owner, or seems to.
    states_owner: bool,
    unsure: Unsure,
    default_ttl: bool,
}

impl Comparison<'_> {
    fn old_at(&self, start: usize) -> Option<&Item> {
        find(self.old, start)
    }

    fn new_at(&self, start: usize) -> Option<&Item> {
        find(self.new, start.checked_add_signed(self.shift).unwrap())
    }

    /// Checks an entry below the damage, outside its parentheses and quotes.
    fn check(&mut self, part: &Part) {
        match &part.kind {
            Kind::Comment | Kind::Empty => {}
            Kind::Ttl => {
                assert!(matches!(self.new_at(part.start), Some(Item::Directive(_))));
                (self.unsure.default_ttl, self.default_ttl) = (false, true);
            }
            Kind::AbsoluteOrigin => {
                assert!(matches!(self.new_at(part.start), Some(Item::Directive(_))));
                (self.unsure.origin, self.unsure.origin_lost) = (false, false);
            }
            Kind::RelativeOrigin => {
                let read = matches!(self.new_at(part.start), Some(Item::Directive(_)));
                assert!(read || self.unsure.origin);
                assert!(!read || !self.unsure.origin_lost);
            }
            Kind::Record(record) => self.check_record(part, record),
        }
    }

    fn check_record(&mut self, part: &Part, record: &Plain) {
        let Some(Item::Record(old)) = self.old_at(part.start).cloned() else {
            panic!("the file had errors before");
        };
        let inherits_owner = record.owner == Owner::Blank;
        let unsure_owner = match record.owner {
            Owner::Blank => self.unsure.owner,
            Owner::Relative => self.unsure.origin,
            Owner::Absolute => false,
        };
        let unsure_ttl =
            !record.ttl && (self.unsure.default_ttl || !self.default_ttl && self.unsure.last_ttl);
        let new = self.new_at(part.start).cloned();
        match &new {
            Some(Item::Record(new)) => {
                assert_eq!((new.class, new.record_type), (old.class, old.record_type));
                assert_eq!(new.text, old.text);
                if !unsure_owner {
                    assert_eq!(new.owner_wire, old.owner_wire);
                }
                if inherits_owner && unsure_owner && self.states_owner {
                    assert_ne!(Some(&new.owner), self.owner_above.as_ref());
                }
                if !unsure_ttl {
                    assert_eq!(new.ttl, old.ttl);
                }
                if !(record.data.is_relative() && self.unsure.origin) {
                    assert_eq!(new.rdata, old.rdata);
                }
                if self.unsure.origin_lost {
                    assert_ne!(record.owner, Owner::Relative);
                    assert_eq!(new.rdata.is_err(), record.data.is_relative());
                }
            }
            Some(Item::Error(error)) => match error.code() {
                "owner-lost" => assert!(inherits_owner && unsure_owner),
                "origin-lost" | "no-origin" => {
                    assert!(record.owner == Owner::Relative && unsure_owner);
                }
                "ttl-lost" => assert!(unsure_ttl),
                code => panic!("{code}"),
            },
            other => panic!("{other:?}"),
        }
        if !inherits_owner {
            self.unsure.owner = unsure_owner;
        }
        if record.ttl {
            self.unsure.last_ttl = false;
        }
    }
}

fn find(items: &[Item], start: usize) -> Option<&Item> {
    items
        .iter()
        .find(|item| item.span().start == start && !matches!(item, Item::Comment { .. }))
}

/// A file, and the same with one line damaged.
struct Case {
    text: String,
    parts: Vec<Part>,
    /// Which of them is damaged.
    index: usize,
    /// Where the damaged line starts, and what it is now.
    line_start: usize,
    changed: Vec<u8>,
    input: Vec<u8>,
}

impl Case {
    fn new(kinds: &[Kind], at: Index, line: Index, damage: &Damage) -> Self {
        let (text, parts) = file(kinds);
        let index = at.index(parts.len());
        let part = &parts[index];
        let octets = text.as_bytes();
        let at = part.start + line.index(part.end - part.start);
        let start = text[..at].rfind('\n').map_or(0, |end| end + 1);
        let end = text[at..]
            .find('\n')
            .map_or(text.len(), |length| at + length);
        let changed = damage.done_to(&octets[start..end]);
        Self {
            index,
            line_start: start,
            input: [&octets[..start], &changed, &octets[end..]].concat(),
            changed,
            text,
            parts,
        }
    }
}

impl fmt::Debug for Case {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let damaged = &self.changed.escape_ascii();
        write!(
            f,
            "{}--- damaged:\n{damaged}\n--- from:\n{}",
            self.text,
            &self.text[self.line_start..]
        )
    }
}

fn check(case: &Case) {
    let Case {
        text,
        parts,
        index,
        line_start,
        changed,
        input,
    } = case;
    let part = &parts[*index];
    let old = read(&reader(), text);
    assert!(!old.iter().any(|item| matches!(item, Item::Error(_))));
    let new = read(&reader(), input);
    let shift = input.len() as isize - text.len() as isize;
    let moved = |offset: usize| offset.checked_add_signed(shift).unwrap();

    let above = |items: &[Item]| -> Vec<Item> {
        let is_above = |item: &&Item| item.span().end <= part.start;
        items.iter().filter(is_above).cloned().collect()
    };
    let before = above(&old);
    assert_eq!(above(&new), before);

    let owner_above = before.iter().rev().find_map(|item| match item {
        Item::Record(record) => Some(record.owner.clone()),
        _ => None,
    });
    let mut end = moved(part.end);
    let is_cut = new
        .iter()
        .any(|item| (part.start..end).contains(&item.span().start) && is_open(item));
    let mut comparison = Comparison {
        old: &old,
        new: &new,
        shift,
        owner_above,
        states_owner: *line_start == part.start && states_owner(changed),
        unsure: Unsure::after(
            part,
            &input[part.start..end],
            find(&new, part.start),
            is_cut,
        ),
        default_ttl: parts[..*index]
            .iter()
            .any(|part| matches!(part.kind, Kind::Ttl)),
    };
    for below in &parts[index + 1..] {
        let start = moved(below.start);
        let covering = new
            .iter()
            .filter(|item| !matches!(item, Item::Comment { .. }))
            .find(|item| item.span().start < start && start < item.span().end);
        let Some(covering) = covering else {
            comparison.check(below);
            continue;
        };
        // It went into the damaged entry, or one that did so has no end of its own.
        assert!(covering.span().start < end, "{covering:?}");
        if is_open(covering) {
            let could_begin_an_entry = !matches!(input[start], b' ' | b'\t');
            assert!(!could_begin_an_entry, "{covering:?}");
        }
        comparison.unsure.lose(below);
        end = moved(below.end);
    }
}

/// Whether a line names an owner, or seems to.
fn states_owner(line: &[u8]) -> bool {
    line.first()
        .is_some_and(|octet| !b" \t\r\n;$()".contains(octet))
}

fn reader() -> ZoneReader {
    ZoneReader::new()
        .origin(name("example."))
        .private_type("MIMI", 65357, Form::Strings)
}

fn case() -> impl Strategy<Value = Case> {
    (kinds(), any::<Index>(), any::<Index>(), damage())
        .prop_map(|(kinds, at, line, damage)| Case::new(&kinds, at, line, &damage))
}

proptest! {
    #[test]
    fn damage_to_one_line_changes_no_other_record(case in case()) {
        check(&case);
    }
}
