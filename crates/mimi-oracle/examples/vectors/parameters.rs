//! Documents of parameters that a client accepts and refuses, and which epoch it takes from them at which time.

use mimi_oracle::{Epoch, Parameters, Pin};
use serde_json::{Value, json};

use crate::{Failure, NOW, Oracle, plus_order};

/// The longest document.
const LIMIT: usize = 16 * 1024;

/// The document, octet for octet.
pub(crate) fn good(oracle: &Oracle) -> Result<String, Failure> {
    text(oracle, &oracle.parameters)
}

/// The epoch that is taken just before and just after it changes; null where the oracle cannot be asked.
pub(crate) fn choices(parameters: &Parameters) -> Vec<Value> {
    let mut times = Vec::new();
    for Epoch { number, ends, .. } in &parameters.epochs {
        times.extend([number - 301, number - 300, *number, ends - 1, *ends]);
    }
    times.sort_unstable();
    let choice = |now| {
        let epoch = parameters.epoch_at(now).ok();
        json!({"now": now, "epoch": epoch.map(|epoch| epoch.number)})
    };
    times.into_iter().map(choice).collect()
}

/// What is said in other words, or is at a limit.
pub(crate) fn accepted(oracle: &Oracle) -> Result<Vec<Value>, Failure> {
    let document = good(oracle)?;
    let pin = oracle.parameters.keys.pin();
    let mut cases = Vec::new();
    let unknown = replaced(
        &document,
        "{",
        "{\"unknown\": [{\"protocol\": null}, -1.5e3],",
    )?
    .replace("\"burst\"", "\"unknown\": \"\\u0000\", \"burst\"")
    .replace("\"number\"", "\"unknown\": {}, \"number\"");
    cases.push(case("unknown-members", &unknown, &pin));
    let twice = "{\"unknown\": 1, \"unknown\": {\"key\": 1, \"key\": 2},";
    let twice = replaced(&document, "{", twice)?;
    cases.push(case("an-unknown-member-twice", &twice, &pin));
    let other_order = serde_json::to_string(&serde_json::from_str::<Value>(&document)?)?;
    cases.push(case(
        "other-white-space-and-order-of-members",
        &other_order,
        &pin,
    ));
    let mut longest = case("16384-octets", &document, &pin);
    extend(&mut longest, LIMIT);
    cases.push(longest);

    let mut signed = |name, change: &dyn Fn(&mut Parameters)| -> Result<(), Failure> {
        let mut parameters = oracle.parameters.clone();
        change(&mut parameters);
        let mut case = case(name, &text(oracle, &parameters)?, &parameters.keys.pin());
        if let Value::Object(members) = &mut case {
            members.insert("epochs_at".into(), choices(&parameters).into());
        }
        cases.push(case);
        Ok(())
    };
    signed("one-epoch", &|one| one.epochs.truncate(1))?;
    signed("one-lookup-key", &|one| {
        one.keys.lookup.truncate(1);
        edit(one, 1, |epoch| epoch.key = 0);
    })?;
    signed("32-lookup-keys", &|one| fill(one, 32))?;
    signed("2-to-the-24-buckets", &|one| {
        edit(one, 1, |epoch| epoch.buckets = 1 << 24);
    })?;
    signed("a-time-between-epochs", &|one| {
        edit(one, 0, |epoch| epoch.ends = NOW - 1000);
    })?;
    signed("an-end-of-64-bits", &|one| {
        edit(one, 1, |epoch| epoch.ends = u64::MAX);
    })?;
    signed("epochs-that-end-at-once", &|one| {
        edit(one, 0, |epoch| epoch.ends = NOW + 22_100);
    })?;
    Ok(cases)
}

/// Each with a reason in its name, and with a good signature unless that is the reason.
pub(crate) fn refused(oracle: &Oracle) -> Result<Vec<Value>, Failure> {
    let mut cases = of_keys_and_signature(oracle)?;
    cases.extend(of_limits(oracle)?);
    cases.extend(of_spelling(oracle)?);
    Ok(cases)
}

fn of_keys_and_signature(oracle: &Oracle) -> Result<Vec<Value>, Failure> {
    let (document, pin) = (good(oracle)?, oracle.parameters.keys.pin());
    let mut cases = Vec::new();
    let foreign = String::from_utf8(oracle.parameters.to_json(&oracle.other))?;
    cases.push(case("signed-by-another-key", &foreign, &pin));
    let mut swapped = oracle.parameters.clone();
    swapped.keys.lookup.swap(1, 2);
    let swapped = text(oracle, &swapped)?;
    cases.push(case("lookup-keys-in-another-order", &swapped, &pin));
    let mut more = oracle.parameters.clone();
    fill(&mut more, 4);
    cases.push(case("one-lookup-key-more", &text(oracle, &more)?, &pin));
    for (name, from, to) in [
        ("burst-not-signed", "\"burst\": 1000", "\"burst\": 1001"),
        (
            "per-day-not-signed",
            "\"per_day\": 1000",
            "\"per_day\": 1001",
        ),
        ("number-not-signed", "1795651200", "1795651201"),
        ("end-not-signed", "1795673400", "1795673401"),
        ("key-not-signed", "\"key\": 1", "\"key\": 2"),
        ("buckets-not-signed", "\"buckets\": 5", "\"buckets\": 6"),
        ("salt-not-signed", "CwsLCw", "CwsLDA"),
        ("another-protocol", "oracle/1", "oracle/2"),
    ] {
        cases.push(case(name, &replaced(&document, from, to)?, &pin));
    }
    let signature = member(&document, "signature")?;
    let mut octets = data_encoding::BASE64URL_NOPAD
        .decode(signature.as_bytes())
        .map_err(|error| error.to_string())?;
    plus_order(octets.get_mut(32..).unwrap_or_default());
    let octets = data_encoding::BASE64URL_NOPAD.encode(&octets);
    let other = replaced(&document, &signature, &octets)?;
    cases.push(case("signature-with-s-plus-l", &other, &pin));
    Ok(cases)
}

/// Numbers that cannot be, signed all the same.
fn of_limits(oracle: &Oracle) -> Result<Vec<Value>, Failure> {
    let mut cases = Vec::new();
    let mut signed = |name, change: &dyn Fn(&mut Parameters)| -> Result<(), Failure> {
        let mut parameters = oracle.parameters.clone();
        change(&mut parameters);
        let document = text(oracle, &parameters)?;
        cases.push(case(name, &document, &parameters.keys.pin()));
        Ok(())
    };
    signed("no-lookup-key", &|one| one.keys.lookup.clear())?;
    signed("33-lookup-keys", &|one| fill(one, 33))?;
    signed("no-epoch", &|one| one.epochs.clear())?;
    signed("three-epochs", &|one| {
        let later = one.epochs.last().cloned().into_iter();
        one.epochs.extend(later);
        edit(one, 2, |epoch| epoch.number += 1);
    })?;
    signed("epochs-in-descending-order", &|one| one.epochs.reverse())?;
    signed("one-epoch-twice", &|one| {
        let last = one.epochs.last().cloned();
        one.epochs = last.clone().into_iter().chain(last).collect();
    })?;
    signed("epoch-ends-when-it-begins", &|one| {
        edit(one, 1, |epoch| epoch.ends = epoch.number);
    })?;
    signed("epoch-ends-before-it-begins", &|one| {
        edit(one, 1, |epoch| epoch.ends = epoch.number - 1);
    })?;
    signed("key-out-of-range", &|one| {
        edit(one, 1, |epoch| epoch.key = 3);
    })?;
    signed("key-of-the-epoch-before-out-of-range", &|one| {
        edit(one, 0, |epoch| epoch.key = 255);
    })?;
    signed("no-bucket", &|one| edit(one, 1, |epoch| epoch.buckets = 0))?;
    signed("2-to-the-24-buckets-and-one", &|one| {
        edit(one, 1, |epoch| epoch.buckets = (1 << 24) + 1);
    })?;
    Ok(cases)
}

/// The right values, in a spelling that they do not have.
fn of_spelling(oracle: &Oracle) -> Result<Vec<Value>, Failure> {
    let (document, pin) = (good(oracle)?, oracle.parameters.keys.pin());
    let mut cases = Vec::new();
    let signature = member(&document, "signature")?;
    let salt = "CwsLCwsLCwsLCwsLCwsLCw";
    let array_of_all = json!([
        "mimi-oracle/1",
        member(&document, "signing_key")?,
        serde_json::from_str::<Value>(&document)?["lookup_keys"],
        serde_json::from_str::<Value>(&document)?["epochs"],
        {"burst": 1000, "per_day": 1000},
        signature,
    ]);
    let quota = "\"quota\": {\n    \"burst\": 1000,\n    \"per_day\": 1000\n  }";
    let twice = "\"protocol\": \"mimi-oracle/1\",";
    for (name, from, to) in [
        (
            "signature-with-padding",
            signature.as_str(),
            format!("{signature}=="),
        ),
        (
            "signature-with-unused-bits",
            &signature,
            with_unused_bits(&signature)?,
        ),
        ("salt-with-padding", salt, format!("{salt}==")),
        ("salt-with-unused-bits", salt, with_unused_bits(salt)?),
        ("salt-with-white-space", salt, format!("{salt} ")),
        ("salt-too-short", salt, salt.replace("CwsLCwsLCws", "CwsL")),
        ("a-member-twice", twice, format!("{twice} {twice}")),
        (
            "a-member-of-an-epoch-twice",
            "\"buckets\": 5",
            "\"buckets\": 5, \"buckets\": 5".into(),
        ),
        ("quota-as-an-array", quota, "\"quota\": [1000, 1000]".into()),
        ("no-quota", quota, "\"quotas\": {}".into()),
        (
            "number-as-text",
            "\"buckets\": 5",
            "\"buckets\": \"5\"".into(),
        ),
        (
            "number-with-a-fraction",
            "\"buckets\": 5",
            "\"buckets\": 5.0".into(),
        ),
        (
            "number-with-an-exponent",
            "\"buckets\": 5",
            "\"buckets\": 5e0".into(),
        ),
        (
            "number-below-zero",
            "\"buckets\": 5",
            "\"buckets\": -5".into(),
        ),
        (
            "number-of-more-than-64-bits",
            "1795673400",
            "18446744073709551616".into(),
        ),
        (
            "quota-of-more-than-32-bits",
            "\"burst\": 1000",
            "\"burst\": 4294968296".into(),
        ),
        (
            "number-that-is-none",
            twice,
            format!("{twice} \"unknown\": NaN,"),
        ),
    ] {
        cases.push(case(name, &replaced(&document, from, &to)?, &pin));
    }
    let mut nothing = oracle.parameters.clone();
    nothing.quota.burst = 0;
    let nothing = replaced(&text(oracle, &nothing)?, "\"burst\": 0", "\"burst\": -0")?;
    cases.push(case("zero-with-a-sign", &nothing, &pin));
    cases.push(case("an-array", &array_of_all.to_string(), &pin));
    cases.push(case("goes-on", &format!("{document} {{}}"), &pin));
    let cut = document.trim_end().strip_suffix('}').ok_or("no object")?;
    cases.push(case("cut-short", cut, &pin));
    let mut long = case("16385-octets", &document, &pin);
    extend(&mut long, LIMIT + 1);
    cases.push(long);
    Ok(cases)
}

fn case(name: &str, document: &str, pin: &Pin) -> Value {
    // White space says nothing, and takes room.
    let lines: Vec<&str> = document.lines().map(str::trim_start).collect();
    json!({"name": name, "document": lines.concat(), "pin": pin.to_string()})
}

/// Spaces after the document, up to so many octets, which are not written out.
fn extend(case: &mut Value, octets: usize) {
    let spaces = octets - case["document"].as_str().map_or(0, str::len);
    if let Value::Object(members) = case {
        members.insert("spaces".into(), spaces.into());
    }
}

fn text(oracle: &Oracle, parameters: &Parameters) -> Result<String, Failure> {
    Ok(String::from_utf8(parameters.to_json(&oracle.signing))?)
}

fn edit(parameters: &mut Parameters, epoch: usize, change: impl FnOnce(&mut Epoch)) {
    parameters.epochs.get_mut(epoch).map(change);
}

/// So many lookup keys, the first ones again and again.
fn fill(parameters: &mut Parameters, keys: usize) {
    let lookup = &mut parameters.keys.lookup;
    *lookup = lookup.iter().copied().cycle().take(keys).collect();
}

/// A change of what is there once.
fn replaced(document: &str, from: &str, to: &str) -> Result<String, Failure> {
    if !document.contains(from) {
        return Err(format!("there is no {from}").into());
    }
    Ok(document.replacen(from, to, 1))
}

fn member(document: &str, name: &str) -> Result<String, Failure> {
    let document: Value = serde_json::from_str(document)?;
    let text = document.get(name).and_then(Value::as_str);
    Ok(text.ok_or("no such text")?.to_owned())
}

/// Another spelling of the same octets, for a decoder that does not look at the last bits.
fn with_unused_bits(text: &str) -> Result<String, Failure> {
    // Four bits are unused, so the last character stands for a multiple of 16: one of A, Q, g and w, before B, R, h and x.
    let last = text.chars().last().filter(|last| "AQgw".contains(*last));
    let last = char::from_u32(u32::from(last.ok_or("no bits are unused")?) + 1);
    let kept = text.len() - 1;
    let kept = text.get(..kept).ok_or("empty")?;
    Ok(format!("{kept}{}", last.ok_or("no character")?))
}
