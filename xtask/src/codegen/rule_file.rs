//! [`RuleFile`]: what a file of `crates/mimi-lint/src/rules` says about its rule, read as text.

use super::Complaint;

/// The headings of a rule's documentation, in their order.
pub(super) const HEADINGS: [&str; 5] = [
    "What it does",
    "Why it is bad",
    "Example",
    "Use instead",
    "Fix safety",
];

/// A rule, and the file it stands in.
pub(super) struct RuleFile {
    /// From the workspace's root.
    pub(super) path: String,
    /// The file's name without `.rs`.
    pub(super) module: String,
    /// The line of `static RULE`, from 1.
    pub(super) line: usize,
    pub(super) code: String,
    pub(super) name: String,
    pub(super) level: String,
    pub(super) is_pedantic: bool,
    pub(super) summary: String,
    pub(super) basis: String,
    pub(super) fix: String,
    pub(super) check: String,
    pub(super) sections: Vec<Section>,
}

/// A part of the documentation.
pub(super) struct Section {
    pub(super) line: usize,
    pub(super) title: String,
    pub(super) body: String,
}

impl RuleFile {
    /// Reads a file.
    ///
    /// # Errors
    /// What is missing from it.
    pub(super) fn read(path: &str, text: &str) -> Result<Self, Vec<Complaint>> {
        let file_name = path.rsplit('/').next().unwrap_or(path);
        let module = file_name.trim_end_matches(".rs").to_owned();
        let Some(start) = text.find("static RULE: Rule = Rule {") else {
            return Err(vec![Complaint::new(path, 1, "has no `static RULE: Rule`")]);
        };
        let line = line_at(text, start);
        let body = text.get(start..).unwrap_or_default();
        let body = body.split("\n};").next().unwrap_or(body);
        let mut complaints = Vec::new();
        let mut field = |name: &str| {
            field(body, name).unwrap_or_else(|| {
                let message = format!("`static RULE` has no field `{name}` that can be read");
                complaints.push(Complaint::new(path, line, &message));
                String::new()
            })
        };
        let rule = Self {
            path: path.to_owned(),
            module,
            line,
            code: field("code"),
            name: field("name"),
            level: variant(&field("level")),
            is_pedantic: field("is_pedantic") == "true",
            summary: field("summary"),
            basis: field("basis"),
            fix: variant(&field("fix")),
            check: check(&field("check")),
            sections: sections(text),
        };
        if complaints.is_empty() {
            Ok(rule)
        } else {
            Err(complaints)
        }
    }

    /// Whether it is raised by what name servers say, and by nothing in a file.
    pub(super) fn is_live(&self) -> bool {
        self.check == "Live"
    }

    /// Its page, from the workspace's root.
    pub(super) fn page(&self) -> String {
        format!("{}/{}.md", super::PAGES, self.name)
    }

    /// Its fixtures, from the workspace's root.
    pub(super) fn fixture(&self, file: &str) -> String {
        format!("{}/{}/{file}", super::FIXTURES, self.name)
    }
}

/// `Level::Error` is `error`.
fn variant(path: &str) -> String {
    path.rsplit("::").next().unwrap_or(path).to_lowercase()
}

/// `Check::Mimi(check)` is `Mimi`.
fn check(path: &str) -> String {
    let kind = path.trim_start_matches("Check::");
    kind.split('(').next().unwrap_or(kind).to_owned()
}

/// The value of a field: the text of a string, or the words up to the comma.
fn field(body: &str, name: &str) -> Option<String> {
    let mark = format!("\n    {name}:");
    let (_, value) = body.split_once(mark.as_str())?;
    let value = value.trim_start();
    match value.strip_prefix('"') {
        Some(text) => string(text),
        None => Some(value.split(",\n").next()?.trim_end_matches(',').to_owned()),
    }
}

/// The text of a string literal, from behind its opening quotation mark.
fn string(text: &str) -> Option<String> {
    let mut value = String::new();
    let mut characters = text.chars().peekable();
    loop {
        match characters.next()? {
            '"' => return Some(value),
            '\\' => match characters.next()? {
                '\n' => while characters.next_if(|next| next.is_whitespace()).is_some() {},
                'n' => value.push('\n'),
                't' => value.push('\t'),
                'u' => {
                    let code: String = characters
                        .by_ref()
                        .take_while(|next| *next != '}')
                        .collect();
                    let code = u32::from_str_radix(code.trim_start_matches('{'), 16).ok()?;
                    value.push(char::from_u32(code)?);
                }
                other => value.push(other),
            },
            other => value.push(other),
        }
    }
}

fn sections(text: &str) -> Vec<Section> {
    let mut sections: Vec<Section> = Vec::new();
    let mut is_code = false;
    for (line, text) in (1..).zip(text.lines()) {
        let Some(text) = text.strip_prefix("//!") else {
            break;
        };
        let text = text.strip_prefix(' ').unwrap_or(text);
        is_code ^= text.starts_with("```");
        match text.strip_prefix("# ") {
            Some(title) if !is_code => sections.push(Section {
                line,
                title: title.to_owned(),
                body: String::new(),
            }),
            _ => {
                if let Some(section) = sections.last_mut() {
                    section.body.push_str(text);
                    section.body.push('\n');
                }
            }
        }
    }
    for section in &mut sections {
        section.body.truncate(section.body.trim_end().len());
    }
    sections
}

fn line_at(text: &str, offset: usize) -> usize {
    text.get(..offset)
        .map_or(1, |before| 1 + before.matches('\n').count())
}
