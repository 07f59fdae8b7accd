//! Aliases and MIMIX without end, or many at once.

use super::super::plan::{Plan, ZonePlan};
use super::super::record::{data, types};
use super::Hostility;

const ZONE: &str = "chain.example";
const FIRST: &str = "c0.chain.example";

/// A zone in which one alias leads to the next, and the last to a person.
fn chain(plan: &mut Plan, length: usize, zone: fn(&str) -> ZonePlan) {
    let mut zone = zone(ZONE);
    for step in 0..length {
        let target = format!("c{}.{ZONE}", step + 1);
        zone.add(
            &format!("c{step}.{ZONE}"),
            types::CNAME,
            data::target(&target),
        );
    }
    zone.add(&format!("c{length}.{ZONE}"), types::MIMI, data::mimi("end"));
    plan.zones.push(zone);
    plan.longest_chain = length;
}

fn circle(plan: &mut Plan, length: usize) {
    let mut zone = ZonePlan::signed(ZONE);
    for step in 0..length {
        let target = format!("c{}.{ZONE}", (step + 1) % length);
        zone.add(
            &format!("c{step}.{ZONE}"),
            types::CNAME,
            data::target(&target),
        );
    }
    plan.zones.push(zone);
}

/// A mail domain with this many MIMIX, each to a name below which `carol` is an alias of so many steps.
fn fan(plan: &mut Plan, targets: usize, steps: usize, in_zones: bool) {
    let mut zone = ZonePlan::signed("fan.example");
    for target in 0..targets {
        let apex = format!("t{target}.fan.example");
        let mut child = ZonePlan::signed(&apex);
        let people = if in_zones { &mut child } else { &mut zone };
        for step in 0..steps {
            let owner = match step {
                0 => format!("carol.{apex}"),
                _ => format!("c{step}.{apex}"),
            };
            people.add(
                &owner,
                types::CNAME,
                data::target(&format!("c{}.{apex}", step + 1)),
            );
        }
        let owner = match steps {
            0 => format!("carol.{apex}"),
            _ => format!("c{steps}.{apex}"),
        };
        for account in 0..8 {
            people.add(&owner, types::MIMI, data::mimi(&format!("carol{account}")));
        }
        if in_zones {
            plan.zones.push(child);
        }
        zone.add("fan.example", types::MIMIX, data::target(&apex));
    }
    plan.zones.push(zone);
}

pub(super) const ALL: &[Hostility] = &[
    Hostility::new("cname-chain-1", "One alias.", FIRST, |plan| {
        chain(plan, 1, ZonePlan::signed);
    }),
    Hostility::new(
        "cname-chain-8",
        "Eight aliases, as many as are followed (D37).",
        FIRST,
        |plan| chain(plan, 8, ZonePlan::signed),
    ),
    Hostility::new("cname-chain-9", "Nine aliases.", FIRST, |plan| {
        chain(plan, 9, ZonePlan::signed);
    }),
    Hostility::new(
        "cname-chain-50",
        "50 aliases in one answer.",
        FIRST,
        |plan| chain(plan, 50, ZonePlan::signed),
    ),
    Hostility::new(
        "cname-chain-200",
        "200 aliases in one answer.",
        FIRST,
        |plan| chain(plan, 200, ZonePlan::signed),
    ),
    Hostility::new(
        "cname-chain-200-unsigned",
        "200 aliases of an unsigned zone in one answer.",
        FIRST,
        |plan| chain(plan, 200, ZonePlan::unsigned),
    ),
    Hostility::new(
        "cname-chain-200-stepwise",
        "200 aliases, one in each answer.",
        FIRST,
        |plan| {
            chain(plan, 200, ZonePlan::signed);
            plan.longest_chain = 0;
        },
    ),
    Hostility::new("cname-loop-1", "An alias of itself.", FIRST, |plan| {
        circle(plan, 1);
    }),
    Hostility::new(
        "cname-loop-2",
        "Two aliases of each other.",
        FIRST,
        |plan| circle(plan, 2),
    ),
    Hostility::new(
        "cname-loop-2-stepwise",
        "Two aliases of each other, one in each answer.",
        FIRST,
        |plan| {
            circle(plan, 2);
            plan.longest_chain = 0;
        },
    ),
    Hostility::new(
        "dname-loop",
        "A DNAME into itself, whose names grow until they are too long.",
        "a.grow.example",
        |plan| {
            let zone = ZonePlan::signed("grow.example");
            plan.zones.push(zone.with(
                "grow.example",
                types::DNAME,
                data::target("longer.grow.example"),
            ));
            plan.longest_chain = 60;
        },
    ),
    Hostility::new(
        "dname-loop-stepwise",
        "The same, one step in each answer.",
        "a.grow.example",
        |plan| {
            let zone = ZonePlan::signed("grow.example");
            plan.zones.push(zone.with(
                "grow.example",
                types::DNAME,
                data::target("longer.grow.example"),
            ));
            plan.longest_chain = 0;
        },
    ),
    Hostility::new(
        "mimix-self",
        "MIMIX to the domain itself.",
        "carol@self.example",
        |plan| {
            plan.zones.push(ZonePlan::signed("self.example").with(
                "self.example",
                types::MIMIX,
                data::target("self.example"),
            ));
        },
    ),
    Hostility::new(
        "mimix-loop",
        "MIMIX of two domains to each other.",
        "carol@one.example",
        |plan| {
            plan.zones.push(ZonePlan::signed("one.example").with(
                "one.example",
                types::MIMIX,
                data::target("two.example"),
            ));
            plan.zones.push(ZonePlan::signed("two.example").with(
                "two.example",
                types::MIMIX,
                data::target("one.example"),
            ));
        },
    ),
    Hostility::new(
        "mimix-fan",
        "64 MIMIX in one zone, eight records behind each.",
        "carol@fan.example",
        |plan| fan(plan, 64, 0, false),
    ),
    Hostility::new(
        "mimix-fan-aliases",
        "16 MIMIX, each to eight aliases, one in each answer.",
        "carol@fan.example",
        |plan| {
            fan(plan, 16, 8, false);
            plan.longest_chain = 0;
        },
    ),
    Hostility::new(
        "mimix-fan-zones",
        "16 MIMIX, each into a signed zone of its own.",
        "carol@fan.example",
        |plan| fan(plan, 16, 0, true),
    ),
    Hostility::new(
        "mimix-fan-zones-aliases",
        "16 MIMIX, each into a signed zone of its own with eight aliases, one in each answer.",
        "carol@fan.example",
        |plan| {
            fan(plan, 16, 8, true);
            plan.longest_chain = 0;
        },
    ),
];
