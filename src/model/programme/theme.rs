// SPDX-License-Identifier: EUPL-1.2
//! Building the theme: colours with enough contrast, fonts and a logo from the programme's folder.

use super::builder::Builder;
use crate::diag::Finding;
use crate::model::folder::Folder;
use crate::model::records::{LogoRecord, ThemeRecord};
use crate::model::yaml::Text;
use crate::tree::theme::{Colour, Logo, Theme, WHITE};

/// Least contrast of text to its ground, in hundredths: WCAG 2 level AA, BITV 2.0 § 3.
const LEAST: u64 = 450;

impl Builder<'_> {
    pub(super) fn theme(&mut self, record: Option<&ThemeRecord>, folder: &Folder) -> Theme {
        let mut theme = Theme::default();
        let Some(record) = record else { return theme };
        let mut set = |target: &mut Colour, text: &Option<Text>| {
            if let Some(text) = text
                && let Some(colour) = self.colour(text)
            {
                *target = colour;
            }
        };
        set(&mut theme.ground, &record.ground);
        set(&mut theme.accent, &record.accent);
        set(&mut theme.text, &record.text);
        set(&mut theme.grey, &record.grey);
        set(&mut theme.warning, &record.warning);
        set(&mut theme.hairline, &record.hairline);
        let texts = [
            (&record.accent, theme.accent),
            (&record.text, theme.text),
            (&record.grey, theme.grey),
            (&record.warning, theme.warning),
        ];
        for (text, colour) in texts {
            // A ground of one's own is held against every colour of text.
            if let Some(text) = text.as_ref().or(record.ground.as_ref()) {
                self.contrast(text, colour, theme.ground);
            }
        }
        if let Some(font) = &record.font {
            theme.font.clone_from(&font.value);
            theme.heading_font.clone_from(&font.value);
        }
        if let Some(font) = &record.heading_font {
            theme.heading_font.clone_from(&font.value);
        }
        theme.fonts = record.font_files.iter().filter_map(|file| self.font(file, folder)).collect();
        theme.logo = record.logo.as_ref().and_then(|logo| self.logo(logo, folder));
        theme
    }

    fn colour(&mut self, text: &Text) -> Option<Colour> {
        let colour = Colour::read(&text.value);
        if colour.is_none() {
            self.findings.push(
                Finding::input("farbe", format!("„{}“ ist keine Farbe, die amip lesen kann.", text.value))
                    .at(text.span, "erwartet: \"#rrggbb\"")
                    .hint("Schreiben Sie die Farbe wie im Styleguide des Hauses, in Anführungszeichen: \"#0b4f6c\"."),
            );
        }
        colour
    }

    fn contrast(&mut self, text: &Text, colour: Colour, ground: Colour) {
        let (paper, shaded) = (colour.contrast(WHITE), colour.contrast(ground));
        let least = paper.min(shaded);
        if least >= LEAST {
            return;
        }
        let where_ = if shaded < paper { "auf der hellen Fläche" } else { "auf Weiß" };
        self.findings.push(
            Finding::input(
                "kontrast",
                format!(
                    "Schrift in der Farbe {colour} ist {where_} schlecht zu lesen: Kontrast {},{:02} : 1.",
                    least / 100,
                    least % 100
                ),
            )
            .at(text.span, "zu wenig Kontrast")
            .hint("Barrierefrei ist ein Kontrast von mindestens 4,5 : 1 (BITV 2.0 § 3, EN 301 549). Nehmen Sie einen dunkleren Ton der Hausfarbe oder eine hellere Fläche."),
        );
    }

    fn font(&mut self, file: &Text, folder: &Folder) -> Option<(String, Vec<u8>)> {
        let ending = file.value.rsplit_once('.').map_or("", |(_, ending)| ending).to_lowercase();
        if !matches!(ending.as_str(), "ttf" | "otf") {
            self.findings.push(
                Finding::input(
                    "schrift-datei",
                    format!("„{}“ ist keine Schriftdatei, die amip lesen kann.", file.value),
                )
                .at(file.span, "erwartet: .ttf oder .otf")
                .hint("Nehmen Sie die statischen TrueType- oder OpenType-Dateien der Schrift."),
            );
            return None;
        }
        let bytes = self.file(file, folder, ("schrift-datei", "Die Schriftdatei"))?;
        Some((file.value.clone(), bytes))
    }

    fn logo(&mut self, record: &LogoRecord, folder: &Folder) -> Option<Logo> {
        self.alternative(&record.alt, "Das Logo");
        let (ending, bytes) = self.image_file(&record.file, folder)?;
        let height = match record.height.as_ref() {
            None => Some(16),
            Some(text) => {
                let digits = text.value.trim().trim_end_matches("mm").trim();
                let height = digits.parse().ok().filter(|height| (5..=60).contains(height));
                if height.is_none() {
                    self.findings.push(
                        Finding::input(
                            "logo-hoehe",
                            format!("„{}“ ist keine Höhe für ein Logo.", text.value),
                        )
                        .at(text.span, "erwartet: 5 mm bis 60 mm")
                        .hint("Schreiben Sie zum Beispiel „hoehe: 16 mm“."),
                    );
                }
                height
            }
        };
        Some(Logo { ending, bytes, alt: record.alt.value.clone(), height: height? })
    }
}
