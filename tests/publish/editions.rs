// SPDX-License-Identifier: EUPL-1.2
//! Editions on disk: what is written, what `verify` says of it, and that a killed process, a second one
//! or a place where nothing can be written leaves a whole edition behind.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use serde_json::Value;

use super::canaries::files;
use crate::support::{amip, root};

/// A programme that can be published; `budget` is printed in it.
fn programme(folder: &Path, budget: &str, more: &str) -> PathBuf {
    let programme = folder.join("neustadt-2027");
    fs::create_dir_all(programme.join("kapitel")).expect("folder");
    let sample = root().join("tests/publish/befunde/nichts-dagegen/neustadt-2027");
    for name in ["programm.yaml", "kunden.yaml"] {
        fs::copy(sample.join(name), programme.join(name)).expect("copy");
    }
    let values = format!(
        "werte:\n  - {{id: budget, bezeichnung: Eingliederungstitel, wert: \"{budget}\", quelle: Bescheid, stand: 2026-10-01}}\n"
    );
    fs::write(programme.join("werte.yaml"), values).expect("write");
    let text = format!(
        "Zur Verfügung stehen [](zahl:werte.budget). {more}\n\n<!-- amip:tabelle kunden -->\n\n<!-- amip:beteiligung -->\n"
    );
    fs::write(programme.join("kapitel/einleitung.md"), text).expect("write");
    programme
}

fn publish(programme: &Path, out: &Path) -> (Option<i32>, String) {
    let arguments =
        ["publish", programme.to_str().expect("UTF-8"), "--out", out.to_str().expect("UTF-8")];
    let output = amip(&arguments, &root());
    let text = [output.stdout, output.stderr].concat();
    (output.status.code(), String::from_utf8(text).expect("UTF-8"))
}

fn verify(folder: &Path) -> (Option<i32>, String) {
    let output = amip(&["verify", folder.to_str().expect("UTF-8")], &root());
    let text = [output.stdout, output.stderr].concat();
    (output.status.code(), String::from_utf8(text).expect("UTF-8"))
}

fn protocol(edition: &Path) -> Value {
    let text = fs::read_to_string(edition.join("protokoll.json")).expect("a protocol");
    serde_json::from_str(&text).expect("JSON")
}

#[test]
fn an_edition_is_whole_and_verify_tells_what_changed() {
    let place = tempfile::tempdir().expect("temporary folder");
    let own = programme(place.path(), "1.500.000 €", "");
    let out = place.path().join("out");
    let (code, said) = publish(&own, &out);
    assert_eq!(code, Some(0), "{said}");
    let edition = out.join("oeffentlich");
    let names: Vec<String> = files(&edition).into_iter().map(|(name, _)| name).collect();
    for name in [
        "neustadt-2027.pdf",
        "neustadt-2027.md",
        "neustadt-2027.html",
        "datapackage.json",
        "protokoll.json",
        "veroeffentlichung.md",
        "daten/tabelle-kunden.csv",
        "daten/tabelle-kunden.json",
        "daten/zahlen.csv",
    ] {
        assert!(names.iter().any(|known| known.replace('\\', "/") == name), "{name}: {names:?}");
    }
    assert!(out.join("barrierefreiheit.md").exists());
    assert_eq!(verify(&edition).0, Some(0));
    // The folder above will do as well.
    assert_eq!(verify(&out).0, Some(0));

    // Published again, nothing is written.
    let before = files(&edition);
    let (code, said) = publish(&own, &out);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("schon auf diesem Stand"), "{said}");
    assert!(!out.join("fruehere-ausgaben").exists());
    assert_eq!(before, files(&edition), "same input, same bytes");

    fs::write(edition.join("neustadt-2027.md"), "anders").expect("write");
    fs::remove_file(edition.join("daten/zahlen.csv")).expect("remove");
    fs::write(edition.join("neu.txt"), "dazu").expect("write");
    let (code, said) = verify(&edition);
    assert_eq!(code, Some(1));
    for line in ["geändert: neustadt-2027.md", "fehlt: daten/zahlen.csv", "zusätzlich: neu.txt"] {
        assert!(said.contains(line), "{said}");
    }
    let (code, said) = verify(place.path());
    assert_eq!(code, Some(2), "{said}");

    // Who changes a file and its checksum is found by the name of the version.
    assert_eq!(publish(&own, &out).0, Some(0));
    let path = edition.join("protokoll.json");
    let text = fs::read_to_string(&path).expect("a protocol");
    let listed = text.find("neustadt-2027.md").expect("listed");
    let at = listed + text[listed..].find("sha256\": \"").expect("a checksum") + 10;
    let other = if text[at..].starts_with('0') { "1" } else { "0" };
    fs::write(&path, format!("{}{other}{}", &text[..at], &text[at + 1..])).expect("write");
    let (code, said) = verify(&edition);
    assert_eq!(code, Some(1));
    assert!(said.contains("geändert: protokoll.json"), "{said}");
}

/// The published programme of a sample that is only lacking its agreement.
#[test]
fn what_is_public_reads_as_it_was_built() {
    let place = tempfile::tempdir().expect("temporary folder");
    for (name, year, day) in
        [("duesseldorf-2016", 2016, "2015-12-17"), ("duisburg-2020", 2020, "2019-11-06")]
    {
        let own = place.path().join(name);
        copy(&root().join("data").join(name), &own);
        let main = fs::read_to_string(own.join("programm.yaml")).expect("read");
        let year = format!("  jahr: {year}\n");
        let agreed = format!("{year}  abstimmung: {{zustand: abgestimmt, am: {day}}}\n");
        fs::write(own.join("programm.yaml"), main.replace(&year, &agreed)).expect("write");
        let out = place.path().join(format!("out-{name}"));
        let (code, said) = publish(&own, &out);
        assert_eq!(code, Some(0), "{said}");
        let public = fs::read_to_string(out.join(format!("oeffentlich/{name}.md"))).expect("read");
        let built = fs::read_to_string(root().join(format!("output/{name}/{name}.md")));
        assert_eq!(public, built.expect("kept in the repository"), "{name}");
        #[cfg(feature = "pdf")]
        {
            let pdf = fs::read(out.join(format!("oeffentlich/{name}.pdf"))).expect("a PDF");
            crate::support::all_good(&crate::pdf::problems(&pdf));
        }
    }
}

fn copy(from: &Path, to: &Path) {
    for (name, bytes) in files(from) {
        let path = to.join(name);
        fs::create_dir_all(path.parent().expect("a parent")).expect("folder");
        fs::write(path, bytes).expect("write");
    }
}

#[test]
fn data_are_plain_numbers_with_what_is_printed_beside() {
    let place = tempfile::tempdir().expect("temporary folder");
    let own = programme(place.path(), "39,53 Mio. €", "");
    let out = place.path().join("out");
    assert_eq!(publish(&own, &out).0, Some(0));
    let data = out.join("oeffentlich/daten");
    let table = fs::read_to_string(data.join("tabelle-kunden.csv")).expect("CSV");
    let rows: Vec<&str> = table.split("\r\n").collect();
    assert_eq!(rows[0], "gruppe,personen,personen_gedruckt,zeilenart");
    assert_eq!(rows[1], "unter 25,25,25,zeile");
    // 25 + 40 + 12.
    assert_eq!(rows[4], "Summe,77,77,summe");
    let figures = fs::read_to_string(data.join("zahlen.csv")).expect("CSV");
    let line = "werte.budget,,39530000,\"39,53\u{a0}Mio.\u{a0}€\",,";
    assert!(figures.contains(line), "{figures}");
    let json = fs::read_to_string(data.join("zahlen.json")).expect("JSON");
    let _: Value = serde_json::from_str(&json).expect("JSON");
    let package = fs::read_to_string(out.join("oeffentlich/datapackage.json")).expect("JSON");
    let package: Value = serde_json::from_str(&package).expect("JSON");
    assert_eq!(package["profile"], "tabular-data-package");
    for resource in package["resources"].as_array().expect("resources") {
        let path = resource["path"].as_str().expect("a path");
        let text = fs::read_to_string(out.join("oeffentlich").join(path)).expect("the file");
        let names: Vec<&str> = resource["schema"]["fields"]
            .as_array()
            .expect("fields")
            .iter()
            .map(|field| field["name"].as_str().expect("a name"))
            .collect();
        assert_eq!(text.split("\r\n").next(), Some(names.join(",").as_str()), "{path}");
    }
}

#[test]
fn a_former_edition_is_kept_and_a_figure_changed_after_the_agreement_is_found() {
    let place = tempfile::tempdir().expect("temporary folder");
    let out = place.path().join("out");
    let own = programme(place.path(), "1.500.000 €", "");
    assert_eq!(publish(&own, &out).0, Some(0));
    let first = protocol(&out.join("oeffentlich"));

    // Other words with the same figures: the old edition is kept.
    programme(place.path(), "1.500.000 €", "Mehr als im Vorjahr.");
    let (code, said) = publish(&own, &out);
    assert_eq!(code, Some(0), "{said}");
    let second = protocol(&out.join("oeffentlich"));
    assert_ne!(first["fassung"], second["fassung"]);
    let former: Vec<PathBuf> = fs::read_dir(out.join("fruehere-ausgaben"))
        .expect("former editions")
        .flatten()
        .map(|entry| entry.path())
        .collect();
    assert_eq!(former.len(), 1);
    assert_eq!(protocol(&former[0]), first);
    assert_eq!(verify(&former[0]).0, Some(0));

    // Another figure with the same day of agreement.
    programme(place.path(), "1.600.000 €", "");
    let (code, said) = publish(&own, &out);
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("nach-abstimmung"), "{said}");
    assert!(said.contains("1.500.000") && said.contains("1.600.000"), "{said}");
    assert_eq!(protocol(&out.join("oeffentlich")), second);
}

#[test]
fn what_last_year_did_not_show_is_not_shown_this_year() {
    let place = tempfile::tempdir().expect("temporary folder");
    let outputs = place.path().join("output");
    let year = |year: u32, before: Option<u32>, rows: &str| {
        let own = place.path().join(format!("neustadt-{year}"));
        fs::create_dir_all(own.join("kapitel")).expect("folder");
        let sample = root().join("tests/publish/befunde/nichts-dagegen/neustadt-2027");
        let main = fs::read_to_string(sample.join("programm.yaml")).expect("read");
        let shift = |text: &str, year: u32| {
            text.replace("2026", &(year - 1).to_string()).replace("2027", &year.to_string())
        };
        let mut main = shift(&main, year);
        if let Some(before) = before {
            main = main.replace(
                &format!("  jahr: {year}\n"),
                &format!("  jahr: {year}\n  vorjahr: ../neustadt-{before}\n"),
            );
        }
        fs::write(own.join("programm.yaml"), main).expect("write");
        let table = format!(
            "tabellen:\n  - id: kunden\n    titel: Kundinnen und Kunden\n    personen: ja\n    quelle: Statistik der Bundesagentur für Arbeit\n    berichtsmonat: {0}-06\n    stand: {0}-10-01\n    spalten:\n      - {{id: gruppe, titel: Gruppe}}\n      - {{id: personen, titel: Personen, art: zahl}}\n{1}    zeilen:\n{rows}",
            year - 1,
            if before.is_some() {
                "      - {id: davor, titel: Vorjahr, vorjahr: personen}\n"
            } else {
                ""
            }
        );
        fs::write(own.join("kunden.yaml"), table).expect("write");
        let text = "<!-- amip:tabelle kunden -->\n\n<!-- amip:beteiligung -->\n";
        fs::write(own.join("kapitel/einleitung.md"), text).expect("write");
        own
    };
    let row = |id: &str, count: u32| {
        format!("      - {{id: {id}, zellen: {{gruppe: {id}, personen: {count}}}}}\n")
    };
    let total = "      - {id: summe, art: summe, zellen: {gruppe: Summe}}\n";
    let csv = |year: u32| {
        let path = outputs.join(format!("neustadt-{year}/oeffentlich/daten/tabelle-kunden.csv"));
        fs::read_to_string(path).expect("CSV")
    };
    // 2 is secret, and 5 with it, or the total would give it away.
    let rows = [row("a", 2), row("b", 5), row("c", 40), total.to_owned()].concat();
    let first = year(2026, None, &rows);
    let (code, said) = publish(&first, &outputs.join("neustadt-2026"));
    assert_eq!(code, Some(0), "{said}");
    assert!(csv(2026).contains("b,,*,zeile"), "{}", csv(2026));
    let rows = [row("a", 20), row("b", 30), row("c", 40), total.to_owned()].concat();
    let second = year(2027, Some(2026), &rows);
    let (code, said) = publish(&second, &outputs.join("neustadt-2027"));
    assert_eq!(code, Some(0), "{said}");
    let table = csv(2027);
    // Neither 2 nor 5 of last year may stand in the column of the year before.
    assert!(table.contains("a,20,20,,*,zeile"), "{table}");
    assert!(table.contains("b,30,30,,*,zeile"), "{table}");
    let told = protocol(&outputs.join("neustadt-2027/oeffentlich"));
    assert_eq!(told["geheimhaltung"]["vorjahresausgabe_verglichen"], true);
}

#[cfg(unix)]
#[test]
fn two_at_once_do_not_meet() {
    use std::fs::File;
    let place = tempfile::tempdir().expect("temporary folder");
    let own = programme(place.path(), "1.500.000 €", "");
    let out = place.path().join("out");
    assert_eq!(publish(&own, &out).0, Some(0));
    let before = files(&out.join("oeffentlich"));
    let lock = File::options().write(true).open(out.join(".oeffentlich.sperre")).expect("lock");
    lock.lock().expect("locked");
    programme(place.path(), "1.500.000 €", "Neu.");
    let (code, said) = publish(&own, &out);
    assert_eq!(code, Some(2), "{said}");
    assert!(said.contains("wird gerade schon veröffentlicht"), "{said}");
    assert_eq!(files(&out.join("oeffentlich")), before);
    drop(lock);
    assert_eq!(publish(&own, &out).0, Some(0));
}

#[test]
fn where_nothing_can_be_written_the_old_edition_stays() {
    let place = tempfile::tempdir().expect("temporary folder");
    let own = programme(place.path(), "1.500.000 €", "");
    let out = place.path().join("out");
    assert_eq!(publish(&own, &out).0, Some(0));
    let before = files(&out.join("oeffentlich"));
    programme(place.path(), "1.500.000 €", "Neu.");
    // A file where the new edition is to be written first.
    fs::write(out.join(".oeffentlich.neu"), "im Weg").expect("write");
    let (code, said) = publish(&own, &out);
    assert_eq!(code, Some(2), "{said}");
    assert_eq!(files(&out.join("oeffentlich")), before);
    fs::remove_file(out.join(".oeffentlich.neu")).expect("remove");

    // Where the former editions cannot be kept under their name, they are kept under another one.
    fs::write(out.join("fruehere-ausgaben"), "im Weg").expect("write");
    let (code, said) = publish(&own, &out);
    assert_eq!(code, Some(0), "{said}");
    assert_eq!(verify(&out.join("oeffentlich")).0, Some(0));
    assert!(out.join("fruehere-ausgaben-2").is_dir());
    let (code, said) = publish(&own, &out.join("oeffentlich"));
    assert_eq!(code, Some(2), "{said}");
}

fn start(programme: &Path, out: &Path) -> Child {
    Command::new(env!("CARGO_BIN_EXE_amip"))
        .args(["publish", programme.to_str().expect("UTF-8")])
        .args(["--out", out.to_str().expect("UTF-8")])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("amip starts")
}

#[test]
fn a_process_killed_at_any_moment_leaves_a_whole_edition() {
    const MOMENTS: u64 = 24;
    let place = tempfile::tempdir().expect("temporary folder");
    let out = place.path().join("out");
    let own = programme(place.path(), "1.500.000 €", "");
    assert_eq!(publish(&own, &out).0, Some(0));
    let edition = out.join("oeffentlich");
    let mut versions = vec![protocol(&edition)["fassung"].clone()];
    for moment in 0..MOMENTS {
        programme(place.path(), "1.500.000 €", &format!("Fassung {moment}."));
        let mut child = start(&own, &out);
        // Over the time that a run takes, unevenly; writing is at its end.
        let wait = 40 + (moment * 7919) % 560;
        std::thread::sleep(Duration::from_millis(wait));
        let _ = child.kill();
        let _ = child.wait();
        assert!(edition.is_dir(), "after {wait} ms there is no edition");
        let (code, said) = verify(&edition);
        assert_eq!(code, Some(0), "after {wait} ms: {said}");
        let version = protocol(&edition)["fassung"].clone();
        if !versions.contains(&version) {
            versions.push(version);
        }
    }
    // The next run ends what was begun, and nothing is left over.
    programme(place.path(), "1.500.000 €", "Zum Schluss.");
    let (code, said) = publish(&own, &out);
    assert_eq!(code, Some(0), "{said}");
    assert!(!out.join(".oeffentlich.neu").exists());
    assert!(!out.join(".oeffentlich.tausch").exists());
    for former in fs::read_dir(out.join("fruehere-ausgaben")).expect("former ones").flatten() {
        assert_eq!(verify(&former.path()).0, Some(0), "{}", former.path().display());
    }
}

/// A table of four groups; the marks stand at the first and the third.
fn groups(first: &str, third: &str) -> String {
    format!(
        "tabellen:\n  - id: kunden\n    titel: Kundinnen und Kunden\n    quelle: Statistik der Bundesagentur für Arbeit\n    berichtsmonat: 2026-06\n    stand: 2026-10-01\n    spalten:\n      - {{id: gruppe, titel: Gruppe}}\n      - {{id: personen, titel: Personen, art: zahl}}\n    zeilen:\n      - {{zellen: {{gruppe: unter 25, personen: {{wert: 14{first}}}}}}}\n      - {{zellen: {{gruppe: 25 bis 49, personen: 40}}}}\n      - {{zellen: {{gruppe: ab 50, personen: {{wert: 12{third}}}}}}}\n      - {{zellen: {{gruppe: ohne Angabe, personen: 50}}}}\n      - {{art: summe, zellen: {{gruppe: Summe}}}}\n"
    )
}

/// What of the table of an edition is printed, without its total.
fn printed(out: &Path) -> Vec<String> {
    let path = out.join("oeffentlich/daten/tabelle-kunden.json");
    let whole: Value =
        serde_json::from_str(&fs::read_to_string(path).expect("read")).expect("JSON");
    let rows = whole["zeilen"].as_array().expect("rows").iter();
    let printed = rows.map(|row| row["personen_gedruckt"].as_str().expect("printed").to_owned());
    printed.collect()
}

#[test]
fn what_an_edition_showed_protects_nothing_in_the_next_one() {
    let place = tempfile::tempdir().expect("temporary folder");
    let own = programme(place.path(), "1.500.000 €", "");
    let out = place.path().join("out");
    // The first edition hides the first group, and the third with it, being the smallest.
    fs::write(own.join("kunden.yaml"), groups(", geheim: ja", "")).expect("write");
    let (code, said) = publish(&own, &out);
    assert_eq!(code, Some(0), "{said}");
    assert_eq!(printed(&out), ["*", "40", "*", "50", "116"]);
    // The second hides the third alone; 40 and 50 are known, so that the first must stay hidden.
    fs::write(own.join("kunden.yaml"), groups("", ", geheim: ja")).expect("write");
    let (code, said) = publish(&own, &out);
    assert_eq!(code, Some(0), "{said}");
    assert_eq!(printed(&out), ["*", "40", "*", "50", "116"]);
    // Shown once, a value cannot be taken back, and cannot protect any other.
    fs::write(own.join("kunden.yaml"), groups("", "")).expect("write");
    assert_eq!(publish(&own, &out).0, Some(0));
    assert_eq!(printed(&out), ["14", "40", "12", "50", "116"]);
    fs::write(own.join("kunden.yaml"), groups(", geheim: ja", "")).expect("write");
    let (code, said) = publish(&own, &out);
    assert_eq!(code, Some(0), "{said}");
    assert_eq!(printed(&out), ["*", "40", "12", "50", "116"]);
    assert!(said.contains("[schon-veroeffentlicht]") && said.contains("unter 25"), "{said}");
}

#[test]
fn verify_looks_at_the_protocol_itself_and_does_not_wait_for_pipes() {
    let place = tempfile::tempdir().expect("temporary folder");
    let own = programme(place.path(), "1.500.000 €", "");
    let out = place.path().join("out");
    assert_eq!(publish(&own, &out).0, Some(0));
    let edition = out.join("oeffentlich");
    let path = edition.join("protokoll.json");
    let text = fs::read_to_string(&path).expect("a protocol");
    let other = text.replace("\"offene_befunde\": 0", "\"offene_befunde\": 3");
    assert_ne!(text, other);
    fs::write(&path, other).expect("write");
    let (code, said) = verify(&edition);
    assert_eq!(code, Some(1));
    assert!(said.contains("geändert: protokoll.json"), "{said}");
    fs::write(&path, text).expect("write");
    assert_eq!(verify(&edition).0, Some(0));
    #[cfg(unix)]
    {
        let pipe = edition.join("daten/rohr");
        let made = Command::new("mkfifo").arg(&pipe).status().expect("mkfifo");
        assert!(made.success());
        std::os::unix::fs::symlink("/etc/hostname", edition.join("verweis")).expect("a link");
        let (code, said) = verify(&edition);
        assert_eq!(code, Some(1));
        assert!(said.contains("zusätzlich: daten/rohr"), "{said}");
        assert!(said.contains("zusätzlich: verweis"), "{said}");
    }
}

/// A disk that is full: no file may grow beyond a size, in blocks of 512 bytes.
#[cfg(unix)]
#[test]
fn on_a_full_disk_the_old_edition_stays() {
    let place = tempfile::tempdir().expect("temporary folder");
    let own = programme(place.path(), "1.500.000 €", "");
    let out = place.path().join("out");
    assert_eq!(publish(&own, &out).0, Some(0));
    let edition = out.join("oeffentlich");
    let before = files(&edition);
    programme(place.path(), "1.500.000 €", "Eine zweite Fassung.");
    for blocks in [0, 4, 16] {
        let line = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$@\"");
        let output = Command::new("sh")
            .args(["-c", &line, "sh", env!("CARGO_BIN_EXE_amip"), "publish"])
            .arg(&own)
            .arg("--out")
            .arg(&out)
            .current_dir(root())
            .output()
            .expect("started");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{blocks}: {said}");
        assert!(said.contains("Fehler[ausgabe]"), "{said}");
        assert_eq!(files(&edition), before, "{blocks}");
        assert_eq!(verify(&edition).0, Some(0));
        let left: Vec<_> = fs::read_dir(&out).expect("folder").flatten().collect();
        assert!(left.iter().all(|entry| entry.file_name() != ".oeffentlich.neu"), "{left:?}");
    }
    assert_eq!(publish(&own, &out).0, Some(0));
    assert_ne!(files(&edition), before);
}

#[test]
fn what_an_edition_hid_beside_a_secret_stays_hidden() {
    let place = tempfile::tempdir().expect("temporary folder");
    let own = programme(place.path(), "1.500.000 €", "");
    let out = place.path().join("out");
    let table = |rows: &str| {
        format!(
            "tabellen:\n  - id: kunden\n    titel: Kundinnen und Kunden\n    quelle: Statistik der Bundesagentur für Arbeit\n    berichtsmonat: 2026-06\n    stand: 2026-10-01\n    spalten:\n      - {{id: gruppe, titel: Gruppe}}\n      - {{id: personen, titel: Personen, art: zahl}}\n    zeilen:\n{rows}"
        )
    };
    let row = |name: &str, value: &str| {
        format!("      - {{zellen: {{gruppe: {name}, personen: {value}}}}}\n")
    };
    let total = "      - {art: summe, zellen: {gruppe: Summe}}\n";
    let rows = [row("unter 25", "2"), row("25 bis 49", "31")].concat();
    fs::write(own.join("kunden.yaml"), table(&format!("{rows}{total}"))).expect("write");
    let (code, said) = publish(&own, &out);
    assert_eq!(code, Some(0), "{said}");
    assert_eq!(printed(&out), ["*", "*", "33"]);
    // Without the total 31 would tell nothing, had 33 not been told before.
    fs::write(own.join("kunden.yaml"), table(&rows)).expect("write");
    let (code, said) = publish(&own, &out);
    assert_eq!(code, Some(0), "{said}");
    assert_eq!(printed(&out), ["*", "*"]);
    // A damaged edition is named.
    let former = fs::read_dir(out.join("fruehere-ausgaben")).expect("former").flatten();
    let former = former.map(|entry| entry.path()).next().expect("one");
    fs::write(former.join("daten/zahlen.json"), "[[[[").expect("write");
    let (code, said) = publish(&own, &out);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("[fruehere-ausgabe]"), "{said}");
}

#[test]
fn another_name_does_not_take_back_what_was_shown() {
    let place = tempfile::tempdir().expect("temporary folder");
    let own = programme(place.path(), "1.500.000 €", "");
    let out = place.path().join("out");
    let table = |id: &str, column: &str, first: &str, mark: &str| {
        format!(
            "tabellen:\n  - id: {id}\n    titel: Kundinnen und Kunden\n    quelle: Statistik der Bundesagentur für Arbeit\n    berichtsmonat: 2026-06\n    spalten:\n      - {{id: gruppe, titel: Gruppe}}\n      - {{id: {column}, titel: Personen, art: zahl}}\n      - {{id: davor, titel: Personen im Vorjahr, art: zahl}}\n    zeilen:\n      - {{zellen: {{gruppe: {first}, {column}: {{wert: 14{mark}}}, davor: 21}}}}\n      - {{zellen: {{gruppe: 25 bis 49, {column}: 40, davor: 43}}}}\n      - {{zellen: {{gruppe: ab 50, {column}: 12, davor: 18}}}}\n      - {{art: summe, zellen: {{gruppe: Summe}}}}\n"
        )
    };
    let text =
        |id: &str| format!("Text.\n\n<!-- amip:tabelle {id} -->\n\n<!-- amip:beteiligung -->\n");
    let publish_with = |id: &str, yaml: String| {
        fs::write(own.join("kunden.yaml"), yaml).expect("write");
        fs::write(own.join("kapitel/einleitung.md"), text(id)).expect("write");
        fs::remove_file(own.join("werte.yaml")).ok();
        publish(&own, &out)
    };
    let (code, said) = publish_with("kunden", table("kunden", "personen", "unter 25", ""));
    assert_eq!(code, Some(0), "{said}");
    let hidden = ", geheim: ja";
    for (id, column, first) in [
        ("kunden", "zahl", "unter 25"),
        ("personen", "zahl", "unter 25"),
        ("kunden", "personen", "U25"),
    ] {
        let (code, said) = publish_with(id, table(id, column, first, hidden));
        assert_eq!(code, Some(0), "{said}");
        assert!(said.contains("[schon-veroeffentlicht]"), "{id} {column} {first}: {said}");
        assert!(!said.contains("[geheimhaltung-ergaenzt]"), "{id} {column} {first}: {said}");
    }
    // Other figures under the old names are others.
    let other = table("kunden", "personen", "U25", hidden).replace("14", "15").replace("40", "41");
    let (code, said) = publish_with("kunden", other);
    assert_eq!(code, Some(0), "{said}");
    assert!(!said.contains("[schon-veroeffentlicht]"), "{said}");
    assert!(said.contains("[geheimhaltung-ergaenzt]"), "{said}");
}
