// SPDX-License-Identifier: EUPL-1.2
//! What tests of publication share: the secret figures of a programme given as files.

use std::collections::BTreeSet;

use amip::publish::secrecy::{self, Former, Secrecy};
use amip::publish::{internal, model};

use crate::support::{Loaded, loaded};

/// A programme of these files, and what of it is secret. Tables must be inserted by a text
/// (`kapitel/einleitung.md`), or they count as not published.
pub fn secrecy_of(files: &[(&str, &str)], former: &[&str]) -> (Loaded, Secrecy) {
    let loaded = loaded(files);
    let programme = &loaded.programme;
    let internal = internal::of(programme);
    let public = model::build(programme, &internal, &BTreeSet::new());
    let shown = secrecy::shown(programme, &public, &loaded.document);
    let hidden = former.iter().map(|path| (*path).to_owned()).collect();
    let former = Former { hidden, ..Former::default() };
    let secrecy = secrecy::protect(programme, &internal, &shown, &former);
    (loaded, secrecy)
}

/// Paths of all figures that are not shown, such as `kunden.summe.frauen`.
pub fn hidden(files: &[(&str, &str)]) -> BTreeSet<String> {
    let (loaded, secrecy) = secrecy_of(files, &[]);
    let figures = &loaded.programme.figures;
    secrecy.secret.iter().map(|id| figures.get(*id).path.clone()).collect()
}
