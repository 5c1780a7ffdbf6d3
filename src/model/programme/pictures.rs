// SPDX-License-Identifier: EUPL-1.2
//! Building diagrams and pictures: the figures they draw, the files they show.

use super::builder::{Builder, unknown_choice};
use super::{Picture, PictureContent, references};
use crate::diag::Finding;
use crate::model::figures::FigureId;
use crate::model::folder::{self, FileError, Folder};
use crate::model::images;
use crate::model::quantity::Quantity;
use crate::model::records::{CategoryRecord, PictureRecord};
use crate::model::yaml::Text;
use crate::tree::{ChartKind, Step, walk};

impl Builder<'_> {
    pub(super) fn pictures(&mut self, records: &[PictureRecord], folder: &Folder) -> Vec<Picture> {
        records.iter().filter_map(|record| self.picture(record, folder)).collect()
    }

    fn picture(&mut self, record: &PictureRecord, folder: &Folder) -> Option<Picture> {
        let labels = record.categories.iter().map(|category| &category.label);
        for text in labels.chain([&record.alt]) {
            self.plain(text);
        }
        self.alternative(&record.alt, &format!("Das Schaubild „{}“", record.id.value));
        self.needless_keys(record);
        let drawn = matches!(
            record.kind.value.as_str(),
            "wasserfall" | "balken" | "gruppen" | "gestapelt" | "linie"
        );
        if drawn && record.categories.is_empty() {
            self.findings.push(
                Finding::input("fehlender-schluessel", "Ein Diagramm braucht „kategorien:“.")
                    .at(record.id.span, "dieses Schaubild")
                    .hint("Je Balken eine Zeile: - {bezeichnung: NRW, werte: [werte.nrw]}."),
            );
            return None;
        }
        let content = match record.kind.value.as_str() {
            "bild" => self.image(record, folder)?,
            "ablauf" => PictureContent::Flow(self.flow(record)?),
            "platzhalter" => PictureContent::Placeholder(
                record.acknowledged.as_ref().map(|reason| reason.value.clone()),
            ),
            kind => {
                let kind = match kind {
                    "wasserfall" => ChartKind::Waterfall,
                    "balken" => ChartKind::Bars,
                    "gruppen" => ChartKind::Groups,
                    "gestapelt" => ChartKind::Stacked,
                    "linie" => ChartKind::Lines,
                    _ => {
                        let known = [
                            "balken",
                            "gruppen",
                            "gestapelt",
                            "linie",
                            "wasserfall",
                            "ablauf",
                            "bild",
                            "platzhalter",
                        ];
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
        self.remark(record.remark.as_ref());
        Some(Picture {
            visibility: record.visibility,
            id: record.id.value.clone(),
            span: record.id.span,
            title: self.prose(&record.title),
            alt: record.alt.value.clone(),
            unit: record.unit.as_ref().map(|unit| unit.value.clone()),
            provenance: self.provenance(
                record.source.as_ref(),
                record.month.as_ref(),
                record.as_of.as_ref(),
                record.allocation.as_ref(),
            ),
            note: self.prose_or_empty(record.note.as_ref()),
            width: self.width(record),
            captioned: record.captioned.is_none_or(|flag| flag.0),
            number: record.number.clone(),
            content,
        })
    }

    /// Reports an image without words for those who do not see it.
    pub(super) fn alternative(&mut self, alt: &Text, what: &str) {
        if alt.value.trim().is_empty() {
            self.findings.push(
                Finding::input("alternativtext", format!("{what} hat keinen Alternativtext."))
                    .at(alt.span, "leer")
                    .hint("Beschreiben Sie in ein bis zwei Sätzen, was zu sehen ist."),
            );
        }
    }

    /// The share of the line that a picture takes, in percent.
    fn width(&mut self, record: &PictureRecord) -> u32 {
        let Some(text) = &record.width else { return 100 };
        let number = text.value.trim().trim_end_matches('%').trim();
        let width = number.parse().ok().filter(|width| (10..=100).contains(width));
        if width.is_none() {
            self.findings.push(
                Finding::input("breite", format!("„{}“ ist keine Breite für ein Bild.", text.value))
                    .at(text.span, "erwartet: 10 % bis 100 %")
                    .hint("Schreiben Sie zum Beispiel „breite: 60 %“; gemeint ist der Anteil an der Zeile."),
            );
        }
        width.unwrap_or(100)
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
        let (ending, bytes) = self.image_file(file, folder)?;
        Some(PictureContent::Image(ending, bytes))
    }

    /// Ending and bytes of an image file.
    pub(super) fn image_file(&mut self, file: &Text, folder: &Folder) -> Option<(String, Vec<u8>)> {
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
        let bytes = self.file(file, folder, ("bild-fehlt", "Das Bild"))?;
        let whole = images::stripped(&ending, &bytes).and_then(|_| {
            let shown = ending != "png" || images::is_readable_png(&bytes);
            if shown { Ok(()) } else { Err(images::Damage { place: None }) }
        });
        if let Err(damage) = whole {
            let place = damage.place.filter(|place| *place != (1, 1));
            let place = place.map(|(line, column)| format!(" (Zeile {line}, Spalte {column})"));
            self.findings.push(
                Finding::input(
                    "bild-art",
                    format!(
                        "„{}“ ist beschädigt oder hat die falsche Endung{}.",
                        file.value,
                        place.unwrap_or_default()
                    ),
                )
                .at(file.span, "kein lesbares Bild")
                .hint("Öffnen Sie das Bild und speichern Sie es neu als PNG, JPG oder SVG."),
            );
            return None;
        }
        if ending.starts_with('j') && images::is_for_press(&bytes) {
            self.findings.push(
                Finding::input(
                    "bild-farben",
                    format!("„{}“ ist für die Druckerei gespeichert (CMYK); in ein barrierefreies PDF passen solche Farben nicht.", file.value),
                )
                .at(file.span, "vier Druckfarben")
                .hint("Speichern Sie das Bild im Farbraum RGB, zum Beispiel als PNG."),
            );
            return None;
        }
        Some((ending, bytes))
    }

    /// The bytes of a file that the data name.
    pub(super) fn file(
        &mut self,
        file: &Text,
        folder: &Folder,
        (code, what): (&'static str, &str),
    ) -> Option<Vec<u8>> {
        let error = match folder::file(folder, &file.value) {
            Ok(bytes) => return Some(bytes),
            Err(error) => error,
        };
        let name = &file.value;
        let finding = match error {
            FileError::Missing => {
                Finding::input(code, format!("{what} „{name}“ gibt es nicht."))
                    .hint("Der Pfad gilt ab dem Ordner des Programms.")
            }
            FileError::Outside => Finding::input(
                "pfad-ausserhalb",
                format!("„{name}“ führt aus dem Ordner des Programms hinaus."),
            )
            .hint("Legen Sie die Datei in den Ordner des Programms, Bilder zum Beispiel in „bilder“."),
            FileError::TooLarge(size) => Finding::input(
                "bild-zu-gross",
                format!("{what} „{name}“ ist mit {} MB zu groß; möglich sind 20 MB.", size / 1_000_000),
            )
            .hint("Verkleinern Sie das Bild: Für eine ganze Seite genügen 2.500 Bildpunkte in der Breite."),
        };
        self.findings.push(finding.at(file.span, "diese Datei"));
        None
    }

    fn chart(&mut self, record: &PictureRecord, kind: ChartKind) -> PictureContent {
        let categories: Vec<_> =
            record.categories.iter().map(|category| self.category(record, category)).collect();
        let mut series: Vec<String> = record.series.iter().map(|name| name.value.clone()).collect();
        if series.is_empty() {
            let title = self.prose(&record.title);
            series.push(walk::plain(&title));
        }
        self.readable(record, kind, series.len(), &categories);
        self.one_unit(record, &categories);
        PictureContent::Chart { kind, series, categories }
    }

    /// Reports diagrams that nobody could read.
    fn readable(
        &mut self,
        record: &PictureRecord,
        kind: ChartKind,
        series: usize,
        categories: &[(String, Vec<FigureId>, Step)],
    ) {
        let most = if kind == ChartKind::Lines { 3 } else { 5 };
        if series > most {
            self.findings.push(
                Finding::input("schaubild-werte", format!("{series} Reihen sind in diesem Schaubild nicht zu unterscheiden; möglich sind {most}."))
                    .at(record.kind.span, "zu viele Reihen")
                    .hint("Fassen Sie Reihen zusammen, oder machen Sie zwei Schaubilder daraus."),
            );
        }
        let negative = |id: &FigureId| {
            let amount = self.figures.outcome(*id).amount.as_ref();
            amount.is_some_and(|amount| {
                amount.nominal.is_sign_negative() && !amount.nominal.is_zero()
            })
        };
        let at = categories.iter().position(|(_, ids, _)| ids.iter().any(negative));
        if let (ChartKind::Stacked, Some(at)) = (kind, at) {
            self.findings.push(
                Finding::input("schaubild-werte", "Negative Werte lassen sich nicht stapeln.")
                    .at(record.categories[at].span, "diese Kategorie")
                    .hint("Nehmen Sie „art: gruppen“ oder „art: wasserfall“."),
            );
        }
    }

    /// Reports figures that do not fit on one axis.
    fn one_unit(&mut self, record: &PictureRecord, categories: &[(String, Vec<FigureId>, Step)]) {
        let stated = record.unit.as_ref().and_then(|unit| self.units.unit(&unit.value).ok());
        let mut first = stated.and_then(|(_, unit)| unit);
        let mut report = None;
        for (category, (_, ids, _)) in record.categories.iter().zip(categories) {
            for (path, id) in category.values.iter().zip(ids) {
                let quantity = self.figures.computed_with_unit(*id);
                let Some(own) = quantity.filter(Quantity::is_number).and_then(|found| found.unit)
                else {
                    continue;
                };
                match &first {
                    None => first = Some(own),
                    Some(known) if known.dimension() != own.dimension() => {
                        report.get_or_insert((path.span, known.clone(), own));
                    }
                    Some(_) => {}
                }
            }
        }
        if let Some((span, known, own)) = report {
            self.findings.push(
                Finding::input("schaubild-einheit", format!("In einem Schaubild haben alle Werte dieselbe Einheit; hier stehen {known} neben {own}."))
                    .at(span, format!("in {own}"))
                    .hint("Machen Sie zwei Schaubilder daraus, oder prüfen Sie „einheit:“."),
            );
        }
    }

    /// Reports keys that the kind of picture has no use for.
    fn needless_keys(&mut self, record: &PictureRecord) {
        let kind = record.kind.value.as_str();
        let boxes = record.boxes.first().map(|node| node.span);
        let arrows = record.arrows.first().map(|arrow| arrow.span);
        let direction = record.direction.as_ref().map(|text| text.span);
        let flow = boxes.or(arrows).or(direction);
        let chart = record.categories.first().map(|category| category.span);
        let chart = chart.or(record.series.first().map(|name| name.span));
        let needless = [
            ("datei", record.file.as_ref().map(|file| file.span), kind == "bild"),
            (
                "anerkannt",
                record.acknowledged.as_ref().map(|text| text.span),
                kind == "platzhalter",
            ),
            ("kaesten, pfeile und richtung", flow, kind == "ablauf"),
            ("kategorien und reihen", chart, !matches!(kind, "bild" | "platzhalter" | "ablauf")),
        ];
        for (keys, span, used) in needless {
            let Some(span) = span.filter(|_| !used) else { continue };
            self.findings.push(
                Finding::input(
                    "schaubild-schluessel",
                    format!("Ein Schaubild der Art „{kind}“ verwendet „{keys}“ nicht."),
                )
                .at(span, "ohne Wirkung")
                .hint("Prüfen Sie „art:“, oder streichen Sie die Angabe."),
            );
        }
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
