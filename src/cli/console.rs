// SPDX-License-Identifier: EUPL-1.2
//! The only place that prints.

use std::io::{IsTerminal as _, Write as _};

use crate::diag::text::{self, Colour};
use crate::diag::{Finding, Sources};

/// Where results and messages go.
pub(super) struct Console {
    out: Colour,
    error: Colour,
    watched: bool,
}

#[expect(clippy::unused_self, reason = "whoever prints holds the console")]
impl Console {
    /// Prints a result. A closed pipe is no reason to fail.
    pub(super) fn print(&self, text: &str) {
        let _ = std::io::stdout().lock().write_all(text.as_bytes());
    }

    /// Prints a message.
    pub(super) fn complain(&self, text: &str) {
        let _ = std::io::stderr().lock().write_all(text.as_bytes());
    }
}

impl Console {
    pub(super) fn new() -> Self {
        let plain = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        let colour = |terminal: bool| {
            if terminal && !plain { Colour::Always } else { Colour::Never }
        };
        Self {
            out: colour(std::io::stdout().is_terminal()),
            error: colour(std::io::stderr().is_terminal()),
            watched: std::io::stderr().is_terminal(),
        }
    }

    /// Prints findings as a result.
    pub(super) fn print_findings<'a>(
        &self,
        findings: impl IntoIterator<Item = &'a Finding>,
        sources: &Sources,
    ) {
        for finding in findings {
            self.print(&text::finding(finding, sources, self.out));
        }
    }

    /// Prints plain data as JSON.
    pub(super) fn print_json(&self, data: &impl serde::Serialize) {
        if let Ok(text) = serde_json::to_string_pretty(data) {
            self.print(&format!("{text}\n"));
        }
    }

    /// Findings as messages for the error stream.
    pub(super) fn findings<'a>(
        &self,
        findings: impl IntoIterator<Item = &'a Finding>,
        sources: &Sources,
    ) -> String {
        findings.into_iter().map(|finding| text::finding(finding, sources, self.error)).collect()
    }

    /// Whether somebody watches the error stream.
    pub(super) fn shows_progress(&self) -> bool {
        self.watched
    }
}
