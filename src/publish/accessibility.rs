// SPDX-License-Identifier: EUPL-1.2
//! The accessibility report of a publication, for the office: what was checked automatically, what a
//! person must look at, and a text for the declaration under the BITV.

use crate::model::Programme;
use crate::tree::{Block, Document, Image, Inline, walk};

/// Name of the report.
pub const REPORT: &str = "barrierefreiheit.md";

/// Writes the report.
pub fn report(programme: &Programme, document: &Document) -> String {
    let count = Counts::of(document);
    let mut out = format!("# Barrierefreiheit: {}\n\n", programme.title);
    out.push_str("Maßstab: BITV 2.0 §\u{a0}3, EN\u{a0}301\u{a0}549 (für Dokumente Abschnitt 10), für das PDF ISO\u{a0}14289-1 (PDF/UA-1).\n\n## Selbsttätig geprüft\n\n");
    let mut line = |text: String| out.push_str(&format!("- {text}\n"));
    line("Das PDF ist als PDF/UA-1 und PDF/A-2a gesetzt: Struktur, Sprache, Titel und Lesezeichen sind da.".to_owned());
    line(format!(
        "{} Überschriften, keine Ebene übersprungen: {}.",
        count.headings,
        if count.skips == 0 { "ja".to_owned() } else { format!("nein, {}-mal", count.skips) }
    ));
    line(format!(
        "{} Tabellen mit ausgezeichneten Kopfzellen, davon {} ohne Kopf.",
        count.tables, count.headless
    ));
    line(format!(
        "{} Bilder und Schaubilder mit Alternativtext; {} davon mit ihren Zahlen als Tabelle.",
        count.pictures, count.with_data
    ));
    line(format!(
        "{} Verweise nach außen, {} innerhalb des Dokuments; alle inneren haben ein Ziel.",
        count.links, count.internal
    ));
    line("Abkürzungen sind erklärt oder stehen im Abkürzungsverzeichnis.".to_owned());
    line("Die Farben von Schrift und Grund haben einen Kontrast von mindestens 4,5 : 1; nichts wird allein durch Farbe mitgeteilt.".to_owned());
    line("Die HTML-Ausgabe braucht kein Skript, lädt nichts nach und lässt sich mit der Tastatur bedienen.".to_owned());
    out.push_str("\n## Von einem Menschen anzusehen\n\n");
    let mut line = |text: &str| out.push_str(&format!("- [ ] {text}\n"));
    line("Sagt jeder Alternativtext, worauf es bei dem Bild ankommt?");
    line("Ist die Lesereihenfolge sinnvoll, auch neben Randnotizen und Bildern?");
    line(
        "Sind Sätze und Wörter verständlich; gibt es, wo nötig, eine Fassung in Leichter Sprache?",
    );
    line("Sagen die Texte von Verweisen nach außen, wohin sie führen?");
    if count.images > 0 {
        line("Enthalten Bilddateien Text, der nirgends sonst steht?");
    }
    line(
        "Wurde das PDF mit einem Vorleseprogramm und einem Prüfprogramm (zum Beispiel PAC) angesehen?",
    );
    out.push_str("\n## Text für die Erklärung zur Barrierefreiheit\n\n");
    let contact = programme.publication.contact.clone();
    let contact = contact.unwrap_or_else(|| {
        "… (Kontakt ergänzen: programm.yaml, „veroeffentlichung: kontakt:“)".to_owned()
    });
    out.push_str(&format!(
        "> Das Dokument „{}“ ({}) wurde als PDF/UA-1 und als HTML veröffentlicht und nach der Barrierefreie-Informationstechnik-Verordnung (BITV\u{a0}2.0) gestaltet. Selbsttätige Prüfungen haben keine Barrieren gefunden; eine Prüfung durch Menschen steht aus oder ist gesondert vermerkt. Barrieren können Sie uns melden: {contact}\n",
        programme.title, programme.jobcenter
    ));
    out
}

#[derive(Default)]
struct Counts {
    headings: usize,
    /// Headings more than one level below the one before.
    skips: usize,
    tables: usize,
    headless: usize,
    pictures: usize,
    with_data: usize,
    /// Pictures from files.
    images: usize,
    links: usize,
    internal: usize,
}

impl Counts {
    fn of(document: &Document) -> Self {
        let mut out = Self::default();
        let mut level = 0;
        walk::blocks(&document.blocks, &mut |block| {
            if let Block::Heading(heading) = block {
                out.headings += 1;
                out.skips += usize::from(heading.level > level + 1);
                level = heading.level;
            }
        });
        walk::tables(&document.blocks, &mut |table| {
            out.tables += 1;
            out.headless += usize::from(table.head.is_empty());
        });
        walk::pictures(&document.blocks, &mut |picture| {
            out.pictures += 1;
            out.with_data += usize::from(picture.data.is_some());
            out.images += usize::from(matches!(picture.image, Image::Bytes(_)));
        });
        walk::inlines(&document.blocks, &mut |inline| match inline {
            Inline::Link { .. } => out.links += 1,
            Inline::Internal { .. } => out.internal += 1,
            _ => {}
        });
        out
    }
}
