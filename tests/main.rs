// SPDX-License-Identifier: EUPL-1.2
//! All tests in one binary, because every binary that links typst is large.

mod architecture;
mod calendar;
mod cases;
mod checks;
mod cli;
mod comparisons;
mod earlier;
mod errors;
mod explain;
mod formulas;
mod html;
mod looks;
mod markdown;
mod mutations;
mod pdf;
mod prose;
mod publish;
mod quantities;
mod reference;
mod reports;
mod screen;
mod structure;
mod support;
