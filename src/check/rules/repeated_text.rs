// SPDX-License-Identifier: EUPL-1.2
//! A paragraph that stands twice in the texts.

use std::collections::BTreeMap;

use crate::check::{Rule, Run, prose};
use crate::diag::Finding;
use crate::tree::passage::{Passage, PassageKind};

/// See `docs/regeln.md`.
pub(in crate::check) const RULE: Rule = Rule {
    code: "text-doppelt",
    run: Run::Data(|programme| {
        let mut seen: BTreeMap<String, &Passage> = BTreeMap::new();
        let mut out = Vec::new();
        for passage in &programme.passages {
            // Titles stand in overview and section; sentences end.
            let ends = passage.text.trim_end().ends_with(['.', '!', '?', ':']);
            // One description may rightly serve two rows of the data.
            let prose = !matches!(passage.kind, PassageKind::Heading | PassageKind::Value);
            if !prose || !ends {
                continue;
            }
            let words: Vec<String> = prose::words(&passage.text)
                .into_iter()
                .map(|range| passage.text[range].to_lowercase())
                .collect();
            if words.len() < FEWEST {
                continue;
            }
            if let Some(first) = seen.get(&words.join(" ")) {
                out.push(finding(first, passage));
            } else {
                seen.insert(words.join(" "), passage);
            }
        }
        out
    }),
};

/// Shorter texts are formulas that may stand in many places.
const FEWEST: usize = 9;

fn finding(first: &Passage, second: &Passage) -> Finding {
    Finding::warning("text-doppelt", "Derselbe Text steht zweimal im Programm.")
        .at(second.whole(), "zum zweiten Mal")
        .label(first.whole(), "zum ersten Mal")
        .about(&second.text)
        .hint("Streichen Sie eine der Stellen, oder schreiben Sie, worin sich beide unterscheiden.")
}
