//! Entries in their slots: what a client takes, what it refuses although the oracle sealed it, and what is no entry any more.

use mimi_oracle::{Epoch, Place, SigningKey, Subject};
use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, Nonce, UnboundKey};
use serde_json::{Value, json};

use crate::{Failure, NOW, Oracle, hex, plus_order, subject};

/// Octets of a part, and of the longest entry.
const PART: usize = 480;
const LONGEST: usize = 8 * PART - 2;

/// What precedes the definition strings, and the signature after them.
const AROUND: usize = 8 + 1 + 64;

const STRING: &[u8] = b"v=MIMI1; a=alice; e=im.example.org";

type Slots = Vec<Vec<u8>>;

/// How entries are made for one subject.
struct Maker<'a> {
    signing: &'a SigningKey,
    subject: Subject,
    epoch: &'a Epoch,
    place: Place,
}

impl Maker<'_> {
    /// A content with its signature, in slots.
    fn seal_signed(&self, content: &[u8]) -> Result<Slots, Failure> {
        let signature = self.sign(self.signing, &self.subject, self.epoch.number, content);
        seal(&self.place, &[content, &signature].concat())
    }

    fn sign(&self, key: &SigningKey, subject: &Subject, epoch: u64, content: &[u8]) -> [u8; 64] {
        let mut octets = b"mimi-oracle/1 entry\0".to_vec();
        octets.extend(epoch.to_be_bytes());
        octets.extend(subject.as_bytes());
        octets.push(0);
        octets.extend(content);
        key.sign(&octets)
    }
}

pub(crate) fn all(oracle: &Oracle) -> Result<Vec<Value>, Failure> {
    let subject = subject("alice@example.com")?;
    let epoch = oracle.epoch()?;
    let maker = Maker {
        signing: &oracle.signing,
        place: oracle.place(&subject, epoch)?,
        subject,
        epoch,
    };
    let mut entries = taken(&maker)?;
    entries.extend(refused(oracle, &maker)?);
    entries.push(none("no-slot", &[]));
    let now = maker.seal_signed(&content(NOW, &[STRING])?)?;
    entries.push(none("expires-now", &now));
    let before = maker.seal_signed(&content(0, &[STRING])?)?;
    entries.push(none("expired-long-ago", &before));
    // Without part 0 there is no entry, whatever else there is.
    let long = maker.seal_signed(&content(NOW + 60, &[&[b'x'; PART]])?)?;
    entries.push(none("no-part-0", long.get(1..).unwrap_or_default()));
    Ok(entries)
}

fn taken(maker: &Maker<'_>) -> Result<Vec<Value>, Failure> {
    let mut entries = Vec::new();
    let mut take = |name: &str, expires: u64, strings: &[&[u8]]| -> Result<(), Failure> {
        let slots = maker.seal_signed(&content(expires, strings)?)?;
        entries.push(accepted(name, expires, strings, &slots));
        Ok(())
    };
    // Lengths up to the end of the first part, with that of the string itself.
    let exact = vec![b'x'; PART - 2 - AROUND - 2];
    let longest = vec![b'x'; LONGEST - AROUND - 2];
    take("as-it-should-be", NOW + 60, &[STRING])?;
    take("expires-in-a-second", NOW + 1, &[STRING])?;
    take("fills-a-part", NOW + 60, &[&exact])?;
    take("fills-8-parts", NOW + 60, &[&longest])?;
    take("16-strings", NOW + 60, &[b"v=MIMI1; a=x".as_slice(); 16])?;
    // The entry is one, whatever becomes of these when they are judged.
    take(
        "a-string-that-is-not-utf-8",
        NOW + 60,
        &[b"\xff\x00\x1b[m", STRING],
    )?;
    take("a-string-that-is-empty", NOW + 60, &[b"", STRING])?;
    let signed = content(NOW + 60, &[STRING])?;
    let signature = maker.sign(maker.signing, &maker.subject, maker.epoch.number, &signed);
    let mut parts = with_length(&[signed.as_slice(), &signature].concat())?;
    parts.resize(PART, 0xff);
    let slots = seal_parts(&maker.place, &parts)?;
    entries.push(accepted(
        "filled-with-other-octets-than-zero",
        NOW + 60,
        &[STRING],
        &slots,
    ));
    Ok(entries)
}

fn refused(oracle: &Oracle, maker: &Maker<'_>) -> Result<Vec<Value>, Failure> {
    let mut entries = Vec::new();
    let mut refuse = |name: &str, slots: &[Vec<u8>]| {
        entries.push(json!({"name": name, "outcome": "refused", "slots": hex_of(slots)}));
    };
    let good = content(NOW + 60, &[STRING])?;
    refuse("no-string", &maker.seal_signed(&content(NOW + 60, &[])?)?);
    refuse(
        "17-strings",
        &maker.seal_signed(&content(NOW + 60, &[b"x".as_slice(); 17])?)?,
    );
    let goes_on = [good.as_slice(), &[0]].concat();
    refuse(
        "goes-on-after-the-last-string",
        &maker.seal_signed(&goes_on)?,
    );
    let mut past = good.clone();
    *past.get_mut(10).ok_or("no length")? += 1;
    refuse("a-string-past-the-end", &maker.seal_signed(&past)?);
    let mut one_more = good.clone();
    *one_more.get_mut(8).ok_or("no count")? += 1;
    refuse("a-string-that-is-not-there", &maker.seal_signed(&one_more)?);
    refuse(
        "ends-before-the-count",
        &maker.seal_signed(good.get(..8).unwrap_or_default())?,
    );
    refuse("no-content", &maker.seal_signed(&[])?);
    refuse("shorter-than-a-signature", &seal(&maker.place, &[0; 63])?);
    refuse("empty", &seal(&maker.place, &[])?);

    let long = content(NOW + 60, &[&[b'x'; 2 * PART]])?;
    let long = maker.seal_signed(&long)?;
    refuse(
        "no-part-1",
        &[long.get(..1), long.get(2..)]
            .map(Option::unwrap_or_default)
            .concat(),
    );
    let long = maker.seal_signed(&content(NOW + 60, &[&[b'x'; PART]])?)?;
    refuse("no-last-part", long.get(..1).unwrap_or_default());
    let mut not_sealed = long;
    let last = not_sealed.last_mut().and_then(|slot| slot.last_mut());
    *last.ok_or("no parts")? ^= 1;
    refuse("last-part-cannot-be-opened", &not_sealed);
    let mut not_sealed = maker.seal_signed(&good)?;
    let last = not_sealed.last_mut().and_then(|slot| slot.last_mut());
    *last.ok_or("no parts")? ^= 1;
    refuse("part-0-cannot-be-opened", &not_sealed);
    // All nine parts are there, and the signature is good.
    let longer = content(NOW + 60, &[&vec![b'x'; LONGEST + 1 - AROUND - 2]])?;
    refuse("3839-octets", &maker.seal_signed(&longer)?);

    let sealed = |signature: [u8; 64]| seal(&maker.place, &[good.as_slice(), &signature].concat());
    let (key, number) = (maker.signing, maker.epoch.number);
    let bob = subject("bob@example.com")?;
    refuse(
        "of-another-subject",
        &sealed(maker.sign(key, &bob, number, &good))?,
    );
    let other = maker.sign(key, &maker.subject, number - 1, &good);
    refuse("of-another-epoch", &sealed(other)?);
    let other = maker.sign(&oracle.other, &maker.subject, number, &good);
    refuse("signed-by-another-key", &sealed(other)?);
    let mut plus = maker.sign(key, &maker.subject, number, &good);
    plus_order(plus.get_mut(32..).unwrap_or_default());
    refuse("signature-with-s-plus-l", &sealed(plus)?);
    let mut changed = maker.sign(key, &maker.subject, number, &good);
    changed.rotate_left(32);
    refuse("signature-changed", &sealed(changed)?);
    Ok(entries)
}

fn accepted(name: &str, expires: u64, strings: &[&[u8]], slots: &[Vec<u8>]) -> Value {
    let strings: Vec<String> = strings.iter().map(|one| hex(one)).collect();
    json!({
        "name": name,
        "outcome": "entry",
        "expires": expires,
        "definition_strings": strings,
        "slots": hex_of(slots),
    })
}

fn none(name: &str, slots: &[Vec<u8>]) -> Value {
    json!({"name": name, "outcome": "none", "slots": hex_of(slots)})
}

fn hex_of(slots: &[Vec<u8>]) -> Vec<String> {
    slots.iter().map(|slot| hex(slot)).collect()
}

/// An entry without its signature, however many strings there are.
fn content(expires: u64, strings: &[&[u8]]) -> Result<Vec<u8>, Failure> {
    let mut octets = expires.to_be_bytes().to_vec();
    octets.push(u8::try_from(strings.len())?);
    for string in strings {
        octets.extend(with_length(string)?);
    }
    Ok(octets)
}

fn with_length(octets: &[u8]) -> Result<Vec<u8>, Failure> {
    let length = u16::try_from(octets.len())?.to_be_bytes();
    Ok([&length, octets].concat())
}

/// The slots of an entry, however many.
fn seal(place: &Place, entry: &[u8]) -> Result<Slots, Failure> {
    let mut octets = with_length(entry)?;
    octets.resize(octets.len().next_multiple_of(PART), 0);
    seal_parts(place, &octets)
}

fn seal_parts(place: &Place, octets: &[u8]) -> Result<Slots, Failure> {
    let mut slots = Vec::new();
    for (part, chunk) in (0..).zip(octets.chunks(PART)) {
        let tag = place.tag(part);
        let key = UnboundKey::new(&CHACHA20_POLY1305, &place.key(part)).map_err(|_| "no key")?;
        let mut sealed = chunk.to_vec();
        LessSafeKey::new(key)
            .seal_in_place_append_tag(
                Nonce::assume_unique_for_key([0; 12]),
                Aad::from(tag),
                &mut sealed,
            )
            .map_err(|_| "not sealed")?;
        slots.push([tag.as_slice(), &sealed].concat());
    }
    Ok(slots)
}
