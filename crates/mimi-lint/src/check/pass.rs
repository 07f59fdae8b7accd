//! [`Pass`]: one reading of a file, or of a part of it: every rule that looks at single records or at one owner, and the facts for
//! those that look at the zone.

use std::sync::Arc;

use mimi_mssi::{Judgement, Mssi};
use mimi_name::DomainName;
use mimi_zonefile::{Entries, Entry, Rdata, RdataErrorKind, SyntaxError, SyntaxErrorKind};

use crate::check::digest::Numbers;
use crate::check::facts::{Keeping, Kind};
use crate::check::group::Group;
use crate::check::ignores;
use crate::check::name_hash::NameHasher;
use crate::check::part::Part;
use crate::check::plain::Plain;
use crate::definition::DefinitionView;
use crate::finding::{Finding, Source};
use crate::mimi::MimiView;
use crate::mimix::MimixView;
use crate::record::{IN, Record, RecordView, error_place, types};
use crate::rule::{Check, Rule};
use crate::rules;
use crate::settings::Settings;
use crate::sink::Sink;

/// What all readings of a file share.
pub(crate) struct Pass<'a> {
    pub(crate) settings: &'a Settings,
    pub(crate) source: &'a Arc<Source>,
    pub(crate) apex: Option<&'a DomainName>,
    pub(crate) hasher: &'a NameHasher,
    /// Whether comments can ignore findings.
    pub(crate) ignores: bool,
    /// The TTLs and services of MIMI records, for their digests.
    pub(crate) ttls: &'a Numbers,
    pub(crate) services: &'a Numbers,
    /// Whether plain records may be passed over.
    pub(crate) shortcut: bool,
    /// Which facts are kept.
    pub(crate) keeping: Keeping,
}

/// How far the reading of one part is.
struct Reading<'p, 'a> {
    pass: &'p Pass<'a>,
    plain: Plain,
    part: Part,
    group: Group,
    /// Whether no rule has anything to say about the owner of `group`.
    owner_is_plain: bool,
    above: Above,
    rdata: Vec<u8>,
}

impl Pass<'_> {
    /// Reads at most so many entries. Whether there may be more is told with the part.
    pub(crate) fn read(&self, entries: &mut Entries<'_>, most: usize) -> (Part, bool) {
        let mut reading = Reading {
            pass: self,
            plain: Plain::new(self.settings, self.shortcut),
            part: Part::new(&self.keeping),
            group: Group::default(),
            owner_is_plain: false,
            above: Above::default(),
            rdata: Vec::new(),
        };
        let mut is_whole = true;
        let mut left = most;
        loop {
            if left == 0 {
                is_whole = false;
                break;
            }
            left -= 1;
            match entries.next() {
                None => break,
                Some(Ok(Entry::Record(record))) => reading.record(&record),
                Some(Ok(Entry::Comment(comment))) => {
                    if self.ignores
                        && let Some(ignore) = ignores::parse(&comment, self.source)
                    {
                        reading.part.ignores.push(ignore);
                    }
                }
                Some(Ok(Entry::Directive(directive))) => {
                    reading.part.last_line = directive.place.line;
                }
                Some(Ok(_)) => {}
                Some(Err(error)) => reading.error(entries, &error),
            }
        }
        (reading.finish(), is_whole)
    }
}

impl Reading<'_, '_> {
    fn error(&mut self, entries: &Entries<'_>, error: &SyntaxError) {
        if let SyntaxErrorKind::ReadFailed { kind } = error.kind
            && error.place.file.index() == 0
        {
            self.part.failure = Some(kind);
            return;
        }
        self.part.last_line = error.place.line;
        let Pass {
            settings, source, ..
        } = self.pass;
        let place = error_place(error, entries.file_name(error.place.file), source);
        let mut sink = Sink::new(settings, &mut self.part.findings);
        rules::syntax_error::report(error, place, &mut sink);
    }

    fn record(&mut self, read: &mimi_zonefile::Record<'_>) {
        if self.part.records == 0 {
            self.part.first_record_line = Some(read.place(read.span().start).line);
        }
        self.part.records += 1;
        let codes = self.pass.settings.types;
        if read.class == IN
            && read.record_type == codes.mimi()
            && let Rdata::Generic(generic) = &read.rdata
        {
            return self.mimi(read, generic.octets());
        }
        self.rdata.clear();
        let rdata = match read.append_rdata(&mut self.rdata) {
            Ok(true) => Some(()),
            Ok(false) => None,
            Err(error) => {
                let record = Record::keep(read, None, self.pass.source);
                self.part.last_line = record.excerpt.line;
                let Pass { settings, .. } = self.pass;
                let mut sink = Sink::new(settings, &mut self.part.findings).about(read.owner);
                if error.kind == RdataErrorKind::TooLong
                    && read.record_type == settings.types.mimi()
                {
                    rules::string_too_long::report(record.type_place(), &mut sink);
                } else {
                    rules::rdata_error::report(&error, record.place(error.span.clone()), &mut sink);
                }
                return;
            }
        };
        if read.class != IN {
            return;
        }
        if read.record_type == codes.mimi() {
            let rdata = core::mem::take(&mut self.rdata);
            self.mimi(read, &rdata);
            self.rdata = rdata;
        } else if read.record_type == codes.mimix() {
            self.mimix(read);
        } else {
            self.other(read, rdata.is_some());
        }
    }

    fn mimi(&mut self, read: &mimi_zonefile::Record<'_>, rdata: &[u8]) {
        self.begin(read);
        let text = mimi_rr::definition_string(rdata);
        let canonical = text
            .as_ref()
            .ok()
            .and_then(|text| mimi_mssi::parse_canonical(text));
        let is_plain = self.owner_is_plain
            && canonical.is_some_and(|mssi| self.plain.passes_mimi(read.ttl, &mssi));
        let mssi = match &text {
            Ok(text) => canonical.or_else(|| mimi_mssi::parse_strict(text).ok()),
            Err(_) => None,
        };
        let is_plain = self.pass.is_for_facts() || is_plain;
        let Pass {
            settings, source, ..
        } = self.pass;
        self.group.add(read, Some(rdata), mssi, source, settings);
        if !is_plain {
            let record = Record::keep(read, Some(rdata), source);
            self.part.last_line = record.excerpt.line;
            self.judge_mimi(&record, text.as_deref().ok(), mssi);
        }
        if !is_plain || self.part.landmarks.mimi.is_none() {
            self.note_landmark(read, rdata);
        }
    }

    /// All that the rules about a MIMI record say.
    fn judge_mimi(&mut self, record: &Record, text: Option<&[u8]>, mssi: Option<Mssi<'_>>) {
        self.judge_record(record);
        let Pass { settings, .. } = self.pass;
        let mut sink = Sink::new(settings, &mut self.part.findings).about(&record.owner);
        let Some(text) = text else {
            rules::mimi_rdata::report(record, &mut sink);
            return;
        };
        let judgement: Judgement<'_> = mimi_mssi::parse(text);
        let definition = DefinitionView::new(record, text, &judgement);
        run(&mut sink, |rule, sink| {
            if let Check::Definition(check) = rule.check {
                check(&definition, sink);
            }
        });
        let Some(mssi) = mssi else { return };
        let view = MimiView {
            record,
            definition: &definition,
            mssi,
        };
        run(&mut sink, |rule, sink| {
            if let Check::Mimi(check) = rule.check {
                check(&view, sink);
            }
        });
    }

    fn mimix(&mut self, read: &mimi_zonefile::Record<'_>) {
        self.begin(read);
        let rdata = core::mem::take(&mut self.rdata);
        let Pass {
            settings,
            source,
            apex,
            hasher,
            ..
        } = self.pass;
        self.group.add(read, Some(&rdata), None, source, settings);
        let record = Record::keep(read, Some(&rdata), source);
        self.part.last_line = record.excerpt.line;
        self.judge_record(&record);
        let mut sink = Sink::new(settings, &mut self.part.findings).about(&record.owner);
        match record.target() {
            None => rules::mimix_rdata::report(&record, &mut sink),
            Some(target) => {
                let view = MimixView {
                    record: &record,
                    target: &target,
                };
                run(&mut sink, |rule, sink| {
                    if let Check::Mimix(check) = rule.check {
                        check(&view, sink);
                    }
                });
                let is_here = apex.is_some_and(|apex| target.is_within(apex));
                let kind = if is_here {
                    Kind::Target
                } else {
                    Kind::TargetElsewhere
                };
                if !target.is_root() {
                    let hashes = hasher.hashes(&target);
                    self.part.facts.note(hashes.own(), kind);
                    for above in hashes.above(1) {
                        self.part.facts.note_again(above, Kind::TargetBelow);
                    }
                }
            }
        }
        self.note_landmark(read, &rdata);
        self.rdata = rdata;
    }

    fn other(&mut self, read: &mimi_zonefile::Record<'_>, is_understood: bool) {
        match read.record_type {
            types::CNAME | types::DNAME => self.begin_beside(read),
            types::NS if self.pass.apex != Some(read.owner) => self.begin_beside(read),
            types::SOA => {
                let rdata = core::mem::take(&mut self.rdata);
                self.note_landmark(read, &rdata);
                self.rdata = rdata;
                if self.pass.apex != Some(read.owner) {
                    self.part.apexes.push(read.owner.clone());
                    self.begin_beside(read);
                }
            }
            types::DNSKEY | types::RRSIG | types::NSEC | types::NSEC3 | types::NSEC3PARAM => {
                let rdata = core::mem::take(&mut self.rdata);
                self.note_landmark(read, &rdata);
                self.rdata = rdata;
            }
            types::TXT if is_bridge(read.owner) => {
                let hashes = self.pass.hasher.hashes(read.owner);
                if let Some(bridged) = hashes.above(1).next() {
                    self.part.facts.note_again(bridged, Kind::Bridge);
                }
            }
            _ => {}
        }
        if self.pass.is_for_facts()
            || (is_understood && self.plain.passes_other(read.record_type, &self.rdata))
        {
            return;
        }
        let rdata = is_understood.then_some(self.rdata.as_slice());
        let record = Record::keep(read, rdata, self.pass.source);
        self.part.last_line = record.excerpt.line;
        self.judge_record(&record);
    }

    fn judge_record(&mut self, record: &Record) {
        let view = RecordView {
            record,
            apex: self.pass.apex,
        };
        let mut sink = Sink::new(self.pass.settings, &mut self.part.findings);
        sink = sink.about(&record.owner);
        run(&mut sink, |rule, sink| {
            if let Check::Record(check) = rule.check {
                check(&view, sink);
            }
        });
    }

    /// A record of a type that matters beside MIMI, though not by itself.
    fn begin_beside(&mut self, read: &mimi_zonefile::Record<'_>) {
        self.begin(read);
        let Pass {
            settings, source, ..
        } = self.pass;
        let is_first = match read.record_type {
            types::NS => !self.group.kinds.ns,
            types::CNAME => !self.group.kinds.cname,
            types::SOA => !self.group.kinds.soa,
            _ => !self.group.kinds.dname,
        };
        if is_first {
            let rdata = core::mem::take(&mut self.rdata);
            self.group.add(read, Some(&rdata), None, source, settings);
            self.rdata = rdata;
        }
    }

    /// Ends the group of the owner before, if this is another one.
    fn begin(&mut self, read: &mimi_zonefile::Record<'_>) {
        let is_same = match self.group.owner() {
            Some(owner) if owner == read.owner => true,
            Some(_) => {
                self.end_group();
                false
            }
            None => false,
        };
        if !is_same {
            let apex = self.pass.apex;
            let is_in_zone = |owner: &DomainName| apex.is_none_or(|apex| owner.is_within(apex));
            self.owner_is_plain = self.plain.passes_owner(read.owner, is_in_zone);
        }
    }

    fn end_group(&mut self) {
        if self.part.head.is_none() {
            self.part.head = Some(core::mem::take(&mut self.group));
        } else {
            self.pass
                .settle(&self.group, &mut self.above, &mut self.part);
            self.group.clear();
        }
    }

    fn note_landmark(&mut self, read: &mimi_zonefile::Record<'_>, rdata: &[u8]) {
        let Pass {
            settings, source, ..
        } = self.pass;
        let is_enum = || read.owner.is_within(&settings.enum_suffix);
        let landmarks = &mut self.part.landmarks;
        let is_mimi = read.record_type == settings.types.mimi();
        let is_mimix = read.record_type == settings.types.mimix();
        let keep = || Some(Record::keep(read, Some(rdata), source));
        if let Some(place @ None) = landmarks.place(read.record_type, is_mimi, is_mimix) {
            *place = keep();
        }
        if is_mimi && landmarks.enum_mimi.is_none() && is_enum() {
            landmarks.enum_mimi = keep();
        }
    }

    fn finish(mut self) -> Part {
        if !self.group.is_empty() {
            let group = core::mem::take(&mut self.group);
            if self.part.head.is_none() {
                self.part.head = Some(group);
            } else {
                self.part.tail = Some(group);
            }
        }
        let lines = self
            .part
            .findings
            .iter()
            .map(|finding| finding.place.excerpt.line);
        self.part.last_line = lines.max().unwrap_or(0).max(self.part.last_line);
        self.part
    }
}

impl Pass<'_> {
    /// Whether the file is read once more, for nothing but facts.
    fn is_for_facts(&self) -> bool {
        !matches!(self.keeping, Keeping::AtMost(_))
    }

    /// Judges the records of an owner that are all there, and notes what they say about names.
    pub(crate) fn settle(&self, group: &Group, above: &mut Above, part: &mut Part) {
        if !self.is_for_facts() {
            group.judge(self.settings, &mut part.findings);
        }
        let Some(owner) = group.owner() else { return };
        let kinds = group.kinds;
        // Beside a SOA record, name servers are those of another zone in the same file.
        let is_cut = kinds.ns && !kinds.soa;
        let facts = &mut part.facts;
        facts.owner(owner);
        let parent = above.parent(owner, self.hasher);
        let own = self.hasher.below(parent.hash, owner);
        let of_apex = self.apex.map_or(1, DomainName::label_count);
        if kinds.mimi {
            facts.note_mimi(own, group.digest(self.ttls, self.services));
            if is_cut {
                facts.note(own, Kind::Occluded);
            }
            if !core::mem::replace(&mut parent.has_mimi, true) {
                for name in self.hasher.hashes(owner).above(of_apex) {
                    facts.note_again(name, Kind::MimiBelow);
                }
            }
            if owner.labels().next() == Some(b"*") {
                for (distance, name) in self.hasher.hashes(owner).above(of_apex).enumerate() {
                    if distance == 0 {
                        facts.note(name, Kind::Wildcard);
                    }
                    facts.note_again(name, Kind::WildcardBelow);
                }
            }
        }
        if kinds.mimix {
            facts.note(own, Kind::Mimix);
        }
        if kinds.cname {
            facts.note(own, Kind::Cname);
        }
        if kinds.dname {
            facts.note(own, Kind::Dname);
        }
        if is_cut {
            facts.note(own, Kind::Ns);
            if !core::mem::replace(&mut parent.has_ns, true) {
                for name in self.hasher.hashes(owner).above(of_apex) {
                    facts.note_again(name, Kind::NsBelow);
                }
            }
        }
    }
}

/// What was noted about the names above the last owners: those that stand near each other mostly have one of a few parents.
#[derive(Default)]
pub(crate) struct Above {
    parents: [Parent; PARENTS],
    /// The one to forget next.
    next: usize,
}

const PARENTS: usize = 4;

#[derive(Default)]
struct Parent {
    /// In wire form; empty when there is none yet.
    wire: Vec<u8>,
    hash: u64,
    has_mimi: bool,
    has_ns: bool,
}

impl Above {
    /// The parent of an owner.
    fn parent(&mut self, owner: &DomainName, hasher: &NameHasher) -> &mut Parent {
        let wire = owner.as_wire();
        let label = wire.first().map_or(0, |length| usize::from(*length) + 1);
        let wire = wire.get(label..).unwrap_or_default();
        let known = self
            .parents
            .iter()
            .position(|parent| parent.wire == wire && !wire.is_empty());
        let index = known.unwrap_or_else(|| {
            let index = self.next;
            self.next = (index + 1) % PARENTS;
            let parent = &mut self.parents[index];
            parent.wire.clear();
            parent.wire.extend_from_slice(wire);
            parent.hash = hasher.hashes(owner).parent();
            (parent.has_mimi, parent.has_ns) = (false, false);
            index
        });
        &mut self.parents[index]
    }
}

/// Whether TXT records of the bridge may stand at a name (D57).
pub(crate) fn is_bridge(owner: &DomainName) -> bool {
    owner.labels().next().is_some_and(|label| {
        label.eq_ignore_ascii_case(b"_mimi") || label.eq_ignore_ascii_case(b"_mimix")
    })
}

/// Calls `check` with each rule that is on.
fn run<'s>(sink: &mut Sink<'s>, check: impl Fn(&'static Rule, &mut Sink<'s>)) {
    for rule in rules::RULES {
        if sink.wants(rule) {
            check(rule, sink);
        }
    }
}

/// What was found in a part, in the order of the file.
pub(crate) fn in_order(findings: &mut [Finding]) {
    findings.sort_by(|one, other| {
        let key = |finding: &Finding| {
            let place = &finding.place;
            (
                place.excerpt.source.is_file,
                place.span.start,
                place.span.end,
            )
        };
        key(one)
            .cmp(&key(other))
            .then(one.rule.code.cmp(other.rule.code))
    });
}
