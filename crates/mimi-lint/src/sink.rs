//! [`Sink`]: where rules put what they find.

use mimi_name::DomainName;

use crate::finding::{Finding, Place, Related};
use crate::fix::Fix;
use crate::rule::Rule;
use crate::settings::Settings;

/// Takes findings, and drops those of rules that are off.
pub(crate) struct Sink<'a> {
    settings: &'a Settings,
    findings: &'a mut Vec<Finding>,
    owner: Option<&'a DomainName>,
}

impl<'a> Sink<'a> {
    pub(crate) fn new(settings: &'a Settings, findings: &'a mut Vec<Finding>) -> Self {
        Self {
            settings,
            findings,
            owner: None,
        }
    }

    /// Says whose records the findings are about.
    pub(crate) fn about(mut self, owner: &'a DomainName) -> Self {
        self.owner = Some(owner);
        self
    }

    /// How things are configured.
    pub(crate) fn settings(&self) -> &'a Settings {
        self.settings
    }

    /// Whether a rule is on: saves the work for findings that would be dropped.
    pub(crate) fn wants(&self, rule: &'static Rule) -> bool {
        self.settings.level_of(rule).is_some()
    }

    pub(crate) fn report(&mut self, mut finding: Finding) {
        if let Some(level) = self.settings.level_of(finding.rule) {
            finding.level = level;
            if finding.owner.is_none() {
                finding.owner = self.owner.cloned();
            }
            self.findings.push(finding);
        }
    }
}

impl Finding {
    /// A finding with the rule's own level.
    pub(crate) fn new(rule: &'static Rule, place: Place, message: impl Into<String>) -> Self {
        Self {
            rule,
            level: rule.level,
            message: message.into(),
            place,
            owner: None,
            label: None,
            related: Vec::new(),
            help: None,
            fix: None,
        }
    }

    pub(crate) fn with_label(mut self, label: impl Into<String>) -> Self {
        self.label = Some(label.into());
        self
    }

    pub(crate) fn with_related(mut self, place: Place, label: impl Into<String>) -> Self {
        let label = label.into();
        self.related.push(Related { place, label });
        self
    }

    pub(crate) fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    pub(crate) fn with_fix(mut self, fix: Option<Fix>) -> Self {
        self.fix = fix;
        self
    }
}
