// SPDX-License-Identifier: EUPL-1.2
//! A picture that is not there yet.

use crate::check::{Rule, Run};
use crate::diag::Finding;
use crate::model::programme::PictureContent;
use crate::tree::walk;

/// See `docs/regeln.md`.
pub(in crate::check) const RULE: Rule = Rule {
    code: "platzhalter",
    run: Run::Data(|programme| {
        let mut out = Vec::new();
        for picture in &programme.pictures {
            let PictureContent::Placeholder(reason) = &picture.content else { continue };
            let title = walk::plain(&picture.title);
            let mut finding = Finding::warning(
                "platzhalter",
                format!("Für „{title}“ steht nur ein Platzhalter im Dokument."),
            )
            .at(picture.span, "dieses Bild fehlt")
            .hint("Legen Sie die Bilddatei in den Ordner „bilder“, und schreiben Sie „art: bild“ und „datei: bilder/…“.");
            finding.acknowledged.clone_from(reason);
            out.push(finding);
        }
        out
    }),
};
