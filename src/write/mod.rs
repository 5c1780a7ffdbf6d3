// SPDX-License-Identifier: EUPL-1.2
//! From the document tree to the bytes of a format, one file per format.
//!
//! Not here: decisions about content. Only [`pdf`] knows typst.

mod grid;
pub mod html;
pub mod markdown;
#[cfg(feature = "pdf")]
pub mod pdf;
pub mod svg;
pub mod text;
