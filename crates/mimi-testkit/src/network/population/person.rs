//! One person at a time: an identifier, records, and the truth that follows from them.

use std::fmt::Write;

use mimi_name::DomainName;
use mimi_rr::{Mimi, Mimix, TypeCodes};

use super::{APEX, ENUM_SUFFIX, Person, Truth};
use crate::expect::Account;
use crate::network::dice::Dice;
use crate::network::world::World;

/// A type that is neither MIMI nor MIMIX, for names that exist without them: TXT, with one empty string.
const OTHER: (u16, &[u8]) = (16, b"\0");
/// MIMI resolution domains that people share.
const HOSTS: u64 = 8;
/// Records of an RRset that is too large for UDP.
const MANY: u64 = 24;

/// What stands at the name that is asked for MIMI records, and how many of a hundred have it so.
const STORIES: [(Story, u64); 10] = [
    (Story::One, 42),
    (Story::Several, 14),
    (Story::Many, 4),
    (Story::Alias, 6),
    (Story::AliasAlone, 5),
    (Story::NoSuchName, 8),
    (Story::NoMapping, 7),
    (Story::OnlyUnusable, 6),
    (Story::Mixed, 6),
    (Story::Lame, 2),
];

/// What stands at an email domain, and how many of a hundred have it so.
const DOMAINS: [(Domain, u64); 7] = [
    (Domain::OneTarget, 55),
    (Domain::SeveralTargets, 20),
    (Domain::Alias, 6),
    (Domain::Declines, 6),
    (Domain::NoMimix, 6),
    (Domain::NoSuchName, 5),
    (Domain::Lame, 2),
];

#[derive(Clone, Copy)]
enum Story {
    One,
    /// Some with priorities, some without.
    Several,
    Many,
    Alias,
    /// Two aliases, each of which has to be asked for by itself.
    AliasAlone,
    NoSuchName,
    NoMapping,
    OnlyUnusable,
    /// Records that can be used beside others that cannot.
    Mixed,
    /// Below a delegation that leads nowhere: temporary failures, and never an absence (D58).
    Lame,
}

#[derive(Clone, Copy)]
enum Domain {
    OneTarget,
    SeveralTargets,
    Alias,
    Declines,
    NoMimix,
    NoSuchName,
    Lame,
}

/// Makes the person of one number.
pub(super) struct Maker<'a> {
    world: &'a mut World,
    dice: Dice,
    number: u32,
    accounts: u32,
}

/// What the records at one name say.
enum Said {
    Accounts(Vec<Account>),
    Nothing(&'static str),
}

impl<'a> Maker<'a> {
    pub(super) fn new(world: &'a mut World, dice: Dice, number: u32) -> Self {
        Self {
            world,
            dice,
            number,
            accounts: 0,
        }
    }

    pub(super) fn make(mut self) -> Person {
        match self.number % 3 {
            0 => self.mui(),
            1 => self.email(),
            _ => self.telephone(),
        }
    }

    fn mui(&mut self) -> Person {
        let identifier = format!("person{}.mui.{APEX}", self.number);
        let owner = name(&identifier);
        Person {
            truth: self.story_at(&owner).into(),
            identifier,
        }
    }

    /// D52: digits reversed and dotted.
    fn telephone(&mut self) -> Person {
        let identifier = format!("+1555{:08}", self.number);
        let digits = identifier.chars().filter(char::is_ascii_digit).rev();
        let reversed = digits.fold(String::new(), |text, digit| format!("{text}{digit}."));
        let owner = name(&format!("{reversed}{ENUM_SUFFIX}"));
        Person {
            truth: self.story_at(&owner).into(),
            identifier,
        }
    }

    fn email(&mut self) -> Person {
        let (local_part, atoms) = self.local_part();
        let domain_text = format!("domain{}.{APEX}", self.number);
        let domain = name(&domain_text);
        let truth = match pick(&mut self.dice, &DOMAINS) {
            Some(Domain::OneTarget) | None => self.one_target(&domain, &atoms),
            Some(Domain::SeveralTargets) => self.several_targets(&domain, &atoms),
            Some(Domain::Alias) => {
                let target = name(&format!("alias{}.{APEX}", self.number));
                self.world.add_alias(&domain, &target);
                self.one_target(&target, &atoms)
            }
            Some(Domain::Declines) => {
                self.mimix(&domain, DomainName::root());
                Truth::nothing("provider_declines")
            }
            Some(Domain::NoMimix) => {
                self.world.add(&domain, OTHER.0, OTHER.1.to_vec());
                Truth::nothing("no_mapping")
            }
            Some(Domain::NoSuchName) => Truth::nothing("no_such_name"),
            Some(Domain::Lame) => {
                self.world.cut(&domain);
                Truth::nothing("temporary_failure")
            }
        };
        Person {
            identifier: format!("{local_part}@{domain_text}"),
            truth,
        }
    }

    /// D40 to D44: a local part as it is typed, and the labels that it becomes.
    fn local_part(&mut self) -> (String, Vec<String>) {
        let number = self.number;
        let (typed, dotted) = match self.dice.below(6) {
            0 => (format!("anna{number}"), format!("anna{number}")),
            1 => (format!("first.last{number}"), format!("first.last{number}")),
            2 => (format!("tag+{number}"), format!("tag+{number}")),
            3 => (format!("o'brien{number}"), format!("o'brien{number}")),
            4 => (format!("MIXED.Case{number}"), format!("mixed.case{number}")),
            _ => (
                format!("\"two words{number}\""),
                format!("two words{number}"),
            ),
        };
        (typed, dotted.split('.').map(str::to_owned).collect())
    }

    fn one_target(&mut self, domain: &DomainName, atoms: &[String]) -> Truth {
        let host = self.dice.below(HOSTS);
        let (target, owner) = at_host(host, atoms);
        self.mimix(domain, target);
        self.story_at(&owner).into()
    }

    /// D34: all targets count. D30: an account that stands at two of them has the lowest priority.
    fn several_targets(&mut self, domain: &DomainName, atoms: &[String]) -> Truth {
        let (first, count) = (self.dice.below(HOSTS), 2 + self.dice.below(3));
        let is_found = !self.dice.chance(0.2);
        let mut found: Vec<Account> = Vec::new();
        let mut nothing = "no_such_name";
        for at in 0..count {
            let (target, owner) = at_host((first + at) % HOSTS, atoms);
            self.mimix(domain, target);
            let story = match (is_found, at, self.dice.below(3)) {
                (true, 0, _) | (true, _, 0) => Story::One,
                (_, _, 1) => Story::NoMapping,
                _ => Story::NoSuchName,
            };
            match self.tell(story, &owner) {
                Said::Accounts(accounts) => {
                    if let Some(earlier) = found.first().filter(|_| self.number.is_multiple_of(2)) {
                        let again = Account {
                            p: earlier.p.map_or(Some(5), |p| Some(p + 1)),
                            s: None,
                            ..earlier.clone()
                        };
                        self.mimi(&owner, &definition_string(&again));
                        found.push(again);
                    }
                    found.extend(accounts);
                }
                Said::Nothing("no_mapping") => nothing = "no_mapping",
                Said::Nothing(_) => {}
            }
        }
        if found.is_empty() {
            Truth::nothing(nothing)
        } else {
            Truth::found(found)
        }
    }

    fn story_at(&mut self, owner: &DomainName) -> Said {
        let story = pick(&mut self.dice, &STORIES).unwrap_or(Story::One);
        self.tell(story, owner)
    }

    /// Puts the records of a story at a name.
    fn tell(&mut self, story: Story, owner: &DomainName) -> Said {
        let nothing = |word| Said::Nothing(word);
        match story {
            Story::One => self.put(owner, 1),
            Story::Several => {
                let count = 2 + self.dice.below(4);
                self.put(owner, count)
            }
            Story::Many => self.put(owner, MANY),
            Story::Alias => {
                let target = name(&format!("alias{}.mimi.{APEX}", self.number));
                self.world.add_alias(owner, &target);
                self.put(&target, 1)
            }
            Story::AliasAlone => {
                let between = name(&format!("between{}.mimi.{APEX}", self.number));
                let target = name(&format!("alias{}.mimi.{APEX}", self.number));
                self.world.add_alias_without_target(owner, &between);
                self.world.add_alias_without_target(&between, &target);
                self.put(&target, 2)
            }
            Story::NoSuchName => nothing("no_such_name"),
            Story::NoMapping => {
                self.world.add(owner, OTHER.0, OTHER.1.to_vec());
                nothing("no_mapping")
            }
            Story::OnlyUnusable => {
                for _ in 0..=self.dice.below(3) {
                    self.put_unusable(owner);
                }
                nothing("only_unusable")
            }
            Story::Mixed => {
                self.put_unusable(owner);
                self.put(owner, 2)
            }
            Story::Lame => {
                self.world.cut(owner);
                nothing("temporary_failure")
            }
        }
    }

    fn put(&mut self, owner: &DomainName, count: u64) -> Said {
        let mut accounts = Vec::new();
        for _ in 0..count {
            let account = self.account();
            self.mimi(owner, &definition_string(&account));
            accounts.push(account);
        }
        Said::Accounts(accounts)
    }

    /// D8, D9, D11, D19 and the order of judgement: records that nobody may use.
    fn put_unusable(&mut self, owner: &DomainName) {
        let Account { a, e, .. } = self.account();
        let text = match self.dice.below(5) {
            0 => format!("v=MIMI1; a={a}"),
            1 => format!("v=MIMI2; a={a}; e={e}"),
            2 => format!("v=MIMI1; a={a}; a={a}; e={e}"),
            3 => format!("a={a}; v=MIMI1; e={e}"),
            _ => format!("v=MIMI1; a={a}; e={e}; {a}"),
        };
        self.mimi(owner, &text);
    }

    /// An account that nobody else has.
    fn account(&mut self) -> Account {
        self.accounts += 1;
        let priority = self.dice.below(6);
        let service = ["whatsapp", "telegram", "matrix"].get(self.dice.below(4) as usize);
        Account {
            a: format!("account-{}-{}", self.number, self.accounts),
            e: format!("im{}.example", self.dice.below(4)),
            // Some have none; equal ones make a group.
            p: u32::try_from(priority).ok().filter(|p| *p < 4),
            pv: self.dice.chance(0.2).then(|| "1.0".to_owned()),
            s: service.map(|service| (*service).to_owned()),
        }
    }

    fn mimi(&mut self, owner: &DomainName, definition_string: &str) {
        // Nothing here is longer than a record may be.
        if let Ok(mimi) = Mimi::new(definition_string.as_bytes()) {
            self.world
                .add(owner, TypeCodes::DEFAULT.mimi(), mimi.to_rdata());
        }
    }

    fn mimix(&mut self, owner: &DomainName, target: DomainName) {
        let rdata = Mimix::new(target).to_rdata();
        self.world.add(owner, TypeCodes::DEFAULT.mimix(), rdata);
    }
}

impl From<Said> for Truth {
    fn from(said: Said) -> Self {
        match said {
            Said::Accounts(accounts) => Self::found(accounts),
            Said::Nothing(word) => Self::nothing(word),
        }
    }
}

/// The MIMI resolution domain of this host, and the name of an address there.
fn at_host(host: u64, atoms: &[String]) -> (DomainName, DomainName) {
    let target = name(&format!("host{host}.{APEX}"));
    let labels = DomainName::from_labels(atoms).unwrap_or_else(|_| DomainName::root());
    let owner = labels.under(&target).unwrap_or_else(|_| target.clone());
    (target, owner)
}

fn definition_string(account: &Account) -> String {
    let Account { a, e, p, pv, s } = account;
    let mut text = format!("v=MIMI1; a={a}; e={e}");
    // Writing to a string cannot fail.
    if let Some(p) = p {
        let _ = write!(text, "; p={p}");
    }
    if let Some(pv) = pv {
        let _ = write!(text, "; pv={pv}");
    }
    if let Some(s) = s {
        let _ = write!(text, "; s={s}");
    }
    text
}

/// One of them, as often of a hundred as it says.
fn pick<T: Copy>(dice: &mut Dice, weighed: &[(T, u64)]) -> Option<T> {
    let mut left = dice.below(weighed.iter().map(|(_, weight)| weight).sum());
    for (one, weight) in weighed {
        if left < *weight {
            return Some(*one);
        }
        left -= weight;
    }
    None
}

/// A name of this module's making: letters, digits and dots.
fn name(text: &str) -> DomainName {
    DomainName::parse_absolute(text).unwrap_or_else(|_| DomainName::root())
}
