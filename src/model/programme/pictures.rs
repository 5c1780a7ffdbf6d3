// SPDX-License-Identifier: EUPL-1.2
//! Building diagrams and pictures: the figures they draw, the files they show.

use super::builder::{Builder, unknown_choice};
use super::{Picture, PictureContent, references};
use crate::diag::Finding;
use crate::model::figures::FigureId;
use crate::model::folder::{self, Folder, ImageError};
use crate::model::records::{CategoryRecord, PictureRecord};
use crate::tree::{ChartKind, Step, walk};

impl Builder<'_> {
    pub(super) fn pictures(&mut self, records: &[PictureRecord], folder: &Folder) -> Vec<Picture> {
        records.iter().filter_map(|record| self.picture(record, folder)).collect()
    }

    fn picture(&mut self, record: &PictureRecord, folder: &Folder) -> Option<Picture> {
        let labels = record.categories.iter().map(|category| &category.label);
        for text in labels.chain([&record.alt]).chain(&record.source) {
            self.plain(text);
        }
        if record.alt.value.trim().is_empty() {
            self.findings.push(
                Finding::input(
                    "alternativtext",
                    format!("Das Schaubild „{}“ hat keinen Alternativtext.", record.id.value),
                )
                .at(record.alt.span, "leer")
                .hint("Beschreiben Sie in ein bis zwei Sätzen, was zu sehen ist."),
            );
        }
        if record.kind.value != "bild" && record.categories.is_empty() {
            self.findings.push(
                Finding::input("fehlender-schluessel", "Ein Diagramm braucht „kategorien:“.")
                    .at(record.id.span, "dieses Schaubild")
                    .hint("Je Balken eine Zeile: - {bezeichnung: NRW, werte: [werte.nrw]}."),
            );
            return None;
        }
        let content = match record.kind.value.as_str() {
            "bild" => self.image(record, folder)?,
            kind => {
                let kind = match kind {
                    "wasserfall" => ChartKind::Waterfall,
                    "balken" => ChartKind::Bars,
                    "gruppen" => ChartKind::Groups,
                    _ => {
                        let known = ["wasserfall", "balken", "gruppen", "bild"];
                        self.findings.push(unknown_choice(
                            &record.kind,
                            "Die Art von Schaubild",
                            &known,
                        ));
                        return None;
                    }
                };
                self.chart(record, kind)
            }
        };
        Some(Picture {
            id: record.id.value.clone(),
            span: record.id.span,
            title: self.prose(&record.title),
            alt: record.alt.value.clone(),
            unit: record.unit.as_ref().map(|unit| unit.value.clone()),
            source: record.source.as_ref().map(|source| source.value.clone()),
            content,
        })
    }

    fn image(&mut self, record: &PictureRecord, folder: &Folder) -> Option<PictureContent> {
        let Some(file) = &record.file else {
            self.findings.push(
                Finding::input(
                    "fehlender-schluessel",
                    "Ein Schaubild der Art „bild“ braucht den Schlüssel „datei“.",
                )
                .at(record.id.span, "dieses Schaubild")
                .hint("Zum Beispiel „datei: bilder/standort.png“."),
            );
            return None;
        };
        let ending = file.value.rsplit_once('.').map_or("", |(_, ending)| ending).to_lowercase();
        if !matches!(ending.as_str(), "svg" | "png" | "jpg" | "jpeg") {
            self.findings.push(
                Finding::input(
                    "bild-art",
                    format!("„{}“ ist kein Bild, das amip drucken kann.", file.value),
                )
                .at(file.span, "erwartet: .svg, .png oder .jpg")
                .hint("Speichern Sie das Bild als PNG, JPG oder SVG."),
            );
            return None;
        }
        match folder::image(folder, &file.value) {
            Ok(bytes) if is_image(&ending, &bytes) => Some(PictureContent::Image(ending, bytes)),
            Ok(_) => {
                self.findings.push(
                    Finding::input(
                        "bild-art",
                        format!("„{}“ ist beschädigt oder hat die falsche Endung.", file.value),
                    )
                    .at(file.span, "kein lesbares Bild")
                    .hint("Öffnen Sie das Bild und speichern Sie es neu als PNG, JPG oder SVG."),
                );
                None
            }
            Err(error) => {
                let finding = match error {
                    ImageError::Missing => Finding::input(
                        "bild-fehlt",
                        format!("Das Bild „{}“ gibt es nicht.", file.value),
                    )
                    .hint("Der Pfad gilt ab dem Ordner des Programms."),
                    ImageError::Outside => Finding::input(
                        "pfad-ausserhalb",
                        format!("„{}“ führt aus dem Ordner des Programms hinaus.", file.value),
                    )
                    .hint("Legen Sie das Bild in den Ordner „bilder“ des Programms."),
                };
                self.findings.push(finding.at(file.span, "diese Datei"));
                None
            }
        }
    }

    fn chart(&mut self, record: &PictureRecord, kind: ChartKind) -> PictureContent {
        let categories =
            record.categories.iter().map(|category| self.category(record, category)).collect();
        let mut series: Vec<String> = record.series.iter().map(|name| name.value.clone()).collect();
        if series.is_empty() {
            let title = self.prose(&record.title);
            series.push(walk::plain(&title));
        }
        PictureContent::Chart { kind, series, categories }
    }

    fn category(
        &mut self,
        record: &PictureRecord,
        category: &CategoryRecord,
    ) -> (String, Vec<FigureId>, Step) {
        let step = match category.kind.as_ref().map(|kind| (kind, kind.value.as_str())) {
            None | Some((_, "stand")) => Step::Level,
            Some((_, "zugang")) => Step::Up,
            Some((_, "abgang")) => Step::Down,
            Some((kind, _)) => {
                let known = ["stand", "zugang", "abgang"];
                self.findings.push(unknown_choice(kind, "Die Art des Balkens", &known));
                Step::Level
            }
        };
        let wanted = record.series.len().max(1);
        if category.values.len() != wanted {
            self.findings.push(
                Finding::input(
                    "schaubild-werte",
                    format!(
                        "„{}“ hat {} Werte, das Schaubild aber {wanted} {}.",
                        category.label.value,
                        category.values.len(),
                        if wanted == 1 { "Reihe" } else { "Reihen" }
                    ),
                )
                .at(category.span, "diese Kategorie")
                .hint("Jede Kategorie nennt je Reihe genau einen Pfad."),
            );
        }
        let mut values = Vec::new();
        for path in &category.values {
            match self.figures.find(&path.value) {
                None => self.findings.push(
                    Finding::input(
                        "unbekannte-zahl",
                        format!("Die Zahl „{}“ gibt es in den Daten nicht.", path.value),
                    )
                    .at(path.span, "dieser Pfad")
                    .hint(references::meant(&path.value, self.figures.paths())),
                ),
                Some(id) => values.push(id),
            }
        }
        (category.label.value.clone(), values, step)
    }
}

/// Whether the bytes begin as a file with that ending does.
fn is_image(ending: &str, bytes: &[u8]) -> bool {
    match ending {
        "png" => bytes.starts_with(b"\x89PNG\r\n\x1a\n") && bytes.len() > 60,
        "jpg" | "jpeg" => bytes.starts_with(&[0xff, 0xd8, 0xff]),
        _ => {
            let text = String::from_utf8_lossy(bytes);
            text.contains("<svg") && text.trim_end().ends_with("</svg>")
        }
    }
}
